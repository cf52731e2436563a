import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { uuid7 } from 'shared/ids.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { day, hour } from '../shell/time.js';
import { Approval } from './approval-fields.js';
import { MisfitFields } from '../returns/misfit-fields.js';

/** What a supervisor can let go, with a reason. */
const OVERRIDABLE = ['return-not-allowed', 'return-too-late', 'return-uninspected'];
/** Refusals of what was typed in a line. */
const OF_QUANTITY = new Set(['quantity-not-positive', 'quantity-too-large', 'quantity-whole', 'return-exceeds']);
/** More than nothing. */
const QUANTITY = /^(?=.*[1-9])\d{1,6}([.,]\d{1,3})?$/;
const REASONS = ['DID_NOT_FIT', 'WRONG_PART', 'DEFECTIVE', 'NOT_NEEDED'];

/** F8: the ticket that a customer brings back, by its codes, folio or invoice code; and what of it comes back. */
class ReturnDialog extends Over {
  static properties = { ...Over.properties, code: { state: true }, found: { state: true }, taken: { state: true }, reason: { state: true }, scanned: { state: true }, inspected: { state: true }, override: { state: true }, asksWhy: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.approval = new Approval(this);
    this.misfit = new MisfitFields(this);
    this.closed();
  }

  closed() {
    this.code = '';
    this.found = undefined;
    this.taken = {};
    this.acts = {};
    this.reason = undefined;
    this.scanned = [];
    this.inspected = false;
    this.override = '';
    this.asksWhy = false;
    this.wrong = undefined;
    this.busy = false;
    this.approval.reset();
    this.misfit.reset();
  }

  async find(event) {
    event.preventDefault();
    const code = this.code.trim();
    if (this.busy) return;
    if (!code) return this.fault('#return-code', t('return.code.missing'));
    this.busy = true;
    this.wrong = undefined;
    try {
      this.found = await till.read(() => server.returnable([...this.scanned, code]));
      this.scanned = [];
      this.misfit.reset();
      this.taken = {};
      this.acts = {};
      await this.updateComplete;
      focusIfKeys(this.querySelector('.back-quantity:not(:disabled)'));
    } catch (problem) {
      this.found = undefined;
      this.wrong = problem.unreachable ? t('away.empty') : problem.detail;
      // A ticket of several codes: this one is kept, the next is scanned into the same field.
      this.scanned = problem.code === 'proof-more' ? [...this.scanned, code] : problem.unreachable ? this.scanned : [];
      if (problem.code === 'proof-more') this.code = '';
      await this.updateComplete;
      this.fault('#return-code', this.wrong);
    } finally {
      this.busy = false;
    }
  }

  get rows() {
    return (this.found?.lines ?? []).map(({ line, left, policy, late }) => ({ line: this.found.sale.lines.find(sold => sold.id === line), left, policy, late }));
  }

  take(line, text) {
    this.taken = { ...this.taken, [line]: text };
    this.acts[line] = uuid7();
    this.wrong = undefined;
  }

  /** One press takes all that is left of a line; another takes it off again. */
  toggle(row) {
    this.take(row.line.id, this.taken[row.line.id] ? '' : row.left.text);
  }

  /** All that is left of the kit that the row is a piece of, with the deposits of its pieces, each the row after its piece. */
  takeKit(kit) {
    this.rows.forEach((row, at, rows) => {
      const piece = row.line.kind === 'CORE_DEPOSIT' ? rows[at - 1] : row;
      if (piece?.line.kit?.id === kit.id && row.left.value > 0) this.take(row.line.id, row.left.text);
    });
  }

  get chosen() {
    // The field shows 0 where nothing comes back: who types it means the same.
    return this.rows.filter(row => !/^0*([.,]0*)?$/.test((this.taken[row.line.id] ?? '').trim()));
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const chosen = this.chosen;
    if (chosen.length === 0) {
      this.wrong = t('return.choose');
      return;
    }
    const odd = chosen.find(row => !QUANTITY.test(this.taken[row.line.id].trim()));
    if (odd) return this.fault(`[data-line="${odd.line.id}"]`, t('return.quantity.wrong'));
    if (!this.reason && chosen.some(row => row.line.kind === 'PART')) {
      this.wrong = t('return.reason.missing');
      focusIfKeys(this.querySelector('[name=return-reason]'));
      return;
    }
    if (this.didNotFit && this.misfit.wrong) {
      return this.fault(this.misfit.wrongAt, this.misfit.wrong);
    }
    this.busy = true;
    this.wrong = undefined;
    let refused;
    let at;
    const close = this.closer();
    for (const row of chosen) {
      at = row.line.id;
      const back = {
        act: this.acts[row.line.id],
        sale: this.found.sale.id,
        line: row.line.id,
        quantity: Number(this.taken[row.line.id].trim().replace(',', '.')),
        reason: this.reason ?? 'NOT_NEEDED',
        vehicle: this.didNotFit ? this.misfit.given : undefined,
        inspected: this.inspected,
        override: this.override.trim() || undefined,
        approval: this.approval.given,
      };
      await till.bringBack(back, problem => {
        refused = problem;
        this.busy = false;
        return true;
      });
      if (refused) break;
    }
    this.busy = false;
    if (!refused) return close();
    this.wrong = refused.detail || t('problem.unknown');
    if (OVERRIDABLE.includes(refused.code)) {
      this.asksWhy = true;
      await this.updateComplete;
      focusIfKeys(this.querySelector('#return-override'));
    }
    if (OF_QUANTITY.has(refused.code)) this.fault(`[data-line="${at}"]`, this.wrong);
    await this.approval.take(refused);
  }

  get didNotFit() {
    return this.reason === 'DID_NOT_FIT' && this.chosen.some(row => row.line.kind === 'PART');
  }

