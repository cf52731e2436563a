import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, state } from '../lib/pieces.js';
import { number, sliceName, t } from '../lib/text.js';

const LOOK = 2000;

/** How a run's work was shared: a row for each slice, with who has it. Nothing where it was not. */
class RunSlices extends Piece {
  static properties = { run: {}, moving: {}, rows: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => { if (this.moving) this.look(); }, LOOK);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('run')) this.rows = undefined;
    // And once more when it has ended.
    if (changed.has('run') || changed.has('moving')) this.look();
  }

  async look() {
    const { run } = this;
    const answer = await this.attempt(() => api('GET', `/console/api/runs/${run}/slices`));
    if (answer && run === this.run) this.rows = answer.slices;
  }

  render() {
    if (!this.rows?.length) return nothing;
    return html`
      <section aria-labelledby="slices-title">
        <h2 id="slices-title">${t('slices.title')}</h2>
        <p class="quiet">${t('slices.text')}</p>
        <div class="table-frame" tabindex="0"><table class="table" data-test="slices">
          <thead><tr><th>${t('slices.name')}</th><th>${t('slices.worker')}</th><th>${t('run.state')}</th>
            <th class="figures">${t('slices.attempts')}</th><th class="figures">${t('run.log.read')}</th><th class="figures">${t('run.log.written')}</th><th class="figures">${t('run.log.skipped')}</th></tr></thead>
          <tbody>${this.rows.map(slice => html`
            <tr data-test="slice" data-worker=${slice.worker ?? ''} data-status=${slice.status}>
              <th scope="row">${sliceName(slice.step, slice.number)}</th><td>${slice.worker ?? t('slices.waits')}</td>
              <td>${slice.worker || slice.status !== 'running' ? state('run', slice.status) : '–'}</td>
              <td class="figures ${slice.attempts > 1 ? 'text-attention' : ''}">${number(slice.attempts)}</td>
              <td class="figures">${number(slice.read)}</td><td class="figures">${number(slice.written)}</td><td class="figures">${number(slice.skipped)}</td>
            </tr>`)}</tbody></table></div>
      </section>`;
  }
}
customElements.define('run-slices', RunSlices);
