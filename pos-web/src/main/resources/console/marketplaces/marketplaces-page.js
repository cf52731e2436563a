import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { moment, number, orEmpty, t } from '../lib/text.js';
import './market-rules.js';

const BASE = '/console/api/marketplaces';
const TABS = ['', 'listings', 'rules', 'orders', 'questions'];
const VIEWS = ['ALL', 'STANDING', 'WAITING', 'REFUSED'];
const TONES = { OPEN: 'good', STANDING: 'good', LOCKED: 'stop', REFUSED: 'stop', NEW: 'attention', WAITING: 'attention', SENT: 'accent', PAID: 'attention', SHIPPED: 'accent', DELIVERED: 'good', CANCELLED: 'quiet', RESERVED: 'good', ASKED: 'attention', SHORT: 'stop', LAPSED: 'stop', FREED: 'quiet', ANSWERED: 'good', CLOSED: 'quiet' };
const SYMBOLS = { good: 'check-circle-fill', stop: 'x-octagon-fill', attention: 'hourglass-split', accent: 'arrow-repeat', quiet: 'circle' };

/** An open connection is well; a question or an order that is open waits for somebody. */
const OPEN = { question: 'attention', order: 'quiet' };

const standing = (kind, name) => {
  const tone = (name === 'OPEN' && OPEN[kind]) || (TONES[name] ?? 'quiet');
  return html`<span class="state tone-${tone}" data-state=${name}>${icon(SYMBOLS[tone])}<span>${t(`markets.${kind}.${name}`)}</span></span>`;
};

/** Marketplaces: who lets us in, what stands there, what was sold and what is asked. */
class MarketplacesPage extends Piece {
  static properties = { tab: {}, found: { state: true }, rows: { state: true }, one: { state: true }, view: { state: true }, typed: { state: true }, said: { state: true }, busy: { state: true }, act: { state: true }, all: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.view = VIEWS.includes(query.get('show')) ? query.get('show') : 'ALL';
    this.typed = query.get('q') ?? '';
    this.one = query.get('in') ?? '';
    this.permit = query.get('code') && query.get('state') ? { code: query.get('code'), state: query.get('state') } : undefined;
  }

  get back() {
    return `${location.origin}/console/marketplaces`;
  }

  connectedCallback() {
    super.connectedCallback();
    void this.begin();
  }

  async begin() {
    const { permit } = this;
    if (permit) {
      this.permit = undefined;
      history.replaceState(null, '', '/console/marketplaces');
      const found = await this.attempt(() => api('POST', `${BASE}/sign-in`, { ...permit, back: this.back }));
      if (found) {
        this.found = found;
        this.said = t('markets.authorised');
        return;
      }
      const { problem } = this;
      await this.load();
      this.problem = problem;
      return;
    }
    await this.load();
  }

  willUpdate(changed) {
    if (changed.has('tab') && changed.get('tab') !== undefined) {
      this.rows = undefined;
      this.act = undefined;
      this.said = undefined;
      void this.load();
    }
  }

  async load() {
    const found = await this.attempt(() => api('GET', BASE));
    if (!found) return;
    this.found = found;
    if (!found.accounts.some(each => each.id === this.one)) this.one = found.accounts[0]?.id ?? '';
    await this.fill();
  }

  get address() {
    switch (this.tab) {
      case 'listings': return this.one ? `${BASE}/${this.one}/listings?${new URLSearchParams({ view: this.view, q: this.typed })}` : '';
      case 'orders': return `${BASE}/orders?open=${!this.all}`;
      case 'questions': return `${BASE}/questions?open=${!this.all}`;
      default: return '';
    }
  }

  async fill() {
    const asked = this.address;
    if (!asked) return;
    const rows = await this.attempt(() => api('GET', asked));
    if (rows && asked === this.address) this.rows = rows;
  }

  set(field, value) {
    this[field] = value;
    keep({ q: this.typed, show: this.view === 'ALL' ? '' : this.view, in: this.one });
    void this.fill();
  }

