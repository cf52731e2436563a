import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, documentTitle, empty, filterBox, icon, loading, matches, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { bytes, documentType, moment, number, orEmpty, routeName, t } from '../lib/text.js';
import './amendment-card.js';

const TABS = ['parked', 'waiting', 'letters', 'asides', 'batches'];
const FILTERS = ['store', 'type', 'key', 'text', 'from', 'until'];
const PAGE = 50;
const LOOK = 5000;

/** What programmers need and nobody else: folded, the words of the program and the beginning of the content. */
const forSupport = (words, preview) => html`<details><summary class="quiet">${t('messages.support')}</summary><div class="quiet">${words}</div><div class="code quiet">${preview.slice(0, 400)}</div></details>`;

/** Documents that could not be applied, what waits for a second person, and what nobody could read. */
class MessagesPage extends Piece {
  static properties = { may: {}, tab: { state: true }, filters: { state: true }, typed: { state: true }, rows: { state: true }, next: { state: true }, desk: { state: true }, asked: { state: true }, said: { state: true } };

  constructor() {
    super();
    new Follows(this, 'stores');
    const { query } = place();
    this.tab = TABS.includes(query.get('tab')) ? query.get('tab') : 'parked';
    this.typed = query.get('q') ?? '';
    this.filters = Object.fromEntries(FILTERS.map(name => [name, query.get(name) ?? '']));
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.timer = setInterval(() => { if (this.tab === 'batches') this.look(); }, LOOK);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  choose(tab) {
    this.tab = tab;
    this.rows = undefined;
    this.next = undefined;
    this.said = undefined;
    keep({ tab: tab === 'parked' ? '' : tab });
    this.load();
  }

  filter(change) {
    this.filters = { ...this.filters, ...change };
    keep(this.filters);
    this.rows = undefined;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.load(), 'text' in change || 'key' in change ? 300 : 0);
  }

  async look() {
    const desk = await this.attempt(() => api('GET', '/console/api/messages'));
    if (desk) this.desk = desk;
  }

  async load(before) {
    const { tab, filters } = this;
    this.look();
    const answer = await this.attempt(() => this.fetch(tab, before));
    if (!answer || tab !== this.tab || filters !== this.filters) return;
    const rows = answer.documents ?? answer.letters ?? answer.asides ?? [];
    this.rows = before ? [...this.rows, ...rows] : rows;
    this.next = answer.next;
    this.types = answer.types ?? this.types;
  }

  fetch(tab, before) {
    const page = before ? `&before=${before}` : '';
    switch (tab) {
      case 'parked': {
        const query = new URLSearchParams({ state: 'parked', limit: PAGE });
        for (const [name, value] of Object.entries(this.wanted())) query.set(name, value);
        return api('GET', `/console/api/documents?${query}${page}`);
      }
      case 'letters': return api('GET', '/console/api/messages/letters');
      case 'asides': return api('GET', `/console/api/messages/asides?${page}`);
      default: return {};
    }
  }

  /** The filters that are set, times as instants. */
  wanted() {
    const wanted = {};
    for (const name of FILTERS) {
      const value = this.filters[name];
      if (value) wanted[name] = name === 'from' || name === 'until' ? new Date(value).toISOString() : value;
    }
    return wanted;
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('messages.title')}</h1><p class="page-lead">${t('messages.lead')}</p></div></header>
      <div class="tabs" role="tablist" aria-label=${t('messages.title')}>
        ${TABS.map(tab => html`<button type="button" role="tab" aria-selected=${tab === this.tab} data-test="tab-${tab}" @click=${() => this.choose(tab)}>${t(`messages.tab.${tab}`)}${tab === 'waiting' && this.desk?.waiting.length ? ` (${number(this.desk.waiting.length)})` : ''}</button>`)}
      </div>
      ${this.said ? html`<p class="said" role="status" data-test="messages-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${this.asked ? nothing : trouble(this.problem, () => this.load())}
      ${this[this.tab]()}
      ${this.dialog()}`;
  }

