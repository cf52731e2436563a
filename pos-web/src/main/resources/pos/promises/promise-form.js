import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { mark } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';
import { till } from '../shell/till.js';
import { DepositFields } from './deposit-fields.js';
import { promises } from './promise-server.js';

/** Makes a quote, a layaway or a special order of the ticket in hand. */
class PromiseForm extends Piece {
  static properties = { kind: { attribute: false }, rules: { attribute: false }, due: { state: true }, payments: { state: true }, note: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.deposit = new DepositFields(this);
    this.note = '';
    this.payments = '0';
  }

  connectedCallback() {
    super.connectedCallback();
    this.act = uuid7();
    this.due = later(this.rules.today, { QUOTE: this.rules.quoteDays, LAYAWAY: this.rules.layawayDays, ORDER: 7 }[this.kind]);
    this.updateComplete.then(() => focusIfKeys(this.querySelector(this.kind === 'QUOTE' ? '#promise-dueOn' : '#deposit-amount')));
  }

  set(field, value) {
    this[field] = value;
    this.act = uuid7();
    this.wrong = undefined;
  }

  get needsCustomer() {
    return this.kind !== 'QUOTE' && !till.ticket?.buyer;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.wrong = undefined;
    if (!/^\d*$/.test(this.payments.trim())) {
      this.wrong = t('promise.payments.wrong', this.rules.mostPayments);
      const field = this.querySelector('#promise-payments');
      mark(field);
      focusIfKeys(field);
      return;
    }
    const making = { act: this.act, kind: this.kind, dueOn: this.due || null, payments: Number(this.payments) || 0, note: this.note };
    if (this.kind !== 'QUOTE' && !this.deposit.empty) {
      making.deposit = this.deposit.given;
      if (!making.deposit) return;
    }
    this.busy = true;
    const made = await till.promise(id => promises.make(id, making), problem => {
      if (!this.deposit.take(problem)) this.wrong = problem.detail || t('problem.unknown');
      // Another act for another try: what was refused is not there.
      this.act = uuid7();
      return true;
    });
    this.busy = false;
    if (made) this.dispatchEvent(new CustomEvent('made', { detail: made }));
  }

  render() {
    const ticket = till.ticket;
    const least = { LAYAWAY: this.rules.firstPercent, ORDER: this.rules.orderPercent }[this.kind];
    return html`<form class="stack" data-test="promise-form" novalidate @submit=${event => this.submit(event)}>
      <header class="with-button"><button type="button" class="link" data-test="promise-back" @click=${() => this.dispatchEvent(new Event('back'))}>${icon('arrow-left')} ${t('promise.back')}</button></header>
      <h3>${t('promise.make.' + this.kind)} · <span class="num">${ticket?.totals.total.text ?? ''}</span></h3>
      <p class=${this.needsCustomer ? 'stop' : 'quiet'} data-test="promise-customer">${this.needsCustomer ? t('promise.customer.missing') : (ticket?.buyer?.name ?? t('ticket.public'))}</p>
      <div class="pair">
        <div>
          <label class="form-label" for="promise-dueOn">${t('promise.due.' + this.kind)}</label>
          <input id="promise-dueOn" class="form-control" data-test="promise-due" type="date" min=${this.rules.today} .value=${live(this.due)} @input=${event => this.set('due', event.target.value)}>
        </div>
        ${this.kind === 'LAYAWAY'
          ? html`<div>
              <label class="form-label" for="promise-payments">${t('promise.payments')}</label>
              <input id="promise-payments" class="form-control num" data-test="promise-payments" type="text" inputmode="numeric" maxlength="2" autocomplete="off" .value=${live(this.payments)} @input=${event => this.set('payments', event.target.value)}>
            </div>`
          : nothing}
      </div>
      ${this.kind === 'QUOTE' ? nothing : html`${this.deposit.render(t('promise.first'), this.rules.dollar)}<p class="quiet">${t('promise.first.hint', least)}</p>`}
      <div>
        <label class="form-label" for="promise-note">${t('promise.note')}</label>
        <input id="promise-note" class="form-control" data-test="promise-note" type="text" maxlength="200" autocomplete="off" .value=${live(this.note)} @input=${event => this.set('note', event.target.value)}>
      </div>
      <p class="field-problem follows" role="alert" data-test="promise-wrong">${this.wrong ?? ''}</p>
      <div class="over-foot"><span class="quiet hints">${t('promise.make.hint')}</span><button type="submit" class="btn btn-main" data-test="promise-make-do" ?disabled=${this.busy || this.needsCustomer}>${t('promise.make.do')} <kbd>Enter</kbd></button></div>
    </form>`;
  }
}

/** A day of the calendar so many days later. */
function later(today, days) {
  const date = new Date(today + 'T12:00:00Z');
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

customElements.define('promise-form', PromiseForm);
