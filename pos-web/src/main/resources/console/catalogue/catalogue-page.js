import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { number, t } from '../lib/text.js';

const PAGE = 30;

/** The catalogue as a counter would search it, from the hub's own index; a part shows what it fits and what it equals. */
class CataloguePage extends Piece {
  static properties = { typed: { state: true }, found: { state: true }, part: { state: true } };

  constructor() {
    super();
    this.typed = place().query.get('q') ?? '';
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.typed) this.search();
  }

  firstUpdated() {
    this.querySelector('#catalogue-search').focus();
  }

  type(value) {
    this.typed = value;
    keep({ q: value });
    this.search();
  }

  async search() {
    const asked = this.typed.trim();
    if (!asked) {
      this.found = undefined;
      return;
    }
    const found = await this.attempt(() => api('GET', `/api/v1/catalog/search?limit=${PAGE}&q=${encodeURIComponent(asked)}`));
    // An answer to what was typed before is no answer any more.
    if (found && asked === this.typed.trim()) this.found = found;
  }

  async open(hit) {
    this.part = await this.attempt(() => api('GET', `/api/v1/catalog/parts/${hit.partId}`));
    await this.updateComplete;
    if (this.part) this.querySelector('dialog').showModal();
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('catalogue.title')}</h1><p class="page-lead">${t('catalogue.lead')}</p></div></header>
      <label class="search-box">${icon('search')}<span class="visually-hidden">${t('catalogue.search')}</span>
        <input id="catalogue-search" data-test="catalogue-search" type="search" autocomplete="off" spellcheck="false" placeholder=${t('catalogue.search')} .value=${this.typed} @input=${event => this.type(event.target.value)}></label>
      ${trouble(this.problem, () => this.search())}
      ${this.found ? this.results() : this.typed.trim() ? (this.problem ? nothing : loading(6)) : empty('box-seam', t('catalogue.begin'), t('catalogue.begin.text'))}
      <dialog class="dialog broad" data-test="part" aria-labelledby="part-title">${this.part ? this.detail(this.part) : nothing}</dialog>`;
  }

  results() {
    const { found } = this;
    if (found.total === 0) return empty('search', t('catalogue.none', this.typed), t('catalogue.none.text'));
    return html`
      <p class="quiet result-line" role="status">${t('catalogue.found', number(found.total), number(found.tookMicros / 1000), number(found.indexVersion))}</p>
      <div class="table-frame" tabindex="0"><table class="table" data-test="hits">
        <thead><tr><th>${t('line.part')}</th><th>${t('line.description')}</th><th>${t('catalogue.why')}</th><th class="figures">${t('line.price')}</th><th class="figures">${t('catalogue.stock')}</th></tr></thead>
        <tbody>${found.hits.map(hit => html`
          <tr data-test="hit" @click=${() => this.open(hit)}>
            <th scope="row" class="part"><button type="button" class="row-button" @click=${event => { event.stopPropagation(); this.open(hit); }}><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span></button></th>
            <td>${hit.name}<div class="quiet">${hit.brand}${hit.category ? ` · ${hit.category}` : ''}</div></td>
            <td>${hit.reason.text}</td>
            <td class="figures">${hit.price?.text ?? '–'}</td>
            <td class="figures">${hit.stock.text}</td>
          </tr>`)}</tbody></table></div>`;
  }

  detail(part) {
    return html`
      <header class="page-head"><div><h2 id="part-title"><span class="part"><span class="line-code">${part.lineCode}</span> <span class="number">${part.partNumber}</span></span></h2>
        <p class="page-lead">${part.nameEs} · ${part.brand}</p></div>
        <button type="button" class="button quiet" aria-label=${t('act.close')} @click=${() => this.querySelector('dialog').close()}>${icon('x-lg')}</button></header>
      <dl class="facts wide">
        <div><dt>${t('line.price')}</dt><dd>${part.price?.text ?? '–'}</dd></div>
        ${part.core ? html`<div><dt>${t('catalogue.core')}</dt><dd>${part.core.text}</dd></div>` : nothing}
        <div><dt>${t('catalogue.category')}</dt><dd>${part.category || '–'}</dd></div>
        <div><dt>${t('catalogue.barcodes')}</dt><dd class="code">${part.barcodes.map(code => code.value).join(' · ') || '–'}</dd></div>
      </dl>
      <div class="columns">
        <section><h3>${t('catalogue.fits')}</h3>
          ${part.fitments.length ? html`<ul class="plain">${part.fitments.map(fit => html`<li>${fit.make} ${fit.model} <span class="num">${fit.yearFrom}–${fit.yearTo}</span> <span class="quiet">${[fit.engine, fit.position, fit.notes].filter(Boolean).join(' · ')}</span></li>`)}</ul>` : html`<p class="quiet">${t('catalogue.fits.none')}</p>`}</section>
        <section><h3>${t('catalogue.equals')}</h3>
          ${part.interchanges.length ? html`<ul class="plain">${part.interchanges.map(other => html`<li><span class="code">${other.brand} ${other.number}</span> <span class="quiet">${other.kindText}</span></li>`)}</ul>` : html`<p class="quiet">${t('catalogue.equals.none')}</p>`}</section>
      </div>`;
  }
}
customElements.define('catalogue-page', CataloguePage);
