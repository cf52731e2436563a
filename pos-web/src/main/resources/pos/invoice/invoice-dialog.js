import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { uuid7 } from 'shared/ids.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { refusedField } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';
import { day } from '../shell/time.js';

const BLANK = { rfc: '', name: '', postalCode: '', regime: '', use: '', email: '' };
const FIELDS = Object.fromEntries(Object.keys(BLANK).map(field => [field.toLowerCase(), field]));
/** Which field a refusal is about. */
const FIELD = { 'rfc-invalid': 'rfc', 'rfc-general-public': 'rfc', 'fiscal-name-invalid': 'name', 'postal-code-invalid': 'postalCode', 'regime-invalid': 'regime', 'use-invalid': 'use', 'email-invalid': 'email' };

/** '¿Me factura?': the customer's tax data for a sale, asked for once and remembered by RFC. */
class InvoiceDialog extends Over {
  static properties = { ...Over.properties, sale: { state: true }, code: { state: true }, data: { state: true }, looked: { state: true }, tables: { state: true }, wrong: { state: true }, kept: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.closed();
  }

  closed() {
    this.sale = undefined;
    this.code = '';
    this.data = BLANK;
    this.looked = undefined;
    this.wrong = undefined;
    this.kept = undefined;
    this.busy = false;
    this.act = uuid7();
  }

  /**
   * @param code folio of the sale; without one the dialog asks for it
   * @param customer who bought, whose tax data fill the form
   */
  async show(code, customer) {
    await super.show();
    try {
      this.tables ??= await till.read(() => server.fiscalTables());
    } catch (problem) {
      this.wrong = { text: problem.detail || t('away.empty') };
    }
    if (code) {
      this.code = code;
      await this.find();
      if (customer && this.sale && !this.data.rfc) await this.fromCustomer(customer);
    }
  }

  /** What is known of the customer is filled in; what is not, stays to be asked. */
  async fromCustomer(id) {
    try {
      const { fields, rfcFits } = await till.read(() => server.customer(id));
      if (!fields.RFC || this.data.rfc) return;
      this.data = { rfc: fields.RFC, name: fields.FISCAL_NAME || fields.NAME.toUpperCase(), postalCode: fields.POSTAL_CODE, regime: fields.REGIME, use: fields.TAX_USE, email: fields.EMAIL };
      this.looked = { rfc: fields.RFC, company: fields.RFC.length === 12, checkDigitFits: rfcFits };
    } catch {
      // Then it is typed.
    }
  }

  async find(event) {
    event?.preventDefault();
    if (!this.code.trim()) return this.atCode(t('return.code.missing'));
    this.wrong = undefined;
    try {
      this.sale = await till.read(() => server.invoiceSale(this.code.trim()));
      const known = this.sale.request?.data;
      if (known) this.fill(known);
      await this.updateComplete;
      focusIfKeys(this.querySelector('#fiscal-rfc'));
    } catch (problem) {
      this.sale = undefined;
      this.atCode(problem.unreachable ? t('away.empty') : problem.detail);
    }
  }

  atCode(text) {
    this.wrong = { field: 'code', text };
    this.updateComplete.then(() => focusIfKeys(this.querySelector('#invoice-code')));
  }

  fill(known) {
    this.data = { rfc: known.rfc, name: known.name, postalCode: known.postalCode, regime: known.regime, use: known.use, email: known.email };
    this.looked = { rfc: known.rfc, company: known.rfc.length === 12, checkDigitFits: known.checkDigitFits };
  }

  set(field, value) {
    this.data = { ...this.data, [field]: value };
    this.act = uuid7();
    if (this.wrong?.field === field) this.wrong = undefined;
  }

  /** Twelve or thirteen characters are an RFC: what it gave the last time comes by itself. */
  async typeRfc(value) {
    const rfc = value.toUpperCase().replace(/[\s-]/g, '');
    this.set('rfc', rfc);
    this.looked = undefined;
    if (rfc.length < 12) return;
    try {
      const looked = await till.read(() => server.invoiceRfc(rfc));
      if (this.data.rfc !== rfc) return;
      this.looked = looked;
      if (looked.data && !this.data.name) this.fill(looked.data);
      if (!this.regimes.some(regime => regime.code === this.data.regime)) this.set('regime', '');
    } catch (problem) {
      if (this.data.rfc === rfc && rfc.length === 13) this.wrong = { field: 'rfc', text: problem.detail };
    }
  }

  get kind() {
    return (this.looked?.company ?? this.data.rfc.length === 12) ? 'company' : 'person';
  }

  get regimes() {
    return (this.tables?.regimes ?? []).filter(regime => regime[this.kind]);
  }

  get uses() {
    return (this.tables?.uses ?? []).filter(use => (this.kind === 'person' || use.company) && (!this.data.regime || use.regimes.includes(this.data.regime)));
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.wrong = undefined;
    try {
      this.kept = await till.ask(() => server.requestInvoice(this.sale.sale, { act: this.act, ...this.data }));
    } catch (problem) {
      this.wrong = { field: FIELD[problem.code] ?? FIELDS[refusedField(problem)], text: problem.detail || t('problem.unknown') };
      if (this.wrong.field) this.updateComplete.then(() => focusIfKeys(this.querySelector(`#fiscal-${this.wrong.field}`)));
    } finally {
      this.busy = false;
    }
    if (this.kept) this.updateComplete.then(() => focusIfKeys(this.querySelector('.btn-main')));
  }

