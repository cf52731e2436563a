import { html } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon } from '../lib/pieces.js';
import { t } from '../lib/text.js';

/** What a run of price-sync changes, as files: all of it, and the labels that each store must change. */
class PriceRunFiles extends Piece {
  static properties = { run: {}, stores: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.stores = [];
    this.attempt(() => api('GET', '/console/api/stores')).then(found => { this.stores = found?.stores ?? []; });
  }

  render() {
    const file = `/console/api/prices/runs/${this.run}/changes`;
    return html`<section aria-label=${t('price.changes')} data-test="price-run-files">
      <p class="acts start"><a class="button" href=${file} download data-test="run-price-changes">${icon('download')}${t('price.changes')}</a></p>
      <h2>${t('price.labels')}</h2>
      <ul class="plain">${this.stores.map(store => html`<li><a href="${file}?store=${store.id}" download>${icon('tags')} ${store.name}</a></li>`)}</ul>
    </section>`;
  }
}
customElements.define('price-run-files', PriceRunFiles);
