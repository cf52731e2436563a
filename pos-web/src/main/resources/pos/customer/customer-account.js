import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { centavos } from '../shell/amounts.js';
import { refusedField } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { day, moment } from '../shell/time.js';

const KINDS = ['CASH', 'CREDIT_CARD', 'DEBIT_CARD', 'TRANSFER', 'CHEQUE'];
const AGES = ['notDue', 'upTo30', 'upTo60', 'upTo90', 'above90'];

/** What a customer owes: open tickets, payments, ageing. Takes payments and prints the statement. */
class CustomerAccount extends Piece {
  static properties = { customer: { attribute: false }, account: { state: true }, chosen: { state: true }, kind: { state: true }, amount: { state: true }, reference: { state: true }, wrong: { state: true }, said: { state: true }, bouncing: { state: true }, fee: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.blank();
    void this.load();
  }

  blank() {
    this.chosen = [];
    this.kind = 'CASH';
    this.amount = '';
    this.reference = '';
    this.fee = '';
    this.bouncing = undefined;
    this.wrong = undefined;
    this.act = uuid7();
  }

  async load() {
    try {
      this.account = await till.read(() => server.account(this.customer));
      await this.updateComplete;
      focusIfKeys(this.querySelector('#account-amount') ?? this.querySelector('[data-test=account-back]'));
    } catch (problem) {
      this.wrong = { text: problem.unreachable ? t('away.empty') : problem.detail };
    }
  }

  set(field, value) {
    this[field] = value;
    this.act = uuid7();
    this.wrong = undefined;
  }

  choose(id) {
    this.set('chosen', this.chosen.includes(id) ? this.chosen.filter(one => one !== id) : [...this.chosen, id]);
  }

  async pay(event) {
    event.preventDefault();
    if (this.busy) return;
    const amount = centavos(this.amount);
    if (amount === undefined || !this.amount.trim()) return this.fault('amount', t('pay.amount.wrong'));
    this.busy = true;
    try {
      // What is sent again after silence is what was sent, whatever is typed meanwhile.
      const paying = { act: this.act, register: till.register.id, kind: this.kind, amount, reference: this.reference, tickets: this.chosen };
      const receipt = await till.ask(() => server.payAccount(this.customer, paying));
      this.account = receipt.account;
      this.said = t('account.paid', receipt.number, receipt.amount.text, receipt.after.text);
      this.blank();
    } catch (problem) {
      this.fault({ 'account-reference': 'reference', 'account-amount': 'amount', 'account-over': 'amount' }[problem.code] ?? ['amount', 'reference'].find(name => name === refusedField(problem)), problem.detail || t('problem.unknown'));
    } finally {
      this.busy = false;
    }
  }

  fault(field, text) {
    this.wrong = { field, text };
    if (field) this.updateComplete.then(() => focusIfKeys(this.querySelector('#account-' + field)));
  }

  async print() {
    try {
      this.account = await till.ask(() => server.printStatement(this.customer, till.register.id));
      this.said = t('account.statement.done');
    } catch (problem) {
      this.fault(undefined, problem.detail);
    }
  }

  async bounce(event) {
    event.preventDefault();
    const fee = this.fee.trim() ? centavos(this.fee) : 0;
    if (fee === undefined) return this.fault('fee', t('pay.amount.wrong'));
    try {
      const { bouncing, act } = this;
      this.account = await till.ask(() => server.bounce(bouncing, { act, fee }));
      this.said = t('account.kind.BOUNCED');
      this.blank();
    } catch (problem) {
      this.fault(problem.code === 'account-fee' ? 'fee' : undefined, problem.detail || t('problem.unknown'));
    }
  }

  problem(field) {
    return this.wrong && this.wrong.field === field ? html`<p class="field-problem" id="account-wrong" role="alert" data-test="account-wrong">${this.wrong.text}</p>` : nothing;
  }

  render() {
    const one = this.account;
    return html`<div class="stack" data-test="customer-account">
      <header class="with-button account-head">
        <button type="button" class="link" data-test="account-back" @click=${() => this.dispatchEvent(new Event('back'))}>${icon('arrow-left')} ${t('customer.back')}</button>
        ${one ? html`<button type="button" class="btn btn-plain" data-test="account-statement" @click=${() => this.print()}>${icon('printer')} ${t('account.statement')}</button>` : nothing}
      </header>
      ${this.problem(undefined)}
      ${one ? this.figures(one) : nothing}
    </div>`;
  }