  async work(work, said) {
    if (this.busy) return undefined;
    this.busy = true;
    this.said = undefined;
    const done = await this.attempt(async () => (await work()) ?? {});
    this.busy = false;
    if (!done) return undefined;
    this.act = undefined;
    await this.load();
    this.said = said;
    return done;
  }

  async signIn(account) {
    const to = await this.attempt(() => api('POST', `${BASE}/${account.id}/sign-in`, { back: this.back }));
    if (to) location.assign(to.to);
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('markets.title')}</h1><p class="page-lead">${t('markets.lead')}</p></div></header>
      <nav class="tabs" aria-label=${t('markets.title')}>${TABS.map(tab => html`<a href=${tab ? `/console/marketplaces/${tab}` : '/console/marketplaces'} data-test="markets-tab-${tab || 'accounts'}" aria-current=${(this.tab ?? '') === tab ? 'page' : nothing}>${t('markets.tab.' + (tab || 'accounts'))}</a>`)}</nav>
      ${this.said ? html`<p class="said" role="status" data-test="markets-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${this.found ? this.body() : this.problem ? nothing : loading(5)}`;
  }

  body() {
    if (!this.found.accounts.length) return empty('bag', t('markets.none'), t('markets.none.text'), html`<a class="button" href="/console/connections">${icon('plug')}<span>${t('markets.connect')}</span></a>`);
    switch (this.tab) {
      case 'listings': return this.listings();
      case 'rules': return html`<div class="filters">${this.picker()}</div><market-rules .connection=${this.one}></market-rules>`;
      case 'orders': return this.orders();
      case 'questions': return this.questions();
      default: return this.accounts();
    }
  }

  picker() {
    return html`<label class="field" for="markets-in"><span class="field-label">${t('markets.account')}</span>
      <select id="markets-in" data-test="markets-in" @change=${event => this.set('one', event.target.value)}>${this.found.accounts.map(each => html`<option value=${each.id} ?selected=${each.id === this.one}>${each.name}</option>`)}</select></label>`;
  }

  everything() {
    return html`<label class="field flag"><input type="checkbox" data-test="markets-all" .checked=${!!this.all} @change=${event => { this.all = event.target.checked; void this.fill(); }}><span>${t('markets.all')}</span></label>`;
  }

