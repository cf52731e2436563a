import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { date, moment, number, t } from '../lib/text.js';

const STATES = ['refused', 'waiting', 'delivered'];
const TONES = { refused: ['stop', 'x-octagon-fill'], waiting: ['attention', 'hourglass-split'], delivered: ['good', 'check-circle-fill'] };

/** What goes to a system that is spoken to: what it refused and why, what waits, what it has. */
class DeliveryTable extends Piece {
  static properties = { target: { type: String }, state: { state: true }, found: { state: true }, busy: { state: true }, said: { state: true } };

  constructor() {
    super();
    const asked = place().query.get('state');
    this.state = STATES.includes(asked) ? asked : 'refused';
  }

  willUpdate(changed) {
    if (changed.has('target') || (changed.has('state') && this.found)) this.load();
  }

  async load() {
    const asked = this.target + this.state;
    const found = await this.attempt(() => api('GET', `/console/api/accounting/${this.target}/deliveries?state=${this.state.toUpperCase()}`));
    if (found && asked === this.target + this.state) this.found = found;
  }

  async again(reference, waits = false) {
    this.busy = true;
    this.said = undefined;
    const done = await this.attempt(() => api('POST', `/console/api/accounting/${this.target}/deliveries/again`, { reference }));
    this.busy = false;
    if (!done) return;
    this.said = t(waits ? 'deliveries.again.sooner' : 'deliveries.again.done');
    await this.load();
  }

  choose(state) {
    this.state = state;
    keep({ state });
  }

  render() {
    const { found } = this;
    return html`
      ${this.said ? html`<p class="said" role="status" data-test="deliveries-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${!found ? (this.problem ? nothing : loading(5)) : html`
      <div class="filters figures-beside">
        ${STATES.map(state => html`<button type="button" class="button" aria-pressed=${this.state === state} data-test="deliveries-${state}" data-count=${found[state]} @click=${() => this.choose(state)}>${icon(TONES[state][1])}${t('deliveries.state.' + state)}: ${number(found[state])}</button>`)}
        ${this.state === 'refused' && found.rows.length > 1 ? html`<button type="button" class="button" data-test="deliveries-again-all" ?disabled=${this.busy} @click=${() => this.again(null)}>${icon('arrow-repeat')}${t('deliveries.again.all')}</button>` : nothing}
      </div>
      ${found.rows.length === 0 ? empty('send-check', t('deliveries.none.' + this.state), t('deliveries.none.text')) : html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="deliveries">
        <thead><tr><th>${t('deliveries.reference')}</th><th>${t('deliveries.day')}</th><th>${t('deliveries.branch')}</th><th class="figures">${t('deliveries.amount')}</th><th>${t('deliveries.state')}</th><th class="figures">${t('deliveries.tries')}</th><td></td></tr></thead>
        <tbody>${found.rows.map(row => this.row(row))}</tbody></table></div>`}`}`;
  }

  row(row) {
    const [tone, symbol] = TONES[row.state];
    return html`<tr data-test="delivery" data-reference=${row.reference} data-state=${row.state}>
      <th scope="row" class="code">${row.reference}</th><td>${date(row.day)}</td><td>${row.branch}</td><td class="figures" data-minor=${row.amount.minor}>${row.amount.text}</td>
      <td><span class="state tone-${tone}">${icon(symbol)}<span>${t('deliveries.one.' + row.state)}</span></span>
        ${row.outsideId ? html`<div class="code" data-test="delivery-outside">${row.outsideId}</div>` : nothing}
        ${row.reason ? html`<div data-test="delivery-reason">${row.reason}</div>` : nothing}
        ${row.settledAt ? html`<div class="quiet">${moment(row.settledAt)}</div>` : nothing}
        ${row.nextTry && row.tries ? html`<div class="quiet">${t('deliveries.next', moment(row.nextTry))}</div>` : nothing}</td>
      <td class="figures">${number(row.tries)}</td>
      <td class="row-acts">${row.state === 'delivered' ? nothing : html`<button type="button" class="button" data-test="delivery-again" ?disabled=${this.busy} aria-label="${t('deliveries.again')} ${row.reference}" @click=${() => this.again(row.reference, row.state === 'waiting')}>${icon('arrow-repeat')}${t('deliveries.again')}</button>`}</td></tr>`;
  }
}
customElements.define('delivery-table', DeliveryTable);
