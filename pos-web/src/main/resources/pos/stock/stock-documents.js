import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { mark } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';
import { LinesDialog } from './lines-dialog.js';
import { uuid7 } from 'shared/ids.js';
import { stock } from './stock-server.js';
import { Approval } from '../sale/approval-fields.js';
import { chargesForm, noCharges, typedCharges } from './receipt-charges.js';

/** The paper's order is not among those that the hub has told of. */
const BY_PAPER = 'paper';

/** Why a line was not taken in: somebody may say that it is kept all the same. */
const BEYOND = new Set(['receipt-beyond', 'receipt-not-ordered', 'receipt-order-ended']);

/** Goods that come in, of a purchase order or without. What is otherwise than ordered is marked here; what is beyond it comes back with its reason. */
class StockReceipt extends LinesDialog {
  static properties = { ...LinesDialog.properties, supplier: { state: true }, reference: { state: true }, currency: { state: true }, rate: { state: true }, orders: { state: true }, order: { state: true }, orderNumber: { state: true }, invoice: { state: true }, charges: { state: true }, surplus: { state: true } };

  constructor() {
    super();
    this.approval = new Approval(this);
  }

  async start() {
    this.supplier = '';
    this.reference = '';
    this.currency = 'MXN';
    this.rate = '';
    this.orders = [];
    this.order = '';
    this.orderNumber = '';
    this.invoice = '';
    this.charges = noCharges();
    this.surplus = undefined;
    this.approval.reset();
    await super.start();
    focusIfKeys(this.querySelector('[data-test=stock-supplier]'));
    try {
      this.orders = (await till.read(() => stock.orders())).orders;
    } catch (problem) {
      this.problem = problem;
    }
  }

  get chosenOrder() {
    return this.orders.find(order => order.id === this.order);
  }

  /** Its lines with what is still to come; lines of another order go. */
  choose(value) {
    const [id, invoice = ''] = value.split('|');
    this.order = id;
    this.invoice = invoice;
    this.changed();
    const order = this.chosenOrder;
    this.lines = this.lines.filter(line => !line.ordered && !line.invoiced);
    if (!order) return;
    this.supplier = order.supplier;
    this.currency = order.currency;
    this.rate = order.currency === 'MXN' ? '' : order.rate;
    const typed = new Set(this.lines.map(line => line.part.part));
    const expected = order.expected.find(each => each.invoice === invoice);
    if (expected) {
      this.reference = expected.reference;
      this.lines = [...this.lines, ...expected.lines.filter(line => !typed.has(line.part.part)).map(line => ({ id: uuid7(), part: line.part, quantity: line.quantity.text, bin: '', cost: line.cost, lost: '', stock: line.stock, shelf: line.bin, ordered: order.lines.find(one => one.part.part === line.part.part), invoiced: line.quantity.text }))];
      return;
    }
    this.lines = [...this.lines, ...order.lines.filter(line => line.open.value > 0 && !typed.has(line.part.part)).map(line => ({ id: uuid7(), part: line.part, quantity: line.open.text, bin: '', cost: line.cost, lost: '', stock: line.stock, shelf: line.bin, ordered: line }))];
  }

  take(found) {
    super.take(found);
    const ordered = this.chosenOrder?.lines.find(line => line.part.part === found.part.part);
    if (ordered) this.lines = this.lines.map(line => (line.part.part === found.part.part && !line.ordered ? { ...line, ordered, cost: line.cost || ordered.cost } : line));
  }

  send() {
    return stock.receive({
      act: this.act, supplier: this.supplier, reference: this.reference, currency: this.currency, rate: this.currency === 'MXN' ? '' : this.rate, note: '', lines: this.typed(),
      order: this.chosenOrder ? this.order : null, orderNumber: this.order === BY_PAPER ? this.orderNumber : '',
      invoice: this.invoice || null, charges: typedCharges(this.charges, this.lines),
      surplus: this.surplus === undefined ? null : { reason: this.surplus, approval: this.approval.given ?? null },
    });
  }

  /** Its charges are in what was written, once; what is left is measured by the order as it stands now. */
  kept() {
    this.charges = noCharges();
    this.surplus = undefined;
    this.approval.reset();
    if (this.chosenOrder && this.lines.length) void this.again(this.order);
  }

  async again(id) {
    try {
      const now = await till.read(() => stock.order(id));
      this.orders = this.orders.map(order => (order.id === id ? now : order));
      this.lines = this.lines.map(line => (line.ordered ? { ...line, ordered: now.lines.find(one => one.part.part === line.part.part) } : line));
    } catch (problem) {
      this.problem = problem;
    }
  }

  refused(problem) {
    return this.approval.take(problem);
  }