  none(tab, symbol) {
    return empty(symbol, t(`messages.${tab}.none`), t(`messages.${tab}.none.text`));
  }

  parked() {
    const { filters } = this;
    const shown = this.rows?.filter(one => matches(this.typed, documentTitle(one), one.storeName, documentType(one.type), one.key, one.parkedReason));
    return html`
      <div class="filters">
        ${filterBox('messages-filter', this.typed, t('messages.filter'), value => { this.typed = value; keep({ q: value }); })}
        <label class="pick"><span>${t('documents.store')}</span>
          <select id="messages-store" data-test="messages-store" @change=${event => this.filter({ store: event.target.value })}>
            <option value="" ?selected=${!filters.store}>${t('documents.store.any')}</option>
            ${[...live.stores.values()].toSorted((a, b) => a.name.localeCompare(b.name)).map(store => html`<option value=${store.id} ?selected=${filters.store === store.id}>${store.name}</option>`)}
          </select></label>
        <label class="pick"><span>${t('documents.type')}</span>
          <select id="messages-type" data-test="messages-type" @change=${event => this.filter({ type: event.target.value })}>
            <option value="" ?selected=${!filters.type}>${t('documents.type.any')}</option>
            ${(this.types ?? []).map(type => html`<option value=${type} ?selected=${filters.type === type}>${documentType(type)}</option>`)}
          </select></label>
        <label class="pick"><span>${t('messages.text')}</span><input id="messages-text" data-test="messages-text" type="search" autocomplete="off" .value=${filters.text} @input=${event => this.filter({ text: event.target.value })}></label>
        <label class="pick"><span>${t('messages.since')}</span><input id="messages-from" type="datetime-local" .value=${filters.from} @change=${event => this.filter({ from: event.target.value })}></label>
        <label class="pick"><span>${t('messages.until')}</span><input id="messages-until" type="datetime-local" .value=${filters.until} @change=${event => this.filter({ until: event.target.value })}></label>
        ${this.may?.has('messages.mend') && this.rows?.length && !this.typed.trim() ? html`<button type="button" class="button" data-test="bulk" @click=${() => this.count()}>${icon('collection')}${t('messages.bulk')}</button>` : nothing}
      </div>
      ${!shown ? (this.problem ? nothing : loading(6)) : !this.rows.length ? this.none('parked', 'check2-circle') : !shown.length ? empty('search', t('list.nothing'), t('list.nothing.text')) : html`
        <div class="table-frame" tabindex="0"><table class="table" data-test="parked">
          <thead><tr><th>${t('document.summary')}</th><th>${t('document.store')}</th><th>${t('messages.reason')}</th><th>${t('document.landed')}</th><th><span class="visually-hidden">${t('messages.retry')}</span></th></tr></thead>
          <tbody>${shown.map(one => html`<tr data-test="parked-row" data-document=${one.id}>
            <th scope="row"><a href="/console/documents/${one.id}">${documentTitle(one)}</a><div class="quiet">${[one.summary ? documentType(one.type) : '', one.amended ? t('messages.amended') : ''].filter(Boolean).join(' · ')}</div></th>
            <td>${one.storeName}</td><td class="wide-text">${one.parkedReason}</td><td><time-ago at=${one.landedAt}></time-ago></td>
            <td class="row-acts">${this.may?.has('messages.mend') ? html`<button type="button" class="button" data-test="row-retry" @click=${() => this.retry(one)}>${t('messages.retry')}</button>` : nothing}</td>
          </tr>`)}</tbody></table></div>`}
      ${this.more()}`;
  }

  more() {
    return this.next ? html`<div class="more"><button type="button" class="button" data-test="messages-more" @click=${() => this.load(this.next)}>${t('documents.more')}</button></div>` : nothing;
  }

  waiting() {
    if (!this.desk) return this.problem ? nothing : loading(4);
    if (!this.desk.waiting.length) return this.none('waiting', 'people');
    return this.desk.waiting.map(one => html`<amendment-card linked .may=${this.may} .one=${one} .me=${this.desk.me} @changed=${() => this.look()}></amendment-card>`);
  }

