import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { focusIfKeys } from '../shell/keys.js';
import { till } from '../shell/till.js';
import { day, moment } from '../shell/time.js';
import { Approval } from '../sale/approval-fields.js';
import { DepositFields, tenderName } from './deposit-fields.js';
import { promises } from './promise-server.js';
import { stateOf, untilOf } from './promise-words.js';

const BACK = ['CASH', 'TRANSFER', 'CREDIT_CARD', 'DEBIT_CARD', 'STORE_CREDIT'];

/** A quote, layaway or special order: what it is, what was paid for it, and what can be done with it. */
class PromiseSheet extends Piece {
  static properties = { promise: { attribute: false }, one: { state: true }, wrong: { state: true }, said: { state: true }, ending: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.deposit = new DepositFields(this);
    this.approval = new Approval(this);
    this.cancelling = { act: uuid7(), kind: 'CASH', reference: '', reason: '' };
    this.noting = {};
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    try {
      this.one = await till.read(() => promises.one(this.promise));
      await this.updateComplete;
      // While something is left to be paid, that is what people come for.
      focusIfKeys((this.one.row.left.minor > 0 ? this.querySelector('#deposit-amount') : undefined) ?? this.querySelector('[data-test=promise-sell]:not(:disabled)') ?? this.querySelector('[data-test=promise-back]'));
    } catch (problem) {
      this.wrong = problem.unreachable ? t('away.empty') : problem.detail;
    }
  }

  /** @returns whether it was done */
  async act(work, said) {
    if (this.busy) return false;
    this.busy = true;
    this.wrong = undefined;
    this.said = undefined;
    try {
      this.one = await till.ask(work);
      this.said = said;
      return true;
    } catch (problem) {
      if (!this.deposit.take(problem)) this.wrong = problem.detail || t('problem.unknown');
      await this.approval.take(problem);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async pay(event) {
    event.preventDefault();
    const deposit = this.deposit.given;
    if (!deposit) return;
    if (await this.act(() => promises.pay(this.promise, till.register.id, deposit), t('promise.paid'))) this.deposit.reset();
  }

  note(note) {
    const act = (this.noting[note] ??= uuid7());
    void this.act(() => promises.note(this.promise, act, note), t('promise.noted.' + note));
  }

  async cancel(event) {
    event.preventDefault();
    const asked = { ...this.cancelling, register: till.register.id, approval: this.approval.given };
    if (await this.act(() => promises.cancel(this.promise, asked), t('promise.state.CANCELLED'))) {
      this.ending = false;
      this.approval.reset();
    }
  }

  async sell() {
    if (this.busy) return;
    this.busy = true;
    this.wrong = undefined;
    const loaded = await till.promised(() => promises.load(this.promise, till.register.id), problem => {
      this.wrong = problem.detail || t('problem.unknown');
      return true;
    });
    this.busy = false;
    if (!loaded) return;
    const words = [
      loaded.difference ? t('promise.loaded.today', this.one.row.number, loaded.quoted.text, loaded.ticket.totals.total.text, loaded.difference.text) : t(this.one.row.kind === 'QUOTE' && this.one.row.expired ? 'promise.loaded.same' : 'promise.loaded', this.one.row.number),
      ...loaded.left.map(part => t('promise.loaded.left', part)),
    ];
    till.say(words.join(' '), loaded.difference || loaded.left.length ? 'attention' : 'good');
    this.dispatchEvent(new Event('sold'));
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.one.message);
      this.said = t('promise.copied');
    } catch {
      this.querySelector('#promise-message').select();
    }
  }

