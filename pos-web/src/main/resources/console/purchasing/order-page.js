import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { go, place } from '../lib/router.js';
import { moment, t } from '../lib/text.js';
import { orderState } from './purchase-tabs.js';
import './part-box.js';
import './order-mail.js';

/** One order: a form while it is a draft, then what became of it. */
class OrderPage extends Piece {
  static properties = { may: {}, order: {}, one: { state: true }, draft: { state: true }, suppliers: { state: true }, stores: { state: true }, asks: { state: true }, reason: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.suppliers = [];
    this.stores = [];
    this.reason = '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    const found = await this.attempt(() => api('GET', `/console/api/purchase-orders/${this.order}`));
    if (found) this.one = found;
    else if (this.problem?.status === 404) {
      this.problem = undefined;
      await this.edit(await this.begun());
    }
  }

  /** A new order; the address may name the part that somebody came for, how many, for which branch and why. */
  async begun() {
    const { query } = place();
    const [part, quantity, reason] = ['part', 'quantity', 'reason'].map(name => query.get(name) ?? '');
    const known = part ? await this.attempt(() => api('GET', `/api/v1/catalog/parts/${encodeURIComponent(part)}`)) : undefined;
    const line = known && { id: uuid7(), part: known.partId, lineCode: known.lineCode, partNumber: known.partNumber, name: known.nameEs, quantity: quantity || '1', cost: '', theirNumber: '', reason: reason.slice(0, 200) };
    return { supplier: '', store: query.get('store') ?? '', rate: '', expectedOn: '', note: '', lines: line ? [line] : [] };
  }

  async edit(draft) {
    const [suppliers, stores] = await Promise.all([this.attempt(() => api('GET', '/console/api/suppliers')), this.attempt(() => api('GET', '/console/api/stores'))]);
    this.suppliers = suppliers?.suppliers ?? [];
    this.stores = stores?.stores ?? [];
    this.draft = draft;
  }

  change() {
    const { one } = this;
    return this.edit({
      supplier: one.supplier, store: one.store, rate: one.currency === 'MXN' ? '' : one.rate, expectedOn: one.expectedOn ?? '', note: one.note,
      lines: one.lines.map(line => ({ id: line.id, part: line.part, lineCode: line.lineCode, partNumber: line.partNumber, name: line.name, quantity: line.quantity.text, cost: line.cost, theirNumber: line.theirNumber, reason: line.reason })),
    });
  }

  set(change) {
    this.draft = { ...this.draft, ...change };
  }

  /** What one supplier calls a part and takes for it is not another's. */
  chooseSupplier(supplier) {
    this.set({ supplier, lines: this.draft.lines.map(line => (line.known ? { ...line, cost: '', theirNumber: '', known: false } : line)) });
  }

  setLine(line, change) {
    this.set({ lines: this.draft.lines.map(each => (each === line ? { ...each, ...change, wrong: undefined } : each)) });
  }

  /** With what the chosen supplier calls it and last took for it. */
  async add(hit) {
    if (this.draft.lines.some(line => line.part === hit.partId)) return;
    const line = { id: uuid7(), part: hit.partId, lineCode: hit.lineCode, partNumber: hit.partNumber, name: hit.name, quantity: '1', cost: '', theirNumber: '', reason: '' };
    this.set({ lines: [...this.draft.lines, line] });
    const { supplier } = this.draft;
    if (!supplier) return;
    const known = (await this.attempt(() => api('GET', `/console/api/suppliers/${supplier}/parts`)))?.parts.find(part => part.part === line.part);
    // What somebody has typed meanwhile stays.
    if (known && this.draft?.supplier === supplier) this.set({ lines: this.draft.lines.map(each => (each.id === line.id ? { ...each, cost: each.cost || String(known.cost ?? ''), theirNumber: each.theirNumber || known.theirNumber, known: true } : each)) });
  }

  async save(event) {
    event.preventDefault();
    const { draft } = this;
    if (!draft.supplier || !draft.store) {
      this.problem = { title: t('purchase.new'), detail: t(draft.supplier ? 'purchase.branch.choose' : 'purchase.supplier.choose') };
      return;
    }
    this.busy = true;
    const written = await this.attempt(() => api('PUT', `/console/api/purchase-orders/${this.order}`, {
      supplier: draft.supplier, store: draft.store, rate: draft.rate, expectedOn: draft.expectedOn || null, note: draft.note,
      lines: draft.lines.map(({ id, part, quantity, cost, theirNumber, reason }) => ({ id, part, quantity, cost, theirNumber, reason })),
    }));
    this.busy = false;
    if (!written) return;
    if (written.order) this.one = written.order;
    const why = new Map(written.refused.map(line => [line.id, line.text]));
    if (why.size) this.set({ lines: draft.lines.map(line => ({ ...line, wrong: why.get(line.id) })) });
    else this.draft = undefined;
  }

