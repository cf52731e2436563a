import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, figure, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { t } from '../lib/text.js';
import './part-picker.js';
import './price-form.js';
import { priceTable } from './price-table.js';

/** All prices of one part: what is charged now, what comes and what was. */
class PartPrices extends Piece {
  static properties = { mend: {}, part: { state: true }, found: { state: true }, adding: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.part = place().query.get('part') ?? undefined;
    this.load();
  }

  async load() {
    if (!this.part) return;
    this.found = await this.attempt(() => api('GET', `/console/api/prices/parts/${this.part}`));
  }

  open(part) {
    this.part = part;
    this.found = undefined;
    this.adding = false;
    keep({ part });
    this.load();
  }

  async withdraw(id) {
    if (!confirm(t('price.withdraw.sure'))) return;
    if (await this.attempt(() => api('DELETE', `/console/api/prices/${id}`))) this.load();
  }

  render() {
    return html`
      <part-picker @picked=${event => this.open(event.detail.partId)}></part-picker>
      ${trouble(this.problem, () => this.load())}
      ${this.found ? this.book() : this.part ? (this.problem ? nothing : loading(4)) : empty('tags', t('price.part.begin'), t('price.part.begin.text'))}`;
  }

  book() {
    const { found } = this;
    return html`<section data-test="part-prices">
      <div class="section-head"><h2><span class="line-code">${found.lineCode}</span> <span class="number">${found.number}</span> ${found.name}</h2>
        ${this.mend && !this.adding ? html`<button type="button" class="button primary" data-test="price-add" @click=${() => { this.adding = true; }}>${icon('plus-lg')}${t('price.add')}</button>` : nothing}</div>
      <div class="figures-row">${figure(t('price.catalogue'), found.catalogue ?? '–')}${figure(t('price.cost'), found.cost ?? '–')}</div>
      ${this.adding ? html`<price-form .part=${found.part} .levels=${found.levels} .today=${found.today} .includesTax=${found.includesTax} @left=${() => { this.adding = false; }} @saved=${() => { this.adding = false; this.load(); }}></price-form>` : nothing}
      ${priceTable(found.prices, { withdraw: this.mend && (id => this.withdraw(id)) })}
    </section>`;
  }
}
customElements.define('part-prices', PartPrices);
