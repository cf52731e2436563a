import { html, nothing } from 'lit';
import { t } from '../lib/text.js';

const TABS = [['', 'orders'], ['reorder', 'reorder'], ['differences', 'differences'], ['invoices', 'invoices'], ['cores', 'cores'], ['suppliers', 'suppliers']];

export const purchaseTabs = here => html`<nav class="tabs" aria-label=${t('purchase.title')}>
  ${TABS.map(([path, name]) => html`<a href=${path ? `/console/purchasing/${path}` : '/console/purchasing'} data-test="purchase-tab-${name}" aria-current=${here === path ? 'page' : nothing}>${t('purchase.tab.' + name)}</a>`)}
</nav>`;

const TONES = { DRAFT: ['quiet', 'pencil'], APPROVED: ['accent', 'check2'], SENT: ['accent', 'send'], PARTLY_RECEIVED: ['attention', 'box-arrow-in-down'], RECEIVED: ['good', 'check-circle-fill'], CLOSED: ['quiet', 'archive'], CANCELLED: ['quiet', 'x-circle'] };

export const orderState = name => html`<span class="state tone-${TONES[name][0]}" data-test="order-state" data-state=${name}><i class="bi bi-${TONES[name][1]}" aria-hidden="true"></i><span>${t('purchase.state.' + name)}</span></span>`;
