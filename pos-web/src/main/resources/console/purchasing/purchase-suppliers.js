import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';
import './part-box.js';

const FIELDS = [['code', 'purchase.supplier.code'], ['name', 'purchase.supplier.name'], ['rfc', 'purchase.supplier.rfc'], ['email', 'purchase.supplier.email'], ['creditDays', 'purchase.supplier.credit'], ['leadDays', 'purchase.supplier.lead'], ['minimumOrder', 'purchase.supplier.minimum'], ['coreDays', 'supplier-cores.window'], ['note', 'purchase.supplier.note']];

/** Whom the company buys from, with their terms and their numbers. */
class PurchaseSuppliers extends Piece {
  static properties = { may: {}, suppliers: { state: true }, form: { state: true }, opened: { state: true }, mapping: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    this.suppliers = (await this.attempt(() => api('GET', '/console/api/suppliers')))?.suppliers ?? this.suppliers;
  }

  edit(one) {
    this.form = one
      ? { id: one.id, code: one.code, name: one.name, rfc: one.rfc, email: one.email, currency: one.currency, creditDays: String(one.creditDays), leadDays: String(one.leadDays), minimumOrder: one.minimumText, note: one.note, coreDays: String(one.coreDays), fillUp: one.fillUp }
      : { id: uuid7(), code: '', name: '', rfc: '', email: '', currency: 'MXN', creditDays: '', leadDays: '', minimumOrder: '', note: '', coreDays: '', fillUp: false };
  }

  async save(event) {
    event.preventDefault();
    const { id, ...typed } = this.form;
    this.busy = true;
    const kept = await this.attempt(() => api('PUT', `/console/api/suppliers/${id}`, typed));
    this.busy = false;
    if (!kept) return;
    this.form = undefined;
    await this.load();
  }

  async archive(one) {
    if (await this.attempt(() => api('POST', `/console/api/suppliers/${one.id}/archive`))) await this.load();
  }

  async open(one) {
    this.mapping = { theirNumber: '', cost: '', pack: '' };
    this.opened = await this.attempt(() => api('GET', `/console/api/suppliers/${one.id}/parts`));
  }

  async map(event) {
    const { partId } = event.detail;
    const { id } = this.opened.supplier;
    if (await this.attempt(() => api('PUT', `/console/api/suppliers/${id}/parts`, { ...this.mapping, part: partId }))) {
      await this.open({ id });
      await this.load();
    }
  }

  async charge(event, part) {
    const { id } = this.opened.supplier;
    if (await this.attempt(() => api('PUT', `/console/api/suppliers/${id}/cores`, { part: part.part, charge: event.target.value }))) await this.open({ id });
  }

  async unmap(part) {
    const { id } = this.opened.supplier;
    await this.attempt(() => api('DELETE', `/console/api/suppliers/${id}/parts?number=${encodeURIComponent(part.theirNumber)}`));
    await this.open({ id });
  }