  render() {
    const one = this.one;
    return html`<div class="stack" data-test="promise-sheet">
      <header class="with-button">
        <button type="button" class="link" data-test="promise-back" @click=${() => this.dispatchEvent(new Event('back'))}>${icon('arrow-left')} ${t('promise.back')}</button>
        ${one ? html`<span class="promise-papers">
          <button type="button" class="btn btn-plain" data-test="promise-print" @click=${() => this.act(() => promises.print(this.promise, till.register.id), t('promise.printed'))}>${icon('printer')} ${t('promise.print')}</button>
          <a class="btn btn-plain" data-test="promise-pdf" href=${`/pos/api/promises/${one.row.id}/file.pdf`} download>${icon('file-earmark-pdf')} PDF</a>
          <button type="button" class="btn btn-plain" data-test="promise-copy" @click=${() => this.copy()}>${icon('clipboard')} ${t('promise.copy')}</button>
          ${one.whatsapp ? html`<a class="btn btn-plain" data-test="promise-whatsapp" href=${one.whatsapp} target="_blank" rel="noopener noreferrer">${icon('whatsapp')} WhatsApp</a>` : nothing}
        </span>` : nothing}
      </header>
      <p class="field-problem follows" role="alert" data-test="promise-wrong">${this.wrong ?? ''}</p>
      ${this.said ? html`<div class="note good" role="status" data-test="promise-said">${icon('check-circle')}<span>${this.said}</span></div>` : nothing}
      ${one ? this.body(one) : nothing}
    </div>`;
  }

  body(one) {
    const held = one.row.kind !== 'QUOTE';
    return html`
      <h3><span class="mono" data-test="promise-number">${one.row.number}</span> ${one.row.customer} <span class="quiet">${one.phone}</span></h3>
      <p class=${one.row.expired ? 'stop' : 'quiet'} data-test="promise-state" data-state=${one.row.state}>${t('promise.kind.' + one.row.kind)} · ${stateOf(one.row)} · ${untilOf(one.row)} · ${one.byName}</p>
      ${one.note ? html`<p>${one.note}</p>` : nothing}
      <dl class="figures">
        <div class="strong"><dt>${t('totals.total')}</dt><dd class="num">${one.row.total.text}</dd></div>
        ${held ? html`<div><dt>${t('promise.deposit')}</dt><dd class="num" data-test="promise-deposit" data-minor=${one.row.deposit.minor}>${one.row.deposit.text}</dd></div>
          <div><dt>${t('promise.left')}</dt><dd class="num" data-test="promise-left" data-minor=${one.row.left.minor}>${one.row.left.text}</dd></div>
          ${one.overdue ? html`<div class="stop"><dt>${t('promise.overdue')}</dt><dd class="num">${one.overdue.text}</dd></div>` : nothing}` : nothing}
      </dl>
      <div class="promise-acts">
        <button type="button" class="btn btn-main" data-test="promise-sell" ?disabled=${!one.canSell || this.busy || till.mode !== 'sale'} @click=${() => this.sell()}>${icon('cart-check')} ${t('promise.sell')}</button>
        ${one.canArrive ? html`<button type="button" class="btn btn-plain" data-test="promise-arrived" @click=${() => this.note('ARRIVED')}>${icon('box-seam')} ${t('promise.arrived')}</button>` : nothing}
        ${one.canTell ? html`<button type="button" class="btn btn-plain" data-test="promise-told" @click=${() => this.note('TOLD')}>${icon('telephone')} ${t('promise.told')}</button>` : nothing}
        ${one.closed || !till.may('cash.run') ? nothing : html`<button type="button" class="btn btn-plain" data-test="promise-cancel" aria-expanded=${Boolean(this.ending)} @click=${() => (this.ending = !this.ending)}>${icon('x-circle')} ${t('promise.cancel')}</button>`}
      </div>
      ${this.ending ? this.endForm(one) : nothing}
      ${one.canPay && !this.ending && till.may('cash.run')
        ? html`<form class="stack" data-test="promise-pay" @submit=${event => this.pay(event)}>
            <h4>${t('promise.pay')}</h4>
            ${this.deposit.render(t('account.pay.amount'), one.dollar)}
            <div class="over-foot"><span></span><button type="submit" class="btn btn-main" data-test="promise-pay-do" ?disabled=${this.busy}>${t('promise.pay.do')} <kbd>Enter</kbd></button></div>
          </form>`
        : nothing}
      <ul class="plain" data-test="promise-lines">${one.lines.map(line => html`<li class="pair-line">
        <span><span class="num">${line.quantity.text}</span> ${line.kind === 'CORE_DEPOSIT' ? t('cores.of', `${line.lineCode} ${line.partNumber}`) : html`<span class="mono">${line.kind === 'MISC' ? '' : `${line.lineCode} ${line.partNumber}`}</span> ${line.name}`}</span>
        <span class="num">${line.total.text}</span></li>`)}</ul>
      ${one.plan.length ? html`<h4>${t('promise.plan')}</h4><ul class="plain">${one.plan.map(row => html`<li class="pair-line"><span class=${row.past && !one.closed ? 'attention' : 'quiet'}>${day(row.on)}</span><span class="num">${row.amount.text}</span></li>`)}</ul>` : nothing}
      ${one.entries.length ? html`<h4>${t('promise.entries')}</h4><ul class="plain" data-test="promise-entries">${one.entries.map(row => html`<li class="pair-line" data-kind=${row.kind}>
        <span><span class="quiet">${moment(row.at)}</span> ${t('promise.entry.' + row.kind)} <span class="mono">${row.reference}</span> <span class="quiet">${row.byName}</span></span><span class="num">${row.amount.text}</span></li>`)}</ul>` : nothing}
      <details><summary>${t('promise.message')}</summary><textarea id="promise-message" class="form-control" rows="6" readonly aria-label=${t('promise.message')} .value=${one.message}></textarea></details>`;
  }