  async act(act, body) {
    this.busy = true;
    const path = { APPROVE: 'approve', BACK_TO_DRAFT: 'draft', SEND: 'send', CLOSE: 'close', CANCEL: 'cancel' }[act];
    const moved = await this.attempt(() => api('POST', `/console/api/purchase-orders/${this.order}/${path}`, body));
    this.busy = false;
    if (moved) {
      this.one = moved;
      this.asks = undefined;
      this.reason = '';
    }
  }

  render() {
    if (!this.one && !this.draft) return this.problem ? trouble(this.problem, () => this.load()) : loading(6);
    return html`<header class="page-head"><div><h1>${this.one ? this.one.number : t('purchase.new')} ${this.one ? orderState(this.one.state) : nothing}</h1>
        ${this.one ? html`<p class="page-lead">${this.one.supplierName} · ${this.one.storeName}</p>` : nothing}</div></header>
      ${trouble(this.problem)}
      ${this.draft ? this.form() : this.whole()}`;
  }

  form() {
    const { draft } = this;
    const dollars = this.suppliers.find(supplier => supplier.id === draft.supplier)?.currency === 'USD';
    return html`<form @submit=${event => this.save(event)}>
      <div class="filters">
        <label class="field" for="order-supplier"><span class="field-label">${t('purchase.supplier')}</span><select id="order-supplier" data-test="order-supplier" @change=${event => this.chooseSupplier(event.target.value)}>
          <option value="">${t('purchase.supplier.choose')}</option>${this.suppliers.map(one => html`<option value=${one.id} ?selected=${one.id === draft.supplier}>${one.name}</option>`)}</select></label>
        <label class="field" for="order-store"><span class="field-label">${t('purchase.branch')}</span><select id="order-store" data-test="order-store" @change=${event => this.set({ store: event.target.value })}>
          <option value="">${t('purchase.branch.choose')}</option>${this.stores.map(one => html`<option value=${one.id} ?selected=${one.id === draft.store}>${one.name}</option>`)}</select></label>
        ${dollars ? html`<label class="field" for="order-rate"><span class="field-label">${t('purchase.rate')}</span><input id="order-rate" inputmode="decimal" maxlength="20" .value=${draft.rate} @input=${event => this.set({ rate: event.target.value })}></label>` : nothing}
        <label class="field" for="order-expected"><span class="field-label">${t('purchase.expected')}</span><input id="order-expected" type="date" .value=${draft.expectedOn} @change=${event => this.set({ expectedOn: event.target.value })}></label>
        <label class="field" for="order-note"><span class="field-label">${t('purchase.note')}</span><input id="order-note" maxlength="200" .value=${draft.note} @input=${event => this.set({ note: event.target.value })}></label></div>
      <part-box name="order-part" @chosen=${event => this.add(event.detail)}></part-box>
      ${draft.lines.length ? html`<div class="table-frame" tabindex="0"><table class="table edit" data-test="order-form">
        <thead><tr><th>${t('purchase.part')}</th><th>${t('purchase.theirs')}</th><th class="figures">${t('purchase.quantity')}</th><th class="figures">${t('purchase.cost')}</th><th><span class="visually-hidden">${t('purchase.drop')}</span></th></tr></thead>
        <tbody>${draft.lines.map(line => html`<tr><th scope="row"><span class="line-code">${line.lineCode}</span> <span class="number">${line.partNumber}</span> <span class="quiet">${line.name}</span>${line.reason ? html`<div class="quiet">${line.reason}</div>` : nothing}
            ${line.wrong ? html`<div class="trouble" role="alert" data-test="order-line-wrong">${line.wrong}</div>` : nothing}</th>
          ${[['theirNumber', 'purchase.theirs', 'text'], ['quantity', 'purchase.quantity', 'decimal'], ['cost', 'purchase.cost', 'decimal']].map(([field, label, mode]) => html`<td><input aria-label="${t(label)} ${line.partNumber}" data-test="order-${field}" maxlength="100" inputmode=${mode} .value=${line[field]} @input=${event => this.setLine(line, { [field]: event.target.value })}></td>`)}
          <td><button type="button" class="button quiet small" aria-label="${t('purchase.drop')} ${line.partNumber}" @click=${() => this.set({ lines: draft.lines.filter(each => each !== line) })}>${icon('x-lg')}</button></td></tr>`)}</tbody></table></div>` : nothing}
      <div class="acts start"><button type="submit" class="button primary" data-test="order-save" ?disabled=${this.busy || !draft.lines.length}>${t('purchase.save')}</button>
        <button type="button" class="button quiet" @click=${() => { if (this.one) this.draft = undefined; else go('/console/purchasing'); }}>${t('act.cancel')}</button></div></form>`;
  }