  /** Asked only once the server has said that a line is beyond its order. */
  surplusForm() {
    if (this.surplus === undefined && !this.lines.some(line => BEYOND.has(line.code))) return nothing;
    return html`<div class="receipt-surplus" data-test="receipt-surplus">
      <label class="check"><input type="checkbox" data-test="surplus-kept" .checked=${live(this.surplus !== undefined)} @change=${event => { this.surplus = event.target.checked ? '' : undefined; this.approval.reset(); this.changed(); }}> ${t('purchase.surplus')}</label>
      ${this.surplus === undefined ? nothing : html`<p class="form-hint">${t('purchase.surplus.text')}</p>
        <label class="form-label" for="surplus-reason">${t('purchase.surplus.reason')}</label>
        <input id="surplus-reason" class="form-control" data-test="surplus-reason" autocomplete="off" maxlength="120" .value=${live(this.surplus)} @input=${event => { this.surplus = event.target.value; this.changed(); }}>
        ${this.approval.render()}`}</div>`;
  }

  said(document) {
    return tn('stock.receipt.done', document.lines.length, document.supplier || this.supplier);
  }

  /** How a line differs from the order: told at once, settled by those who buy. */
  differs(line) {
    const { ordered } = line;
    if (line.invoiced && Number(line.quantity) !== Number(line.invoiced)) return t('purchase.invoiced', line.invoiced);
    if (!ordered) return t('purchase.not-ordered');
    if (Number(line.quantity) > ordered.open.value) return t('purchase.more', ordered.ordered.text, ordered.received.text);
    if (ordered.cost && line.cost && Number(line.cost) !== Number(ordered.cost)) return t('purchase.cost', ordered.cost);
    return undefined;
  }

  ordered() {
    if (!this.chosenOrder || !this.lines.length) return nothing;
    const rows = this.lines.map(line => [line, this.differs(line)]).filter(([line, differs]) => line.ordered || differs);
    return html`<table class="figures-table" data-test="order-lines"><caption class="visually-hidden">${t('purchase.lines')}</caption>
      <thead><tr><th scope="col">${t('stock.part')}</th><th scope="col" class="num">${t('purchase.ordered')}</th><th scope="col" class="num">${t('purchase.received')}</th><th scope="col" class="num">${t('purchase.now')}</th><th scope="col">${t('purchase.note')}</th></tr></thead>
      <tbody>${rows.map(([line, differs]) => html`<tr><td><span class="part"><span class="line-code">${line.part.lineCode}</span> <span class="number">${line.part.partNumber}</span></span>${line.ordered?.theirNumber ? html` <span class="quiet">${line.ordered.theirNumber}</span>` : nothing}</td>
        <td class="num">${line.ordered?.ordered.text ?? '0'}</td><td class="num">${line.ordered?.received.text ?? '0'}</td><td class="num">${line.quantity}</td>
        <td>${differs ? html`<span class="attention" data-test="order-differs">${icon('exclamation-triangle')} ${differs}</span>` : nothing}</td></tr>`)}</tbody></table>`;
  }

  choice() {
    return html`<div><label class="form-label" for="receipt-order">${t('purchase.order')}</label>
        <select id="receipt-order" class="form-select" data-test="stock-order" @change=${event => this.choose(event.target.value)}>
          <option value="" ?selected=${this.order === ''}>${t('purchase.order.none')}</option>
          ${this.orders.map(order => html`<option value=${order.id} ?selected=${this.order === order.id && !this.invoice}>${order.number} · ${order.supplier}</option>
            ${order.expected.map(each => html`<option value="${order.id}|${each.invoice}" ?selected=${this.invoice === each.invoice}>${t('purchase.expected', order.number, order.supplier, each.reference)}</option>`)}`)}
          <option value=${BY_PAPER} ?selected=${this.order === BY_PAPER}>${t('purchase.order.paper')}</option></select></div>
      ${this.order === BY_PAPER ? this.input('orderNumber', t('purchase.order.number')) : nothing}`;
  }

  render() {
    return this.frame('stock-receipt', t('stock.menu.receive'), () => html`
      <div class="stock-head">${this.choice()}${this.input('supplier', t('stock.supplier'))}${this.input('reference', t('stock.reference'))}
        <div><label class="form-label" for="receipt-currency">${t('stock.currency')}</label>
          <select id="receipt-currency" class="form-select" @change=${event => { this.currency = event.target.value; this.changed(); }}><option value="MXN" ?selected=${this.currency === 'MXN'}>${t('cash.currency.MXN')}</option><option value="USD" ?selected=${this.currency === 'USD'}>${t('cash.currency.USD')}</option></select></div>
        ${this.currency === 'MXN' ? nothing : this.input('rate', t('stock.rate'), { num: true })}</div>
      ${this.box()}
      ${this.table([['quantity', t('stock.quantity')], ['cost', t('stock.cost')], ['bin', t('stock.bin')]])}
      ${this.ordered()}
      ${chargesForm(this.charges, this.lines, charges => { this.charges = charges; this.changed(); })}
      ${this.trouble()}
      ${this.surplusForm()}${this.foot(t('stock.receipt.save'))}`, 'count');
  }
}
customElements.define('stock-receipt', StockReceipt);

