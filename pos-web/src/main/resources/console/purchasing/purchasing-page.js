import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { go, keep, place } from '../lib/router.js';
import { moment, number, t } from '../lib/text.js';
import { orderState, purchaseTabs } from './purchase-tabs.js';
import './order-page.js';
import './reorder-page.js';
import './purchase-differences.js';
import './supplier-invoices.js';
import './purchase-suppliers.js';
import './supplier-cores.js';

const STATES = ['DRAFT', 'APPROVED', 'SENT', 'PARTLY_RECEIVED', 'RECEIVED', 'CLOSED', 'CANCELLED'];

/** Orders to suppliers, the newest first. */
class PurchaseOrders extends Piece {
  static properties = { may: {}, state: { state: true }, orders: { state: true } };

  constructor() {
    super();
    this.state = place().query.get('state') ?? '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    const asked = this.state;
    const found = await this.attempt(() => api('GET', '/console/api/purchase-orders' + (asked ? `?state=${asked}` : '')));
    if (found && asked === this.state) this.orders = found.orders;
  }

  choose(state) {
    this.state = state;
    keep({ state });
    void this.load();
  }

  render() {
    return html`<div class="filters">
        <label class="field" for="order-state"><span class="field-label">${t('purchase.state')}</span>
          <select id="order-state" data-test="order-filter" @change=${event => this.choose(event.target.value)}>
            <option value="">${t('purchase.open')}</option>${STATES.map(name => html`<option value=${name} ?selected=${name === this.state}>${t('purchase.state.' + name)}</option>`)}</select></label>
        ${this.may.has('purchase.make') ? html`<button type="button" class="button primary" data-test="order-new" @click=${() => go(`/console/purchasing/orders/${uuid7()}`)}>${icon('plus-lg')}${t('purchase.new')}</button>` : nothing}</div>
      ${trouble(this.problem, () => this.load())}
      ${this.orders ? this.table() : this.problem ? nothing : loading(5)}`;
  }

  table() {
    if (!this.orders.length) return empty('cart', t('purchase.none'), t('purchase.none.text'));
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="orders">
      <thead><tr><th>${t('purchase.number')}</th><th>${t('purchase.supplier')}</th><th>${t('purchase.branch')}</th><th>${t('purchase.state')}</th><th class="figures">${t('purchase.total')}</th><th class="figures">${t('purchase.received')}</th><th>${t('purchase.differences')}</th><th>${t('purchase.created')}</th></tr></thead>
      <tbody>${this.orders.map(order => html`<tr data-test="order" data-number=${order.number}><th scope="row"><a href=${`/console/purchasing/orders/${order.id}`}>${order.number}</a></th><td>${order.supplier}</td><td class="code">${order.store}</td><td>${orderState(order.state)}</td>
        <td class="figures">${order.total.text}</td><td class="figures">${number(order.received)} %</td><td>${order.differences ? html`<span class="state tone-attention">${icon('exclamation-triangle')}<span>${number(order.differences)}</span></span>` : nothing}</td><td>${moment(order.createdAt)}</td></tr>`)}</tbody></table></div>`;
  }
}
customElements.define('purchase-orders', PurchaseOrders);

/** Everything about buying, by tabs. */
class PurchasingPage extends Piece {
  static properties = { may: {}, tab: {}, id: {} };

  render() {
    const { may, tab = '', id } = this;
    if (tab === 'orders' && id) return html`${purchaseTabs('')}<order-page .may=${may} .order=${id}></order-page>`;
    return html`${purchaseTabs(tab)}
      <header class="page-head"><div><h1>${t('purchase.title')}</h1><p class="page-lead">${tab === 'invoices' ? t('invoice.lead') : t('purchase.lead')}</p></div></header>
      ${this.inside(tab, id, may)}`;
  }

  inside(tab, id, may) {
    switch (tab) {
      case 'reorder': return html`<reorder-page .may=${may}></reorder-page>`;
      case 'differences': return html`<purchase-differences .may=${may}></purchase-differences>`;
      case 'invoices': return html`<supplier-invoices .may=${may} .invoice=${id}></supplier-invoices>`;
      case 'cores': return html`<supplier-cores .may=${may}></supplier-cores>`;
      case 'suppliers': return html`<purchase-suppliers .may=${may}></purchase-suppliers>`;
      default: return html`<purchase-orders .may=${may}></purchase-orders>`;
    }
  }
}
customElements.define('purchasing-page', PurchasingPage);
