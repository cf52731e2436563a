import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import '../stock/branch-stock.js';

/** F12: what else is known of a part: other numbers, and what it fits. */
class PartDetail extends Over {
  static properties = { ...Over.properties, hit: { state: true }, part: { state: true }, trouble: { state: true }, pictures: { state: true }, shown: { state: true }, large: { state: true } };

  async show(hit) {
    if (!hit) return;
    this.hit = hit;
    this.part = undefined;
    this.trouble = undefined;
    this.pictures = undefined;
    this.shown = 0;
    this.large = false;
    await super.show();
    this.look(hit);
    try {
      const part = await till.read(() => server.part(hit.partId));
      if (this.hit === hit) this.part = part;
    } catch (problem) {
      this.trouble = problem;
    }
  }

  /** Beside the rest and never before it: without a picture nothing is missing. */
  async look(hit) {
    let pictures = [];
    try {
      pictures = (await server.pictures(hit.partId)).images;
    } catch {
      pictures = [];
    }
    if (this.hit === hit) this.pictures = pictures;
  }

  picture() {
    const all = this.pictures ?? [];
    const one = all[this.shown];
    return html`
      <div class="detail-picture" data-test="detail-picture">
        ${one
          ? html`<button type="button" class=${'detail-frame' + (this.large ? ' large' : '')} aria-label=${t('detail.picture.larger', one.n)} aria-expanded=${this.large ? 'true' : 'false'} @click=${() => { this.large = !this.large; }}>
              <img src=${this.large ? one.large : one.small} loading="lazy" width="180" height="180" alt=${t('detail.picture', one.n, all.length)} @error=${() => { this.pictures = all.filter(each => each !== one); this.shown = 0; }}></button>
            ${all.length > 1 ? html`<div class="detail-thumbs">${all.map((each, index) => html`<button type="button" aria-label=${t('detail.picture', each.n, all.length)} aria-pressed=${index === this.shown ? 'true' : 'false'} @click=${() => { this.shown = index; }}>${each.n}</button>`)}</div>` : nothing}`
          : html`<div class="detail-frame none">${this.pictures ? html`${icon('image')}<span>${t('detail.picture.none')}</span>` : nothing}</div>`}
      </div>`;
  }

  find(number) {
    this.close();
    const search = document.querySelector('part-search');
    search.change(number);
    search.updateComplete.then(() => search.commit());
  }

  render() {
    const hit = this.hit;
    return this.frame('part-detail', hit ? hit.name : '', () => html`
      <div class="detail-top">${this.picture()}
      <p class="detail-head"><span class="part"><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span></span>
        <span class="quiet">${hit.brand}${hit.category ? ` · ${hit.category.replaceAll('/', ' / ')}` : ''}</span></p></div>
      ${this.trouble ? html`<div class="note stop">${icon('exclamation-octagon')}${this.trouble.detail || t('away.empty')}</div>` : nothing}
      <div class="detail-columns">
        <section>
          <branch-stock .part=${hit.partId}></branch-stock>
          <h3>${t('detail.numbers')}</h3>
          ${this.part?.interchanges.length
            ? html`<ul class="plain">${this.part.interchanges.map(other => html`<li><button type="button" class="link mono" data-test="interchange" @click=${() => this.find(other.number)}>${other.number}</button> <span class="quiet">${other.brand} · ${other.kindText}</span></li>`)}</ul>`
            : html`<p class="quiet">${this.part ? t('detail.none') : ''}</p>`}
          <h3>${t('detail.barcodes')}</h3>
          ${this.part?.barcodes.length
            ? html`<ul class="plain mono">${this.part.barcodes.map(code => html`<li>${code.value}${code.pack.value === 1 ? '' : html` <span class="quiet">× ${code.pack.text}</span>`}</li>`)}</ul>`
            : html`<p class="quiet">${this.part ? t('detail.none') : ''}</p>`}
        </section>
        <section>
          <h3>${t('detail.fits')}</h3>
          ${this.part?.fitments.length
            ? html`<ul class="plain">${this.part.fitments.map(fit => html`<li>${fit.make} ${fit.model} <span class="mono">${fit.yearFrom}–${fit.yearTo}</span> ${fit.engine} <span class="quiet">${[fit.position, fit.notes].filter(Boolean).join(' · ')}</span></li>`)}</ul>`
            : html`<p class="quiet">${this.part ? t('detail.universal') : ''}</p>`}
        </section>
      </div>`, 'wide');
  }
}
customElements.define('part-detail', PartDetail);
