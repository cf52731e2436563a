import { html, nothing } from 'lit';
import { api, upload } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { date, moment, t } from '../lib/text.js';
import './part-box.js';

/** Suppliers' invoices, and one of them beside its order and what came. */
class SupplierInvoices extends Piece {
  static properties = { may: {}, invoice: {}, invoices: { state: true }, one: { state: true }, answers: { state: true }, orders: { state: true }, chosen: { state: true }, stores: { state: true }, branch: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  updated(changed) {
    if (changed.has('invoice') && changed.get('invoice') !== this.invoice && this.hasUpdated && this.shown !== this.invoice) void this.load();
  }

  async load() {
    this.shown = this.invoice;
    if (this.invoice) {
      this.one = await this.attempt(() => api('GET', `/console/api/supplier-invoices/${this.invoice}`));
      this.stores ??= (await this.attempt(() => api('GET', '/console/api/stores')))?.stores;
      this.orders ??= (await this.attempt(() => api('GET', '/console/api/purchase-orders')))?.orders;
    } else {
      this.one = undefined;
      this.invoices = (await this.attempt(() => api('GET', '/console/api/supplier-invoices')))?.invoices ?? this.invoices;
    }
  }

  async take(event) {
    const form = new FormData();
    for (const file of event.target.files) form.append('files', file);
    event.target.value = '';
    this.busy = true;
    const answer = await this.attempt(() => upload('/console/api/supplier-invoices', form, () => {}));
    this.busy = false;
    this.answers = answer?.files;
    await this.load();
  }

  async act(path, body) {
    this.busy = true;
    const done = await this.attempt(() => api('POST', `/console/api/supplier-invoices/${this.invoice}/${path}`, body));
    this.busy = false;
    if (done) this.one = done;
  }

  render() {
    return html`${trouble(this.problem, () => this.load())}${this.invoice ? (this.one ? this.whole() : this.problem ? nothing : loading(5)) : this.list()}`;
  }

  checks(one) {
    return one.problems.length
      ? html`<ul class="plain">${one.problems.map(text => html`<li class="state tone-attention">${icon('exclamation-triangle')}<span>${text}</span></li>`)}</ul>`
      : html`<span class="state tone-good">${icon('check-circle-fill')}<span>${t('invoice.fine')}</span></span>`;
  }

  list() {
    return html`${this.may.has('purchase.make') ? html`<label class="field" for="invoice-files"><span class="field-label">${t('invoice.upload')}</span><input id="invoice-files" data-test="invoice-files" type="file" accept=".xml,text/xml" multiple ?disabled=${this.busy} @change=${event => this.take(event)}></label>` : nothing}
      ${this.answers ? html`<ul class="plain" role="status" data-test="invoice-answers">${this.answers.map(file => html`<li>${file.name}: ${file.text ?? t(file.fresh ? 'invoice.fresh' : 'invoice.again')}</li>`)}</ul>` : nothing}
      ${!this.invoices ? (this.problem ? nothing : loading(4)) : !this.invoices.length ? empty('receipt', t('invoice.none'), t('invoice.none.text'))
        : html`<div class="table-frame" tabindex="0"><table class="table" data-test="invoices"><thead><tr><th>${t('invoice.issuer')}</th><th>${t('invoice.folio')}</th><th>${t('invoice.date')}</th><th class="figures">${t('purchase.total')}</th><th>${t('invoice.order')}</th><th>${t('invoice.problems')}</th></tr></thead>
          <tbody>${this.invoices.map(one => html`<tr><th scope="row"><a href=${`/console/purchasing/invoices/${one.id}`}>${one.supplierName || one.issuerName}</a><div class="code quiet">${one.issuerRfc}</div></th><td class="code">${one.folio}</td><td>${date(one.issuedAt.slice(0, 10))}</td><td class="figures">${one.total.text}</td><td>${one.orderNumber}${one.settledAt ? html` ${icon('check2')}` : nothing}</td><td>${this.checks(one)}</td></tr>`)}</tbody></table></div>`}`;
  }

  /** One click: the branch's till shows what the invoice brings. */
  expecting(invoice) {
    if (invoice.expectedAt) return html`<p><span class="state tone-good" data-test="invoice-expected">${icon('box-arrow-in-down')}<span>${t('invoice.expected', moment(invoice.expectedAt))}</span></span></p>`;
    return html`<div class="filters">${invoice.order ? nothing : html`<label class="field" for="invoice-branch"><span class="field-label">${t('invoice.expect.branch')}</span><select id="invoice-branch" data-test="invoice-branch" @change=${event => { this.branch = event.target.value; }}><option value=""></option>${(this.stores ?? []).map(store => html`<option value=${store.id}>${store.name}</option>`)}</select></label>`}
      <button type="button" class="button" data-test="invoice-expect" ?disabled=${this.busy || (!invoice.order && !this.branch)} @click=${() => this.act('expect', { branch: invoice.order ? null : this.branch })}>${icon('box-arrow-in-down')}${t('invoice.expect')}</button>
      <span class="quiet">${t('invoice.expect.text')}</span></div>`;
  }

  whole() {
    const { invoice, lines } = this.one;
    const open = !invoice.settledAt && this.may.has('purchase.make');
    return html`<h2>${invoice.supplierName || invoice.issuerName} <span class="code">${invoice.folio}</span></h2>
      <p>${date(invoice.issuedAt.slice(0, 10))} · ${invoice.total.text} · <span class="code quiet">${invoice.fiscalId}</span></p>${this.checks(invoice)}
      <p>${invoice.order ? html`<a href=${`/console/purchasing/orders/${invoice.order}`}>${invoice.orderNumber}</a>` : nothing} ${invoice.settledAt ? html`<span class="state tone-good">${icon('check-circle-fill')}<span>${t('invoice.settled')} · ${invoice.settledBy} · ${moment(invoice.settledAt)}</span></span>` : nothing}</p>
      ${open ? html`<div class="filters"><label class="field" for="invoice-order"><span class="field-label">${t('invoice.order')}</span><select id="invoice-order" @change=${event => { this.chosen = event.target.value; }}><option value=""></option>${(this.orders ?? []).map(order => html`<option value=${order.id}>${order.number} · ${order.supplier}</option>`)}</select></label>
        <button type="button" class="button" ?disabled=${this.busy || !this.chosen} @click=${() => this.act('order', { order: this.chosen })}>${t('invoice.tie')}</button>
        <button type="button" class="button primary" data-test="invoice-settle" ?disabled=${this.busy || !invoice.order} @click=${() => this.act('settle')}>${t('invoice.settle')}</button></div>${this.expecting(invoice)}` : nothing}
      <div class="table-frame" tabindex="0"><table class="table" data-test="invoice-lines"><thead><tr><th>${t('purchase.theirs')}</th><th>${t('purchase.part')}</th><th class="figures">${t('invoice.ordered')}</th><th class="figures">${t('invoice.received')}</th><th class="figures">${t('invoice.invoiced')}</th><th class="figures">${t('purchase.cost')}</th><th>${t('purchase.difference')}</th></tr></thead>
        <tbody>${lines.map(line => html`<tr><td class="code">${line.theirNumber}</td><th scope="row">${line.text}${line.verdict === 'UNMAPPED' && open ? html`<div><span class="quiet">${t('invoice.map')}</span><part-box @chosen=${event => this.act('parts', { theirNumber: line.theirNumber, part: event.detail.partId })}></part-box></div>` : nothing}</th>
          <td class="figures">${line.ordered ?? ''}</td><td class="figures">${line.received ?? ''}</td><td class="figures">${line.invoiced ?? ''}</td><td class="figures">${line.orderedCost ?? ''}${line.invoicedCost != null && line.invoicedCost !== line.orderedCost ? html` → ${line.invoicedCost}` : nothing}</td>
          <td><span class="state tone-${line.verdict === 'SAME' ? 'good' : 'attention'}">${icon(line.verdict === 'SAME' ? 'check-circle-fill' : 'exclamation-triangle')}<span>${t('invoice.verdict.' + line.verdict)}</span></span></td></tr>`)}</tbody></table></div>`;
  }
}
customElements.define('supplier-invoices', SupplierInvoices);
