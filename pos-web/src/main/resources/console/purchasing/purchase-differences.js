import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, loading, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

/** What came otherwise than ordered, until somebody settles it; and what went back. */
class PurchaseDifferences extends Piece {
  static properties = { may: {}, differences: { state: true }, returns: { state: true }, notes: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.notes = {};
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    this.differences = (await this.attempt(() => api('GET', '/console/api/purchase-differences')))?.differences ?? this.differences;
    this.returns = (await this.attempt(() => api('GET', '/console/api/supplier-returns')))?.returns ?? this.returns;
  }

  async settle(event, one) {
    event.preventDefault();
    this.busy = true;
    const settled = await this.attempt(() => api('POST', `/console/api/purchase-differences/${one.id}/settle`, { reason: this.notes[one.id] ?? '' }));
    this.busy = false;
    if (settled) this.differences = this.differences.filter(each => each.id !== one.id);
  }

  render() {
    return html`${trouble(this.problem, () => this.load())}
      ${this.differences ? this.table() : this.problem ? nothing : loading(4)}
      ${this.returns ? this.back() : nothing}`;
  }

  table() {
    if (!this.differences.length) return empty('check2-circle', t('purchase.differences.none'), t('purchase.differences.none.text'));
    return html`<div class="table-frame" tabindex="0"><table class="table edit" data-test="differences">
      <thead><tr><th>${t('purchase.number')}</th><th>${t('purchase.part')}</th><th>${t('purchase.difference')}</th><th>${t('purchase.branch')}</th><th>${t('purchase.when')}</th>${this.may.has('purchase.make') ? html`<th>${t('purchase.note')}</th>` : nothing}</tr></thead>
      <tbody>${this.differences.map(one => html`<tr data-test="difference" data-what=${one.what}><th scope="row">${one.order ? html`<a href=${`/console/purchasing/orders/${one.order}`}>${one.orderNumber}</a>` : one.orderNumber}<div class="quiet">${one.supplier}</div></th><td class="number">${one.part}</td><td>${one.text}</td><td class="code">${one.store}</td><td>${moment(one.at)}</td>
        ${this.may.has('purchase.make') ? html`<td><form class="acts" @submit=${event => this.settle(event, one)}><input aria-label="${t('purchase.note')} ${one.part}" data-test="difference-note" required maxlength="200" .value=${this.notes[one.id] ?? ''} @input=${event => { this.notes = { ...this.notes, [one.id]: event.target.value }; }}>
          <button type="submit" class="button small" data-test="difference-settle" ?disabled=${this.busy}>${t('purchase.settle')}</button></form></td>` : nothing}</tr>`)}</tbody></table></div>`;
  }

  back() {
    return html`<h2>${t('purchase.returns')}</h2>
      ${this.returns.length ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="supplier-returns"><thead><tr><th>${t('purchase.when')}</th><th>${t('purchase.branch')}</th><th>${t('purchase.supplier')}</th><th>${t('purchase.reference')}</th><th>${t('purchase.note')}</th><th>${t('purchase.by')}</th><th class="figures">${t('purchase.value')}</th></tr></thead>
        <tbody>${this.returns.map(one => html`<tr><td>${moment(one.at)}</td><td class="code">${one.store}</td><td>${one.supplier}</td><td>${one.reference}</td><td>${one.note}</td><td>${one.by}</td><td class="figures">${one.value.text}</td></tr>`)}</tbody></table></div>` : html`<p class="quiet">${t('purchase.returns.none')}</p>`}`;
  }
}
customElements.define('purchase-differences', PurchaseDifferences);
