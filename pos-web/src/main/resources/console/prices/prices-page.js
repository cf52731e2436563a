import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { t } from '../lib/text.js';
import './part-prices.js';
import './promotions-list.js';
import './price-form.js';
import './formulas-table.js';
import { priceTable } from './price-table.js';

const TABS = ['parts', 'promotions', 'wide', 'formulas'];

/** The price book: prices of a part, promotions, and percentages of a brand or category. */
class PricesPage extends Piece {
  static properties = { may: {}, tab: { state: true }, book: { state: true }, adding: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.tab = TABS.includes(query.get('tab')) ? query.get('tab') : 'parts';
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.book = (await this.attempt(() => api('GET', '/console/api/prices'))) ?? this.book;
  }

  choose(tab) {
    this.tab = tab;
    this.adding = false;
    keep({ tab: tab === 'parts' ? '' : tab });
  }

  async withdraw(id) {
    if (!confirm(t('price.withdraw.sure'))) return;
    if (await this.attempt(() => api('DELETE', `/console/api/prices/${id}`))) this.load();
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('price.title')}</h1><p class="page-lead">${t('price.lead')}</p></div></header>
      <nav class="tabs" aria-label=${t('price.title')}>
        ${TABS.map(tab => html`<button type="button" data-test="prices-${tab}" aria-current=${this.tab === tab ? 'page' : nothing} @click=${() => this.choose(tab)}>${t('price.tab.' + tab)}</button>`)}
      </nav>
      ${trouble(this.problem, () => this.load())}
      ${this.book ? this.body() : this.problem ? nothing : loading(5)}`;
  }

  body() {
    const mend = this.may?.has('catalogue.mend');
    switch (this.tab) {
      case 'parts': return html`<part-prices .mend=${mend}></part-prices>`;
      case 'promotions': return html`<promotions-list .mend=${mend} .book=${this.book} @changed=${() => this.load()}></promotions-list>`;
      case 'formulas': return html`<formulas-table .mend=${mend}></formulas-table>`;
      default: return html`
        <div class="section-head"><p class="quiet">${t('price.wide.lead')}</p>
          ${mend && !this.adding ? html`<button type="button" class="button primary" data-test="wide-add" @click=${() => { this.adding = true; }}>${icon('plus-lg')}${t('price.add')}</button>` : nothing}</div>
        ${this.adding ? html`<price-form .levels=${this.book.levels} .today=${this.book.today} @left=${() => { this.adding = false; }} @saved=${() => { this.adding = false; this.load(); }}></price-form>` : nothing}
        ${priceTable(this.book.wide, { wide: true, withdraw: mend && (id => this.withdraw(id)) })}`;
    }
  }
}
customElements.define('prices-page', PricesPage);
