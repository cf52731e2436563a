import { live } from 'lit/directives/live.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Follows, till } from '../shell/till.js';
import { server } from '../shell/server.js';
import { centavos } from '../shell/amounts.js';
import { focusIfKeys } from '../shell/keys.js';
import { Approval } from '../sale/approval-fields.js';

const KINDS = [
  ['CASH', 'E', 'cash'],
  ['CREDIT_CARD', 'C', 'credit-card'],
  ['DEBIT_CARD', 'D', 'credit-card-2-front'],
  ['TRANSFER', 'T', 'bank'],
  ['CHEQUE', 'Q', 'journal-check'],
  ['ON_ACCOUNT', 'A', 'person-lines-fill'],
];
const DEBOUNCE = 40;

/** F10: what is due, what the customer gives, what goes back. Every sum is the server's. */
class PayPanel extends Piece {
  static properties = { kind: { state: true }, typed: { state: true }, reference: { state: true }, preview: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.approval = new Approval(this);
    this.kind = 'CASH';
    this.typed = '';
    this.reference = '';
    this.turn = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.look();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
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
  }

  /** On account only to somebody. */
  get kinds() {
    return till.ticket?.buyer ? KINDS : KINDS.filter(([kind]) => kind !== 'ON_ACCOUNT');
  }

  get field() {
    return this.querySelector('#given');
  }