/** Goods to another branch. */
class StockSending extends LinesDialog {
  static properties = { ...LinesDialog.properties, branches: { state: true }, to: { state: true }, note: { state: true }, lease: { state: true } };

  get takesAway() {
    return true;
  }

  /** @param lease that it keeps: what was promised and to whom stand there already, to be confirmed */
  async start(lease) {
    this.to = lease?.other ?? '';
    this.note = lease?.forWhom ?? '';
    this.branches = [];
    this.lease = lease;
    await super.start();
    if (lease) this.lines = [{ id: uuid7(), part: lease.part, quantity: lease.reserved.text, bin: '', cost: '', lost: '', stock: lease.onHand }];
    try {
      this.branches = (await till.read(() => stock.branches())).branches;
    } catch (problem) {
      this.problem = problem;
    }
  }

  send() {
    return stock.send({ act: this.act, to: this.to, note: this.note, lines: this.typed(), lease: this.lease?.id ?? null });
  }

  async save(event) {
    if (!this.to) {
      this.problem = { detail: t('stock.to.missing') };
      const to = this.querySelector('#sending-to');
      mark(to);
      focusIfKeys(to);
      return;
    }
    await super.save(event);
  }

  said(document) {
    return t('stock.sending.done', document.number);
  }

  render() {
    return this.frame('stock-sending', t('stock.menu.send'), () => html`
      <div class="stock-head"><div><label class="form-label" for="sending-to">${t('stock.to')}</label>
          <select id="sending-to" class="form-select" data-test="stock-to" .value=${this.to} @change=${event => { this.to = event.target.value; this.changed(); }}>
            <option value="">${t('stock.to.choose')}</option>${this.branches.map(branch => html`<option value=${branch.id} ?selected=${this.to === branch.id}>${branch.code} · ${branch.name}</option>`)}
          </select></div>${this.input('note', t('stock.note'))}</div>
      ${this.lease ? html`<p class="note" data-test="sending-lease">${icon('hand-index')}<span>${t('lease.keeps', this.lease.otherCode, this.lease.reserved.text)}</span></p>` : nothing}
      ${this.box()}
      ${this.table([['quantity', t('stock.quantity')], ['bin', t('stock.bin')]])}
      ${this.trouble()}${this.foot(t('stock.sending.save'))}`, 'count');
  }
}
customElements.define('stock-sending', StockSending);

/** A transfer that arrives, by its number or its paper's code; also what comes back of one's own. */
class StockArrival extends LinesDialog {
  static properties = { ...LinesDialog.properties, number: { state: true }, transfer: { state: true }, waiting: { state: true }, note: { state: true }, unheard: { state: true } };

