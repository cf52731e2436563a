import '../promises/promise-reserved.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { ReturnNotes } from '../returns/return-notes.js';
import '../stock/branch-stock.js';

const KINDS = ['ALTERNATIVE', 'ACCESSORY', 'COMPONENT', 'OPPOSITE'];

/** F12: what else is known of a part: what is sold in its place or with it, what a kit holds, other numbers, and what it fits. */
class PartDetail extends Over {
  static properties = { ...Over.properties, hit: { state: true }, part: { state: true }, trouble: { state: true }, pictures: { state: true }, shown: { state: true }, large: { state: true }, added: { state: true } };

  constructor() {
    super();
    this.notes = new ReturnNotes(this);
    this.addEventListener('keydown', event => this.walk(event));
  }

  async show(hit) {
    if (!hit) return;
    this.hit = hit;
    this.part = undefined;
    this.trouble = undefined;
    this.added = undefined;
    this.pictures = undefined;
    this.shown = 0;
    this.large = false;
    await super.show();
    this.look(hit);
    void this.notes.ask([hit.partId], till.vehicle);
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

  /** Of very many only the first come. */
  more(what) {
    const left = this.part?.more?.[what] ?? 0;
    return left > 0 ? html`<p class="quiet" data-test="detail-more" data-what=${what}>${t('detail.more', left)}</p>` : nothing;
  }

  find(number) {
    this.close();
    const search = document.querySelector('part-search');
    search.change(number);
    search.updateComplete.then(() => search.commit());
  }

  get related() {
    return this.part?.related ?? [];
  }

  /** As many as go with one piece; a component or another side's piece as well. */
  add(other) {
    this.added = t('detail.added', other.partNumber, other.quantity.text);
    void till.add({ partId: other.partId, quantity: other.quantity.value }, { name: other.name });
  }

  /** Arrows go through what can be added; Enter on one is the button's own. */
  walk(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...this.querySelectorAll('[data-test="related-add"]:not([disabled])')];
    if (buttons.length === 0) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement);
    const next = event.key === 'ArrowDown' ? Math.min(at + 1, buttons.length - 1) : Math.max(at - 1, 0);
    buttons[next].focus();
  }

  relations() {
    if (this.related.length === 0) return nothing;
    return html`
      <section class="related" data-test="related">
        ${KINDS.filter(kind => this.related.some(other => other.kind === kind)).map(kind => html`
          <h3>${t(`detail.related.${kind}`)}</h3>
          <ul class="plain">${this.related.filter(other => other.kind === kind).map(other => this.relation(other))}</ul>`)}
        ${this.more('related')}
        <p class="quiet">${t('detail.keys')} <span role="status" data-test="related-added">${this.added ?? ''}</span></p>
      </section>`;
  }

  relation(other) {
    const stock = other.stock.value;
    const many = other.quantity.value !== 1;
    return html`<li class="related-row" data-test="related-row" data-kind=${other.kind} data-number=${other.partNumber}>
      <span class="part"><span class="line-code">${other.lineCode}</span> <button type="button" class="link mono" @click=${() => this.find(other.partNumber)}>${other.partNumber}</button></span>
      <span class="related-name">${many ? html`<strong>${other.quantity.text} × </strong>` : nothing}${other.name}
        <span class="quiet">${[other.brand, other.gradeText, other.position, other.note].filter(Boolean).join(' · ')}</span></span>
      <span class="price num">${other.price ? other.price.text : html`<span class="attention">${t('search.price.none')}</span>`}</span>
      <span class="stock num ${stock > 0 ? 'good' : 'quiet'}">${stock > 0 ? html`${icon('circle-fill dot')}${other.stock.text}` : t('search.stock.none')}</span>
      <button type="button" class="btn btn-plain" data-test="related-add" ?disabled=${!other.price || till.mode !== 'sale'}
        aria-label=${t('detail.add', other.partNumber, other.quantity.text)} title=${t('detail.add', other.partNumber, other.quantity.text)} @click=${() => this.add(other)}>${icon('plus-lg')}</button>
    </li>`;
  }

  /** How it may come back, and what it did not fit. */
  returned(hit) {
    const note = this.notes.of(hit.partId);
    if (!note) return nothing;
    return html`<div class="note ${note.misfits ? 'attention' : ''}" data-test="detail-returns"><div>${this.notes.words(hit.partId)}
      ${note.vehicles.length ? html`<p class="quiet">${note.vehicles.map(one => `${one.vehicle} (${one.times})`).join(' · ')}</p>` : nothing}</div></div>`;
  }

  render() {
    const hit = this.hit;
    return this.frame('part-detail', hit ? hit.name : '', () => html`
      <div class="detail-top">${this.picture()}
      <p class="detail-head"><span class="part"><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span></span>
        <span class="quiet">${hit.brand}${hit.category ? ` · ${hit.category.replaceAll('/', ' / ')}` : ''}</span></p></div>
      ${this.trouble ? html`<div class="note stop">${icon('exclamation-octagon')}${this.trouble.detail || t('away.empty')}</div>` : nothing}
      ${this.returned(hit)}
      ${this.relations()}
      <div class="detail-columns">
        <section>
          <branch-stock .part=${hit.partId} .name=${`${hit.lineCode} ${hit.partNumber}`}></branch-stock>
          <promise-reserved .part=${hit.partId}></promise-reserved>
          <h3>${t('detail.numbers')}</h3>
          ${this.part?.interchanges.length
            ? html`<ul class="plain">${this.part.interchanges.map(other => html`<li><button type="button" class="link mono" data-test="interchange" @click=${() => this.find(other.number)}>${other.number}</button> <span class="quiet">${other.brand} · ${other.kindText}</span></li>`)}</ul>${this.more('interchanges')}`
            : html`<p class="quiet">${this.part ? t('detail.none') : ''}</p>`}
          <h3>${t('detail.barcodes')}</h3>
          ${this.part?.barcodes.length
            ? html`<ul class="plain mono">${this.part.barcodes.map(code => html`<li>${code.value}${code.pack.value === 1 ? '' : html` <span class="quiet">× ${code.pack.text}</span>`}</li>`)}</ul>`
            : html`<p class="quiet">${this.part ? t('detail.none') : ''}</p>`}
        </section>
        <section>
          <h3>${t('detail.fits')}</h3>
          ${this.part?.fitments.length
            ? html`<ul class="plain">${this.part.fitments.map(fit => html`<li>${fit.make} ${fit.model} <span class="mono">${fit.yearFrom}–${fit.yearTo}</span> ${[fit.engine, fit.body].filter(Boolean).join(' ')} <span class="quiet">${[fit.position, fit.notes].filter(Boolean).join(' · ')}</span></li>`)}</ul>${this.more('fitments')}`
            : html`<p class="quiet">${this.part ? t('detail.universal') : ''}</p>`}
        </section>
      </div>`, 'wide');
  }
}
customElements.define('part-detail', PartDetail);
