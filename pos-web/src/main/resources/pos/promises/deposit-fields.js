import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { centavos } from '../shell/amounts.js';
import { refusedField } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';

const KINDS = ['CASH', 'CREDIT_CARD', 'DEBIT_CARD', 'TRANSFER', 'CHEQUE', 'CASH_USD', 'STORE_CREDIT'];
/** Without a reference. */
const BILLS = new Set(['CASH', 'CASH_USD']);
const FIELDS = { 'account-reference': 'reference', 'promise-amount': 'amount', 'promise-over': 'amount', 'promise-first': 'amount', 'rate-unknown': 'amount', 'rate-too-old': 'amount', 'credit-short': 'amount', 'credit-mistyped': 'reference', 'credit-unknown': 'reference', 'credit-false': 'reference', 'credit-spent': 'reference' };

/** As in a cut of the till, but for what stands there as two lines or as a balance. */
export const tenderName = kind => t(kind === 'CASH_USD' || kind === 'STORE_CREDIT' ? `tender.${kind}` : `cash.tender.${kind}.MXN`);

/** How a deposit is paid, and how much; one act for what was typed last. Lives in a piece that shows it. */
export class DepositFields {
  #host;

  constructor(host) {
    this.#host = host;
    this.reset();
  }

  reset() {
    this.kind = 'CASH';
    this.amount = '';
    this.reference = '';
    this.act = uuid7();
    this.wrong = undefined;
    this.#host.requestUpdate();
  }

  set(field, value) {
    this[field] = value;
    this.act = uuid7();
    this.wrong = undefined;
    this.#host.requestUpdate();
  }

  get empty() {
    return !this.amount.trim();
  }

  /** What the call carries; undefined, with the field named, where the amount is none. */
  get given() {
    const amount = centavos(this.amount);
    if (amount === undefined || this.empty) {
      this.fault('amount', t('pay.amount.wrong'));
      return undefined;
    }
    return { act: this.act, kind: this.kind, amount, reference: BILLS.has(this.kind) ? '' : this.reference };
  }

  /** @returns whether the refusal is of one of these fields */
  take(problem) {
    const field = FIELDS[problem.code] ?? ['amount', 'reference'].find(name => name === refusedField(problem));
    if (field) this.fault(field, problem.detail);
    return Boolean(field);
  }

  fault(field, text) {
    this.wrong = { field, text };
    this.#host.requestUpdate();
    this.#host.updateComplete.then(() => focusIfKeys(this.#host.querySelector('#deposit-' + field)));
  }

  problem(field) {
    return this.wrong?.field === field ? html`<p class="field-problem" id="deposit-wrong" role="alert" data-test="deposit-wrong">${this.wrong.text}</p>` : nothing;
  }

  /** @param dollar pesos of one; nothing where none is taken */
  render(label, dollar) {
    const slip = this.kind === 'STORE_CREDIT';
    return html`<div class="pair">
        <div>
          <label class="form-label" for="deposit-kind">${t('account.pay.how')}</label>
          <select id="deposit-kind" class="form-select" data-test="deposit-kind" @change=${event => this.set('kind', event.target.value)}>
            ${KINDS.map(kind => html`<option value=${kind} ?selected=${kind === this.kind}>${tenderName(kind)}</option>`)}
          </select>
        </div>
        <div>
          <label class="form-label" for="deposit-amount">${label}</label>
          <input id="deposit-amount" class="form-control num" data-test="deposit-amount" type="text" inputmode="decimal" autocomplete="off"
            aria-invalid=${this.wrong?.field === 'amount'} aria-describedby=${this.wrong?.field === 'amount' ? 'deposit-wrong' : nothing} .value=${live(this.amount)} @input=${event => this.set('amount', event.target.value)}>
          ${this.kind === 'CASH_USD' && dollar ? html`<p class="quiet" data-test="deposit-rate">${t('promise.dollars', dollar)}</p>` : nothing}
          ${this.problem('amount')}
        </div>
      </div>
      ${BILLS.has(this.kind)
        ? nothing
        : html`<div>
            <label class="form-label" for="deposit-reference">${t(slip ? 'pay.credit.code' : 'account.pay.reference')}</label>
            <input id="deposit-reference" class="form-control mono" data-test="deposit-reference" type="text" maxlength=${slip ? 400 : 60} autocomplete="off"
              aria-invalid=${this.wrong?.field === 'reference'} aria-describedby=${this.wrong?.field === 'reference' ? 'deposit-wrong' : nothing} .value=${live(this.reference)} @input=${event => this.set('reference', event.target.value)}>
            ${this.problem('reference')}
          </div>`}`;
  }
}
