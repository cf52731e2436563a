import { html, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { LinesDialog } from './lines-dialog.js';
import { stock } from './stock-server.js';

/** Goods that come in without a purchase order. */
class StockReceipt extends LinesDialog {
  static properties = { ...LinesDialog.properties, supplier: { state: true }, reference: { state: true }, currency: { state: true }, rate: { state: true } };

  async start() {
    this.supplier = '';
    this.reference = '';
    this.currency = 'MXN';
    this.rate = '';
    await super.start();
    focusIfKeys(this.querySelector('[data-test=stock-supplier]'));
  }

  send() {
    return stock.receive({ act: this.act, supplier: this.supplier, reference: this.reference, currency: this.currency, rate: this.currency === 'MXN' ? '' : this.rate, note: '', lines: this.typed() });
  }

  said(document) {
    return tn('stock.receipt.done', document.lines.length, document.supplier || this.supplier);
  }

  render() {
    return this.frame('stock-receipt', t('stock.menu.receive'), () => html`
      <div class="stock-head">${this.input('supplier', t('stock.supplier'))}${this.input('reference', t('stock.reference'))}
        <div><label class="form-label" for="receipt-currency">${t('stock.currency')}</label>
          <select id="receipt-currency" class="form-select" @change=${event => { this.currency = event.target.value; this.changed(); }}><option value="MXN" ?selected=${this.currency === 'MXN'}>${t('cash.currency.MXN')}</option><option value="USD" ?selected=${this.currency === 'USD'}>${t('cash.currency.USD')}</option></select></div>
        ${this.currency === 'MXN' ? nothing : this.input('rate', t('stock.rate'), { num: true })}</div>
      ${this.box()}
      ${this.table([['quantity', t('stock.quantity')], ['cost', t('stock.cost')], ['bin', t('stock.bin')]])}
      ${this.trouble()}${this.foot(t('stock.receipt.save'))}`, 'count');
  }
}
customElements.define('stock-receipt', StockReceipt);

/** Goods to another branch. */
class StockSending extends LinesDialog {
  static properties = { ...LinesDialog.properties, branches: { state: true }, to: { state: true }, note: { state: true } };

  async start() {
    this.to = '';
    this.note = '';
    this.branches = [];
    await super.start();
    try {
      this.branches = (await till.read(() => stock.branches())).branches;
    } catch (problem) {
      this.problem = problem;
    }
  }

  send() {
    return stock.send({ act: this.act, to: this.to, note: this.note, lines: this.typed() });
  }

  async save(event) {
    if (!this.to) {
      this.problem = { detail: t('stock.to.missing') };
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
    try {
      this.choose(await till.read(() => stock.transfer(this.number.trim())));
    } catch (problem) {
      if (problem.code === 'transfer-unheard') this.unheard = true;
      this.problem = problem;
    }
    await this.updateComplete;
    if (this.unheard) this.toCode();
  }

  choose(transfer) {
    this.transfer = transfer;
    this.number = transfer.number;
    this.changed();
    this.lines = transfer.lines
      .filter(line => line.open?.value > 0)
      .map(line => ({ id: crypto.randomUUID(), part: line.part, quantity: line.open.text, bin: '', cost: '', lost: '', stock: line.open }));
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
          ${this.table([['quantity', t('stock.arrived')], ['lost', t('stock.lost')], ['bin', t('stock.bin')]])}
          ${this.transfer ? html`<p class="form-hint">${t('stock.arrival.hint')}</p>` : nothing}
          ${this.input('note', t('stock.note'))}
          ${this.trouble()}${this.foot(t('stock.arrival.save'))}`
        : html`<form class="stock-scan" @submit=${event => this.find(event)}>
            <input class="form-control mono" data-test="stock-number" autocomplete="off" spellcheck="false" maxlength="60" aria-label=${t('stock.number')} placeholder=${t('stock.number')} .value=${this.number} @input=${event => { this.number = event.target.value; }}>
            <button type="submit" class="btn btn-quiet">${t('stock.open')} <kbd>Enter</kbd></button></form>
          ${this.trouble()}
          <h3>${t('stock.transit')}</h3>
          ${this.waiting.length
            ? html`<ul class="plain" data-test="stock-waiting">${this.waiting.map(transfer => html`<li><button type="button" class="menu-row" @click=${() => this.choose(transfer)}>
                <span class="mono">${transfer.number}</span><span>${t(transfer.incoming ? 'stock.arrival.from' : 'stock.arrival.to', transfer.incoming ? transfer.from : transfer.to)}</span><span class="quiet num">${tn('stock.lines', transfer.lines.length)}</span></button></li>`)}</ul>`
            : html`<p class="quiet">${t('stock.transit.none')}</p>`}`}`, 'count');
  }
}
customElements.define('stock-arrival', StockArrival);

const REASONS = ['DAMAGED', 'STOLEN', 'FOUND', 'OWN_USE', 'TO_SUPPLIER', 'CORRECTION'];

/** What stands on the shelf corrected, with the reason. */
class StockAdjustment extends LinesDialog {
  static properties = { ...LinesDialog.properties, reason: { state: true }, note: { state: true } };

  async start() {
    this.reason = 'DAMAGED';
    this.note = '';
    await super.start();
  }

  take(found) {
    const out = this.reason !== 'FOUND';
    super.take(out ? { ...found, pack: { ...found.pack, value: -found.pack.value } } : found);
  }

  send() {
    return stock.adjust({ act: this.act, reason: this.reason, note: this.note, lines: this.typed() });
  }

  said(document) {
    return tn('stock.adjustment.done', document.lines.length);
  }

  render() {
    return this.frame('stock-adjustment', t('stock.menu.adjust'), () => html`
      <fieldset><legend class="form-label">${t('stock.reason')}</legend><div class="chips-radio">${REASONS.map(reason => html`<label class="chip-radio ${reason === this.reason ? 'on' : ''}">
        <input type="radio" name="stock-reason" data-test="reason-${reason}" .checked=${reason === this.reason} @change=${() => { this.reason = reason; this.changed(); }}>${t('stock.reason.' + reason)}</label>`)}</div></fieldset>
      ${this.input('note', t('stock.note'))}
      ${this.box()}
      ${this.table([['quantity', t('stock.quantity')], ['bin', t('stock.bin')]])}
      <p class="form-hint">${t('stock.adjustment.hint')}</p>
      ${this.trouble()}${this.foot(t('stock.adjustment.save'))}`, 'count');
  }
}
customElements.define('stock-adjustment', StockAdjustment);
