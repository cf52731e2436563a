import { html, nothing } from 'lit';
import { UNTIL_PUBLISHED, api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { go } from '../lib/router.js';
import { moment, t } from '../lib/text.js';
import './part-form.js';
import './part-pictures.js';
import { Waiting } from './waiting.js';

/** One part: its pictures, what is known of it, and who changed what. */
class PartPage extends Piece {
  static properties = { part: {}, may: {}, sheet: { state: true }, related: { state: true }, changes: { state: true }, editing: { state: true }, saved: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.waiting = new Waiting(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const sheet = await this.attempt(() => api('GET', `/console/api/parts/${this.part}`));
    if (!sheet) return;
    this.sheet = sheet;
    this.changes = (await this.attempt(() => api('GET', `/console/api/parts/${this.part}/changes`)))?.changes;
    await this.names();
  }

  /** The related parts by line and number, for what they are called and where their pages are. */
  async names() {
    this.related = undefined;
    if (this.sheet.removed || this.sheet.relations.length === 0) return;
    try {
      const known = await api('GET', `/api/v1/catalog/parts/${this.part}`);
      this.related = new Map(known.related.map(other => [`${other.lineCode} ${other.partNumber}`, other]));
    } catch {
      this.related = undefined;
    }
  }

  get mends() {
    return this.may.has('catalogue.mend');
  }

  get name() {
    return `${this.sheet.lineCode} ${this.sheet.number}`;
  }

  async act(call) {
    if (this.busy) return;
    this.saved = false;
    this.busy = true;
    const sheet = await this.attempt(() => this.waiting.during(call));
    this.busy = false;
    if (!sheet) return;
    this.sheet = sheet;
    this.saved = true;
    this.editing = false;
    const changes = await this.attempt(() => api('GET', `/console/api/parts/${this.part}/changes`));
    if (changes) this.changes = changes.changes;
    await this.names();
  }

  retire() {
    if (confirm(t('part.remove.sure', this.name))) this.act(() => api('DELETE', `/console/api/parts/${this.part}`, undefined, UNTIL_PUBLISHED));
  }

  render() {
    const { sheet } = this;
    if (!sheet) return html`${trouble(this.problem, () => this.load())}${this.problem ? nothing : loading()}`;
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/catalogue">${t('catalogue.title')}</a></nav>
      <header class="page-head">
        <div><h1 data-test="part-name"><span class="part"><span class="line-code">${sheet.lineCode}</span> <span class="number">${sheet.number}</span></span></h1>
          <p class="page-lead">${sheet.nameEs} · ${sheet.brand}</p></div>
        ${this.mends && !this.editing ? html`
          <div class="acts">
            ${sheet.removed
              ? html`<button type="button" class="button primary" data-test="part-restore" @click=${() => this.act(() => api('POST', `/console/api/parts/${this.part}/restore`, {}, UNTIL_PUBLISHED))}>${icon('arrow-counterclockwise')}${t('part.restore')}</button>`
              : html`<button type="button" class="button quiet" data-test="part-remove" @click=${() => this.retire()}>${icon('archive')}${t('part.remove')}</button>
                <button type="button" class="button primary" data-test="part-edit" @click=${() => { this.editing = true; this.saved = false; }}>${icon('pencil')}${t('part.edit')}</button>`}
          </div>` : nothing}
      </header>
      ${sheet.removed ? html`<div class="trouble tone-attention" data-test="part-removed">${icon('archive-fill')}<div><strong>${t('part.removed')}</strong><span>${t('part.removed.text')}</span></div></div>` : nothing}
      <div role="status">${this.waiting.words}${this.saved ? html`<p class="notice" data-test="part-saved">${icon('check-circle-fill')}${t('part.saved')}</p>` : nothing}</div>
      ${this.editing
        ? html`<part-form .part=${sheet} @saved=${event => this.act(async () => event.detail)} @left=${() => { this.editing = false; }}></part-form>`
        : html`
          ${trouble(this.problem)}
          <section aria-labelledby="pictures-title"><h2 id="pictures-title">${t('part.pictures')}</h2><part-pictures .part=${this.part} .may=${this.may}></part-pictures></section>
          ${this.data(sheet)}
          <part-tracking .part=${this.part} .may=${this.may}></part-tracking>
          ${this.relations(sheet)}
          ${this.companions(sheet)}
          ${this.history()}`}`;
  }

  data(sheet) {
    const fact = (name, value, code = false) => html`<div><dt>${t(`part.field.${name}`)}</dt><dd class=${code ? 'code' : ''}>${value || '–'}</dd></div>`;
    const price = sheet.priceText ? t(sheet.priceIncludesTax ? 'part.price.with-tax' : 'part.price.without-tax', sheet.priceText) : '';
    return html`
      <section aria-labelledby="data-title"><h2 id="data-title">${t('part.data')}</h2>
        <div class="columns">
          <dl class="facts" data-test="part-facts">${fact('NAME_ES', sheet.nameEs)}${fact('NAME_EN', sheet.nameEn)}${fact('BRAND', sheet.brand)}${fact('CATEGORY', sheet.categoryByRule ? html`${sheet.category} <span class="quiet" data-test="category-by-rule">${t('part.category.by-rule')}</span>` : sheet.category)}${fact('UNIT', sheet.unit)}
            <div><dt>${t('part.barcodes')}</dt><dd class="code">${sheet.barcodes.length ? sheet.barcodes.map(code => html`<div>${code.value}${code.pack === '1' ? nothing : html` <span class="quiet">× ${code.pack}</span>`}</div>`) : '–'}</dd></div></dl>
          <dl class="facts">${fact('PRICE', price)}${fact('CORE', sheet.core ? `$${sheet.core}` : '')}${fact('TAX_CLASS', t(`part.tax.${sheet.taxClass}`))}${fact('SAT_CODE', sheet.satCode, true)}${fact('SAT_UNIT', sheet.satUnit, true)}${fact('TAX_OBJECT', sheet.taxObject, true)}</dl>
        </div>
      </section>`;
  }

  relations(sheet) {
    const others = [...sheet.interchanges, ...sheet.mirrored.map(other => ({ ...other, mirrored: true }))];
    return html`
      <section aria-labelledby="fits-title"><h2 id="fits-title">${t('part.fitments')}</h2>
        ${sheet.fitments.length ? html`
          <div class="table-frame" tabindex="0"><table class="table" data-test="part-fitments">
            <thead><tr><th>${t('part.make')}</th><th>${t('part.model')}</th><th class="figures">${t('part.year-from')}</th><th class="figures">${t('part.year-to')}</th><th>${t('part.engine')}</th><th>${t('part.body')}</th><th>${t('part.position')}</th><th>${t('part.notes')}</th></tr></thead>
            <tbody>${sheet.fitments.map(fit => html`<tr><th scope="row">${fit.make}</th><td>${fit.model}</td><td class="figures">${fit.yearFrom}</td><td class="figures">${fit.yearTo}</td><td>${fit.engine}</td><td>${fit.body}</td><td>${fit.position}</td><td>${fit.notes}</td></tr>`)}</tbody>
          </table></div>` : html`<p class="quiet">${t('catalogue.fits.none')}</p>`}</section>
      <section aria-labelledby="others-title"><h2 id="others-title">${t('part.interchanges')}</h2>
        ${others.length ? html`
          <div class="table-frame" tabindex="0"><table class="table narrow" data-test="part-interchanges">
            <thead><tr><th>${t('part.kind.of')}</th><th>${t('part.other.brand')}</th><th>${t('part.other.number')}</th></tr></thead>
            <tbody>${others.map(other => html`<tr><th scope="row">${t(`interchange.${other.kind}`)}</th><td>${other.brand}</td><td><span class="code">${other.number}</span>${other.mirrored ? html`<div class="quiet">${t('part.mirrored')}</div>` : nothing}</td></tr>`)}</tbody>
          </table></div>` : html`<p class="quiet">${t('catalogue.equals.none')}</p>`}</section>`;
  }

  companions(sheet) {
    return html`
      <section aria-labelledby="related-title"><h2 id="related-title">${t('part.relations')}</h2>
        ${sheet.relations.length ? html`
          <div class="table-frame" tabindex="0"><table class="table" data-test="part-relations">
            <thead><tr><th>${t('part.kind.of')}</th><th>${t('part.relation.part')}</th><th>${t('part.relation.grade')}</th><th class="figures">${t('part.relation.quantity')}</th><th>${t('part.position')}</th><th>${t('part.relation.note')}</th></tr></thead>
            <tbody>${sheet.relations.map(other => this.companion(other))}</tbody>
          </table></div>` : html`<p class="quiet">${t('part.relations.none')}</p>`}</section>`;
  }

  companion(other) {
    const name = `${other.lineCode} ${other.number}`;
    const known = this.related?.get(name);
    return html`<tr><th scope="row">${t(`relation.${other.kind}`)}</th>
      <td>${known ? html`<a class="code" href=${`/console/catalogue/${known.partId}`}>${name}</a><div class="quiet">${known.name}</div>` : html`<span class="code">${name}</span>${this.related ? html`<div class="quiet">${t('part.relation.gone')}</div>` : nothing}`}</td>
      <td>${other.grade ? t(`grade.${other.grade}`) : ''}</td><td class="figures">${other.quantity}</td><td>${other.position}</td><td>${other.note}</td></tr>`;
  }

  history() {
    const { changes } = this;
    return html`
      <section aria-labelledby="history-title"><h2 id="history-title">${t('part.history')}</h2>
        ${!changes ? loading(2) : !changes.length ? html`<p class="quiet">${t('part.history.none')}</p>` : html`
          <p class="quiet">${t('part.history.text')}</p>
          <ol class="changes" data-test="part-changes">${changes.map(change => html`
            <li class="change" data-test="part-change" data-kind=${change.kind}>
              <div class="change-head"><strong>${t(`part.kind.${change.kind}`)}</strong> <span class="quiet">${change.who} · <time datetime=${change.at}>${moment(change.at, true)}</time></span>
                ${change.undone ? html`<span class="quiet">${t('part.undone')}</span>` : nothing}
                ${change.undoable && this.mends ? html`<button type="button" class="button quiet small" data-test="part-undo" @click=${() => this.act(() => api('POST', `/console/api/parts/${this.part}/changes/${change.id}/undo`, {}, UNTIL_PUBLISHED))}>${icon('arrow-counterclockwise')}${t('part.undo')}</button>` : nothing}</div>
              ${change.kind === 'ADDED' ? nothing : html`
                <ul class="change-lines">${change.lines.map(line => html`
                  <li><span class="quiet">${line.field}</span> <span class="change-before"><span class="visually-hidden">${t('part.before')}: </span>${line.before ?? t('part.nothing')}</span> ${icon('arrow-right')} <span><span class="visually-hidden">${t('part.after')}: </span>${line.after ?? t('part.nothing')}</span></li>`)}</ul>`}
            </li>`)}</ol>`}
      </section>`;
  }
}
customElements.define('part-page', PartPage);

/** A part that does not exist yet. */
class PartNew extends Piece {
  render() {
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/catalogue">${t('catalogue.title')}</a></nav>
      <header class="page-head"><h1>${t('part.title.new')}</h1></header>
      <part-form @saved=${event => go(`/console/catalogue/${event.detail.id}`)} @left=${() => go('/console/catalogue')}></part-form>`;
  }
}
customElements.define('part-new', PartNew);
