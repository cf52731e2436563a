import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { uuid7 } from 'shared/ids.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { stock } from '../stock/stock-server.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { Approval } from '../sale/approval-fields.js';
import { MisfitFields } from './misfit-fields.js';

const REASONS = ['DID_NOT_FIT', 'WRONG_PART', 'DEFECTIVE', 'NOT_NEEDED'];
const LISTED = 6;

/** A part that comes back without a ticket: for store credit, with a supervisor. */
class UnprovenDialog extends Over {
  static properties = { ...Over.properties, code: { state: true }, hits: { state: true }, worth: { state: true }, quantity: { state: true }, reason: { state: true }, inspected: { state: true }, why: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.approval = new Approval(this);
    this.misfit = new MisfitFields(this);
    this.closed();
  }

  closed() {
    this.code = '';
    this.hits = undefined;
    this.worth = undefined;
    this.quantity = '1';
    this.reason = undefined;
    this.inspected = false;
    this.why = '';
    this.wrong = undefined;
    this.busy = false;
    this.act = uuid7();
    this.approval.reset();
    this.misfit.reset();
  }

  async show() {
    this.misfit.reset();
    await super.show();
  }

  async find(event) {
    event.preventDefault();
    const code = this.code.trim();
    if (this.busy) return;
    if (!code) return this.fault('#unproven-code', t('unproven.code.missing'));
    this.busy = true;
    this.wrong = undefined;
    this.worth = undefined;
    try {
      // A code first, as a scan is meant; then words.
      const { parts } = await till.read(() => stock.find(code));
      const hits = parts.slice(0, LISTED).map(found => ({ ...found.part, partId: found.part.part }));
      this.hits = hits;
      if (hits.length === 0) this.fault('#unproven-code', t('unproven.none', code));
      else if (hits.length === 1) await this.take(hits[0]);
    } catch (problem) {
      this.fault('#unproven-code', problem.unreachable ? t('away.empty') : problem.detail || t('problem.unknown'));
    } finally {
      this.busy = false;
    }
  }

  async take(hit) {
    this.wrong = undefined;
    try {
      this.worth = await till.read(() => server.worth(hit.partId));
      this.hits = undefined;
      await this.updateComplete;
      focusIfKeys(this.querySelector('#unproven-quantity'));
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
    }
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    if (!/^(?=.*[1-9])\d{1,6}([.,]\d{1,3})?$/.test(this.quantity.trim())) this.fault('#unproven-quantity', t('return.quantity.wrong'));
    else if (!this.reason) this.wrong = t('return.reason.missing');
    else if (this.reason === 'DID_NOT_FIT' && this.misfit.wrong) this.fault(this.misfit.wrongAt, this.misfit.wrong);
    else if (!this.why.trim()) this.fault('#unproven-why', t('unproven.why.missing'));
    else return this.send();
  }

  async send() {
    this.busy = true;
    this.wrong = undefined;
    let refused;
    const close = this.closer();
    await till.bringBackUnproven({
      act: this.act,
      part: this.worth.partId,
      quantity: Number(this.quantity.trim().replace(',', '.')),
      reason: this.reason,
      vehicle: this.reason === 'DID_NOT_FIT' ? this.misfit.given : undefined,
      inspected: this.inspected,
      why: this.why.trim(),
      approval: this.approval.given,
    }, problem => {
      refused = problem;
      return true;
    });
    this.busy = false;
    if (!refused) return close();
    this.wrong = refused.detail || t('problem.unknown');
    await this.approval.take(refused);
  }

  render() {
    return this.frame('unproven-dialog', t('unproven.title'), () => html`
      <p class="quiet">${t('unproven.lead')}</p>
      <form @submit=${event => this.find(event)}>
        <label class="form-label" for="unproven-code">${t('unproven.code')}</label>
        <div class="with-button">
          <input id="unproven-code" class="form-control mono" data-test="unproven-code" autofocus type="text" maxlength="200" autocomplete="off" spellcheck="false" .value=${live(this.code)} @input=${event => { this.code = event.target.value; this.wrong = undefined; }}>
          <button type="submit" class="btn btn-plain" data-test="unproven-find">${icon('search')} ${t('return.find')}</button>
        </div>
      </form>
      ${this.hits?.length > 1
        ? html`<ul class="plain unproven-hits" data-test="unproven-hits">${this.hits.map(hit => html`<li><button type="button" class="btn btn-plain" data-test="unproven-hit" @click=${() => this.take(hit)}><span class="mono">${hit.lineCode} ${hit.partNumber}</span> ${hit.name}</button></li>`)}</ul>`
        : nothing}
      ${this.worth ? this.form() : html`<p class="field-problem follows" role="alert" data-test="unproven-wrong">${this.wrong ?? ''}</p>`}`, 'wide');
  }

  form() {
    const worth = this.worth;
    return html`<form class="stack" @submit=${event => this.submit(event)}>
      <p data-test="unproven-worth" data-minor=${worth.price.minor}><span class="mono">${worth.lineCode} ${worth.partNumber}</span> ${worth.name} · <strong class="num">${worth.price.text}</strong> <span class="quiet">${t('unproven.price', worth.days)}</span></p>
      ${worth.policy ? html`<p class="note attention" data-test="return-policy">${icon('info-circle')}<span>${worth.policy.text}</span></p>` : nothing}
      <label class="form-label" for="unproven-quantity">${t('return.back')}</label>
      <input id="unproven-quantity" class="form-control num" data-test="unproven-quantity" type="text" inputmode="decimal" autocomplete="off" .value=${live(this.quantity)} @input=${event => { this.quantity = event.target.value; this.wrong = undefined; }}>
      <fieldset class="reasons"><legend>${t('return.reason')}</legend>
        ${REASONS.map(reason => html`<label class="reason ${this.reason === reason ? 'on' : ''}"><input type="radio" name="unproven-reason" value=${reason} data-test="unproven-reason-${reason}" .checked=${this.reason === reason} @change=${() => (this.reason = reason)}> ${t('return.reason.' + reason)}</label>`)}
      </fieldset>
      ${this.misfit.render(this.reason === 'DID_NOT_FIT')}
      ${worth.policy?.inspect ? html`<label class="reason"><input type="checkbox" data-test="unproven-inspected" .checked=${live(this.inspected)} @change=${event => { this.inspected = event.target.checked; }}> ${t('return.inspected')}</label>` : nothing}
      <label class="form-label" for="unproven-why">${t('unproven.why')}</label>
      <input id="unproven-why" class="form-control" data-test="unproven-why" type="text" maxlength="120" autocomplete="off" .value=${live(this.why)} @input=${event => { this.why = event.target.value; this.wrong = undefined; }}>
      ${this.approval.render()}
      <p class="field-problem follows" role="alert" data-test="unproven-wrong">${this.wrong ?? ''}</p>
      <div class="over-foot"><span class="quiet hints">${t('unproven.foot')}</span><button type="submit" class="btn btn-main" data-test="unproven-apply" ?disabled=${this.busy}>${t('return.apply')} <kbd>Enter</kbd></button></div>
    </form>`;
  }
}
customElements.define('unproven-dialog', UnprovenDialog);
