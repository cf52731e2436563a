import { live } from 'lit/directives/live.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Follows, till } from '../shell/till.js';
import { server } from '../shell/server.js';
import { centavos } from '../shell/amounts.js';
import { day } from '../shell/time.js';
import { refusedField } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';
import { Approval } from '../sale/approval-fields.js';

const KINDS = [
  ['CASH', 'E', 'cash'],
  ['CREDIT_CARD', 'C', 'credit-card'],
  ['DEBIT_CARD', 'D', 'credit-card-2-front'],
  ['TRANSFER', 'T', 'bank'],
  ['CHEQUE', 'Q', 'journal-check'],
  ['ON_ACCOUNT', 'A', 'person-lines-fill'],
  ['CASH_USD', 'U', 'currency-dollar'],
  ['STORE_CREDIT', 'V', 'ticket-perforated'],
  ['BNPL', 'L', 'hourglass'],
];
const VERBS = { ON_ACCOUNT: 'pay.close.account', BNPL: 'pay.close.lender' };
const CARDS = new Set(['CREDIT_CARD', 'DEBIT_CARD']);
const MONTHS = [3, 6, 9, 12, 18];
/** Fields beside the amount, where letters are letters. */
const BESIDE = new Set(['reference', 'last-four', 'months']);
const NAMED_KEYS = new Set(['Enter', 'Escape', 'Backspace']);
const DEBOUNCE = 40;
/** Between two looks at what a lender says. */
const LOOK_AGAIN = 3000;

/** F10: what is due, what the customer gives, what goes back. Every sum is the server's. */
class PayPanel extends Piece {
  static properties = { slip: { state: true }, lender: { state: true }, loan: { state: true }, open: { state: true }, waits: { state: true }, there: { state: true }, said: { state: true }, lastFour: { state: true }, months: { state: true }, kind: { state: true }, typed: { state: true }, reference: { state: true }, preview: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.approval = new Approval(this);
    this.kind = 'CASH';
    this.typed = '';
    this.reference = '';
    this.lastFour = '';
    this.months = 0;
    this.turn = 0;
    /** Keys that came while an Enter was still on its way to the connector: they are for what is left then. */
    this.held = [];
    /** Orders of the lender by its own number. */
    this.loans = new Map();
    // What waits for somebody, and the field that has the focus, are never behind the sum at the foot.
    this.addEventListener('focusin', event => event.target.scrollIntoView({ block: 'nearest' }));
  }

  connectedCallback() {
    super.connectedCallback();
    this.look();
    void this.terminal();
    void this.askLender();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    clearTimeout(this.loanTimer);
    this.turn++;
    super.disconnectedCallback();
  }

  firstUpdated() {
    focusIfKeys(this.field);
  }

  updated() {
    const total = till.ticket?.totals.total.minor;
    if (total !== this.lastTotal) {
      this.lastTotal = total;
      this.look();
    }
    const waits = this.querySelector('[role=status].note');
    if (waits !== this.lastWaits) waits?.scrollIntoView({ block: 'nearest' });
    this.lastWaits = waits;
  }

  /** On account only to somebody. */
  get kinds() {
    return KINDS.filter(([kind]) => (kind !== 'ON_ACCOUNT' || till.ticket?.buyer) && (kind !== 'BNPL' || (this.lender ?? 'NONE') !== 'NONE'));
  }

  // ---- the card terminal

  /** What it has charged for this ticket already, or may have: a page that was loaded anew goes on with it. */
  async terminal() {
    try {
      const { there, charges } = await till.read(() => server.charges(till.ticket.id));
      this.there = there;
      for (const charge of charges) this.charged(charge);
    } catch (problem) {
      if (!problem.unreachable) this.wrong = problem.detail;
    }
  }

  /** @returns whether it pays now */
  charged(charge) {
    this.open = charge.open ? charge : this.open?.id === charge.id ? undefined : this.open;
    if (charge.state !== 'APPROVED') {
      till.offers = till.offers.filter(offer => offer.charge !== charge.id);
      void this.look();
      return false;
    }
    if (!till.offers.some(offer => offer.charge === charge.id))
      this.take({ kind: charge.kind, given: charge.amount.minor, reference: charge.authorization, lastFour: charge.lastFour, months: charge.months, charge: charge.id });
    return true;
  }

