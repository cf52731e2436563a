import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { columnName, fileName, t, tn } from '../lib/text.js';
import { importTabs } from './import-tabs.js';

/** How each supplier calls our columns: looked at, mended, thrown away. New ones come with a file. */
class SuppliersPage extends Piece {
  static properties = { may: {}, mappings: { state: true }, edited: { state: true }, sure: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.mappings = (await this.attempt(() => api('GET', '/console/api/mappings')))?.mappings;
  }

  render() {
    return html`
      ${importTabs('suppliers')}
      <header class="page-head"><div><h1>${t('supplier.title')}</h1><p class="page-lead">${t('supplier.lead')}</p></div></header>
      ${trouble(this.problem, () => this.load())}
      ${this.mappings
        ? this.mappings.length
          ? this.mappings.map(mapping => this.one(mapping))
          : empty('layout-text-sidebar', t('supplier.none'), t('supplier.none.text'), html`<a class="button" href="/console/imports">${t('import.title')}</a>`)
        : this.problem ? nothing : loading(4)}`;
  }

  one(mapping) {
    const edits = this.edited?.supplier === mapping.supplier;
    const { columns } = edits ? this.edited : mapping;
    return html`
      <details class="preview-kind" data-test="mapping" data-supplier=${mapping.supplier} ?open=${this.mappings.length === 1 || edits}>
        <summary>${mapping.supplier} <span class="quiet">${tn('supplier.columns', mapping.columns.length)}</span></summary>
        <div class="table-frame" tabindex="0"><table class="table ${edits ? 'edit' : ''}">
          <thead><tr><th>${t('supplier.file')}</th><th>${t('import.ours')}</th><th>${t('supplier.theirs')}</th><th>${t('supplier.fixed')}</th>${edits ? html`<th><span class="visually-hidden">${t('supplier.take-out')}</span></th>` : nothing}</tr></thead>
          <tbody>${columns.map((column, i) => html`<tr><td>${fileName(column.file)}</td><th scope="row">${columnName(column.ours)}<div class="code quiet">${column.ours}</div></th>
            ${edits ? this.fields(column, i) : html`<td class="code">${column.theirs ?? ''}</td><td class="code">${column.fixed ?? ''}</td>`}</tr>`)}</tbody></table></div>
        ${this.may.has('jobs.run') ? this.acts(mapping, edits) : nothing}
      </details>`;
  }

  fields(column, i) {
    const put = change => {
      this.edited = { ...this.edited, columns: this.edited.columns.map((one, n) => (n === i ? { ...one, ...change } : one)) };
    };
    return html`
      <td><input aria-label=${t('supplier.theirs.of', columnName(column.ours))} data-test="mapping-theirs" maxlength="200" .value=${column.theirs ?? ''} @input=${event => put({ theirs: event.target.value, fixed: event.target.value ? null : column.fixed })}></td>
      <td><input aria-label=${t('import.fixed.of', columnName(column.ours))} data-test="mapping-fixed" maxlength="200" .value=${column.fixed ?? ''} @input=${event => put({ fixed: event.target.value, theirs: event.target.value ? null : column.theirs })}></td>
      <td><button type="button" class="button quiet small" aria-label=${t('supplier.take-out.of', columnName(column.ours))} @click=${() => { this.edited = { ...this.edited, columns: this.edited.columns.filter((_, n) => n !== i) }; }}>${icon('x-lg')}</button></td>`;
  }

  acts(mapping, edits) {
    if (this.sure === mapping.supplier)
      return html`<div class="trouble tone-attention" role="alertdialog" aria-label=${t('supplier.delete')}>${icon('question-circle-fill')}<div><span>${t('supplier.delete.sure', mapping.supplier)}</span></div>
        <button type="button" class="button quiet" @click=${() => { this.sure = undefined; }}>${t('act.cancel')}</button>
        <button type="button" class="button" data-test="mapping-delete-sure" ?disabled=${this.busy} @click=${() => this.drop(mapping)}>${t('supplier.delete')}</button></div>`;
    return edits
      ? html`<div class="acts start"><button type="button" class="button primary" data-test="mapping-save" ?disabled=${this.busy} @click=${() => this.save()}>${t('supplier.save')}</button>
          <button type="button" class="button quiet" @click=${() => { this.edited = undefined; }}>${t('act.cancel')}</button></div>`
      : html`<div class="acts start"><button type="button" class="button" data-test="mapping-edit" @click=${() => { this.edited = structuredClone(mapping); }}>${icon('pencil')}${t('supplier.edit')}</button>
          <button type="button" class="button quiet" data-test="mapping-delete" @click=${() => { this.sure = mapping.supplier; }}>${icon('trash')}${t('supplier.delete')}</button></div>`;
  }

  async save() {
    this.busy = true;
    if (await this.attempt(() => api('POST', '/console/api/mappings', this.edited))) {
      this.edited = undefined;
      await this.load();
    }
    this.busy = false;
  }

  async drop(mapping) {
    this.busy = true;
    await this.attempt(() => api('DELETE', `/console/api/mappings?supplier=${encodeURIComponent(mapping.supplier)}`));
    this.sure = undefined;
    this.busy = false;
    if (!this.problem) await this.load();
  }
}
customElements.define('suppliers-page', SuppliersPage);
