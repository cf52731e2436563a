import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { t } from '../lib/text.js';

const STANDINGS = ['ALL', 'OWING', 'OVERDUE', 'HELD'];

/** Every customer of the company, with balance and credit. */
class CustomersPage extends Piece {
  static properties = { typed: { state: true }, standing: { state: true }, found: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.typed = query.get('q') ?? '';
    this.standing = STANDINGS.includes(query.get('show')) ? query.get('show') : 'ALL';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  get query() {
    return new URLSearchParams({ q: this.typed, standing: this.standing }).toString();
  }

  async load() {
    const asked = this.query;
    const found = await this.attempt(() => api('GET', '/console/api/customers?' + asked));
    if (found && asked === this.query) this.found = found;
  }

  set(field, value) {
    this[field] = value;
    keep({ q: this.typed, show: this.standing === 'ALL' ? '' : this.standing });
    void this.load();
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('customers.title')}</h1><p class="page-lead">${t('customers.lead')}</p></div></header>
      <div class="filters">
        <label class="search-box">${icon('search')}<span class="visually-hidden">${t('customers.search')}</span>
          <input data-test="customers-search" type="search" maxlength="200" autocomplete="off" spellcheck="false" placeholder=${t('customers.search')} .value=${this.typed} @input=${event => this.set('typed', event.target.value)}></label>
        <label class="field" for="customers-standing"><span class="field-label">${t('customers.standing')}</span>
          <select id="customers-standing" data-test="customers-standing" @change=${event => this.set('standing', event.target.value)}>
            ${STANDINGS.map(one => html`<option value=${one} ?selected=${one === this.standing}>${t('customers.standing.' + one)}</option>`)}</select></label>
      </div>
      ${trouble(this.problem, () => this.load())}
      ${this.found ? this.table(this.found) : this.problem ? nothing : loading(6)}`;
  }

  table({ customers, more }) {
    if (!customers.length) return empty('person-lines-fill', t('customers.none'), t('customers.none.text'));
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="customers">
      <thead><tr><th>${t('customers.name')}</th><th>${t('customers.phone')}</th><th>RFC</th><th class="figures">${t('customers.balance')}</th><th class="figures">${t('customers.overdue')}</th><th class="figures">${t('customers.limit')}</th></tr></thead>
      <tbody>${customers.map(one => html`<tr data-test="customer">
        <th scope="row"><a href=${`/console/customers/${one.id}`}>${one.name}</a></th><td class="code">${one.phone}</td>
        <td class="code">${one.rfc}${one.rfcFits ? nothing : html` <span class="state tone-attention" title=${t('customers.rfc.doubtful')}>${icon('exclamation-triangle-fill')}<span class="visually-hidden">${t('customers.rfc.doubtful')}</span></span>`}</td>
        <td class="figures">${one.balance.text}</td><td class="figures">${one.overdue.minor ? one.overdue.text : nothing}</td>
        <td class="figures">${one.line ? html`${one.line.limit.text}${one.line.held ? html` <span class="state tone-stop">${icon('slash-circle')}<span>${t('customers.held')}</span></span>` : nothing}` : html`<span class="quiet">${t('customers.nocredit')}</span>`}</td>
      </tr>`)}</tbody></table></div>
      ${more ? html`<p class="quiet">${t('customers.more')}</p>` : nothing}`;
  }
}
customElements.define('customers-page', CustomersPage);