  letters() {
    if (!this.rows) return this.problem ? nothing : loading(4);
    if (!this.rows.length) return this.none('letters', 'envelope-check');
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="letters">
      <thead><tr><th>${t('letter.at')}</th><th>${t('letter.route')}</th><th>${t('letter.reason')}</th><th>${t('letter.home')}</th><th class="figures">${t('letter.size')}</th><th><span class="visually-hidden">${t('letter.resend')}</span></th></tr></thead>
      <tbody>${this.rows.map(one => html`<tr data-test="letter" data-letter=${one.id}>
        <td class="nowrap">${moment(one.at)}</td><th scope="row">${one.route ? routeName(one.route) : t('letter.by-broker')}</th>
        <td class="wide-text">${orEmpty(`letter.kind.${one.kind}`)}${forSupport(one.reason, one.preview)}</td><td class="code">${one.home ?? t('letter.home.none')}</td><td class="figures">${bytes(one.bytes)}</td>
        <td class="row-acts">${this.may?.has('messages.mend') ? html`
          ${one.home ? html`<button type="button" class="button" data-test="letter-resend" @click=${() => this.act('/console/api/messages/letters/resend', { id: one.id }, t('letter.resent'))}>${t('letter.resend')}</button>` : nothing}
          <button type="button" class="button quiet" data-test="letter-discard" @click=${() => this.ask({ kind: 'reason', title: t('letter.discard'), text: t('letter.discard.text'), send: t('messages.discard.do'), to: '/console/api/messages/letters/discard', body: { id: one.id }, done: t('letter.discarded') })}>${t('letter.discard')}</button>` : nothing}</td>
      </tr>`)}</tbody></table></div>`;
  }

  asides() {
    if (!this.rows) return this.problem ? nothing : loading(4);
    if (!this.rows.length) return this.none('asides', 'shield-check');
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="asides">
      <thead><tr><th>${t('letter.at')}</th><th>${t('aside.store')}</th><th>${t('aside.why')}</th><th class="figures">${t('letter.size')}</th><th><span class="visually-hidden">${t('aside.settle')}</span></th></tr></thead>
      <tbody>${this.rows.map(one => html`<tr data-test="aside" data-aside=${one.id} data-cause=${one.cause}>
        <td class="nowrap">${moment(one.receivedAt)}</td><th scope="row">${one.storeName ?? t('aside.store.none')}</th><td class="wide-text">${t(`aside.cause.${one.cause}`)}<div class="quiet">${t(`aside.do.${one.cause}`)}</div>${forSupport(one.why, one.preview)}</td><td class="figures">${bytes(one.bytes)}</td>
        <td class="row-acts">${this.may?.has('messages.mend') ? html`<button type="button" class="button quiet" data-test="aside-settle" @click=${() => this.ask({ kind: 'reason', title: t('aside.settle'), text: t('aside.settle.text'), send: t('aside.settle.do'), to: `/console/api/messages/asides/${one.id}/settle`, body: {}, done: t('aside.settled') })}>${t('aside.settle')}</button>` : nothing}</td>
      </tr>`)}</tbody></table></div>${this.more()}`;
  }