  /** One id for one charge, however often it is sent: after silence the same one asks what became of it. */
  async charge(minor) {
    this.chargeId ??= uuid7();
    this.waits = this.shown({ given: minor });
    this.wrong = undefined;
    this.said = undefined;
    try {
      const charge = await till.read(() => server.charge(till.ticket.id, { id: this.chargeId, amount: minor, months: this.months }));
      this.chargeId = undefined;
      if (this.charged(charge)) {
        // The terminal has answered: from here on keys are kept for what is left, and none is lost.
        this.waits = undefined;
        await this.finish();
      } else if (!charge.open) this.said = t('pay.terminal.gone');
    } catch (problem) {
      if (!problem.unreachable) this.chargeId = undefined;
      this.wrong = problem.detail || t('problem.unknown');
      await this.terminal();
    } finally {
      this.waits = undefined;
    }
  }

  // ---- a lender, through the hub

  async askLender() {
    try {
      const { standing, orders } = await till.read(() => server.lender(till.ticket.id));
      this.lender = standing;
      // What the lender said no to is not told of any more.
      if (this.loan && !orders.some(order => order.id === this.loan.id)) {
        clearTimeout(this.loanTimer);
        this.loan = undefined;
      }
      for (const order of orders) this.lent(order);
    } catch (problem) {
      if (!problem.unreachable) this.wrong = problem.detail;
    }
  }

  /** While the customer has it at their phone it is asked about again and again. @returns whether it pays now */
  lent(order) {
    this.loan = order.open ? order : this.loan?.id === order.id ? undefined : this.loan;
    clearTimeout(this.loanTimer);
    if (this.loan && this.isConnected) this.loanTimer = setTimeout(() => void this.lookAtLoan(server.inquireLoan), LOOK_AGAIN);
    if (order.state !== 'APPROVED') {
      till.offers = till.offers.filter(offer => offer.kind !== 'BNPL' || offer.reference !== order.reference);
      void this.look();
      return false;
    }
    this.loans.set(order.reference, order.id);
    if (!till.offers.some(offer => offer.kind === 'BNPL' && offer.reference === order.reference))
      this.take({ kind: 'BNPL', given: order.amount.minor, reference: order.reference });
    return true;
  }

  /** One id for one order, however often it is sent. */
  async lend(minor, refund) {
    if (this.lender !== 'READY') {
      this.wrong = t('pay.lender.away');
      void this.askLender();
      return;
    }
    const phone = this.reference.replace(/[^0-9]/g, '');
    if (!refund && phone.length !== 10) {
      this.wrong = t('refusal.lender-phone');
      focusIfKeys(this.querySelector('#reference'));
      return;
    }
    this.loanId ??= uuid7();
    this.wrong = undefined;
    this.said = undefined;
    try {
      const order = await till.read(() => server.lend(till.ticket.id, { id: this.loanId, amount: minor, phone }));
      this.loanId = undefined;
      this.typed = '';
      if (this.lent(order)) await this.finish();
    } catch (problem) {
      if (!problem.unreachable) this.loanId = undefined;
      await this.askLender();
      this.wrong = problem.detail || t('problem.unknown');
    }
  }

  async lookAtLoan(act) {
    const order = this.loan;
    if (!order) return;
    clearTimeout(this.loanTimer);
    try {
      const now = await till.read(() => act(order.id));
      if (this.lent(now)) await this.finish();
      else if (now.state === 'CANCELLED') this.said = t('pay.lender.cancelled');
    } catch (problem) {
      await this.askLender();
      if (!problem.unreachable) this.wrong = problem.detail;
      // Without an answer it is asked about again.
      if (this.loan?.id === order.id) this.lent(order);
    }
  }

