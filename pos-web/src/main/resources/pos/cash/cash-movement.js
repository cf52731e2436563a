import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';

const BLANK = { amount: '', currency: 'MXN', reference: '', note: '', manager: '', pin: '' };

/** Cash in, cash out, a drop to the safe. Above the limit a manager types their PIN here. */
class CashMovement extends Over {
  static properties = { ...Over.properties, kind: { state: true }, drawer: { state: true }, reason: { state: true }, typed: { state: true }, problem: { state: true }, approval: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.typed = { ...BLANK };
  }

  async start(kind, session) {
    this.kind = kind;
    this.session = session;
    this.typed = { ...BLANK };
    this.problem = undefined;
    this.approval = false;
    this.drawer = undefined;
    this.reason = undefined;
    // One movement, however often it is sent.
    this.act = uuid7();
    this.loading = this.load();
    await this.show();
    await this.loading;
    await this.updateComplete;
    // Whoever types already goes on where they are.
    if (!this.contains(document.activeElement) || !document.activeElement.matches('input'))
      focusIfKeys(this.querySelector(this.reasons.length > 1 ? '.chip-radio input:checked' : '#move-amount'));
  }

  async load() {
    try {
      this.drawer = await till.read(() => server.drawer(this.session));
      this.reason = this.reasons[0]?.name;
    } catch (problem) {
      this.problem = problem;
    }
  }

  get reasons() {
    return this.drawer?.reasons.filter(reason => reason.kind === this.kind) ?? [];
  }

  get rule() {
    return this.reasons.find(reason => reason.name === this.reason);
  }

  set(field, value) {
    this.typed = { ...this.typed, [field]: value };
    // What was refused and changed is another movement.
    if (this.problem && !this.problem.unreachable && field !== 'pin' && field !== 'manager') this.act = uuid7();
    this.problem = undefined;
  }

  wrong(field) {
    if (!this.problem) return undefined;
    const code = { 'cash-reference-missing': 'reference', 'cash-note-missing': 'note', 'cash-over-limit': 'manager', 'cash-approver-wrong': 'manager', 'sign-in-failed': 'pin', 'sign-in-locked': 'pin' }[this.problem.code];
    return this.problem.field?.(field) ?? (code === field ? this.problem.detail : undefined);
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    await this.loading;
    this.problem = undefined;
    try {
      const done = await server.moveCash(this.session, { act: this.act, reason: this.reason, ...this.typed });
      till.say(t('cash.move.done', t('cash.move.' + this.kind), done.amount.text), 'good');
      this.close();
    } catch (problem) {
      this.problem = problem;
      if (problem.code === 'cash-over-limit') this.approval = true;
      await this.updateComplete;
      focusIfKeys(this.querySelector('[aria-invalid="true"]'));
    } finally {
      this.busy = false;
      this.typed = { ...this.typed, pin: '' };
    }
  }

  field(name, label, { type = 'text', mode = 'text', extra = '', hint } = {}) {
    const wrong = this.wrong(name);
    return html`<div>
      <label class="form-label" for="move-${name}">${label}</label>
      <input id="move-${name}" class="form-control ${extra}" data-test="move-${name}" type=${type} inputmode=${mode} autocomplete="off" spellcheck="false" maxlength="120" aria-invalid=${Boolean(wrong)} aria-describedby="move-${name}-wrong"
        .value=${this.typed[name]} @input=${event => this.set(name, event.target.value)}>
      ${hint ? html`<p class="form-hint">${hint}</p>` : nothing}
      <p class="field-problem" role="alert" id="move-${name}-wrong" data-test="move-${name}-wrong">${wrong ?? ''}</p>
    </div>`;
  }

  render() {
    const kind = this.kind ?? 'PAID_IN';
    const fields = ['amount', 'reference', 'note', 'manager', 'pin'];
    const elsewhere = this.problem && !fields.some(field => this.wrong(field));
    const limit = this.drawer?.limits.find(amount => amount.currency === this.typed.currency);
    const optional = text => html`${text} <span class="quiet">${t('cash.move.optional')}</span>`;
    return this.frame('cash-movement', t('cash.move.' + kind), () => html`<form class="move" @submit=${event => this.submit(event)} novalidate>
      ${this.reasons.length > 1
        ? html`<fieldset><legend class="form-label">${t('cash.move.reason')}</legend>
            <div class="chips-radio">${this.reasons.map(reason => html`<label class="chip-radio ${reason.name === this.reason ? 'on' : ''}">
              <input type="radio" name="move-reason" data-test="move-reason-${reason.name}" .checked=${reason.name === this.reason} @change=${() => { this.reason = reason.name; this.problem = undefined; this.act = uuid7(); }}>
              ${t('cash.reason.' + reason.name)}</label>`)}</div></fieldset>`
        : nothing}
      <div class="amount-row">
        ${this.field('amount', t('cash.move.amount'), { mode: 'decimal', extra: 'num large', hint: kind === 'DROP' || !limit ? undefined : t('cash.move.limit', limit.text) })}
        <div><label class="form-label" for="move-currency">${t('cash.move.currency')}</label>
          <select id="move-currency" class="form-select" data-test="move-currency" .value=${this.typed.currency} @change=${event => this.set('currency', event.target.value)}>
            <option value="MXN" ?selected=${this.typed.currency === 'MXN'}>${t('cash.currency.MXN')}</option><option value="USD" ?selected=${this.typed.currency === 'USD'}>${t('cash.currency.USD')}</option>
          </select></div>
      </div>
      <div class="pair">${this.field('reference', this.rule?.needsReference ? t('cash.move.reference') : optional(t(kind === 'DROP' ? 'cash.move.reference.bag' : 'cash.move.reference')), { extra: 'mono' })}
      ${this.field('note', this.rule?.needsNote ? t('cash.move.note') : optional(t('cash.move.note')))}</div>
      ${this.approval
        ? html`<fieldset class="approval"><legend class="form-label">${icon('shield-lock')} ${t('cash.move.approval')}</legend>
            <div class="pair">${this.field('manager', t('cash.move.manager'))}${this.field('pin', t('cash.move.pin'), { type: 'password', mode: 'numeric', extra: 'mono' })}</div></fieldset>`
        : nothing}
      ${elsewhere ? html`<div class="note stop" role="alert" data-test="move-problem">${icon('exclamation-octagon')}<span>${this.problem.unreachable ? t('away.empty') : this.problem.detail}</span></div>` : nothing}
      <div class="stays"><button type="submit" class="btn btn-main wide" data-test="move-save" ?disabled=${this.busy}>${t('cash.move.save')} <kbd>Enter</kbd></button></div>
    </form>`, 'moving');
  }
}
customElements.define('cash-movement', CashMovement);