  figures(one) {
    return html`
      <h3>${one.name}</h3>
      ${this.said ? html`<div class="note good" role="status" data-test="account-said">${icon('check-circle')}<span>${this.said}</span></div>` : nothing}
      <dl class="figures">
        <div class="strong"><dt>${t('account.balance')}</dt><dd class="num" data-test="account-balance" data-minor=${one.balance.minor}>${one.balance.text}</dd></div>
        ${one.line
          ? html`<div><dt>${t('account.line')} ${t('account.days', one.line.days)}</dt><dd class="num">${one.line.limit.text}</dd></div>
              <div><dt>${one.line.held ? html`<span class="stop">${icon('slash-circle')} ${t('account.held')}</span>` : t('account.left')}</dt><dd class="num" data-test="account-left">${one.left.text}</dd></div>`
          : nothing}
        ${AGES.filter(age => one.ageing[age].minor).map(age => html`<div data-test="ageing-${age}"><dt>${t('account.' + age)}</dt><dd class="num">${one.ageing[age].text}</dd></div>`)}
        ${one.ageing.inFavour ? html`<div><dt>${t('account.inFavour')}</dt><dd class="num">${one.ageing.inFavour.text}</dd></div>` : nothing}
      </dl>
      ${one.line ? nothing : html`<p class="quiet">${t('account.noline')}</p>`}
      ${one.elsewhere ? html`<p class="quiet" data-test="account-elsewhere">${t('account.elsewhere', one.elsewhere.text, one.asOf ? moment(one.asOf) : '—')}</p>` : nothing}
      <h4>${t('account.open')}</h4>
      ${one.open.length ? this.open(one.open) : html`<p class="quiet" data-test="account-open-none">${t('account.open.none')}</p>`}
      ${one.open.length && till.may('cash.run') ? this.form(one) : nothing}
      ${one.entries.length ? this.entries(one.entries) : nothing}`;
  }

  open(rows) {
    return html`<ul class="plain" data-test="account-open">${rows.map(row => html`<li class="pair-line" data-test="account-ticket">
      <label class="check"><input type="checkbox" .checked=${live(this.chosen.includes(row.id))} @change=${() => this.choose(row.id)}>
        <span class="mono">${row.folio}</span> <span class="quiet">${row.store}</span>
        <span class=${row.overdue ? 'stop' : 'quiet'}>${t(row.overdue ? 'account.overdue' : 'account.due', day(row.dueOn))}</span></label>
      <span class="num">${row.left.text}</span>
    </li>`)}</ul>`;
  }

  form() {
    return html`<form class="stack" data-test="account-pay" @submit=${event => this.pay(event)}>
      <h4>${t('account.pay.title')}</h4>
      <div class="pair">
        <div>
          <label class="form-label" for="account-kind">${t('account.pay.how')}</label>
          <select id="account-kind" class="form-select" data-test="account-kind" @change=${event => this.set('kind', event.target.value)}>
            ${KINDS.map(kind => html`<option value=${kind} ?selected=${kind === this.kind}>${t('cash.tender.' + kind + '.MXN')}</option>`)}
          </select>
        </div>
        <div>
          <label class="form-label" for="account-amount">${t('account.pay.amount')}</label>
          <input id="account-amount" class="form-control num" data-test="account-amount" type="text" inputmode="decimal" autocomplete="off"
            aria-invalid=${this.wrong?.field === 'amount'} aria-describedby=${this.wrong?.field === 'amount' ? 'account-wrong' : nothing} .value=${live(this.amount)} @input=${event => this.set('amount', event.target.value)}>
          ${this.problem('amount')}
        </div>
      </div>
      ${this.kind === 'CASH'
        ? nothing
        : html`<div>
            <label class="form-label" for="account-reference">${t('account.pay.reference')}</label>
            <input id="account-reference" class="form-control mono" data-test="account-reference" type="text" maxlength="60" autocomplete="off"
              aria-invalid=${this.wrong?.field === 'reference'} aria-describedby=${this.wrong?.field === 'reference' ? 'account-wrong' : nothing} .value=${live(this.reference)} @input=${event => this.set('reference', event.target.value)}>
            ${this.problem('reference')}
          </div>`}
      <div class="over-foot"><span class="quiet">${t('account.pay.hint')}</span><button type="submit" class="btn btn-main" data-test="account-pay-do" ?disabled=${this.busy}>${t('account.pay')} <kbd>Enter</kbd></button></div>
    </form>`;
  }

  entries(rows) {
    return html`<h4>${t('account.entries')}</h4>
      <ul class="plain" data-test="account-entries">${rows.map(row => html`<li class="pair-line" data-test="account-entry" data-kind=${row.kind}>
        <span><span class="quiet">${moment(row.at)}</span> ${t('account.kind.' + row.kind)} <span class="mono">${row.reference}</span>
          ${row.bounced ? html`<span class="attention">${t('account.bounced')}</span>` : nothing}
          ${row.bounces && till.may('cash.reopen') ? html`<button type="button" class="link" data-test="account-bounce" @click=${() => this.set('bouncing', row.id)}>${t('account.bounce')}</button>` : nothing}</span>
        <span class="num">${row.amount.text}</span>
        ${this.bouncing === row.id ? this.bounceForm() : nothing}
      </li>`)}</ul>`;
  }

  bounceForm() {
    return html`<form class="bounce" @submit=${event => this.bounce(event)}>
      <label class="form-label" for="account-fee">${t('account.bounce.fee')}</label>
      <input id="account-fee" class="form-control num" data-test="account-fee" type="text" inputmode="decimal" autocomplete="off" aria-invalid=${this.wrong?.field === 'fee'} .value=${live(this.fee)} @input=${event => this.set('fee', event.target.value)}>
      <button type="submit" class="btn btn-plain" data-test="account-bounce-do">${t('account.bounce.do')}</button>
      ${this.problem('fee')}
    </form>`;
  }
}
customElements.define('customer-account', CustomerAccount);