  accounts() {
    return html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="market-accounts">
        <thead><tr><th>${t('markets.account')}</th><th>${t('markets.standing')}</th><th class="figures">${t('markets.standing.listings')}</th><th class="figures">${t('markets.waiting')}</th><th class="figures">${t('markets.refused')}</th><th class="figures">${t('markets.orders')}</th><th class="figures">${t('markets.questions')}</th><td></td></tr></thead>
        <tbody>${this.found.accounts.map(each => html`<tr data-test="market-account" data-name=${each.name}>
          <th scope="row">${each.name}<div class="quiet">${orEmpty('connection.kind.' + each.kind)} ${each.seller}</div></th>
          <td>${standing('standing', each.standing)}
            ${each.standing === 'LOCKED' ? html`<div data-test="market-why">${t('markets.locked', each.why)}</div>` : nothing}
            ${each.waitUntil ? html`<div class="quiet">${t('markets.waits', moment(each.waitUntil))}</div>` : nothing}
            ${each.authorisedAt ? html`<div class="quiet">${t('markets.authorised.by', each.authorisedBy, moment(each.authorisedAt))}</div>` : nothing}</td>
          <td class="figures">${number(each.standingListings)}</td><td class="figures">${number(each.waiting)}</td>
          <td class="figures">${each.refused ? html`<a href=${`/console/marketplaces/listings?show=REFUSED&in=${each.id}`}>${number(each.refused)}</a>` : number(0)}</td>
          <td class="figures">${number(each.openOrders)}</td><td class="figures">${number(each.openQuestions)}</td>
          <td class="row-acts">${each.signsInHere ? html`<button type="button" class="button ${each.standing === 'OPEN' ? '' : 'primary'}" data-test="market-sign-in" ?disabled=${this.busy} @click=${() => this.signIn(each)}>${icon('key')}${t(each.standing === 'OPEN' ? 'markets.sign.again' : 'markets.sign')}</button>` : nothing}</td></tr>
          <tr><td colspan="8"><span class="quiet">${t('markets.hook')}</span> <span class="code hook" data-test="market-hook">${location.origin}/api/market/hooks/${each.hook}</span></td></tr>`)}</tbody></table></div>
      <p class="quiet">${t('markets.job')} <a href="/console/jobs">${t('nav.jobs')}</a></p>
      ${this.found.parked.length ? html`<h2>${t('markets.parked')}</h2><p class="quiet">${t('markets.parked.text')}</p>
        <div class="table-frame" tabindex="0"><table class="table" data-test="market-parked"><tbody>${this.found.parked.map(each => html`<tr><th scope="row">${t('markets.subject.' + each.subject)} <span class="code">${each.id}</span></th><td>${each.reason}</td><td>${moment(each.since)}</td>
          <td class="row-acts"><button type="button" class="button" ?disabled=${this.busy} @click=${() => this.work(() => api('POST', `${BASE}/errands`, { connection: each.connection, subject: each.subject, id: each.id }), t('markets.retried'))}>${icon('arrow-clockwise')}${t('act.retry')}</button></td></tr>`)}</tbody></table></div>` : nothing}`;
  }

  listings() {
    return html`
      <div class="filters">${this.picker()}
        <label class="field" for="market-view"><span class="field-label">${t('markets.view')}</span><select id="market-view" data-test="market-view" @change=${event => this.set('view', event.target.value)}>${VIEWS.map(each => html`<option value=${each} ?selected=${each === this.view}>${t('markets.view.' + each)}</option>`)}</select></label>
        <label class="search-box">${icon('search')}<span class="visually-hidden">${t('markets.search')}</span><input type="search" data-test="market-search" maxlength="100" autocomplete="off" spellcheck="false" placeholder=${t('markets.search')} .value=${this.typed} @input=${event => this.set('typed', event.target.value)}></label></div>
      ${!this.rows ? loading(6) : !this.rows.length ? empty('bag', t('markets.listings.none'), t('markets.listings.none.text')) : html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="market-listings">
        <thead><tr><td></td><th>${t('markets.part')}</th><th>${t('markets.standing')}</th><th class="figures">${t('markets.price')}</th><th class="figures">${t('markets.pieces')}</th><th>${t('markets.sentat')}</th><td></td></tr></thead>
        <tbody>${this.rows.map(each => html`<tr data-test="market-listing" data-sku=${each.sku}>
          <td class="thumb">${each.pictures ? html`<a href=${`/console/catalogue/${each.part}`} tabindex="-1" aria-hidden="true"><img src=${`/api/v1/catalog/parts/${each.part}/images/1`} alt="" width="56" height="56" loading="lazy" data-test="market-picture"></a>` : html`<span class="quiet" title=${t('markets.picture.none')}>${icon('image')}<span class="visually-hidden">${t('markets.picture.none')}</span></span>`}</td>
          <th scope="row"><span class="code">${each.lineCode} ${each.partNumber}</span><div>${each.name}</div>${each.address ? html`<a href=${each.address} rel="noopener noreferrer" target="_blank">${each.outside}</a>` : html`<span class="quiet">${each.outside}</span>`}</th>
          <td>${standing('listing', each.state)}${each.paused ? html`<div class="quiet">${t(each.excluded ? 'markets.excluded' : 'markets.paused')}</div>` : nothing}
            ${each.reason ? html`<div data-test="market-reason">${each.reason}</div>` : nothing}${each.note ? html`<div class="quiet">${each.note}</div>` : nothing}</td>
          <td class="figures">${each.price}${each.sentPrice && each.sentPrice !== each.price ? html`<div class="quiet">${t('markets.there', each.sentPrice)}</div>` : nothing}</td>
          <td class="figures">${number(each.pieces)}${each.sentPieces != null && each.sentPieces !== each.pieces ? html`<div class="quiet">${t('markets.there', number(each.sentPieces))}</div>` : nothing}</td>
          <td data-test="market-sent">${each.sentAt ? moment(each.sentAt) : t('markets.never')}</td>
          <td class="row-acts">
            ${each.state === 'SENT' ? nothing : html`<button type="button" class="button" data-test="market-again" ?disabled=${this.busy} @click=${() => this.work(() => api('POST', `${BASE}/listings/${each.id}/again`), t('markets.again.said'))}>${t('markets.again')}</button>`}
            <button type="button" class="button quiet" data-test="market-exclude" ?disabled=${this.busy} @click=${() => this.work(() => api('PUT', `${BASE}/${this.one}/exclusions/${each.part}`, { out: !each.excluded, why: '' }), t('markets.exclude.said'))}>${t(each.excluded ? 'markets.include' : 'markets.exclude')}</button></td></tr>`)}</tbody></table></div>`}`;
  }

  orders() {
    return html`${this.everything()}
      ${!this.rows ? loading(6) : !this.rows.length ? empty('bag-check', t('markets.orders.none'), t('markets.orders.none.text')) : html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="market-orders">
        <thead><tr><th>${t('markets.order')}</th><th>${t('markets.lines')}</th><th>${t('markets.standing')}</th><th class="figures">${t('markets.total')}</th><th>${t('markets.branch')}</th><td></td></tr></thead>
        <tbody>${this.rows.map(each => this.order(each))}</tbody></table></div>`}`;
  }

  order(each) {
    const open = each.state === 'PAID' && !each.ticket;
    const lacking = each.trouble || each.lines.some(line => line.lease !== 'RESERVED');
    return html`<tr data-test="market-order" data-order=${each.outside}>
      <th scope="row"><span class="code">${each.outside}</span><div class="quiet">${each.connection} · ${moment(each.createdAt)}</div><div>${each.buyer}</div>${each.deliverTo ? html`<div class="quiet">${each.deliverTo}</div>` : nothing}</th>
      <td>${each.lines.map(line => html`<div>${number(line.pieces)} × ${line.title} <span class="quiet">${line.unitPrice}</span> ${line.lease && !each.ticket ? standing('lease', line.lease) : nothing}</div>`)}</td>
      <td>${standing('order', each.state)}${each.why ? html`<div>${each.why}</div>` : nothing}${each.tracking ? html`<div class="quiet">${each.carrier} ${each.tracking}</div>` : nothing}
        ${each.trouble ? html`<div class="state tone-stop" role="alert" data-test="market-trouble">${icon('exclamation-triangle-fill')}<span>${t('markets.trouble.' + each.trouble)}</span></div>` : nothing}</td>
      <td class="figures">${each.total}</td>
      <td>${each.branch}${each.ticket ? html`<div class="code" data-test="market-ticket">${each.ticket}</div>` : nothing}</td>
      <td class="row-acts">
        ${open ? html`<button type="button" class="button" data-test="market-sold" ?disabled=${this.busy} @click=${() => this.choose(each)}>${t('markets.sold')}</button>
          ${lacking ? html`<button type="button" class="button quiet" data-test="market-reserve" ?disabled=${this.busy} @click=${() => this.work(() => api('POST', `${BASE}/orders/${each.id}/reservation`, { store: null }), t('markets.reserved'))}>${t('markets.reserve')}</button>` : nothing}
          ${each.cancellable ? html`<button type="button" class="button quiet" data-test="market-cancel" ?disabled=${this.busy} @click=${() => { this.act = { order: each.id, what: 'cancel', why: '' }; }}>${t('markets.cancel')}</button>` : html`<div class="quiet" data-test="market-cancel-there">${t('markets.cancel.there')}</div>`}` : nothing}
        ${each.ticket && each.state === 'PAID' && !each.byMarketplace ? html`<button type="button" class="button" data-test="market-ship" ?disabled=${this.busy} @click=${() => { this.act = { order: each.id, what: 'ship', carrier: '', tracking: '' }; }}>${t('markets.ship')}</button>` : nothing}
        ${each.ticket && each.state === 'PAID' && each.byMarketplace ? html`<span class="quiet">${t('markets.label')}</span>` : nothing}</td></tr>
      ${this.act?.order === each.id ? html`<tr><td colspan="6">${this.form(each)}</td></tr>` : nothing}`;
  }

  async choose(order) {
    const tickets = await this.attempt(() => api('GET', `${BASE}/orders/${order.id}/tickets`));
    if (tickets) this.act = { order: order.id, what: 'sold', tickets };
  }

  form(order) {
    const { act } = this;
    const close = html`<button type="button" class="button quiet" @click=${() => { this.act = undefined; }}>${t('markets.close')}</button>`;
    const field = (name, label) => html`<label class="field" for="market-${name}"><span class="field-label">${label}</span><input id="market-${name}" data-test="market-${name}" maxlength="200" autocomplete="off" .value=${act[name]} @input=${event => { act[name] = event.target.value; }}></label>`;
    switch (act.what) {
      case 'sold': return html`<p>${t(act.tickets.length ? 'markets.tickets' : 'markets.tickets.none', order.branch)}</p><div class="filters">${act.tickets.map(ticket => html`<button type="button" class="button" data-test="market-choose" ?disabled=${this.busy} @click=${() => this.work(() => api('POST', `${BASE}/orders/${order.id}/sale`, { sale: ticket.sale }), t('markets.sold.said', ticket.folio))}><span class="code">${ticket.folio}</span> ${moment(ticket.soldAt)} ${ticket.total}</button>`)}${close}</div>`;
      case 'cancel': return html`<div class="filters">${field('why', t('markets.cancel.why'))}<button type="button" class="button primary" data-test="market-cancel-yes" ?disabled=${this.busy} @click=${() => this.work(() => api('POST', `${BASE}/orders/${order.id}/cancellation`, { why: act.why }), t('markets.cancelled'))}>${t('markets.cancel.yes')}</button>${close}</div>`;
      default: return html`<div class="filters">${field('carrier', t('markets.carrier'))}${field('tracking', t('markets.tracking'))}<button type="button" class="button primary" data-test="market-ship-yes" ?disabled=${this.busy} @click=${() => this.work(() => api('POST', `${BASE}/orders/${order.id}/shipment`, { carrier: act.carrier, tracking: act.tracking }), t('markets.shipped'))}>${t('markets.ship')}</button>${close}</div>`;
    }
  }

  questions() {
    return html`${this.everything()}
      ${!this.rows ? loading(4) : !this.rows.length ? empty('chat-left-text', t('markets.questions.none'), t('markets.questions.none.text')) : html`
      <ul class="plain" data-test="market-questions">${this.rows.map(each => html`<li data-test="market-question" data-id=${each.id}>
        <p><strong>${each.text}</strong></p><p class="quiet">${each.connectionName} · ${each.part || each.listing} · ${moment(each.askedAt)} ${standing('question', each.state)}</p>
        ${each.reply ? html`<p>${each.reply} <span class="quiet">${each.repliedBy}</span></p>` : nothing}
        ${each.state === 'OPEN' ? html`<form class="filters" @submit=${event => this.reply(event, each)}>
          <label class="field" for="reply-${each.id}"><span class="field-label">${t('markets.reply')}</span><textarea id="reply-${each.id}" data-test="market-reply" rows="2" maxlength="2000" required></textarea></label>
          <button class="button primary" data-test="market-reply-send" ?disabled=${this.busy}>${icon('send')}${t('markets.reply.send')}</button></form>` : nothing}</li>`)}</ul>`}`;
  }

  reply(event, each) {
    event.preventDefault();
    const text = event.target.querySelector('textarea').value;
    void this.work(() => api('POST', `${BASE}/${each.connection}/questions/${encodeURIComponent(each.id)}`, { text }), t('markets.replied'));
  }
}
customElements.define('marketplaces-page', MarketplacesPage);