  get inspects() {
    return this.chosen.some(row => row.policy?.inspect);
  }

  get keeps() {
    return this.chosen.some(row => row.policy && Number(row.policy.fee) > 0);
  }

  render() {
    return this.frame('return-dialog', t('return.title'), () => html`
      <form @submit=${event => this.find(event)}>
        <label class="form-label" for="return-code">${t('return.code')}</label>
        <div class="with-button">
          <input id="return-code" class="form-control mono" data-test="return-code" autofocus type="text" maxlength="2000" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="C1-000123" .value=${live(this.code)} @input=${event => { this.code = event.target.value; this.wrong = undefined; }}>
          <button type="submit" class="btn btn-plain" data-test="return-find">${icon('search')} ${t('return.find')}</button>
        </div>
      </form>
      ${this.found ? this.lines() : html`<p class="field-problem follows" role="alert" data-test="return-wrong">${this.wrong ?? ''}</p>${this.wrong ? nothing : html`<div class="empty">${icon('qr-code-scan')}<p>${t('return.hint')}</p></div>`}
        <button type="button" class="btn btn-plain" data-test="return-unproven" @click=${() => { this.close(); void document.querySelector('unproven-dialog').show(); }}>${icon('ticket-perforated')} ${t('unproven.open')}</button>`}`, 'wide');
  }

  lines() {
    const sale = this.found.sale;
    return html`<form class="stack" @submit=${event => this.submit(event)}>
      <p class="quiet" data-test="return-sale"><span class="mono">${sale.folio}</span> · ${day(sale.businessDay)}, ${hour(sale.soldAt)} · ${sale.total.text} · ${sale.tenders.map(kind => t('tender.' + kind)).join(', ')}</p>
      ${sale.branch ? html`<p class="note" data-test="return-branch">${icon('shop')}<span>${t('return.branch', sale.branch)}${sale.missing ? ` ${t('return.branch.missing', sale.missing)}` : ''}</span></p>` : nothing}
      <table class="return-lines" data-test="return-lines">
        <thead><tr><th>${t('return.line')}</th><th class="num">${t('return.sold')}</th><th class="num">${t('return.left')}</th><th class="num">${t('return.paid')}</th><th>${t('return.back')}</th></tr></thead>
        <tbody>
          ${this.rows.map((row, i, rows) => html`<tr class=${row.left.value > 0 ? '' : 'quiet'} data-test="return-line" data-number=${row.line.partNumber} data-kind=${row.line.kind}>
            <td>${row.line.kind === 'CORE_DEPOSIT' ? html`${t('return.core')} ` : nothing}<span class="mono">${row.line.lineCode} ${row.line.partNumber}</span> <span class="quiet">${row.line.name}</span>
              ${row.line.kit ? html`<div class="quiet">${t('kit.of', row.line.kit.partNumber)} ${rows.findIndex(one => one.line.kit?.id === row.line.kit.id) === i
                ? html`<button type="button" class="btn btn-plain" data-test="return-kit" @click=${() => this.takeKit(row.line.kit)}>${icon('boxes')} ${t('kit.back.all')}</button>` : nothing}</div>` : nothing}
              ${row.policy ? html`<div class="${row.late || !row.policy.returnable ? 'attention' : 'quiet'}" data-test="return-policy">${row.policy.text}${row.late ? html` · ${t('return.late')}` : nothing}</div>` : nothing}</td>
            <td class="num">${row.line.quantity.text}</td><td class="num">${row.left.text}</td><td class="num">${row.line.total.text}</td>
            <td class="back-cell">
              <input class="form-control num back-quantity" data-test="return-quantity" data-line=${row.line.id} type="text" inputmode="decimal" autocomplete="off" aria-label=${t('return.back.of', row.line.partNumber)} placeholder="0"
                ?disabled=${row.left.value <= 0} .value=${live(this.taken[row.line.id] ?? '')} @input=${event => this.take(row.line.id, event.target.value)}>
              <button type="button" class="btn btn-plain" data-test="return-all" tabindex="-1" ?disabled=${row.left.value <= 0} @click=${() => this.toggle(row)}>${this.taken[row.line.id] ? t('return.nothing') : t('return.all')}</button>
            </td>
          </tr>`)}
        </tbody>
      </table>
      <fieldset class="reasons"><legend>${t('return.reason')}</legend>
        ${REASONS.map(reason => html`<label class="reason ${this.reason === reason ? 'on' : ''}"><input type="radio" name="return-reason" value=${reason} data-test="return-reason-${reason}" .checked=${this.reason === reason} @change=${() => (this.reason = reason)}> ${t('return.reason.' + reason)}</label>`)}
      </fieldset>
      ${this.misfit.render(this.didNotFit)}
      ${this.inspects ? html`<label class="reason"><input type="checkbox" data-test="return-inspected" .checked=${live(this.inspected)} @change=${event => { this.inspected = event.target.checked; }}> ${t('return.inspected')}</label>` : nothing}
      ${this.asksWhy || this.keeps
        ? html`<label class="form-label" for="return-override">${t('return.override')}</label>
            <input id="return-override" class="form-control" data-test="return-override" type="text" maxlength="120" autocomplete="off" .value=${live(this.override)} @input=${event => { this.override = event.target.value; }}>`
        : nothing}
      ${this.approval.render()}
      <div class="over-foot stays"><span class="hints"><span class="quiet">${this.wrong ? '' : t('return.foot')}</span><span class="field-problem follows" role="alert" data-test="return-wrong">${this.wrong ?? ''}</span></span><button type="submit" class="btn btn-main" data-test="return-apply" ?disabled=${this.busy}>${t('return.apply')} <kbd>Enter</kbd></button></div>
    </form>`;
  }
}
customElements.define('return-dialog', ReturnDialog);
