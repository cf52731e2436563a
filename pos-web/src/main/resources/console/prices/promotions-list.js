import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';
import './promotion-form.js';
import { days, priceState } from './price-table.js';

/** Promotions, those that are over and withdrawn too. */
class PromotionsList extends Piece {
  static properties = { mend: {}, book: {}, adding: { state: true } };

  async withdraw(id) {
    if (!confirm(t('price.withdraw.sure'))) return;
    if (await this.attempt(() => api('DELETE', `/console/api/prices/${id}`))) this.dispatchEvent(new CustomEvent('changed'));
  }

  saved() {
    this.adding = false;
    this.dispatchEvent(new CustomEvent('changed'));
  }

  render() {
    const { promotions, levels, today } = this.book;
    return html`
      <div class="section-head"><p class="quiet">${t('price.promotions.lead')}</p>
        ${this.mend && !this.adding ? html`<button type="button" class="button primary" data-test="promotion-add" @click=${() => { this.adding = true; }}>${icon('plus-lg')}${t('price.promotion.add')}</button>` : nothing}</div>
      ${trouble(this.problem)}
      ${this.adding ? html`<promotion-form .levels=${levels} .today=${today} @left=${() => { this.adding = false; }} @saved=${() => this.saved()}></promotion-form>` : nothing}
      ${promotions.length === 0 ? empty('tags', t('price.promotions.none'), t('price.promotions.none.text')) : html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="promotions">
        <thead><tr><th>${t('price.field.name')}</th><th>${t('price.value')}</th><th>${t('price.of')}</th><th>${t('price.whom')}</th><th>${t('price.when')}</th><th>${t('price.state')}</th><th>${t('price.by')}</th><th><span class="visually-hidden">${t('price.withdraw')}</span></th></tr></thead>
        <tbody>${promotions.map(one => html`<tr data-test="promotion" data-id=${one.id}>
          <th scope="row">${one.name}</th><td>${one.what}</td><td>${one.targets.join(', ')}</td>
          <td>${one.levels.length ? one.levels.join(', ') : t('price.all.levels')}<div class="quiet">${one.branches ? t('price.some.branches', one.branches) : t('price.all.branches')}</div></td>
          <td>${days(one)}</td><td>${priceState(one.state)}</td><td>${one.by}<div class="quiet">${t('price.version', one.version)}</div></td>
          <td>${this.mend && one.state !== 'WITHDRAWN' ? html`<button type="button" class="button quiet small" data-test="promotion-withdraw" aria-label=${t('price.withdraw')} title=${t('price.withdraw')} @click=${() => this.withdraw(one.id)}>${icon('x-lg')}</button>` : nothing}</td>
        </tr>`)}</tbody></table></div>`}`;
  }
}
customElements.define('promotions-list', PromotionsList);
