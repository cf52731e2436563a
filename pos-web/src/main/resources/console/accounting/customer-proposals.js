import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

/** Customers that a system tells of, each field to be accepted or not. */
class CustomerProposals extends Piece {
  static properties = { target: { type: String }, found: { state: true }, busy: { state: true }, said: { state: true } };

  willUpdate(changed) {
    if (changed.has('target')) this.load();
  }

  async load() {
    const asked = this.target;
    this.found = undefined;
    this.said = undefined;
    const found = await this.attempt(() => api('GET', `/console/api/accounting/${asked}/customers`));
    if (found && asked === this.target) this.show(found);
  }

  show(found) {
    for (const row of found.rows) row.chosen = new Set(row.fields.map(one => one.field));
    this.found = found;
  }

  async act(path, body, said) {
    this.busy = true;
    const found = await this.attempt(() => api('POST', `/console/api/accounting/${this.target}/customers/${path}`, body));
    this.busy = false;
    if (!found) return;
    this.show(found);
    this.said = said;
  }

  choose(row, field, on) {
    if (on) row.chosen.add(field);
    else row.chosen.delete(field);
    this.requestUpdate();
  }

  render() {
    const { found } = this;
    return html`<p class="quiet">${t('proposals-erp.lead')}</p>
      ${this.said ? html`<p class="said" role="status" data-test="erp-customers-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${!found ? (this.problem ? nothing : loading(5)) : found.rows.length === 0 ? empty('people', t('proposals-erp.none'), t('proposals-erp.none.text')) : html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="erp-customers">
        <thead><tr><th>${t('proposals-erp.theirs')}</th><th>${t('proposals-erp.ours')}</th><th>${t('proposals-erp.fields')}</th><td></td></tr></thead>
        <tbody>${found.rows.map(row => this.row(row))}</tbody></table></div>`}`;
  }

  row(row) {
    return html`<tr data-test="erp-customer" data-code=${row.code}>
      <th scope="row">${row.name}<div class="code">${row.code} · ${row.rfc}</div><div class="quiet">${moment(row.heardAt)}</div></th>
      <td>${row.several ? html`${icon('exclamation-triangle-fill')} ${t('proposals-erp.several')}` : row.customer ? row.customerName : t('proposals-erp.new')}</td>
      <td>${row.fields.map(one => row.customer
        ? html`<label><input type="checkbox" .checked=${row.chosen.has(one.field)} @change=${event => this.choose(row, one.field, event.target.checked)}> ${t('proposals-erp.change', t('customers.field.' + one.field), one.before || '–', one.after)}</label><br>`
        : html`<div>${t('proposals-erp.add', t('customers.field.' + one.field), one.after)}</div>`)}</td>
      <td class="row-acts">
        ${row.several ? nothing : html`<button type="button" class="button" data-test="erp-customer-take" ?disabled=${this.busy || row.chosen.size === 0} aria-label="${t(row.customer ? 'proposals-erp.take' : 'proposals-erp.make')} ${row.name}" @click=${() => this.act('take', { code: row.code, fields: [...row.chosen] }, t('proposals-erp.taken', row.name))}>${icon('check-lg')}${t(row.customer ? 'proposals-erp.take' : 'proposals-erp.make')}</button>`}
        <button type="button" class="button quiet" data-test="erp-customer-leave" ?disabled=${this.busy} aria-label="${t('proposals-erp.leave')} ${row.name}" @click=${() => this.act('leave', { code: row.code })}>${t('proposals-erp.leave')}</button></td></tr>`;
  }
}
customElements.define('customer-proposals', CustomerProposals);
