import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { date, moment, t } from '../lib/text.js';

const VIEWS = ['OPEN', 'TO_ORDER', 'QUOTES', 'CLOSED'];
const MOST = 500;

/** What the branches have promised: what is held for it, how old it is, and what is to be bought. With an id: one of them. */
class PromisesPage extends Piece {
  static properties = { may: {}, promise: {}, typed: { state: true }, view: { state: true }, found: { state: true }, one: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.typed = query.get('q') ?? '';
    this.view = VIEWS.includes(query.get('show')) ? query.get('show') : 'OPEN';
  }

  willUpdate(changed) {
    // The list has no promise, from the beginning.
    if (this.hasUpdated && !changed.has('promise')) return;
    this.one = undefined;
    void this.load();
  }

  get query() {
    return new URLSearchParams({ q: this.typed, view: this.view }).toString();
  }

  async load() {
    if (this.promise) {
      const asked = this.promise;
      const one = await this.attempt(() => api('GET', `/console/api/promises/${asked}`));
      if (one && asked === this.promise) this.one = one;
      return;
    }
    const asked = this.query;
    const found = await this.attempt(() => api('GET', '/console/api/promises?' + asked));
    if (found && asked === this.query) this.found = found;
  }

  set(field, value) {
    this[field] = value;
    keep({ q: this.typed, show: this.view === 'OPEN' ? '' : this.view });
    void this.load();
  }

  render() {
    if (this.promise) return this.sheet();
    return html`
      <header class="page-head"><div><h1>${t('promises.title')}</h1><p class="page-lead">${t('promises.lead')}</p></div></header>
      <div class="filters">
        <label class="search-box">${icon('search')}<span class="visually-hidden">${t('promises.search')}</span>
          <input data-test="promises-search" type="search" maxlength="200" autocomplete="off" spellcheck="false" placeholder=${t('promises.search')} .value=${this.typed} @input=${event => this.set('typed', event.target.value)}></label>
        <label class="field" for="promises-view"><span class="field-label">${t('promises.view')}</span>
          <select id="promises-view" data-test="promises-view" @change=${event => this.set('view', event.target.value)}>
            ${VIEWS.map(one => html`<option value=${one} ?selected=${one === this.view}>${t('promises.view.' + one)}</option>`)}</select></label>
        ${this.view === 'TO_ORDER' && this.may?.has('purchase.read') ? html`<a class="button" data-test="promises-purchase" href="/console/purchasing">${icon('cart')}<span>${t('promises.purchase')}</span></a>` : nothing}
      </div>
      ${trouble(this.problem, () => this.load())}
      ${this.found ? html`${this.held(this.found)}${this.table(this.found.rows)}` : this.problem ? nothing : loading(6)}`;
  }

  held({ held, ageing }) {
    return html`<p data-test="promises-held"><strong>${t('promises.held')}: ${held}</strong> <span class="quiet">${ageing.map((sum, age) => `${t('promises.age.' + age)} ${sum}`).join(' · ')}</span></p>`;
  }

  table(rows) {
    if (!rows.length) return empty('bag-check', t('promises.none'), t('promises.none.text'));
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="promises">
      <thead><tr><th>${t('promises.number')}</th><th>${t('promises.kind')}</th><th>${t('promises.store')}</th><th>${t('promises.customer')}</th><th>${t('promises.parts')}</th><th class="figures">${t('promises.total')}</th><th class="figures">${t('promises.deposit')}</th><th>${t('promises.due')}</th><th>${t('promises.state')}</th></tr></thead>
      <tbody>${rows.map(one => html`<tr data-test="promise" data-number=${one.number}>
        <th scope="row"><a class="code" href=${`/console/promises/${one.id}`}>${one.number}</a></th><td>${t('promises.kind.' + one.kind)}</td><td>${one.store}</td><td>${one.customer}</td><td>${one.parts}</td>
        <td class="figures">${one.total}</td><td class="figures">${one.kind === 'QUOTE' ? nothing : one.deposit}</td>
        <td>${date(one.dueOn)}${one.late && !one.closed ? html` <span class="state tone-attention">${icon('exclamation-triangle-fill')}<span>${t('promises.late', one.late)}</span></span>` : nothing}</td>
        <td>${t('promises.state.' + one.state)}</td>
      </tr>`)}</tbody></table></div>
      ${rows.length >= MOST ? html`<p class="quiet">${t('promises.more')}</p>` : nothing}`;
  }

  sheet() {
    const one = this.one;
    return html`
      <header class="page-head"><div><p><a href="/console/promises">${icon('arrow-left')} ${t('promises.back')}</a></p>
        <h1>${one ? html`<span class="code">${one.row.number}</span> ${one.row.customer}` : t('promises.title')}</h1>
        ${one ? html`<p class="page-lead">${t('promises.kind.' + one.row.kind)} · ${t('promises.state.' + one.row.state)} · ${one.row.store} · ${one.phone} · ${date(one.row.dueOn)} · ${one.byName}</p>` : nothing}</div></header>
      ${trouble(this.problem, () => this.load())}
      ${one ? html`
        ${one.note ? html`<p>${one.note}</p>` : nothing}
        <p><strong>${t('promises.total')}: ${one.row.total}</strong> · ${t('promises.deposit')}: <span data-test="promise-deposit">${one.row.deposit}</span></p>
        <h2>${t('promises.lines')}</h2>
        <div class="table-frame" tabindex="0"><table class="table"><tbody>${one.lines.map(line => html`<tr><th scope="row" class="code">${line.lineCode} ${line.number}</th><td>${line.description}</td><td class="figures">${line.quantity}</td><td class="figures">${line.total}</td></tr>`)}</tbody></table></div>
        ${one.entries.length ? html`<h2>${t('promises.entries')}</h2>
          <div class="table-frame" tabindex="0"><table class="table"><tbody>${one.entries.map(row => html`<tr><td>${moment(row.at)}</td><td>${t('promises.entry.' + row.kind)}</td><td class="code">${row.reference}</td><td>${row.byName}</td><td class="figures">${row.amount}</td></tr>`)}</tbody></table></div>` : nothing}`
      : this.problem ? nothing : loading(6)}`;
  }
}
customElements.define('promises-page', PromisesPage);
