import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { go, keep, place } from '../lib/router.js';
import { number, t, tn } from '../lib/text.js';

const PAGE = 30;

/** The catalogue as a counter would search it, from the hub's own index; each part has a page of its own. */
class CataloguePage extends Piece {
  static properties = { may: {}, typed: { state: true }, found: { state: true }, reading: { state: true } };

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
    const found = await this.attempt(() => this.page(asked, 0));
    // An answer to what was typed before is no answer any more.
    if (found && asked === this.typed.trim()) this.found = found;
  }

  page(asked, offset) {
    return api('GET', `/api/v1/catalog/search?limit=${PAGE}&offset=${offset}&q=${encodeURIComponent(asked)}`);
  }

  async readOn() {
    const { found } = this;
    this.reading = true;
    const next = await this.attempt(() => this.page(this.typed.trim(), found.hits.length));
    this.reading = false;
    if (next && found === this.found) this.found = { ...found, hits: [...found.hits, ...next.hits] };
  }

  count(found) {
    const figures = [number(found.tookMicros / 1000), number(found.indexVersion)];
    return found.more ? t('catalogue.found.more', number(found.total), ...figures) : tn('catalogue.found', found.total, ...figures);
  }

  /** The next page; of very many only the first are to be had. */
  rest({ total, more, hits }) {
    if (hits.length >= total && !more) return nothing;
    if (hits.length >= total) return html`<p class="quiet">${t('catalogue.end', number(hits.length))}</p>`;
    return html`<div class="acts start"><button type="button" class="button" data-test="hits-more" ?disabled=${this.reading} @click=${() => this.readOn()}>${t('catalogue.more', number(Math.min(PAGE, total - hits.length)))}</button></div>`;
  }

  open(hit) {
    go(`/console/catalogue/${hit.partId}`);
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('catalogue.title')}</h1><p class="page-lead">${t('catalogue.lead')}</p></div>
        ${this.may?.has('catalogue.mend') ? html`<div class="acts"><a class="button quiet" href="/console/catalogue/removed" data-test="parts-removed">${icon('archive')}${t('part.removed.list')}</a>
          <a class="button" href="/console/catalogue/pictures" data-test="pictures-many">${icon('images')}${t('part.many')}</a>
          <a class="button primary" href="/console/catalogue/new" data-test="part-new">${icon('plus-lg')}${t('part.new')}</a></div>` : nothing}</header>
      <label class="search-box">${icon('search')}<span class="visually-hidden">${t('catalogue.search')}</span>
        <input id="catalogue-search" data-test="catalogue-search" type="search" maxlength="500" autocomplete="off" spellcheck="false" placeholder=${t('catalogue.search')} .value=${this.typed} @input=${event => this.type(event.target.value)}></label>
      ${trouble(this.problem, () => this.search())}
      ${this.found ? this.results() : this.typed.trim() ? (this.problem ? nothing : loading(6)) : empty('box-seam', t('catalogue.begin'), t('catalogue.begin.text'))}`;
  }

  results() {
    const { found } = this;
    if (found.total === 0) return empty('search', t('catalogue.none', this.typed), t('catalogue.none.text'));
    return html`
      <p class="quiet result-line" role="status" data-test="catalogue-found">${this.count(found)}</p>
      <div class="table-frame" tabindex="0"><table class="table" data-test="hits">
        <thead><tr><th>${t('line.part')}</th><th>${t('line.description')}</th><th>${t('catalogue.why')}</th><th class="figures">${t('line.price')}</th><th class="figures">${t('catalogue.stock')}</th></tr></thead>
        <tbody>${found.hits.map(hit => html`
          <tr data-test="hit" @click=${event => event.target.closest('a') ?? this.open(hit)}>
            <th scope="row" class="part"><a class="row-link" href=${`/console/catalogue/${hit.partId}`}><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span></a></th>
            <td>${hit.name}<div class="quiet">${hit.brand}${hit.category ? ` · ${hit.category}` : ''}</div></td>
            <td>${hit.reason.text}</td>
            <td class="figures">${hit.price?.text ?? '–'}</td>
            <td class="figures">${hit.stock.text}</td>
          </tr>`)}</tbody></table></div>
      ${this.rest(found)}`;
  }
}
customElements.define('catalogue-page', CataloguePage);
