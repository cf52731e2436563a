import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, state, trouble } from '../lib/pieces.js';
import { jobName, moment, sliceName, t } from '../lib/text.js';

const LOOK = 3000;

/** The processes that share the work, when each was last heard of and what it does. */
class WorkersPanel extends Piece {
  static properties = { rows: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.look();
    this.timer = setInterval(() => this.look(), LOOK);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async look() {
    const answer = await this.attempt(() => api('GET', '/console/api/workers'));
    if (answer) this.rows = answer.workers;
  }

  state(worker) {
    return !worker.alive ? 'gone' : worker.doing ? 'busy' : 'idle';
  }

  render() {
    if (!this.rows?.length) return trouble(this.problem, () => this.look());
    return html`
      <section aria-labelledby="workers-title">
        <h2 id="workers-title">${t('workers.title')}</h2>
        ${this.rows.length === 1 ? html`<p class="quiet" data-test="workers-alone">${t('workers.alone')}</p>` : nothing}
        <div class="table-frame" tabindex="0"><table class="table" data-test="workers">
          <thead><tr><th>${t('workers.name')}</th><th>${t('workers.state')}</th><th>${t('workers.doing')}</th><th>${t('workers.beat')}</th><th>${t('workers.since')}</th></tr></thead>
          <tbody>${this.rows.map(worker => html`
            <tr data-test="worker" data-name=${worker.name} data-state=${this.state(worker)}>
              <th scope="row">${worker.name}<div class="quiet">${t(`workers.role.${worker.role}`)} · ${t('workers.where', worker.host, worker.pid)}</div></th>
              <td>${state('worker', this.state(worker))}</td>
              <td>${worker.doing ? html`<a href="/console/runs/${worker.doing.run}">${jobName(worker.doing.job)} <span class="quiet">#${worker.doing.run}</span></a><div class="quiet">${sliceName(worker.doing.step, worker.doing.slice)}</div>` : '–'}</td>
              <td><time-ago at=${worker.beatAt}></time-ago></td><td>${moment(worker.startedAt)}</td>
            </tr>`)}</tbody></table></div>
      </section>`;
  }
}
customElements.define('workers-panel', WorkersPanel);