  batches() {
    if (!this.desk) return this.problem ? nothing : loading(4);
    if (!this.desk.batches.length) return this.none('batches', 'collection');
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="batches">
      <thead><tr><th>${t('batch.at')}</th><th>${t('batch.by')}</th><th>${t('messages.reason')}</th><th>${t('batch.progress')}</th><th><span class="visually-hidden">${t('batch.approve')}</span></th></tr></thead>
      <tbody>${this.desk.batches.map(one => {
        const done = one.applied + one.discarded;
        const parts = [['batch.applied', one.applied], ['batch.discarded', one.discarded], ['batch.parked', one.parkedAgain], ['batch.waiting', one.waiting], ['batch.to-come', one.toCome]];
        return html`<tr data-test="batch" data-batch=${one.id}>
          <td>${moment(one.startedAt)}</td><th scope="row">${t(`batch.act.${one.act}`)} · ${one.startedByName}</th><td class="wide-text">${one.reason}</td>
          <td><progress class="bar tone-accent" max=${one.documents} value=${done} aria-label=${t('batch.progress')}></progress> ${t('batch.of', number(done), number(one.documents))}
            <div class="quiet">${parts.filter(([, n]) => n).map(([key, n]) => t(key, number(n))).join(' · ')}</div></td>
          <td class="row-acts">${one.waiting && this.may?.has('messages.approve') && one.startedBy !== this.desk.me ? html`<button type="button" class="button primary" data-test="batch-approve" @click=${() => this.act(`/console/api/messages/bulk/${one.id}/approve`, {})}>${t('batch.approve')}</button>` : nothing}</td>
        </tr>`; })}</tbody></table></div>`;
  }

  dialog() {
    const { asked } = this;
    return html`
      <dialog class="dialog" aria-labelledby="messages-dialog" data-test="messages-dialog" @close=${() => { this.asked = undefined; this.problem = undefined; }}>
        ${asked ? html`<form @submit=${event => this.send(event)}>
          <h2 id="messages-dialog">${asked.title}</h2>
          ${asked.text ? html`<p class="quiet">${asked.text}</p>` : nothing}
          ${asked.kind === 'bulk' && asked.money ? html`<p class="text-attention">${icon('people-fill')} ${t('messages.bulk.money', number(asked.money))}</p>` : nothing}
          <label class="field" for="messages-reason"><span class="field-label">${t('messages.reason')}</span>
            <input id="messages-reason" data-test="messages-reason" name="reason" required maxlength="500" autocomplete="off"><span class="field-hint">${t('messages.reason.help')}</span></label>
          ${trouble(this.problem)}
          <div class="dialog-acts">
            <button type="button" class="button" @click=${() => this.querySelector('dialog').close()}>${t('act.close')}</button>
            ${asked.kind === 'bulk' ? html`
              <button type="submit" class="button" value="DISCARD" data-test="bulk-discard">${t('messages.bulk.discard')}</button>
              <button type="submit" class="button primary" value="RETRY" data-test="bulk-retry">${t('messages.bulk.retry')}</button>`
              : html`<button type="submit" class="button primary" data-test="messages-send">${asked.send}</button>`}
          </div></form>` : nothing}
      </dialog>`;
  }

  async ask(asked) {
    this.problem = undefined;
    this.asked = asked;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  async count() {
    const filter = this.wanted();
    const found = await this.attempt(() => api('POST', '/console/api/messages/count', filter));
    if (found) this.ask({ kind: 'bulk', title: t('messages.bulk.title', number(found.documents)), id: uuid7(), filter, expected: found.documents, money: found.money });
  }

  async send(event) {
    event.preventDefault();
    const { asked } = this;
    const reason = new FormData(event.target).get('reason');
    const done = await this.attempt(() => asked.kind === 'bulk'
      ? api('POST', '/console/api/messages/bulk', { id: asked.id, act: event.submitter?.value ?? 'RETRY', filter: asked.filter, expected: asked.expected, reason })
      : api('POST', asked.to, { ...asked.body, reason }));
    if (!done) return;
    this.querySelector('dialog').close();
    if (asked.kind === 'bulk') this.choose('batches');
    else {
      this.said = asked.done;
      this.load();
    }
  }

  /** @param said once it is done */
  async act(path, body, said) {
    this.said = undefined;
    if (!(await this.attempt(() => api('POST', path, body)))) return;
    this.said = said;
    this.load();
  }

  async retry(one) {
    if (!(await this.attempt(() => api('POST', `/console/api/documents/${one.id}/retry`)))) return;
    this.said = t('messages.retried');
    this.rows = this.rows.filter(row => row.id !== one.id);
  }
}
customElements.define('messages-page', MessagesPage);