  field(name, attributes = {}) {
    const bad = this.wrong?.field === name;
    return html`<div>
      <label class="form-label" for="fiscal-${name}">${t(`invoice.${name}`)}</label>
      <input id="fiscal-${name}" class="form-control ${attributes.mono ? 'mono' : ''}" data-test="fiscal-${name}" type="text" autocomplete="off" spellcheck="false"
        maxlength=${attributes.max ?? 300} inputmode=${attributes.mode ?? 'text'} aria-invalid=${bad} aria-describedby=${bad ? 'fiscal-wrong' : nothing} .value=${live(this.data[name])}
        @input=${event => (attributes.on ? attributes.on(event.target.value) : this.set(name, event.target.value))}>
      ${bad ? this.problem() : attributes.hint ? html`<p class="form-hint">${attributes.hint}</p>` : nothing}
    </div>`;
  }

  problem() {
    return html`<p class="field-problem" id="fiscal-wrong" role="alert" data-test="fiscal-wrong">${this.wrong.text}</p>`;
  }

  choice(name, options) {
    return html`<div>
      <label class="form-label" for="fiscal-${name}">${t(`invoice.${name}`)}</label>
      <select id="fiscal-${name}" class="form-select" data-test="fiscal-${name}" aria-invalid=${this.wrong?.field === name} aria-describedby=${this.wrong?.field === name ? 'fiscal-wrong' : nothing} .value=${live(this.data[name])} @change=${event => this.set(name, event.target.value)}>
        <option value="" ?selected=${!this.data[name]}>${t('invoice.choose')}</option>
        ${options.map(option => html`<option value=${option.code} ?selected=${option.code === this.data[name]}>${option.code} ${option.text}</option>`)}
      </select>
      ${this.wrong?.field === name ? this.problem() : nothing}
    </div>`;
  }

  render() {
    return this.frame('invoice-dialog', t('invoice.title'), () => (this.kept ? this.done() : html`
      ${this.sale
        ? html`<p class="quiet" data-test="invoice-sale"><span class="mono">${this.sale.folio}</span> · ${this.sale.total.text} · ${t('invoice.deadline', day(this.sale.deadline))}</p>`
        : html`<form @submit=${event => this.find(event)}>
            <label class="form-label" for="invoice-code">${t('invoice.code')}</label>
            <div class="with-button">
              <input id="invoice-code" class="form-control mono" data-test="invoice-code-field" autofocus type="text" maxlength="200" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-invalid=${this.wrong?.field === 'code'} aria-describedby=${this.wrong?.field === 'code' ? 'fiscal-wrong' : nothing} .value=${live(this.code)} @input=${event => { this.code = event.target.value; this.wrong = undefined; }}>
              <button type="submit" class="btn btn-plain">${icon('search')} ${t('return.find')}</button>
            </div>
            ${this.wrong?.field === 'code' ? this.problem() : nothing}
          </form>`}
      ${this.sale?.request ? html`<div class="note attention" data-test="invoice-again">${icon('info-circle')}${t('invoice.again')}</div>` : nothing}
      ${this.sale ? this.form() : nothing}
      ${this.wrong && !this.wrong.field ? this.problem() : nothing}
      ${this.sale ? html`<div class="over-foot"><span class="quiet hints">${t('invoice.foot')}</span><button type="submit" form="fiscal" class="btn btn-main" data-test="invoice-apply" ?disabled=${this.busy}>${t('invoice.apply')} <kbd>Enter</kbd></button></div>` : nothing}`), 'wide');
  }

  form() {
    const doubtful = this.looked && !this.looked.checkDigitFits;
    return html`<form id="fiscal" class="stack" @submit=${event => this.submit(event)}>
      <div class="pair">
        ${this.field('rfc', { mono: true, max: 20, on: value => this.typeRfc(value), hint: doubtful ? html`<span class="attention" data-test="rfc-doubtful">${icon('exclamation-triangle')} ${t('invoice.rfc.doubtful')}</span>` : t('invoice.rfc.hint') })}
        ${this.field('postalCode', { mono: true, max: 5, mode: 'numeric', hint: t('invoice.postalCode.hint') })}
      </div>
      ${this.field('name', { hint: t('invoice.name.hint') })}
      <div class="pair">${this.choice('regime', this.regimes)}${this.choice('use', this.uses)}</div>
      ${this.field('email', { max: 254, mode: 'email' })}
    </form>`;
  }

  done() {
    return html`<div class="stack" data-test="invoice-kept">
      <p class="done-mark good">${icon('check-circle-fill')} ${t('invoice.kept', this.kept.folio)}</p>
      <p>${t('invoice.kept.text', day(this.kept.deadline))}</p>
      <div class="over-foot"><span></span><button type="button" class="btn btn-main" data-test="invoice-close" @click=${() => this.close()}>${t('act.close')} <kbd>Enter</kbd></button></div>
    </div>`;
  }
}
customElements.define('invoice-dialog', InvoiceDialog);
