import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

/** Finds a part as one types and tells which one was picked. */
class PartPicker extends Piece {
  static properties = { typed: { state: true }, hits: { state: true } };

  constructor() {
    super();
    this.typed = '';
  }

  async type(value) {
    this.typed = value;
    const asked = value.trim();
    if (!asked) {
      this.hits = undefined;
      return;
    }
    const found = await this.attempt(() => api('GET', `/api/v1/catalog/search?limit=8&q=${encodeURIComponent(asked)}`));
    if (found && asked === this.typed.trim()) this.hits = found.hits;
  }

  pick(hit) {
    this.typed = '';
    this.hits = undefined;
    this.dispatchEvent(new CustomEvent('picked', { detail: hit }));
  }

  render() {
    return html`
      <label class="search-box">${icon('search')}<span class="visually-hidden">${t('price.part.search')}</span>
        <input type="search" data-test="price-part-search" autocomplete="off" spellcheck="false" placeholder=${t('price.part.search')} .value=${this.typed} @input=${event => this.type(event.target.value)}></label>
      ${trouble(this.problem)}
      ${this.hits ? html`<div class="table-frame"><table class="table" data-test="price-hits"><tbody>${this.hits.map(hit => html`<tr>
        <th scope="row" class="part"><button type="button" class="button quiet" data-test="price-hit" data-part=${hit.partId} @click=${() => this.pick(hit)}><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span></button></th>
        <td>${hit.name}<div class="quiet">${hit.brand}</div></td></tr>`)}</tbody></table></div>
        ${this.hits.length ? nothing : html`<p class="quiet" role="status">${t('price.part.none')}</p>`}` : nothing}`;
  }
}
customElements.define('part-picker', PartPicker);