  whole() {
    const { one } = this;
    return html`${one.belowMinimum && ['DRAFT', 'APPROVED'].includes(one.state) ? html`<p class="trouble tone-attention" role="status">${icon('exclamation-triangle')}<span>${t('purchase.minimum', one.minimum.text)}</span></p>` : nothing}
      ${one.limit && one.state === 'DRAFT' ? html`<p class="trouble tone-attention" role="status" data-test="order-limit">${icon('person-lock')}<span>${t('purchase.limit', one.limit.text)}</span></p>` : nothing}
      <div class="acts start">${one.may.map(act => html`<button type="button" class="button ${['APPROVE', 'SEND'].includes(act) ? 'primary' : ''}" data-test="order-act-${act}" ?disabled=${this.busy} @click=${() => this.press(act)}>${t('purchase.act.' + act)}</button>`)}
        <a class="button" data-test="order-pdf" href=${`/console/api/purchase-orders/${one.id}/file.pdf`} download>${icon('file-earmark-pdf')}${t('purchase.pdf')}</a>
        <a class="button" data-test="order-csv" href=${`/console/api/purchase-orders/${one.id}/file.csv`} download>${icon('filetype-csv')}${t('purchase.csv')}</a>
        ${one.mail.to ? html`<a class="button quiet" data-test="order-mail" href=${`mailto:${encodeURIComponent(one.mail.to)}?subject=${encodeURIComponent(one.mail.subject)}&body=${encodeURIComponent(one.mail.text)}`}>${icon('envelope')}${t('purchase.mail')}</a>` : nothing}</div>
      <order-mail .order=${one} .may=${this.may} @sent=${() => this.load()}></order-mail>
      ${this.asks ? html`<form class="filters" @submit=${event => { event.preventDefault(); void this.act(this.asks, { reason: this.reason }); }}>
        <label class="field" for="order-reason"><span class="field-label">${t('purchase.reason')}</span><input id="order-reason" data-test="order-reason" required maxlength="200" .value=${this.reason} @input=${event => { this.reason = event.target.value; }}></label>
        <button type="submit" class="button primary" data-test="order-reason-send" ?disabled=${this.busy}>${t('purchase.act.' + this.asks)}</button></form>` : nothing}
      <div class="table-frame" tabindex="0"><table class="table" data-test="order-lines">
        <thead><tr><th>${t('purchase.part')}</th><th>${t('purchase.theirs')}</th><th class="figures">${t('purchase.quantity')}</th><th class="figures">${t('purchase.received')}</th><th class="figures">${t('purchase.missing')}</th><th class="figures">${t('purchase.cost')}</th><th class="figures">${t('purchase.amount')}</th></tr></thead>
        <tbody>${one.lines.map(line => html`<tr><th scope="row"><span class="line-code">${line.lineCode}</span> <span class="number">${line.partNumber}</span> <span class="quiet">${line.name}</span>${line.reason ? html`<div class="quiet">${line.reason}</div>` : nothing}</th><td class="code">${line.theirNumber}</td>
          <td class="figures">${line.quantity.text}</td><td class="figures">${line.received.text}</td><td class="figures">${line.missing.text}</td><td class="figures">${line.cost}</td><td class="figures">${line.amount.text}</td></tr>`)}</tbody>
        <tfoot><tr><th scope="row" colspan="6">${t('purchase.total')}</th><td class="figures">${one.total.text}</td></tr></tfoot></table></div>
      <ol class="plain">${one.steps.map(step => html`<li>${moment(step.at)} · ${t('purchase.state.' + step.what)} <span class="quiet">${step.by}</span></li>`)}</ol>
      ${one.endReason ? html`<p class="quiet">${one.endReason}</p>` : nothing}
      <h2>${t('purchase.receipts')}</h2>
      ${one.receipts.length ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="order-receipts"><thead><tr><th>${t('purchase.when')}</th><th>${t('purchase.branch')}</th><th>${t('purchase.reference')}</th><th>${t('purchase.by')}</th><th class="figures">${t('purchase.value')}</th><th class="figures">${t('purchase.landed')}</th></tr></thead>
        <tbody>${one.receipts.map(receipt => html`<tr><td>${moment(receipt.at)}</td><td class="code">${receipt.store}</td><td>${receipt.reference}</td><td>${receipt.by}</td><td class="figures">${receipt.value.text}</td><td class="figures">${receipt.landed.minor ? receipt.landed.text : ''}</td></tr>`)}</tbody></table></div>` : html`<p class="quiet">${t('purchase.receipts.none')}</p>`}
      ${one.differences.length ? html`<h2>${t('purchase.differences')}</h2><ul class="plain" data-test="order-differences">${one.differences.map(each => html`<li>${each.settledAt ? html`<span class="quiet">${icon('check2')} ${each.note}</span>` : icon('exclamation-triangle')} <span class="number">${each.part}</span> ${each.text}</li>`)}</ul>` : nothing}`;
  }

  press(act) {
    if (act === 'EDIT') void this.change();
    else if (act === 'CLOSE' || act === 'CANCEL') this.asks = act;
    else void this.act(act);
  }
}
customElements.define('order-page', OrderPage);