  render() {
    const make = this.may.has('purchase.make');
    return html`${make ? html`<div class="acts start"><button type="button" class="button primary" data-test="supplier-new" @click=${() => this.edit()}>${icon('plus-lg')}${t('purchase.supplier.new')}</button></div>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${this.form ? this.fields() : nothing}
      ${this.suppliers ? this.suppliers.length ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="suppliers">
        <thead><tr><th>${t('purchase.supplier.name')}</th><th>${t('purchase.supplier.currency')}</th><th class="figures">${t('purchase.supplier.credit')}</th><th class="figures">${t('purchase.supplier.lead')}</th><th class="figures">${t('purchase.supplier.minimum')}</th><th class="figures">${t('purchase.supplier.parts')}</th>${make ? html`<th><span class="visually-hidden">${t('purchase.supplier.edit')}</span></th>` : nothing}</tr></thead>
        <tbody>${this.suppliers.map(one => html`<tr><th scope="row">${one.name} <span class="code quiet">${one.code}</span><div class="quiet"><span class="code">${one.rfc}</span> ${one.email}</div></th><td>${one.currency}</td><td class="figures">${one.creditDays}</td><td class="figures">${one.leadDays}${one.measuredDays == null ? nothing : html`<div class="quiet">${t('purchase.supplier.measured')}: ${t('purchase.supplier.measured.days', one.measuredDays, one.orders)}</div>`}</td><td class="figures">${one.minimumOrder.text}</td>
          <td class="figures"><button type="button" class="row-link" data-test="supplier-parts" @click=${() => this.open(one)}>${one.parts}</button></td>
          ${make ? html`<td class="row-acts"><button type="button" class="button quiet small" data-test="supplier-edit" @click=${() => this.edit(one)}>${t('purchase.supplier.edit')}</button><button type="button" class="button quiet small" @click=${() => this.archive(one)}>${t('purchase.supplier.archive')}</button></td>` : nothing}</tr>`)}</tbody></table></div>`
        : this.form ? nothing : empty('truck', t('purchase.supplier.none'), t('purchase.supplier.none.text')) : this.problem ? nothing : loading(4)}
      ${this.opened ? this.parts(make) : nothing}`;
  }

  fields() {
    const put = (name, value) => { this.form = { ...this.form, [name]: value }; };
    return html`<form class="filters" data-test="supplier-form" @submit=${event => this.save(event)}>
      ${FIELDS.map(([name, label]) => html`<label class="field" for="supplier-${name}"><span class="field-label">${t(label)}</span><input id="supplier-${name}" data-test="supplier-${name}" maxlength="120" autocomplete="off" .value=${this.form[name]} @input=${event => put(name, event.target.value)}></label>`)}
      <label class="field" for="supplier-currency"><span class="field-label">${t('purchase.supplier.currency')}</span><select id="supplier-currency" @change=${event => put('currency', event.target.value)}>${['MXN', 'USD'].map(one => html`<option value=${one} ?selected=${one === this.form.currency}>${one}</option>`)}</select></label>
      <label class="field flag" for="supplier-fill"><input id="supplier-fill" data-test="supplier-fill" type="checkbox" .checked=${this.form.fillUp} @change=${event => put('fillUp', event.target.checked)}><span>${t('purchase.supplier.fill')}</span></label>
      <button type="submit" class="button primary" data-test="supplier-save" ?disabled=${this.busy}>${t('purchase.supplier.save')}</button>
      <button type="button" class="button quiet" @click=${() => { this.form = undefined; }}>${t('act.cancel')}</button></form>`;
  }

  parts(make) {
    const put = (name, value) => { this.mapping = { ...this.mapping, [name]: value }; };
    return html`<h2>${this.opened.supplier.name}: ${t('purchase.supplier.parts')}</h2>
      ${make ? html`<div class="filters">${[['theirNumber', 'purchase.theirs'], ['cost', 'purchase.cost'], ['pack', 'purchase.quantity']].map(([name, label]) => html`<label class="field" for="map-${name}"><span class="field-label">${t(label)}</span><input id="map-${name}" data-test="map-${name}" maxlength="100" .value=${this.mapping[name]} @input=${event => put(name, event.target.value)}></label>`)}</div>
        <part-box name="map-part" @chosen=${event => this.map(event)}></part-box>` : nothing}
      <div class="table-frame" tabindex="0"><table class="table" data-test="their-parts"><thead><tr><th>${t('purchase.theirs')}</th><th>${t('purchase.part')}</th><th class="figures">${t('purchase.cost')}</th><th class="figures">${t('purchase.quantity')}</th><th class="figures">${t('supplier-cores.charge')}</th><th><span class="visually-hidden">${t('purchase.drop')}</span></th></tr></thead>
        <tbody>${this.opened.parts.map(part => html`<tr><th scope="row" class="code">${part.theirNumber}</th><td><span class="line-code">${part.lineCode}</span> <span class="number">${part.partNumber}</span> <span class="quiet">${part.name}</span></td><td class="figures">${part.cost ?? ''}</td><td class="figures">${part.pack}</td>
          <td class="figures">${make ? html`<input class="figures" inputmode="decimal" maxlength="20" data-test="part-core" aria-label="${t('supplier-cores.charge')} ${part.theirNumber}" .value=${Number(part.core) ? String(part.core) : ''} @change=${event => this.charge(event, part)}>` : Number(part.core) ? part.core : ''}</td>
          <td>${make ? html`<button type="button" class="button quiet small" aria-label="${t('purchase.drop')} ${part.theirNumber}" @click=${() => this.unmap(part)}>${icon('x-lg')}</button>` : nothing}</td></tr>`)}</tbody></table></div>`;
  }
}
customElements.define('purchase-suppliers', PurchaseSuppliers);
