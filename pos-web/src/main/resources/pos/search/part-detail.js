import '../promises/promise-reserved.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { ReturnNotes } from '../returns/return-notes.js';
import '../stock/branch-stock.js';
import { elsewhere } from '../stock/elsewhere.js';

const KINDS = ['ALTERNATIVE', 'ACCESSORY', 'COMPONENT', 'OPPOSITE'];

/** F12: a part with its price and stock, what is sold in its place or with it, what a kit holds, other numbers, and what it fits: the vehicle in hand first. */
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
    const { vehicle } = this.search;
    try {
      const part = await till.read(() => server.part(hit.partId, vehicle));
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
    const { search } = this;
    search.change(number);
    search.updateComplete.then(() => search.commit());
  }

  get search() {
    return document.querySelector('part-search');
  }

  /** The part itself: what Enter on its row does. */
  take() {
    const { hit } = this;
    this.close();
    this.search.take(hit);
  }

  get related() {
    return this.part?.related ?? [];
  }

  /** As many as go with one piece; a component or another side's piece as well. */
  add(other) {
    this.added = t('detail.added', other.partNumber, other.quantity.text);
    void till.add({ partId: other.partId, quantity: other.quantity.value }, { name: other.name });
  }

  /** Arrows go through what can be added, the part itself above the rest; Enter on one is the button's own. Nothing is chosen beforehand: a scan ends with Enter. */
  walk(event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const own = this.querySelector('[data-test="detail-take"]:not([disabled])');
    const related = [...this.querySelectorAll('[data-test="related-add"]:not([disabled])')];
    const buttons = own ? [own, ...related] : related;
    if (buttons.length === 0) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement);
    const first = event.key === 'ArrowDown' && related.length ? buttons.indexOf(related[0]) : 0;
    const next = at < 0 ? first : event.key === 'ArrowDown' ? Math.min(at + 1, buttons.length - 1) : Math.max(at - 1, 0);
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

  /** What the customer asks first. The answer of the moment, once it is there, in place of the row's. */
  head(hit) {
    const now = this.part ?? hit;
    const stock = now.stock.value;
    return html`<div class="detail-head">
      <p><span class="part"><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span></span>
        <span class="quiet">${hit.brand}${hit.category ? ` · ${hit.category.replaceAll('/', ' / ')}` : ''}</span></p>
      <p class="quiet" data-test="detail-why">${hit.reason.text}${elsewhere(hit.partId)}</p>
      <p class="detail-figures">
        <strong class="num" data-test="detail-price">${now.price ? now.price.text : html`<span class="attention">${t('search.price.none')}</span>`}</strong>
        ${now.core ? html`<span class="num quiet" data-test="detail-core">${t('search.core', now.core.text)}</span>` : nothing}
        <span class="stock num ${stock > 0 ? 'good' : 'quiet'}" data-test="detail-stock">${stock > 0 ? html`${icon('circle-fill dot')}${t('detail.stock', now.stock.text)}` : t('search.stock.none')}</span></p>
      <button type="button" class="btn btn-main" data-test="detail-take" ?disabled=${!now.price || till.mode !== 'sale'} @click=${() => this.take()}>${icon('plus-lg')} ${t('detail.take')}</button>
    </div>`;
  }

  /** One vehicle that the part fits; that of the customer is marked, and what is to be minded with it stands out. */
  fit(fit) {
    return html`<li class=${fit.asked ? 'asked' : ''} data-test="fit" data-asked=${fit.asked}>${fit.asked ? html`${icon('check-circle-fill')}<span class="visually-hidden">${t('detail.fits.asked')}</span> ` : nothing}${fit.make} ${fit.model}
      <span class="mono">${fit.yearFrom}–${fit.yearTo}</span> ${[fit.engine, fit.body].filter(Boolean).join(' ')} <span class="quiet">${fit.position}${fit.position && fit.notes ? ' · ' : ''}</span><span class=${fit.asked ? 'fit-note' : 'quiet'}>${fit.notes}</span></li>`;
  }

  render() {
    const hit = this.hit;
    return this.frame('part-detail', hit ? hit.name : '', () => html`
      <div class="detail-top">${this.picture()}${this.head(hit)}</div>
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
            ? html`<ul class="plain">${this.part.fitments.map(fit => this.fit(fit))}</ul>${this.more('fitments')}`
            : html`<p class="quiet">${this.part ? t('detail.universal') : ''}</p>`}
        </section>
      </div>`, 'wide');
  }
}
customElements.define('part-detail', PartDetail);