  async start() {
    this.number = '';
    this.note = '';
    this.transfer = undefined;
    this.unheard = false;
    this.waiting = [];
    await super.start();
    focusIfKeys(this.querySelector('[data-test=stock-number]'));
    try {
      this.waiting = (await till.read(() => stock.transfers())).transfers;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async find(event) {
    event.preventDefault();
    this.problem = undefined;
    const number = this.number.trim();
    if (!/^[\w-]{1,60}$/.test(number)) return this.atNumber(t(number ? 'refusal.transfer-number-wrong' : 'stock.number.missing'));
    try {
      this.choose(await till.read(() => stock.transfer(number)));
    } catch (problem) {
      if (problem.code === 'transfer-unheard') this.unheard = true;
      this.problem = problem;
    }
    await this.updateComplete;
    if (this.unheard) this.toCode();
  }

  atNumber(detail) {
    this.problem = { detail };
    const field = this.querySelector('[data-test=stock-number]');
    mark(field);
    focusIfKeys(field);
  }

  choose(transfer) {
    this.transfer = transfer;
    this.number = transfer.number;
    this.changed();
    this.lines = transfer.lines
      .filter(line => line.open?.value > 0)
      .map(line => ({ id: uuid7(), part: line.part, quantity: line.open.text, bin: '', cost: '', lost: '', stock: line.open }));
  }

  send() {
    return stock.takeIn(this.number.trim(), { act: this.act, note: this.note, lines: this.typed() });
  }

  said(document) {
    return t('stock.arrival.done', document.number);
  }

  render() {
    return this.frame('stock-arrival', t('stock.menu.arrive'), () => html`
      ${this.transfer || this.unheard
        ? html`<p class="stock-transfer" data-test="stock-transfer"><span class="mono">${this.number.trim()}</span>
            <span class="quiet">${this.transfer ? t(this.transfer.incoming ? 'stock.arrival.from' : 'stock.arrival.back', this.transfer.incoming ? this.transfer.from : this.transfer.to) : t('stock.arrival.unheard')}</span></p>
          ${this.unheard ? this.box() : nothing}
          ${this.table([['quantity', t('stock.arrived')], ['lost', t('stock.lost')], ['bin', t('stock.bin')]], this.transfer ? t('stock.toarrive') : t('stock.here'))}
          ${this.transfer ? html`<p class="form-hint">${t('stock.arrival.hint')}</p>` : nothing}
          ${this.input('note', t('stock.note'))}
          ${this.trouble()}${this.foot(t('stock.arrival.save'))}`
        : html`<form class="stock-scan" @submit=${event => this.find(event)}>
            <input class="form-control mono" data-test="stock-number" autocomplete="off" spellcheck="false" maxlength="60" aria-label=${t('stock.number')} placeholder=${t('stock.number')} .value=${this.number} @input=${event => { this.number = event.target.value; this.problem = undefined; }}>
            <button type="submit" class="btn btn-plain">${t('stock.open')} <kbd>Enter</kbd></button></form>
          ${this.trouble()}
          <h3>${t('stock.transit')}</h3>
          ${this.waiting.length
            ? html`<ul class="plain" data-test="stock-waiting">${this.waiting.map(transfer => html`<li><button type="button" class="menu-row" @click=${() => this.choose(transfer)}>
                <span class="mono">${transfer.number}</span><span>${t(transfer.incoming ? 'stock.arrival.from' : 'stock.arrival.to', transfer.incoming ? transfer.from : transfer.to)}</span><span class="quiet num">${tn('stock.lines', transfer.lines.length)}</span></button></li>`)}</ul>`
            : html`<p class="quiet">${t('stock.transit.none')}</p>`}`}`, 'count');
  }
}
customElements.define('stock-arrival', StockArrival);

const REASONS = ['DAMAGED', 'STOLEN', 'FOUND', 'OWN_USE', 'TO_SUPPLIER', 'CORRECTION', 'KIT'];

/** What stands on the shelf corrected, with the reason. */
class StockAdjustment extends LinesDialog {
  static properties = { ...LinesDialog.properties, reason: { state: true }, note: { state: true }, supplier: { state: true }, reference: { state: true } };

  async start() {
    this.reason = 'DAMAGED';
    this.note = '';
    this.supplier = '';
    this.reference = '';
    await super.start();
  }

  take(found) {
    const out = this.reason !== 'FOUND' && this.reason !== 'KIT';
    super.take(out ? { ...found, pack: { ...found.pack, value: -found.pack.value } } : found);
  }

  send() {
    return stock.adjust({ act: this.act, reason: this.reason, note: this.note, lines: this.typed(), supplier: this.supplier, reference: this.reference });
  }

  said(document) {
    return tn('stock.adjustment.done', document.lines.length);
  }

  render() {
    return this.frame('stock-adjustment', t('stock.menu.adjust'), () => html`
      <fieldset><legend class="form-label">${t('stock.reason')}</legend><div class="chips-radio">${REASONS.map(reason => html`<label class="chip-radio ${reason === this.reason ? 'on' : ''}">
        <input type="radio" name="stock-reason" data-test="reason-${reason}" .checked=${reason === this.reason} @change=${() => { this.reason = reason; this.changed(); }}>${t('stock.reason.' + reason)}</label>`)}</div></fieldset>
      ${this.reason === 'TO_SUPPLIER' ? html`<div class="stock-head">${this.input('supplier', t('stock.supplier'))}${this.input('reference', t('purchase.back.reference'))}</div>` : nothing}
      ${this.input('note', t('stock.note'))}
      ${this.box()}
      ${this.table([['quantity', t('stock.quantity')], ...(this.reason === 'KIT' ? [] : [['bin', t('stock.bin')]])])}
      <p class="form-hint" data-test="adjustment-hint">${t(this.reason === 'KIT' ? 'stock.adjustment.kit' : 'stock.adjustment.hint')}</p>
      ${this.trouble()}${this.foot(t('stock.adjustment.save'))}`, 'count');
  }
}
customElements.define('stock-adjustment', StockAdjustment);
