import { uuid7 } from 'shared/ids.js';
import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { Follows, till } from '../shell/till.js';
import { server } from '../shell/server.js';
import { Approval } from '../sale/approval-fields.js';

const GIVEN = ['NOW', 'LATER', 'NEVER'];

/** Old pieces: when those of this ticket come, and those that its customer owes. */
class CoresDialog extends Over {
  static properties = { ...Over.properties, bank: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.approval = new Approval(this);
    this.closed();
  }

  closed() {
    this.bank = undefined;
    this.wrong = undefined;
    this.busy = false;
    this.acts = {};
    this.coming = undefined;
    this.approval.reset();
  }

  async show() {
    void this.load();
    await super.show();
  }

  async load() {
    const buyer = till.ticket?.buyer;
    if (!buyer) return;
    try {
      this.bank = await till.read(() => server.coresOwed(buyer.id));
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
    }
  }

  async give(line, given) {
    if (this.busy) return;
    this.busy = true;
    this.wrong = undefined;
    await till.core(line.id, given, problem => this.refused(problem));
    this.busy = false;
  }

  /** All that is left of one line; the ticket then pays its deposit back. */
  async back(owed) {
    if (this.busy) return;
    this.busy = true;
    this.coming = owed;
    this.wrong = undefined;
    const act = (this.acts[owed.line] ??= uuid7());
    await till.bringBack({ act, sale: owed.sale, line: owed.line, quantity: owed.left.value, reason: 'CORE', approval: this.approval.given }, problem => {
      void this.approval.take(problem);
      return this.refused(problem);
    });
    this.busy = false;
  }

  /** A PIN and Enter: what was refused is asked for once more. */
  approved(event) {
    event.preventDefault();
    if (this.coming && this.approval.given) void this.back(this.coming);
  }

  refused(problem) {
    this.wrong = problem.detail || t('problem.unknown');
    return true;
  }

  render() {
    const lines = till.ticket?.lines.filter(line => line.coreGiven) ?? [];
    return this.frame('cores-dialog', t('cores.title'), () => html`<div class="stack">
      <h3>${t('cores.ticket')}</h3>
      ${lines.length === 0 ? html`<p class="quiet" data-test="cores-none">${t('cores.none')}</p>` : nothing}
      ${lines.map((line, index) => html`<fieldset class="stack" data-test="core-choice" data-number=${line.partNumber}>
        <legend class="form-label">${t('cores.of', `${line.lineCode} ${line.partNumber}`)}</legend>
        <div class="kinds" role="radiogroup" aria-label=${t('cores.of', line.partNumber)}>
          ${GIVEN.map(given => html`<button type="button" role="radio" ?autofocus=${index === 0 && given === line.coreGiven} aria-checked=${line.coreGiven === given} class="kind ${line.coreGiven === given ? 'on' : ''}" data-test="core-${given}" @click=${() => this.give(line, given)}>${t('cores.' + given)}</button>`)}
        </div>
      </fieldset>`)}
      ${this.owed()}
      <form @submit=${event => this.approved(event)}>${this.approval.render()}</form>
      <p class="field-problem" role="alert" data-test="cores-wrong">${this.wrong ?? ''}</p>
    </div>`, 'wide');
  }

  owed() {
    const buyer = till.ticket?.buyer;
    if (!buyer) return html`<p class="quiet" data-test="core-bank-nobody">${t('cores.bank.nobody')}</p>`;
    const bank = this.bank;
    if (!bank) return nothing;
    const taken = new Set(till.ticket.lines.filter(line => line.kind === 'CORE_RETURN').map(line => line.returnLine));
    return html`<section data-test="core-bank"><h3>${t('cores.bank', buyer.name)}</h3>
      <p class="quiet">${bank.owed.length === 0 ? t('cores.bank.none') : t('cores.bank.sum', bank.pieces.text, bank.deposits.text)}${bank.limit == null ? nothing : html` · ${t('cores.bank.limit', bank.limit)}`}</p>
      ${bank.owed.length === 0 ? nothing : html`<table class="return-lines">
        <thead><tr><th>${t('cores.line')}</th><th>${t('cores.since')}</th><th class="num">${t('cores.left')}</th><th class="num">${t('cores.deposit')}</th><th><span class="visually-hidden">${t('cores.back')}</span></th></tr></thead>
        <tbody>${bank.owed.map(owed => html`<tr data-test="core-owed" data-number=${owed.partNumber}>
          <td><span class="mono">${owed.lineCode} ${owed.partNumber}</span> <span class="quiet mono">${owed.folio}</span></td>
          <td>${t('cores.days', owed.days)}${owed.until ? html` <span class="quiet">${t(owed.expired ? 'cores.expired' : 'cores.until', owed.until)}</span>` : nothing}</td>
          <td class="num">${owed.left.text}</td><td class="num">${owed.deposit.text}</td>
          <td><button type="button" class="btn btn-plain" data-test="core-back" ?disabled=${this.busy || owed.expired || taken.has(owed.line)} @click=${() => this.back(owed)}>${t('cores.back')}</button></td>
        </tr>`)}</tbody></table>`}</section>`;
  }
}
customElements.define('cores-dialog', CoresDialog);
