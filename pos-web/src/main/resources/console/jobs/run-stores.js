import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { number, t } from '../lib/text.js';

const LOOK = 2000;
const LOOKS = { EQUAL: ['check-circle', 'good'], DIFFERENT: ['exclamation-triangle-fill', 'attention'], FAILED: ['x-octagon-fill', 'stop'], SILENT: ['wifi-off', 'quiet'], WAITING: ['hourglass-split', 'quiet'] };

/** What came of each store when all were told to compare themselves with the hub. */
class RunStores extends Piece {
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
    if (changed.has('run') || changed.has('moving')) this.look();
  }

  async look() {
    const { run } = this;
    const answer = await this.attempt(() => api('GET', `/console/api/runs/${run}/reconciled`));
    if (answer && run === this.run) this.rows = answer.stores;
  }

  render() {
    if (!this.rows?.length) return trouble(this.problem);
    const figure = (row, name) => html`<td class="figures ${row[name] ? 'text-attention' : ''}">${number(row[name])}</td>`;
    return html`
      <section aria-labelledby="run-stores-title">
        <h2 id="run-stores-title">${t('round.title')}</h2>
        <div class="table-frame" tabindex="0"><table class="table" data-test="run-stores">
          <thead><tr><th>${t('round.store')}</th><th>${t('round.outcome')}</th><th class="figures">${t('round.days')}</th><th class="figures">${t('round.documents')}</th>
            <th class="figures">${t('round.unequal')}</th><th class="figures">${t('round.differences')}</th><th class="figures">${t('round.again')}</th></tr></thead>
          <tbody>${this.rows.map(row => html`
            <tr data-test="run-store" data-store=${row.code} data-outcome=${row.outcome ?? 'WAITING'}>
              <th scope="row"><a href="/console/stores/${row.store.value ?? row.store}">${row.code} · ${row.name}</a></th>
              <td>${this.outcome(row)}</td><td class="figures">${number(row.days)}</td><td class="figures">${number(row.documents)}</td>
              ${figure(row, 'unequal')}${figure(row, 'differences')}<td class="figures">${number(row.sentAgain + row.mended)}</td>
            </tr>`)}</tbody></table></div>
      </section>`;
  }

  outcome(row) {
    const outcome = row.outcome ?? 'WAITING';
    const [look, tone] = LOOKS[outcome];
    return html`<span class="state tone-${tone}">${icon(look)}<span>${t(`round.${outcome.toLowerCase()}`)}</span></span>
      ${row.fresh ? html`<div class="quiet">${t('round.fresh')}</div>` : nothing}${row.incomplete ? html`<div class="text-attention">${t('round.incomplete')}</div>` : nothing}
      ${row.said ? html`<div class="reason">${row.said}</div>` : nothing}`;
  }
}
customElements.define('run-stores', RunStores);