  /** As much of the slip as there is, or as was typed. */
  async bySlip(typed, preview) {
    if (!this.reference.trim()) {
      this.wrong = t('pay.credit.missing');
      focusIfKeys(this.querySelector('#reference'));
      return;
    }
    try {
      const { kind, reference } = this;
      this.slip = await till.read(() => server.credit(reference));
      const given = typed ? centavos(typed) : Math.min(this.slip.left.minor, (preview.missing ?? preview.due).minor);
      this.take({ kind, given, reference });
      // The next key is for what is left, and no part of the slip's code: mostly cash.
      if (!typed && given === this.slip.left.minor) this.kind = 'CASH';
      focusIfKeys(this.field);
      await this.finish();
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
    }
  }

  /** What is paid in full is closed; a rest is asked for. */
  async finish() {
    await this.look();
    if (this.preview?.settled) await till.pay(till.offers);
    else focusIfKeys(this.field);
  }

  async ask(act, words) {
    if (this.waits) return;
    const charge = this.open;
    this.waits = charge.amount.text;
    this.wrong = undefined;
    try {
      if (!this.charged(await till.read(() => act(charge.id))) && !this.open) this.said = t(words);
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
      await this.terminal();
    } finally {
      this.waits = undefined;
    }
  }

  get field() {
    return this.querySelector('#given');
  }

  /** What is being typed counts as offered, so that its change shows before Enter. Nothing typed means: exactly what is missing. */
  get offers() {
    const minor = centavos(this.typed);
    return this.typed.trim() && minor !== undefined ? [...till.offers, this.offer(minor)] : till.offers;
  }

  offer(given) {
    const offer = { kind: this.kind, given, reference: this.reference };
    return CARDS.has(this.kind) ? { ...offer, lastFour: this.lastFour, months: this.months } : offer;
  }

  /** Without an authorisation typed by hand the terminal is asked for it. */
  get byTerminal() {
    return this.there && CARDS.has(this.kind) && !this.reference.trim() && !this.preview?.refund;
  }

  /** What is missing, in the money that is being typed. */
  get missing() {
    const preview = this.preview;
    if (this.kind === 'CASH_USD') return preview?.dollars?.missing;
    return this.kind === 'CASH' ? (preview?.inCash ?? preview?.missing) : preview?.missing;
  }

  /** @returns a promise that ends with the last of the looks, however many came in between */
  look(delay = 0) {
    clearTimeout(this.timer);
    this.aborted?.abort();
    const turn = ++this.turn;
    const offers = this.offers;
    this.looked ??= Promise.withResolvers();
    this.timer = setTimeout(async () => {
      this.aborted = new AbortController();
      try {
        const preview = await till.read(() => server.preview(till.ticket.id, offers, this.aborted.signal));
        if (turn === this.turn) this.preview = preview;
      } catch (problem) {
        if (turn === this.turn && problem.detail && !problem.unreachable) this.refuse(problem);
      }
      if (turn !== this.turn) return;
      this.looked.resolve();
      this.looked = undefined;
    }, delay);
    return this.looked.promise;
  }

  refuse(problem) {
    this.wrong = problem.detail || t('problem.unknown');
    this.besideWrong = ['reference', 'lastfour'].includes(refusedField(problem));
  }

  /** What was typed beside the amount; what was wrong with it before is said no more. */
  typeBeside(field, value) {
    this[field] = value;
    this.besideWrong = false;
    this.wrong = this.unreadable;
  }

  /** What to say of an amount that is none. */
  get unreadable() {
    return this.typed.trim() && centavos(this.typed) === undefined ? t('pay.amount.wrong') : undefined;
  }

  type(text) {
    this.typed = text;
    this.said = undefined;
    this.besideWrong = false;
    this.wrong = this.unreadable;
    if (!this.wrong) void this.look(DEBOUNCE);
  }

  choose(kind) {
    this.kind = kind;
    if (!CARDS.has(kind)) this.blankCard();
    if (kind === 'CASH' || kind === 'CASH_USD' || kind === 'ON_ACCOUNT') this.reference = '';
    this.approval.reset();
    focusIfKeys(this.field);
    // What was typed stays, and so does what is wrong with it.
    this.wrong = this.unreadable;
    void this.look();
  }

  blankCard() {
    this.lastFour = '';
    this.months = 0;
  }

  take(offer) {
    till.offers = [...till.offers, offer];
    this.typed = '';
    this.reference = '';
    this.blankCard();
    void this.look();
  }

