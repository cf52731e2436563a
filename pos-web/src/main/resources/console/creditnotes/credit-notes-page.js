import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Follows, live as now } from '../lib/live.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { date, t } from '../lib/text.js';

/** Credit notes of what came back of invoiced tickets: their XML, and the UUIDs that the stamping gave. */
class CreditNotesPage extends Piece {
  static properties = { may: {}, notes: { state: true }, typed: { state: true }, global: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    new Follows(this, 'stores');
    this.typed = {};
    this.global = { store: '', day: '', uuid: '', wrong: '' };
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.notes = (await this.attempt(() => api('GET', '/console/api/credit-notes')))?.notes;
  }

  async act(work, said) {
    if (this.busy) return;
    this.busy = true;
    this.said = undefined;
    const found = await this.attempt(work);
    this.busy = false;
    if (!found) return;
    this.notes = found.notes;
    this.said = said(found);
  }

  keep(event, note, key) {
    event.preventDefault();
    const uuid = (this.typed[key] ?? '').trim();
    const path = note.state === 'WAITS' ? `/console/api/credit-notes/invoices/${note.related}` : `/console/api/credit-notes/${note.sale}/${note.related}`;
    return this.act(() => api('PUT', path, { uuid }), () => {
      // What the field asks for next is another UUID.
      this.typed = { ...this.typed, [key]: '' };
      return t('creditnotes.kept');
    });
  }

  keepGlobal(event) {
    event.preventDefault();
    const { store, day, uuid, wrong } = this.global;
    return this.act(() => api('POST', '/console/api/credit-notes/global', { store: store || this.branches[0]?.code, day, uuid: uuid.trim(), wrong: wrong.trim() }), found => t('creditnotes.global.kept', found.tickets));
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('creditnotes.title')}</h1><p class="page-lead">${t('creditnotes.lead')}</p></div></header>
      ${this.said ? html`<p class="said" role="status" data-test="creditnotes-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${!this.notes ? (this.problem ? nothing : loading(4)) : html`${this.table()}${this.form()}`}`;
  }

  table() {
    if (this.notes.length === 0) return empty('file-earmark-minus', t('creditnotes.none'), t('creditnotes.none.text'));
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="credit-notes">
      <thead><tr><th>${t('creditnotes.folio')}</th><th>${t('creditnotes.day')}</th><th>${t('creditnotes.related')}</th><th>${t('creditnotes.receiver')}</th><th class="figures">${t('creditnotes.total')}</th><th>${t('creditnotes.state')}</th><th>${t('creditnotes.uuid')}</th><th>${t('creditnotes.xml')}</th></tr></thead>
      <tbody>${this.notes.map(note => html`<tr data-test="credit-note" data-state=${note.state} data-folio=${note.folio}>
        <th scope="row">${note.folio} <span class="quiet">${note.store}</span></th><td>${date(note.day)}</td><td>${note.relatedFolio}</td>
        <td>${note.receiver || t('creditnotes.public')}</td><td class="figures">${note.total.text}</td>
        <td class=${note.state === 'WAITS' ? 'tone-attention' : ''}>${t('creditnotes.state.' + note.state)}</td>
        <td>${this.uuid(note)}</td>
        <td>${note.state === 'WAITS' ? nothing : html`<a class="button" data-test="credit-note-xml" href="/console/api/credit-notes/${note.sale}/${note.related}/xml" download>${icon('download')} ${t('creditnotes.xml')}</a>`}</td>
      </tr>`)}</tbody></table></div>`;
  }

  uuid(note) {
    if (note.state === 'STAMPED') return html`<span class="mono">${note.uuid}</span>`;
    const key = `${note.sale} ${note.related}`;
    const label = note.state === 'WAITS' ? t('creditnotes.uuid.of.invoice', note.relatedFolio) : t('creditnotes.uuid.of.note', note.folio);
    return html`<form class="acts" @submit=${event => this.keep(event, note, key)}>
      <input type="text" maxlength="60" autocomplete="off" spellcheck="false" aria-label=${label} placeholder=${label} data-test="credit-note-uuid" .value=${live(this.typed[key] ?? '')} @input=${event => { this.typed = { ...this.typed, [key]: event.target.value }; }}>
      <button type="submit" class="button" data-test="credit-note-keep" ?disabled=${this.busy}>${t('creditnotes.keep')}</button></form>`;
  }

  get branches() {
    return [...now.stores.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  }

  form() {
    const field = name => event => { this.global = { ...this.global, [name]: event.target.value }; };
    return html`<section aria-labelledby="global-title"><h2 id="global-title">${t('creditnotes.global')}</h2><p class="quiet">${t('creditnotes.global.lead')}</p>
      <form class="filters" @submit=${event => this.keepGlobal(event)}>
        <label class="field inline"><span class="field-label">${t('creditnotes.store')}</span><select required data-test="global-store" @change=${field('store')}>${this.branches.map(store => html`<option value=${store.code} ?selected=${store.code === this.global.store}>${store.name} · ${store.code}</option>`)}</select></label>
        <label class="field inline"><span class="field-label">${t('creditnotes.day')}</span><input type="date" required data-test="global-day" .value=${live(this.global.day)} @input=${field('day')}></label>
        <label class="field inline"><span class="field-label">${t('creditnotes.uuid')}</span><input type="text" required maxlength="60" autocomplete="off" spellcheck="false" data-test="global-uuid" .value=${live(this.global.uuid)} @input=${field('uuid')}></label>
        <label class="field inline"><span class="field-label">${t('creditnotes.global.wrong')}</span><input type="text" maxlength="60" autocomplete="off" spellcheck="false" data-test="global-wrong" .value=${live(this.global.wrong)} @input=${field('wrong')}></label>
        <button type="submit" class="button" data-test="global-keep" ?disabled=${this.busy}>${t('creditnotes.keep')}</button>
      </form></section>`;
  }
}
customElements.define('credit-notes-page', CreditNotesPage);
