import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

/** Finds a part of the catalogue and tells which was chosen. */
class PartBox extends Piece {
  static properties = { typed: { state: true }, hits: { state: true }, name: {} };

  constructor() {
    super();
    this.typed = '';
    this.name = 'part-box';
  }

  async search(value) {
    this.typed = value;
    const asked = value.trim();
    if (!asked) {
      this.hits = undefined;
      return;
    }
    const found = await this.attempt(() => api('GET', `/api/v1/catalog/search?limit=8&q=${encodeURIComponent(asked)}`));
    if (found && asked === this.typed.trim()) this.hits = found.hits;
  }

  choose(hit) {
    this.typed = '';
    this.hits = undefined;
    this.dispatchEvent(new CustomEvent('chosen', { detail: hit }));
  }

  render() {
    return html`<label class="search-box">${icon('search')}<span class="visually-hidden">${t('purchase.part.search')}</span>
        <input data-test=${this.name} type="search" autocomplete="off" spellcheck="false" placeholder=${t('purchase.part.search')} .value=${this.typed} @input=${event => this.search(event.target.value)}
          @keydown=${event => { if (event.key === 'Enter') { event.preventDefault(); if (this.hits?.length === 1) this.choose(this.hits[0]); } }}></label>
      ${trouble(this.problem)}
      ${this.hits ? html`<ul class="plain" data-test="part-hits">${this.hits.map(hit => html`<li><button type="button" class="row-link" @click=${() => this.choose(hit)}><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span> ${hit.name}</button></li>`)}${this.hits.length ? nothing : html`<li class="quiet">${t('list.nothing')}</li>`}</ul>` : nothing}`;
  }
}
customElements.define('part-box', PartBox);