  /** Noted as a part of the payment: the next key is for what is left. */
  note(offer) {
    this.take(offer);
    focusIfKeys(this.field);
  }

  async drop(index) {
    const { charge, kind, reference } = till.offers[index];
    const loan = kind === 'BNPL' ? this.loans.get(reference) : undefined;
    if (loan) {
      try {
        this.lent(await till.read(() => server.cancelLoan(loan)));
        this.said = t('pay.lender.cancelled');
      } catch (problem) {
        till.offers = till.offers.filter(offer => offer.kind !== 'BNPL' || offer.reference !== reference);
        await this.askLender();
        this.wrong = problem.detail || t('problem.unknown');
      }
      return;
    }
    if (charge) {
      if (this.waits) return;
      this.waits = this.shown(till.offers[index]);
      try {
        this.charged(await till.read(() => server.reverseCharge(charge)));
        this.said = t('pay.terminal.reversed');
      } catch (problem) {
        this.wrong = problem.detail || t('problem.unknown');
        till.offers = till.offers.filter(offer => offer.charge !== charge);
        await this.terminal();
      } finally {
        this.waits = undefined;
      }
      return;
    }
    till.offers = till.offers.filter((_, i) => i !== index);
    void this.look();
    focusIfKeys(this.field);
  }

  /** A bill as a key: handed over and done, or one of several. */
  bill(amount) {
    if (till.busy) return;
    this.typed = amount.text.replace(/[^\d.]/g, '');
    this.wrong = undefined;
    void this.look();
    focusIfKeys(this.field);
  }

  async close() {
    if (till.busy || this.wrong || this.closing || this.waits) return;
    if (this.open) {
      this.wrong = t('refusal.card-unknown', this.open.amount.text);
      return;
    }
    if (this.loan) {
      this.wrong = t('refusal.lender-open', this.loan.amount.text);
      return;
    }
    this.closing = true;
    try {
      await this.settle();
    } finally {
      this.closing = false;
    }
    this.goOn();
  }

  /** What was pressed meanwhile, in its order; after a refusal somebody has to look first. */
  goOn() {
    const held = this.held.splice(0);
    if (this.wrong || till.mode !== 'pay') return;
    for (const [at, key] of held.entries()) {
      this.press(key);
      if (this.closing) {
        this.held = held.slice(at + 1);
        return;
      }
      // An Enter that closed nothing: somebody has to look first here, too.
      if (key === 'Enter') return;
    }
  }

  async settle() {
    const typed = this.typed.trim();
    this.wrong = this.unreadable;
    if (this.wrong) return;
    await this.look();
    const preview = this.preview;
    if (!preview) return;
    if (this.kind === 'CASH_USD' && !preview.dollars && (typed || !preview.settled)) {
      this.wrong = preview.noDollars ?? t('refusal.refund-in-pesos');
      return;
    }
    if (this.kind === 'STORE_CREDIT' && !preview.refund && (typed || !preview.settled)) return this.bySlip(typed, preview);
    if (this.kind === 'BNPL' && (typed || !preview.settled || preview.refund) && !(preview.settled && till.offers.length && !typed))
      return this.lend(typed ? centavos(this.typed) : (preview.missing ?? preview.due).minor, preview.refund);
    if (this.byTerminal && (typed || !preview.settled)) return this.charge(typed ? centavos(this.typed) : (preview.missing ?? preview.due).minor);
    let offers = this.offers;
    if (!typed && preview.refund && !till.offers.length && this.kind !== 'CASH') {
      // Enter on nothing: all of it, in the way that was chosen.
      offers = [this.offer(preview.due.minor)];
    } else if (!typed && !preview.settled) {
      // Enter on nothing: exactly what is missing.
      const missing = this.missing ?? preview.due;
      offers = [...offers, this.offer(missing.minor)];
    } else if (!preview.settled) {
      if (preview.problem?.code === 'payment-short' || preview.problem?.code === 'refund-short' || preview.missing) return this.note(offers.at(-1));
      this.wrong = preview.problem?.text;
      return;
    }
    try {
      await till.pay(offers, this.approval.given);
    } catch (problem) {
      this.refuse(problem);
      void this.approval.take(problem);
    }
  }

