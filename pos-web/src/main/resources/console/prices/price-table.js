import { html, nothing } from 'lit';
import { empty, icon } from '../lib/pieces.js';
import { date, t } from '../lib/text.js';

const TONES = { NOW: ['good', 'check-circle-fill'], COMING: ['accent', 'clock'], OVER: ['quiet', 'circle'], WITHDRAWN: ['quiet', 'x-circle'] };

export function priceState(state) {
  const [tone, symbol] = TONES[state];
  return html`<span class="state tone-${tone}" data-state=${state}>${icon(symbol)}<span>${t('price.state.' + state)}</span></span>`;
}

export const days = ({ starts, ends }) => (ends ? t('price.days', date(starts), date(ends)) : t('price.since', date(starts)));

/** Prices with their dates, what is over or withdrawn too: the history. */
export function priceTable(rules, { wide = false, withdraw } = {}) {
  if (rules.length === 0) return empty('tags', t('price.none'), t('price.none.text'));
  return html`<div class="table-frame" tabindex="0"><table class="table" data-test="price-rules">
    <thead><tr>${wide ? html`<th>${t('price.of')}</th>` : nothing}<th>${t('price.level')}</th><th class="figures">${t('price.from')}</th><th class="figures">${t('price.value')}</th>
      <th>${t('price.when')}</th><th>${t('price.state')}</th><th>${t('price.by')}</th>${withdraw ? html`<th><span class="visually-hidden">${t('price.withdraw')}</span></th>` : nothing}</tr></thead>
    <tbody>${rules.map(rule => html`<tr data-test="price-rule" data-id=${rule.id}>
      ${wide ? html`<th scope="row">${rule.target === 'ALL' ? t('price.target.ALL') : `${t('price.target.' + rule.target)} ${rule.targetValue}`}</th>` : nothing}
      <td>${rule.level ?? t('price.customer')}</td><td class="figures">${rule.from ?? ''}</td>
      <td class="figures">${rule.value}${rule.value.startsWith('−') || rule.includesTax ? nothing : html` <span class="quiet">${t('price.without-tax')}</span>`}</td>
      <td>${days(rule)}</td><td>${priceState(rule.state)}</td><td>${rule.by}<div class="quiet">${t('price.version', rule.version)}</div></td>
      ${withdraw ? html`<td>${rule.state === 'WITHDRAWN' ? nothing : html`<button type="button" class="button quiet small" data-test="price-withdraw" aria-label=${t('price.withdraw')} title=${t('price.withdraw')} @click=${() => withdraw(rule.id)}>${icon('x-lg')}</button>`}</td>` : nothing}
    </tr>`)}</tbody></table></div>`;
}
