import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, documentTitle, empty, filterBox, loading, matches, state, trouble } from '../lib/pieces.js';
import { go, keep, place } from '../lib/router.js';
import { documentType, moment, number, t } from '../lib/text.js';

const PAGE = 50;
const STATES = ['parked', 'waiting', 'landed', 'applied', 'discarded'];
const FILTERS = ['store', 'type', 'key', 'state', 'text', 'from', 'until'];

/** What stores have sent, newest first. The filters stand in the address. */
class DocumentsPage extends Piece {
  static properties = { filters: { state: true }, rows: { state: true }, next: { state: true }, busy: { state: true } };

  constructor() {
    super();
    new Follows(this, 'stores');
    const { query } = place();
    this.filters = Object.fromEntries([...FILTERS, 'q'].map(name => [name, query.get(name) ?? '']));
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load(before) {
    const asked = this.filters;
    const query = new URLSearchParams({ limit: PAGE });
    for (const name of FILTERS) if (asked[name]) query.set(name, name === 'from' || name === 'until' ? new Date(asked[name]).toISOString() : asked[name]);
    if (before) query.set('before', before);
    this.busy = true;
    const answer = await this.attempt(() => api('GET', `/console/api/documents?${query}`));
    // What was asked for meanwhile has its own answer on the way.
    if (asked !== this.filters) return;
    this.busy = false;
    if (!answer) return;
    this.rows = before ? [...this.rows, ...answer.documents] : answer.documents;
    this.next = answer.next;
    this.types = answer.types;
  }

  choose(change) {
    this.filters = { ...this.filters, ...change };
    keep(this.filters);
    if (!('q' in change) || Object.keys(change).length > 1) {
      this.rows = undefined;
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.load(), 'text' in change ? 300 : 0);
    }
  }

  render() {
    const { filters } = this;
    const shown = this.rows?.filter(one => matches(filters.q, documentTitle(one), one.storeName, documentType(one.type), one.key, one.id, one.parkedReason));
    return html`
      <header class="page-head"><div><h1>${t('documents.title')}</h1><p class="page-lead">${t('documents.lead')}</p></div></header>
      <div class="filters">
        ${filterBox('documents-filter', filters.q, t('documents.filter'), value => this.choose({ q: value }))}
        <label class="pick"><span>${t('documents.store')}</span>
          <select id="documents-store" data-test="documents-store" .value=${filters.store} @change=${event => this.choose({ store: event.target.value })}>
            <option value="" ?selected=${!filters.store}>${t('documents.store.any')}</option>
            ${[...live.stores.values()].toSorted((a, b) => a.name.localeCompare(b.name)).map(store => html`<option value=${store.id} ?selected=${filters.store === store.id}>${store.name}</option>`)}
          </select></label>
        <label class="pick"><span>${t('documents.type')}</span>
          <select id="documents-type" data-test="documents-type" @change=${event => this.choose({ type: event.target.value })}>
            <option value="" ?selected=${!filters.type}>${t('documents.type.any')}</option>
            ${(this.types ?? []).map(type => html`<option value=${type} ?selected=${filters.type === type}>${documentType(type)}</option>`)}
          </select></label>
        <label class="pick"><span>${t('documents.text')}</span><input id="documents-text" data-test="documents-text" type="search" autocomplete="off" .value=${filters.text} @input=${event => this.choose({ text: event.target.value })}></label>
        <label class="pick"><span>${t('documents.from')}</span><input id="documents-from" type="datetime-local" .value=${filters.from} @change=${event => this.choose({ from: event.target.value })}></label>
        <label class="pick"><span>${t('documents.until')}</span><input id="documents-until" type="datetime-local" .value=${filters.until} @change=${event => this.choose({ until: event.target.value })}></label>
        <div class="choices" role="group" aria-label=${t('documents.state')}>
          ${STATES.map(name => html`
            <button type="button" class="choice" aria-pressed=${filters.state === name} data-test="documents-state-${name}"
              @click=${() => this.choose({ state: filters.state === name ? '' : name })}>${state('document', name)}</button>`)}
        </div>
        ${filters.key ? html`<button type="button" class="choice" aria-pressed="true" @click=${() => this.choose({ key: '' })}>${t('documents.key')} <span class="code">${filters.key.slice(0, 13)}…</span> ✕</button>` : nothing}
      </div>
      ${trouble(this.problem, () => this.load())}
      ${!shown ? (this.problem ? nothing : loading(10)) : shown.length === 0 ? this.none() : this.table(shown)}
      ${this.next && shown?.length
        ? html`<div class="more"><button type="button" class="button" id="documents-more" data-test="documents-more" ?disabled=${this.busy} @click=${() => this.load(this.next)}>${t('documents.more')}</button></div>`
        : nothing}`;
  }

  none() {
    const filtered = Object.values(this.filters).some(Boolean);
    return filtered
      ? empty('search', t('list.nothing'), t('list.nothing.text'),
        html`<button type="button" class="button" @click=${() => this.choose(Object.fromEntries([...FILTERS, 'q'].map(name => [name, ''])))}>${t('act.clear')}</button>`)
      : empty('receipt', t('documents.empty'), t('documents.empty.text'));
  }

  table(rows) {
    return html`
      <div class="table-frame" tabindex="0">
        <table class="table" data-test="documents">
          <thead><tr>
            <th>${t('document.summary')}</th><th>${t('document.type')}</th><th>${t('document.store')}</th><th>${t('document.state')}</th>
            <th>${t('document.occurred')}</th><th>${t('document.landed')}</th><th class="figures">${t('document.sequence')}</th>
          </tr></thead>
          <tbody>${rows.map(one => html`
            <tr data-test="document" data-id=${one.id} data-state=${one.state} @click=${event => { if (!event.target.closest('a')) go(`/console/documents/${one.id}`); }}>
              <th scope="row"><a href="/console/documents/${one.id}">${documentTitle(one)}</a></th>
              <td>${documentType(one.type)}</td>
              <td>${one.storeName}</td>
              <td>${state('document', one.state)}${one.parkedReason ? html`<div class="reason">${one.parkedReason}</div>` : nothing}</td>
              <td>${moment(one.occurredAt)}</td>
              <td><time-ago at=${one.landedAt}></time-ago></td>
              <td class="figures code">${number(one.sequence)}</td>
            </tr>`)}
          </tbody>
        </table>
      </div>`;
  }
}
customElements.define('documents-page', DocumentsPage);
