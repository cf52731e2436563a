import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { moment, t } from '../lib/text.js';
import './stock-cases.js';

/** Stock by branch and part with what moved it, and what is between two branches. */
class StockPage extends Piece {
  static properties = { may: {}, typed: { state: true }, hits: { state: true }, part: { state: true }, shelves: { state: true }, store: { state: true }, movements: { state: true }, transfers: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.typed = query.get('q') ?? '';
    this.wanted = query.get('part');
    this.wantedStore = query.get('store');
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    this.transfers = (await this.attempt(() => api('GET', '/console/api/transfers')))?.transfers ?? this.transfers;
    if (this.typed) await this.search();
    if (this.wanted) await this.open(this.hits?.find(hit => hit.partId === this.wanted) ?? { partId: this.wanted, lineCode: '', partNumber: '', name: '' });
    if (this.wantedStore) await this.look(this.wantedStore);
  }

  async search() {
    const asked = this.typed.trim();
    if (!asked) {
      this.hits = undefined;
      return;
    }
    const found = await this.attempt(() => api('GET', `/api/v1/catalog/search?limit=12&q=${encodeURIComponent(asked)}`));
    if (found && asked === this.typed.trim()) this.hits = found.hits;
  }

  type(value) {
    this.typed = value;
    this.part = undefined;
    this.movements = undefined;
    keep({ q: value, part: '', store: '' });
    void this.search();
  }

  async open(hit) {
    this.part = hit;
    this.shelves = undefined;
    this.movements = undefined;
    this.store = undefined;
    keep({ part: hit.partId, store: '' });
    this.shelves = await this.attempt(() => api('GET', `/console/api/stock/${hit.partId}`));
  }

  async look(store) {
    this.store = store;
    keep({ store });
    this.movements = (await this.attempt(() => api('GET', `/console/api/stock/${this.part.partId}/movements?store=${store}`)))?.movements;
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('stock.title')}</h1><p class="page-lead">${t('stock.lead')}</p></div></header>
      <label class="search-box">${icon('search')}<span class="visually-hidden">${t('stock.search')}</span>
        <input data-test="stock-search" type="search" autocomplete="off" spellcheck="false" placeholder=${t('stock.search')} .value=${this.typed} @input=${event => this.type(event.target.value)}></label>
      ${trouble(this.problem, () => this.load())}
      ${this.part ? this.everywhere() : this.hits ? this.results() : nothing}
      ${this.way()}
      ${this.part ? nothing : html`<stock-cases .may=${this.may}></stock-cases>`}`;
  }

  results() {
    if (!this.hits.length) return empty('search', t('list.nothing'), t('list.nothing.text'));
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="stock-hits"><thead><tr><th>${t('line.part')}</th><th>${t('line.description')}</th><th class="num">${t('stock.onhand')}</th></tr></thead>
      <tbody>${this.hits.map(hit => html`<tr><th scope="row"><button type="button" class="row-link" @click=${() => this.open(hit)}><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span></button></th><td>${hit.name}</td><td class="num">${hit.stock.text}</td></tr>`)}</tbody></table></div>`;
  }

  everywhere() {
    const { part, shelves } = this;
    return html`<h2><span class="line-code">${part.lineCode}</span> <span class="number">${part.partNumber}</span> ${part.name}</h2>
      ${!shelves ? loading(4) : !shelves.branches.length ? empty('boxes', t('stock.none'), t('stock.none.text'))
        : html`<div class="table-frame" tabindex="0"><table class="table" data-test="stock-branches"><thead><tr><th>${t('stock.branch')}</th><th class="num">${t('stock.onhand')}</th><th>${t('stock.bins')}</th><th class="num">${t('stock.value')}</th><th class="num">${t('stock.lastcost')}</th><th>${t('stock.asof')}</th></tr></thead>
          <tbody>${shelves.branches.map(at => html`<tr><th scope="row"><button type="button" class="row-link" aria-pressed=${at.store === this.store ? 'true' : 'false'} @click=${() => this.look(at.store)}>${at.code} · ${at.name}</button></th><td class="num">${at.onHand.text}</td>
            <td>${at.bins.map(bin => `${bin.bin || '—'} ${bin.quantity.text}`).join(', ')}</td><td class="num">${at.value.text}</td><td class="num">${at.lastCost?.text ?? ''}</td><td>${moment(at.asOf)}</td></tr>`)}</tbody>
          <tfoot><tr><th scope="row">${t('stock.total')}</th><td class="num">${shelves.total.text}</td><td></td><td class="num">${shelves.value.text}</td><td></td><td></td></tr></tfoot></table></div>`}
      ${this.movements ? this.kardex() : nothing}`;
  }

  kardex() {
    return html`<h2>${t('stock.kardex')}</h2><div class="table-frame" tabindex="0"><table class="table" data-test="stock-kardex"><thead><tr><th>${t('stock.when')}</th><th>${t('stock.what')}</th><th>${t('stock.bin')}</th><th class="num">${t('stock.quantity')}</th><th class="num">${t('stock.after')}</th><th class="num">${t('stock.value')}</th></tr></thead>
      <tbody>${this.movements.map(move => html`<tr><td>${moment(move.at)}</td><td>${move.kindText} <span class="number">${move.number}</span> <span class="quiet">${move.byName}</span></td><td>${move.bin || '—'}</td><td class="num">${move.quantity.text}</td><td class="num">${move.after.text}</td><td class="num">${move.value.text}</td></tr>`)}</tbody></table></div>`;
  }

  way() {
    if (!this.transfers) return nothing;
    return html`<h2>${t('stock.transit')}</h2>
      ${this.transfers.length
        ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="stock-transit"><thead><tr><th>${t('stock.transfer')}</th><th>${t('stock.from')}</th><th>${t('stock.to')}</th><th>${t('stock.when')}</th><th>${t('line.part')}</th><th class="num">${t('stock.sent')}</th><th class="num">${t('stock.onway')}</th><th class="num">${t('stock.value')}</th></tr></thead>
          <tbody>${this.transfers.map(one => html`<tr><th scope="row" class="number">${one.number}</th><td>${one.from ?? t('stock.unknown')}</td><td>${one.to ?? t('stock.unknown')}</td><td>${one.sentAt ? moment(one.sentAt) : t('stock.unsent')}</td><td><span class="line-code">${one.lineCode}</span> <span class="number">${one.partNumber}</span></td><td class="num">${one.sent.text}</td><td class="num">${one.quantity.text}</td><td class="num">${one.value.text}</td></tr>`)}</tbody></table></div>`
        : html`<p class="quiet">${t('stock.transit.none')}</p>`}`;
  }
}
customElements.define('stock-page', StockPage);