  /** Keeps a key for what is left. An Enter right after the first is a hand that trembled, and nothing is kept while a customer types a PIN. */
  hold(event) {
    if (event.target instanceof HTMLButtonElement && event.key === 'Enter') return;
    if (event.key.length > 1 && !NAMED_KEYS.has(event.key)) return;
    event.preventDefault();
    // What was meant for another field than the one that was just sent is no amount.
    if (BESIDE.has(event.target.id) && event.target !== this.sent || event.target.closest?.('.approval')) return;
    if (!this.waits && !event.repeat && !(event.key === 'Enter' && (this.held.at(-1) ?? 'Enter') === 'Enter')) this.held.push(event.key);
  }

  /** A key that was held, as if the amount had the focus. */
  press(key) {
    const kind = this.kinds.find(([, letter]) => letter === key.toUpperCase());
    if (key === 'Enter') void this.close();
    else if (key === 'Backspace') this.type(this.typed.slice(0, -1));
    else if (key === 'Escape') this.type('');
    else if (kind) this.choose(kind[0]);
    else if (/[\d.]/.test(key)) this.type(this.typed + key);
  }

  key(event) {
    if (this.closing) {
      this.hold(event);
    } else if (event.key === 'Enter') {
      if (event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      this.sent = event.target;
      if (!event.repeat) void this.close();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (till.busy || this.waits) return;
      if (this.typed) this.type('');
      else till.backToSale();
    } else if (event.target.closest?.('.approval')) {
      return;
    } else if (!BESIDE.has(event.target.id) && event.key.length === 1) {
      const kind = this.kinds.find(([, key]) => key === event.key.toUpperCase());
      if (kind) {
        event.preventDefault();
        this.choose(kind[0]);
      } else if (/[\d.]/.test(event.key) && event.target !== this.field) {
        event.preventDefault();
        this.type(this.typed + event.key);
        focusIfKeys(this.field);
      }
    } else if (event.key === 'Backspace' && event.target !== this.field && !BESIDE.has(event.target.id) && till.offers.length) {
      this.drop(till.offers.length - 1);
    }
  }

  render() {
    const preview = this.preview;
    const due = preview?.due ?? till.ticket?.totals.total;
    return html`<div class="pay-panel" data-test="pay-panel">
      <header>
        <button type="button" class="link back" data-test="pay-back" ?disabled=${till.busy || this.waits} @click=${() => till.backToSale()}>${icon('arrow-left')} ${t('pay.back')} <kbd>Esc</kbd></button>
      </header>
      <p class="due-label quiet" data-test="due-label">${t(preview?.refund ? 'pay.owed' : 'pay.due')}</p>
      <p class="due num" data-test="due" data-minor=${due?.minor}>${due?.text}</p>

      <div class="tenders" data-test="tenders">
        ${till.offers.map((offer, index) => html`<div class="tender" data-test="tender">
          ${icon(KINDS.find(([kind]) => kind === offer.kind)[2])}<span>${t('tender.' + offer.kind)}</span>
          <span class="quiet mono">${offer.lastFour ? `*${offer.lastFour} ` : nothing}${offer.reference.slice(0, 20)}</span><span class="num">${this.shown(offer)}</span>
          <button type="button" class="close" aria-label=${t('pay.drop')} data-test="tender-drop" @click=${() => this.drop(index)}>${icon('x-lg')}</button>
        </div>`)}
      </div>

      <div class="kinds" role="radiogroup" aria-label=${t('pay.kind')}>
        ${this.kinds.map(([kind, key, symbol]) => html`<button type="button" role="radio" aria-checked=${this.kind === kind} class="kind ${this.kind === kind ? 'on' : ''}" data-test="kind-${kind}" @click=${() => this.choose(kind)}>
          ${icon(symbol)}<span>${t('tender.' + kind)}</span><kbd>${key}</kbd>
        </button>`)}
      </div>

      <div class="given">
        <label class="form-label" for="given">${t(preview?.refund ? 'pay.returned' : this.kind === 'CASH' ? 'pay.given' : this.kind === 'CASH_USD' ? 'pay.given.usd' : 'pay.amount')}</label>
        <input id="given" class="form-control num" data-test="given" type="text" inputmode="decimal" autocomplete="off"
          placeholder=${this.missing?.text ?? (this.kind === 'CASH_USD' ? '' : preview?.due.text) ?? ''} aria-invalid=${Boolean(this.wrong) && !this.besideWrong} aria-describedby="pay-wrong"
          .value=${live(this.typed)} ?disabled=${till.busy} @input=${event => this.type(event.target.value)}>
        ${this.beside(preview)}
      </div>

      <div class="bills" data-test="bills">
        ${this.kind === 'CASH' && !this.typed
          ? (preview?.bills ?? []).map((amount, index) => html`<button type="button" class="btn btn-plain num" data-test="bill" data-minor=${amount.minor} @click=${() => this.bill(amount)}>${index === 0 ? html`<span class="quiet">${t('pay.exact')}</span> ` : nothing}${amount.text}</button>`)
          : nothing}
      </div>

      ${this.approval.render()}
      ${this.waits
        ? html`<div class="note attention" role="status" data-test="terminal-wait">${icon('credit-card')}<span>${t('pay.terminal.wait', this.waits)}</span></div>`
        : this.open
          ? html`<div class="note attention" role="status" data-test="terminal-unknown">${icon('question-circle')}<span>${t('pay.terminal.unknown', this.open.amount.text)}</span>
              <button type="button" class="btn btn-plain" data-test="terminal-ask" @click=${() => this.ask(server.inquire, 'pay.terminal.gone')}>${t('pay.terminal.ask')}</button>
              <button type="button" class="btn btn-plain" data-test="terminal-reverse" @click=${() => this.ask(server.reverseCharge, 'pay.terminal.reversed')}>${t('pay.terminal.reverse')}</button></div>`
          : this.said ? html`<p class="quiet" role="status" data-test="terminal-said">${this.said}</p>` : nothing}
      ${this.loan
        ? html`<div class="note attention" role="status" data-test="lender-waits">${icon('question-circle')}<span>${t(this.loan.state === 'WAITING' ? 'pay.lender.waits' : 'pay.lender.unknown', this.loan.amount.text)}</span>
            <button type="button" class="btn btn-plain" data-test="lender-ask" @click=${() => this.lookAtLoan(server.inquireLoan)}>${t('pay.lender.ask')}</button>
            <button type="button" class="btn btn-plain" data-test="lender-cancel" ?disabled=${this.loan.refund} @click=${() => this.lookAtLoan(server.cancelLoan)}>${t('pay.lender.cancel')}</button></div>`
        : nothing}

      <p class="field-problem" id="pay-wrong" role="alert" data-test="pay-wrong">${this.wrong ?? ''}</p>

      <div class="outcome" data-test="outcome">
        ${preview?.change
          ? html`<span class="outcome-label">${t('pay.change')}</span><strong class="num good" data-test="change" data-minor=${preview.change.minor}>${preview.change.text}</strong>`
          : preview?.missing && (this.typed || till.offers.length)
            ? html`<span class="outcome-label">${t('pay.missing')}</span><strong class="num attention" data-test="missing">${preview.missing.text}</strong>`
            : preview?.back?.map(row => html`<span class="outcome-label" data-test="pay-back-kind">${t('pay.back.' + (row.kind === 'ON_ACCOUNT' || row.kind === 'STORE_CREDIT' ? row.kind : 'other'), t('tender.' + row.kind))}</span><strong class="num" data-test="pay-back-amount" data-minor=${row.amount.minor}>${row.amount.text}</strong>`) ?? nothing}
      </div>

      <button type="button" class="btn btn-main close-sale" data-test="pay-close" ?disabled=${till.busy || this.waits} @click=${() => this.close()}>
        ${till.busy ? t(till.reachable ? 'pay.busy' : 'pay.away') : html`${this.verb(preview)} <kbd>Enter</kbd>`}
      </button>
    </div>`;
  }

  /** What belongs to the kind in hand besides its amount. */
  beside(preview) {
    if (this.kind === 'CASH') return preview?.inCash && preview.missing && preview.inCash.minor !== preview.missing.minor ? html`<p class="quiet" data-test="rounded">${t('pay.rounded', preview.inCash.text)}</p>` : nothing;
    if (this.kind === 'CASH_USD')
      return preview?.dollars
        ? html`<p class="quiet" data-test="rate">${t('pay.rate', preview.dollars.rate)} · ${t('pay.rate.day', day(preview.dollars.day))}${preview.dollars.worth.minor ? html` · <strong class="num" data-test="worth" data-minor=${preview.dollars.worth.minor}>${t('pay.worth', preview.dollars.worth.text)}</strong>` : nothing}</p>`
        : html`<p class="field-problem" data-test="no-rate">${preview?.noDollars ?? ''}</p>`;
    if (this.kind === 'STORE_CREDIT')
      return preview?.refund
        ? html`<p class="quiet">${t('pay.credit.issue')}</p>`
        : html`<label class="form-label" for="reference">${t('pay.credit.code')}</label>
            <input id="reference" class="form-control mono" data-test="reference" type="text" maxlength="400" autocomplete="off" .value=${live(this.reference)} @input=${event => this.typeBeside('reference', event.target.value)}>
            ${this.slip ? html`<p class="quiet" data-test="credit-left">${t('pay.credit.left', this.slip.code, this.slip.amount.text, this.slip.left.text)}</p>` : nothing}`;
    if (this.kind === 'BNPL')
      return this.lender === 'AWAY'
        ? html`<p class="field-problem" data-test="lender-away">${t('pay.lender.away')}</p>`
        : preview?.refund
          ? html`<p class="quiet">${t('pay.lender.refund')}</p>`
          : html`<label class="form-label" for="reference">${t('pay.lender.phone')}</label>
              <input id="reference" class="form-control mono" data-test="reference" type="text" inputmode="tel" maxlength="14" autocomplete="off" .value=${live(this.reference)} @input=${event => this.typeBeside('reference', event.target.value)}>
              <p class="quiet">${t('pay.lender.hint')}</p>`;
    if (this.kind === 'ON_ACCOUNT') return nothing;
    const card = CARDS.has(this.kind);
    const reference = html`<div><label class="form-label" for="reference">${t(card ? 'pay.auth' : 'pay.reference')}</label>
      <input id="reference" class="form-control mono" data-test="reference" type="text" maxlength="60" autocomplete="off" .value=${live(this.reference)} @input=${event => this.typeBeside('reference', event.target.value)}></div>`;
    if (!card) return reference;
    return html`<div class="card-fields">${reference}
        <div><label class="form-label" for="last-four">${t('pay.last4')}</label>
          <input id="last-four" class="form-control mono" data-test="last-four" type="text" inputmode="numeric" maxlength="4" autocomplete="off" .value=${live(this.lastFour)} @input=${event => this.typeBeside('lastFour', event.target.value)}></div>
        <div><label class="form-label" for="months">${t('pay.months')}</label>
          <select id="months" class="form-select" data-test="months" .value=${live(String(this.months))} @change=${event => (this.months = Number(event.target.value))}>
            <option value="0">${t('pay.months.none')}</option>${this.kind === 'CREDIT_CARD' ? MONTHS.map(months => html`<option value=${months}>${t('pay.months.of', months)}</option>`) : nothing}
          </select></div>
      </div>${this.there ? html`<p class="quiet">${t('pay.terminal.hint')}</p>` : nothing}`;
  }

  verb(preview) {
    if (preview?.refund) return t('pay.refund');
    if (!preview || preview.settled) return t('pay.close');
    if (!this.typed.trim()) return this.kind === 'CASH' ? t('pay.close.exact') : t(VERBS[this.kind] ?? 'pay.close.kind', t('tender.' + this.kind));
    return t('pay.more');
  }

  /** As it was typed: the server gives the sums, a row repeats what the clerk entered. */
  shown({ kind, given }) {
    const digits = String(given).padStart(3, '0');
    const amount = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',') + '.' + digits.slice(-2);
    return kind === 'CASH_USD' ? amount + ' USD' : '$' + amount;
  }
}
customElements.define('pay-panel', PayPanel);