  endForm(one) {
    const change = (field, value) => {
      this.cancelling = { ...this.cancelling, act: uuid7(), [field]: value };
      this.wrong = undefined;
    };
    // What slips paid goes back as a slip, whatever is chosen for the rest.
    const money = one.row.deposit.minor && one.back.returned.minor !== one.back.credit?.minor;
    return html`<form class="stack" data-test="promise-cancel-form" @submit=${event => this.cancel(event)}>
      <p data-test="promise-back-amount">${one.back.kept ? t('promise.cancel.kept', one.back.returned.text, one.back.kept.text) : t('promise.cancel.all', one.back.returned.text)}</p>
      ${one.back.credit ? html`<p data-test="promise-back-credit">${t('promise.cancel.credit', one.back.credit.text)}</p>` : nothing}
      <div class="pair">
        <div><label class="form-label" for="cancel-reason">${t('promise.cancel.reason')}</label>
          <input id="cancel-reason" class="form-control" data-test="cancel-reason" type="text" maxlength="200" autocomplete="off" .value=${live(this.cancelling.reason)} @input=${event => change('reason', event.target.value)}></div>
        ${money ? html`<div><label class="form-label" for="cancel-kind">${t('promise.cancel.how')}</label>
          <select id="cancel-kind" class="form-select" data-test="cancel-kind" @change=${event => { change('kind', event.target.value); this.requestUpdate(); }}>
            ${BACK.map(kind => html`<option value=${kind} ?selected=${kind === this.cancelling.kind}>${tenderName(kind)}</option>`)}</select></div>` : nothing}
      </div>
      ${money && this.cancelling.kind !== 'CASH' && this.cancelling.kind !== 'STORE_CREDIT'
        ? html`<div><label class="form-label" for="cancel-reference">${t('account.pay.reference')}</label>
          <input id="cancel-reference" class="form-control mono" data-test="cancel-reference" type="text" maxlength="60" autocomplete="off" .value=${live(this.cancelling.reference)} @input=${event => change('reference', event.target.value)}></div>`
        : nothing}
      ${this.approval.render()}
      <div class="over-foot"><span></span><button type="submit" class="btn btn-plain stop" data-test="promise-cancel-do" ?disabled=${this.busy}>${t('promise.cancel.do')}</button></div>
    </form>`;
  }
}
customElements.define('promise-sheet', PromiseSheet);