  /** What is being typed counts as offered, so that its change shows before Enter. Nothing typed means: exactly what is missing. */
  get offers() {
    const minor = centavos(this.typed);
    return this.typed.trim() && minor !== undefined ? [...till.offers, { kind: this.kind, given: minor, reference: this.reference }] : till.offers;
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
        if (turn === this.turn && problem.name !== 'AbortError' && !problem.unreachable) this.wrong = problem.detail;
      }
      if (turn !== this.turn) return;
      this.looked.resolve();
      this.looked = undefined;
    }, delay);
    return this.looked.promise;
  }

  type(text) {
    this.typed = text;
    this.wrong = text.trim() && centavos(text) === undefined ? t('pay.amount.wrong') : undefined;
    if (!this.wrong) void this.look(DEBOUNCE);
  }

  choose(kind) {
    this.kind = kind;
    if (kind === 'CASH' || kind === 'ON_ACCOUNT') this.reference = '';
    this.approval.reset();
    this.wrong = undefined;
    focusIfKeys(this.field);
    void this.look();
  }

  take(offer) {
    till.offers = [...till.offers, offer];
    this.typed = '';
    this.reference = '';
    void this.look();
  }

  drop(index) {
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
    if (till.busy || this.wrong || this.closing) return;
    this.closing = true;
    try {
      await this.settle();
    } finally {
      this.closing = false;
    }
  }

  async settle() {
    const typed = this.typed.trim();
    await this.look();
    const preview = this.preview;
    if (!preview) return;
    let offers = this.offers;
    if (!typed && !preview.settled) {
      // Enter on nothing: exactly what is missing.
      const missing = preview.missing ?? preview.due;
      offers = [...offers, { kind: this.kind, given: missing.minor, reference: this.reference }];
    } else if (!preview.settled) {
      if (preview.problem?.code === 'payment-short' || preview.problem?.code === 'refund-short' || preview.missing) return this.take(offers.at(-1));
      this.wrong = preview.problem?.text;
      return;
    }
    try {
      await till.pay(offers, this.approval.given);
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
      void this.approval.take(problem);
    }
  }

  key(event) {
    if (event.key === 'Enter') {
      if (event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      if (!event.repeat) void this.close();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (till.busy) return;
      if (this.typed) this.type('');
      else till.backToSale();
    } else if (event.target.closest?.('.approval')) {
      return;
    } else if (event.target.id !== 'reference' && event.key.length === 1) {
      const kind = this.kinds.find(([, key]) => key === event.key.toUpperCase());
      if (kind) {
        event.preventDefault();
        this.choose(kind[0]);
      } else if (/[\d.]/.test(event.key) && event.target !== this.field) {
        event.preventDefault();
        this.type(this.typed + event.key);
        focusIfKeys(this.field);
      }
    } else if (event.key === 'Backspace' && event.target !== this.field && event.target.id !== 'reference' && till.offers.length) {
      this.drop(till.offers.length - 1);
    }
  }

  render() {
    const preview = this.preview;
    const due = preview?.due ?? till.ticket?.totals.total;
    return html`<div class="pay-panel" data-test="pay-panel">
      <header>
        <button type="button" class="link back" data-test="pay-back" ?disabled=${till.busy} @click=${() => till.backToSale()}>${icon('arrow-left')} ${t('pay.back')} <kbd>Esc</kbd></button>
      </header>
      <p class="due-label quiet" data-test="due-label">${t(preview?.refund ? 'pay.owed' : 'pay.due')}</p>
      <p class="due num" data-test="due" data-minor=${due?.minor}>${due?.text}</p>

      <div class="tenders" data-test="tenders">
        ${till.offers.map((offer, index) => html`<div class="tender" data-test="tender">
          ${icon(KINDS.find(([kind]) => kind === offer.kind)[2])}<span>${t('tender.' + offer.kind)}</span>
          <span class="quiet mono">${offer.reference}</span><span class="num">${this.shown(offer.given)}</span>
          <button type="button" class="close" aria-label=${t('pay.drop')} data-test="tender-drop" @click=${() => this.drop(index)}>${icon('x-lg')}</button>
        </div>`)}
      </div>

      <div class="kinds" role="radiogroup" aria-label=${t('pay.kind')}>
        ${this.kinds.map(([kind, key, symbol]) => html`<button type="button" role="radio" aria-checked=${this.kind === kind} class="kind ${this.kind === kind ? 'on' : ''}" data-test="kind-${kind}" @click=${() => this.choose(kind)}>
          ${icon(symbol)}<span>${t('tender.' + kind)}</span><kbd>${key}</kbd>
        </button>`)}
      </div>

      <div class="given">
        <label class="form-label" for="given">${t(preview?.refund ? 'pay.returned' : this.kind === 'CASH' ? 'pay.given' : 'pay.amount')}</label>
        <input id="given" class="form-control num" data-test="given" type="text" inputmode="decimal" autocomplete="off"
          placeholder=${preview?.missing?.text ?? preview?.due.text ?? ''} aria-invalid=${Boolean(this.wrong)} aria-describedby="pay-wrong"
          .value=${live(this.typed)} ?disabled=${till.busy} @input=${event => this.type(event.target.value)}>
        ${this.kind === 'CASH' || this.kind === 'ON_ACCOUNT'
          ? nothing
          : html`<label class="form-label" for="reference">${t('pay.reference')}</label>
              <input id="reference" class="form-control mono" data-test="reference" type="text" maxlength="60" autocomplete="off" .value=${this.reference} @input=${event => (this.reference = event.target.value)}>`}
      </div>

      <div class="bills" data-test="bills">
        ${this.kind === 'CASH' && !this.typed
          ? (preview?.bills ?? []).map((amount, index) => html`<button type="button" class="btn btn-plain num" data-test="bill" data-minor=${amount.minor} @click=${() => this.bill(amount)}>${index === 0 ? html`<span class="quiet">${t('pay.exact')}</span> ` : nothing}${amount.text}</button>`)
          : nothing}
      </div>

      ${this.approval.render()}
      <p class="field-problem" id="pay-wrong" role="alert" data-test="pay-wrong">${this.wrong ?? ''}</p>

      <div class="outcome" data-test="outcome">
        ${preview?.change
          ? html`<span class="label">${t('pay.change')}</span><strong class="num good" data-test="change" data-minor=${preview.change.minor}>${preview.change.text}</strong>`
          : preview?.missing && (this.typed || till.offers.length)
            ? html`<span class="label">${t('pay.missing')}</span><strong class="num attention" data-test="missing">${preview.missing.text}</strong>`
            : nothing}
      </div>

      <button type="button" class="btn btn-main close-sale" data-test="pay-close" ?disabled=${till.busy} @click=${() => this.close()}>
        ${till.busy ? t(till.reachable ? 'pay.busy' : 'pay.away') : html`${this.verb(preview)} <kbd>Enter</kbd>`}
      </button>
    </div>`;
  }

  verb(preview) {
    if (preview?.refund) return t('pay.refund');
    if (!preview || preview.settled) return t('pay.close');
    if (!this.typed.trim()) return this.kind === 'CASH' ? t('pay.close.exact') : t('pay.close.kind', t('tender.' + this.kind));
    return t('pay.more');
  }

  /** As it was typed: the server gives the sums, a row repeats what the clerk entered. */
  shown(minor) {
    const digits = String(minor).padStart(3, '0');
    return '$' + digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',') + '.' + digits.slice(-2);
  }
}
customElements.define('pay-panel', PayPanel);
