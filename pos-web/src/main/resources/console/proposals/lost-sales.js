import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { moment, number, t } from '../lib/text.js';

const REASONS = ['NOT_IN_CATALOGUE', 'NO_STOCK', 'PRICE', 'OTHER'];
const FILTERS = ['store', 'reason', 'from', 'to'];

/** What customers asked for and did not get, the most often asked first. */
class LostSales extends Piece {
  static properties = { filter: { state: true }, found: { state: true }, stores: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.filter = Object.fromEntries(FILTERS.map(name => [name, query.get(name) ?? '']));
    this.stores = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.attempt(() => api('GET', '/console/api/stores')).then(found => { this.stores = found?.stores ?? []; });
  }

  disconnectedCallback() {
    keep(Object.fromEntries(FILTERS.map(name => [name, ''])));
    super.disconnectedCallback();
  }

  get query() {
    return new URLSearchParams(Object.entries(this.filter).filter(([, value]) => value)).toString();
  }

  async load() {
    const asked = this.query;
    const found = await this.attempt(() => api('GET', '/console/api/lost-sales?' + asked));
    if (found && asked === this.query) this.found = found;
  }

  set(name, value) {
    this.filter = { ...this.filter, [name]: value };
    keep({ [name]: value });
    this.load();
  }

  render() {
    return html`
      <div class="filters">
        <label class="field" for="lost-store"><span class="field-label">${t('lost.store')}</span>
          <select id="lost-store" data-test="lost-store" @change=${event => this.set('store', event.target.value)}>
            <option value="">${t('lost.all')}</option>${this.stores.map(store => html`<option value=${store.id} ?selected=${store.id === this.filter.store}>${store.name}</option>`)}</select></label>
        <label class="field" for="lost-reason"><span class="field-label">${t('lost.reason')}</span>
          <select id="lost-reason" data-test="lost-reason" @change=${event => this.set('reason', event.target.value)}>
            <option value="">${t('lost.reason.all')}</option>${REASONS.map(reason => html`<option value=${reason} ?selected=${reason === this.filter.reason}>${t('lost.reason.' + reason)}</option>`)}</select></label>
        <label class="field" for="lost-from"><span class="field-label">${t('lost.from')}</span><input id="lost-from" type="date" .value=${this.filter.from} @change=${event => this.set('from', event.target.value)}></label>
        <label class="field" for="lost-to"><span class="field-label">${t('lost.to')}</span><input id="lost-to" type="date" .value=${this.filter.to} @change=${event => this.set('to', event.target.value)}></label>
        <a class="button" data-test="lost-file" href=${'/console/api/lost-sales/file?' + this.query} download>${icon('download')}${t('lost.file')}</a>
      </div>
      ${trouble(this.problem, () => this.load())}
      ${this.found ? this.table() : this.problem ? nothing : loading(4)}`;
  }

  table() {
    const { groups, from, to } = this.found;
    if (groups.length === 0) return empty('emoji-smile', t('lost.none'), t('lost.none.text'));
    return html`<p class="quiet" role="status">${t('lost.lead', from, to)}</p>
      <div class="table-frame" tabindex="0"><table class="table" data-test="lost-sales">
        <thead><tr><th>${t('lost.asked')}</th><th class="figures">${t('lost.times')}</th><th class="figures">${t('lost.quantity')}</th><th>${t('lost.branches')}</th><th>${t('lost.last')}</th></tr></thead>
        <tbody>${groups.map(group => html`<tr data-test="lost-group">
          <th scope="row">${group.part ? html`<a href=${`/console/catalogue/${group.part}`}>${group.partText}</a>` : group.asked}${group.part && group.asked ? html`<div class="quiet">${group.asked}</div>` : nothing}</th>
          <td class="figures">${number(group.times)}</td><td class="figures">${group.quantity}</td><td class="code">${group.branches.join(' ')}</td><td>${moment(group.last)}</td>
        </tr>`)}</tbody></table></div>`;
  }
}
customElements.define('lost-sales', LostSales);
