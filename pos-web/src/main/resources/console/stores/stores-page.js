import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, empty, filterBox, icon, loading, matches, state, trouble } from '../lib/pieces.js';
import { go, keep, place } from '../lib/router.js';
import { moment, number, t } from '../lib/text.js';

const STATES = ['frozen', 'cut_off', 'silent', 'claimed', 'parked', 'clock', 'lagging', 'new', 'fine'];

/** Every store, the worst first; filters as one types. */
class StoresPage extends Piece {
  static properties = { may: {}, typed: { state: true }, chosen: { state: true }, activation: { state: true }, given: { state: true } };

  constructor() {
    super();
    new Follows(this, 'stores', 'state');
    const { query } = place();
    this.typed = query.get('q') ?? '';
    this.chosen = query.get('state') ?? '';
    this.adding = query.has('add');
  }

  async connectedCallback() {
    super.connectedCallback();
    if (live.stores.size > 0) return;
    const answer = await this.attempt(() => api('GET', '/console/api/stores'));
    this.fetched = true;
    for (const store of answer?.stores ?? []) live.put('stores', store);
    this.requestUpdate();
  }

  firstUpdated() {
    if (this.adding && this.may.has('stores.add')) this.add();
  }

  render() {
    const all = [...live.stores.values()];
    const shown = all
      .filter(store => !this.chosen || store.state === this.chosen)
      .filter(store => matches(this.typed, store.name, store.code, store.slug, store.version))
      .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.name.localeCompare(b.name));
    return html`
      <header class="page-head">
        <div><h1>${t('stores.title')}</h1><p class="page-lead">${t('stores.lead', number(shown.length), number(all.length))}</p></div>
        <div class="acts">
          ${this.may.has('codes.issue')
            ? html`<button type="button" class="button" data-test="code-give" @click=${() => this.ask()}>${icon('ticket-perforated')}${t('stores.code')}</button>`
            : nothing}
          ${this.may.has('stores.add')
            ? html`<button type="button" class="button" id="store-add" data-test="store-add" @click=${() => this.add()}>${icon('plus-lg')}${t('stores.add')}</button>`
            : nothing}
        </div>
      </header>
      ${trouble(this.problem)}
      ${this.activation ? this.code(t('stores.activation'), t('stores.activation.text', moment(this.activation.expiresAt)), this.activation.code) : nothing}
      ${this.given ? this.code(t('stores.code.made', this.given.user), t('stores.code.made.text', moment(this.given.expiresAt)), this.given.code) : nothing}
      ${this.asking()}
      <div class="filters">
        ${filterBox('stores-filter', this.typed, t('stores.filter'), value => { this.typed = value; keep({ q: value }); })}
        <div class="choices" role="group" aria-label=${t('stores.filter.state')}>
          ${STATES.map(name => this.choice(name, all.filter(store => store.state === name).length))}
        </div>
      </div>
      ${all.length === 0
        ? this.fetched || this.problem ? this.none() : loading(8)
        : shown.length === 0
          ? empty('search', t('list.nothing'), t('list.nothing.text'), html`<button type="button" class="button" @click=${() => this.clear()}>${t('act.clear')}</button>`)
          : this.table(shown)}`;
  }

  choice(name, count) {
    if (count === 0 && this.chosen !== name) return nothing;
    return html`
      <button type="button" class="choice" aria-pressed=${this.chosen === name} data-test="stores-state-${name}"
        @click=${() => { this.chosen = this.chosen === name ? '' : name; keep({ state: this.chosen }); }}>
        ${state('store', name)}<span class="choice-count">${number(count)}</span>
      </button>`;
  }

  table(stores) {
    return html`
      <div class="table-frame" tabindex="0">
        <table class="table" data-test="stores">
          <thead><tr>
            <th>${t('store.name')}</th><th>${t('store.state')}</th><th>${t('store.heartbeat')}</th>
            <th class="figures">${t('store.lag')}</th><th class="figures">${t('store.waiting')}</th><th class="figures">${t('store.parked')}</th>
            <th>${t('store.last')}</th><th>${t('store.version')}</th>
          </tr></thead>
          <tbody>${stores.map(store => html`
            <tr data-test="store" data-id=${store.id} @click=${event => { if (!event.target.closest('a')) go(`/console/stores/${store.id}`); }}>
              <th scope="row"><a href="/console/stores/${store.id}">${store.name}</a> <span class="code">${store.code}</span></th>
              <td>${state('store', store.state)}</td>
              <td><time-ago at=${store.heartbeatAt ?? nothing}></time-ago></td>
              <td class="figures">${number(store.lag)}</td>
              <td class="figures">${number(store.waiting)}</td>
              <td class="figures">${number(store.parked)}</td>
              <td><time-ago at=${store.lastDocumentAt ?? nothing}></time-ago></td>
              <td class="code">${store.version || '–'}</td>
            </tr>`)}
          </tbody>
        </table>
      </div>`;
  }

  none() {
    return empty('shop', t('stores.empty'), t('stores.empty.text'),
      this.may.has('stores.add') ? html`<button type="button" class="button primary" @click=${() => this.add()}>${t('stores.add')}</button>` : nothing);
  }

  clear() {
    this.typed = '';
    this.chosen = '';
    keep({ q: '', state: '' });
  }

  async add() {
    keep({ add: '' });
    this.activation = await this.attempt(() => api('POST', '/console/api/activations'));
  }

  ask() {
    this.problem = undefined;
    this.querySelector('dialog').showModal();
  }

  asking() {
    return html`
      <dialog class="dialog" aria-labelledby="code-title" data-test="code-form">
        <form @submit=${event => this.give(event)}>
          <h2 id="code-title">${t('stores.code')}</h2>
          <p class="quiet">${t('stores.code.text')}</p>
          <label class="field" for="code-user"><span class="field-label">${t('stores.code.user')}</span>
            <input id="code-user" data-test="code-user" required maxlength="254" autocomplete="off" spellcheck="false"></label>
          ${trouble(this.problem)}
          <div class="dialog-acts">
            <button type="button" class="button quiet" @click=${() => this.querySelector('dialog').close()}>${t('act.cancel')}</button>
            <button type="submit" class="button primary" data-test="code-make">${t('stores.code.give')}</button>
          </div>
        </form>
      </dialog>`;
  }

  async give(event) {
    event.preventDefault();
    const user = this.querySelector('#code-user').value.trim();
    const made = await this.attempt(() => api('POST', '/console/api/codes', { user }));
    if (!made) return;
    this.given = { user, ...made };
    this.querySelector('dialog').close();
    event.target.reset();
  }

  code(title, text, code) {
    return html`
      <div class="one-time" role="status" data-test="one-time">
        <div>
          <h2>${title}</h2>
          <p>${text}</p>
        </div>
        <output class="one-time-code" data-test="one-time-code">${code}</output>
        <button type="button" class="button quiet" aria-label=${t('act.close')} @click=${() => { this.activation = undefined; this.given = undefined; }}>${icon('x-lg')}</button>
      </div>`;
  }
}
customElements.define('stores-page', StoresPage);
