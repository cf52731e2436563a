import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, filterBox, loading, matches, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { moment, t } from '../lib/text.js';

/** What has left the catalogue: search does not find it, here it is found again. */
class RemovedParts extends Piece {
  static properties = { parts: { state: true }, typed: { state: true } };

  constructor() {
    super();
    this.typed = place().query.get('q') ?? '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.parts = (await this.attempt(() => api('GET', '/console/api/removed-parts')))?.parts ?? this.parts;
  }

  type(value) {
    this.typed = value;
    keep({ q: value });
  }

  render() {
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/catalogue">${t('catalogue.title')}</a></nav>
      <header class="page-head"><div><h1>${t('part.removed.list')}</h1><p class="page-lead">${t('part.removed.lead')}</p></div></header>
      ${trouble(this.problem, () => this.load())}
      ${this.parts ? this.list() : this.problem ? nothing : loading(4)}`;
  }

  list() {
    if (!this.parts.length) return empty('archive', t('part.removed.none'), t('part.removed.none.text'));
    const shown = this.parts.filter(part => matches(this.typed, part.lineCode, part.number, part.brand, part.nameEs));
    return html`
      <div class="filters">${filterBox('removed-filter', this.typed, t('part.removed.filter'), value => this.type(value))}</div>
      ${shown.length ? html`
        <div class="table-frame" tabindex="0"><table class="table" data-test="removed-parts">
          <thead><tr><th>${t('line.part')}</th><th>${t('line.description')}</th><th>${t('part.removed.when')}</th></tr></thead>
          <tbody>${shown.map(part => html`
            <tr><th scope="row"><a class="row-link" href=${`/console/catalogue/${part.id}`}><span class="line-code">${part.lineCode}</span> <span class="number">${part.number}</span></a></th>
              <td>${part.nameEs}<div class="quiet">${part.brand}</div></td><td>${moment(part.at)}</td></tr>`)}</tbody></table></div>`
        : empty('search', t('list.nothing'), t('list.nothing.text'))}`;
  }
}
customElements.define('removed-parts', RemovedParts);
