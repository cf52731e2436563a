import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { refusedField } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';

const FIELDS = ['NAME', 'PHONE', 'EMAIL', 'RFC', 'FISCAL_NAME', 'POSTAL_CODE', 'REGIME', 'TAX_USE', 'VEHICLES', 'PRICE_LEVEL', 'NOTES'];
/** Which field a refusal is about. */
const FIELD = {
  'customer-name': 'NAME',
  'customer-phone': 'PHONE',
  'email-invalid': 'EMAIL',
  'rfc-invalid': 'RFC',
  'fiscal-name-invalid': 'FISCAL_NAME',
  'postal-code-invalid': 'POSTAL_CODE',
  'regime-invalid': 'REGIME',
  'use-invalid': 'TAX_USE',
  'customer-plate': 'VEHICLES',
  'customer-vehicles': 'VEHICLES',
  'customer-level': 'PRICE_LEVEL',
  'customer-level-needs-manager': 'PRICE_LEVEL',
  'customer-note': 'NOTES',
};

/** A customer's data, to make one or to mend what has changed. */
class CustomerForm extends Piece {
  static properties = { customer: { attribute: false }, typed: { attribute: false }, data: { state: true }, tables: { state: true }, wrong: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.data = Object.fromEntries(FIELDS.map(field => [field, this.customer?.fields[field] ?? '']));
    if (!this.customer) this.begin(this.typed?.trim() ?? '');
    // The same press again, after silence, is the same customer or the same change.
    this.act = uuid7();
    till.read(() => server.fiscalTables()).then(tables => (this.tables = tables), () => undefined);
  }

  /** What was looked for in vain is most likely the name, or the phone. */
  begin(text) {
    if (/^[\d\s()+-]{7,}$/.test(text)) this.data.PHONE = text;
    else this.data.NAME = text;
  }

  firstUpdated() {
    focusIfKeys(this.querySelector(this.data.NAME ? '#customer-PHONE' : '#customer-NAME'));
  }

  set(field, value) {
    this.data = { ...this.data, [field]: value };
    this.act = uuid7();
    if (this.wrong?.field === field) this.wrong = undefined;
  }

  async save(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.wrong = undefined;
    const before = this.customer?.fields;
    const changed = Object.fromEntries(Object.entries(this.data).filter(([field, text]) => (before ? text !== before[field] : text !== '')));
    try {
      const { act } = this;
      const id = this.customer?.id;
      const customer = await till.ask(() => (before ? server.mendCustomer(id, { act, fields: changed }) : server.makeCustomer({ id: act, fields: changed })));
      this.dispatchEvent(new CustomEvent('saved', { detail: { customer, made: !before } }));
    } catch (problem) {
      this.wrong = { field: FIELD[problem.code] ?? refusedField(problem)?.toUpperCase(), text: problem.detail || t('problem.unknown') };
      if (this.wrong.field) this.updateComplete.then(() => focusIfKeys(this.querySelector('#customer-' + this.wrong.field)));
    } finally {
      this.busy = false;
    }
  }

  get company() {
    return this.data.RFC.replace(/[\s-]/g, '').length === 12;
  }

  problem(field) {
    return this.wrong?.field === field ? html`<p class="field-problem" id="customer-form-wrong" role="alert" data-test="customer-wrong">${this.wrong.text}</p>` : nothing;
  }

  field(name, { max = 120, mode = 'text', mono = false, hint } = {}) {
    const bad = this.wrong?.field === name;
    return html`<div>
      <label class="form-label" for="customer-${name}">${t('customer.field.' + name)}</label>
      <input id="customer-${name}" class="form-control ${mono ? 'mono' : ''}" data-test="customer-${name}" type="text" inputmode=${mode} maxlength=${max} autocomplete="off" spellcheck="false"
        aria-invalid=${bad} aria-describedby=${bad ? 'customer-form-wrong' : nothing} .value=${live(this.data[name])} @input=${event => this.set(name, event.target.value)}>
      ${this.problem(name)}${bad || !hint ? nothing : hint}
    </div>`;
  }

  area(name, max) {
    const bad = this.wrong?.field === name;
    return html`<div>
      <label class="form-label" for="customer-${name}">${t('customer.field.' + name)}</label>
      <textarea id="customer-${name}" class="form-control" data-test="customer-${name}" rows="2" maxlength=${max} spellcheck="false" aria-invalid=${bad}
        aria-describedby=${bad ? 'customer-form-wrong' : nothing} .value=${live(this.data[name])} @input=${event => this.set(name, event.target.value)}></textarea>
      ${this.problem(name)}
    </div>`;
  }

  choice(name, options) {
    return html`<div>
      <label class="form-label" for="customer-${name}">${t('customer.field.' + name)}</label>
      <select id="customer-${name}" class="form-select" data-test="customer-${name}" aria-invalid=${this.wrong?.field === name} @change=${event => this.set(name, event.target.value)}>
        <option value="" ?selected=${!this.data[name]}>${t('customer.choose')}</option>
        ${options.map(option => html`<option value=${option.code} ?selected=${option.code === this.data[name]}>${option.code} ${option.text}</option>`)}
      </select>
      ${this.problem(name)}
    </div>`;
  }

  render() {
    const kind = this.company ? 'company' : 'person';
    const regimes = (this.tables?.regimes ?? []).filter(regime => regime[kind]);
    const uses = (this.tables?.uses ?? []).filter(use => (kind === 'person' || use.company) && (!this.data.REGIME || use.regimes.includes(this.data.REGIME)));
    const doubtful = this.customer && !this.customer.rfcFits && this.data.RFC === this.customer.fields.RFC;
    return html`<form class="stack" data-test="customer-form" @submit=${event => this.save(event)}>
      <div class="pair">${this.field('NAME')}${this.field('PHONE', { max: 30, mode: 'tel' })}</div>
      <div class="pair">
        ${this.field('RFC', { max: 20, mono: true, hint: doubtful ? html`<p class="form-hint attention" data-test="customer-rfc-doubtful">${icon('exclamation-triangle')} ${t('customer.rfc.doubtful')}</p>` : undefined })}
        ${this.field('POSTAL_CODE', { max: 5, mode: 'numeric', mono: true })}
      </div>
      ${this.field('FISCAL_NAME', { max: 300 })}
      <div class="pair">${this.choice('REGIME', regimes)}${this.choice('TAX_USE', uses)}</div>
      <div class="pair">${this.field('EMAIL', { max: 254, mode: 'email' })}${this.field('PRICE_LEVEL', { max: 20, mono: true })}</div>
      ${this.area('VEHICLES', 1200)}
      ${this.area('NOTES', 500)}
      ${this.wrong && !this.wrong.field ? html`<p class="field-problem" role="alert" data-test="customer-wrong">${this.wrong.text}</p>` : nothing}
      <div class="over-foot stays">
        <button type="button" class="link" @click=${() => this.dispatchEvent(new Event('back'))}>${icon('arrow-left')} ${t('customer.back')}</button>
        <button type="submit" class="btn btn-main" data-test="customer-save" ?disabled=${this.busy}>${t('customer.save')} <kbd>Enter</kbd></button>
      </div>
    </form>`;
  }
}
customElements.define('customer-form', CustomerForm);
