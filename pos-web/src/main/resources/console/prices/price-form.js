import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

/** Today where the person sits: the hub's own day may be tomorrow already. */
export const localDay = () => new Date().toLocaleDateString('sv-SE');

/** Fields that say beside themselves what is wrong with them. */
export class FieldForm extends Piece {
  set(name, value) {
    this.form = { ...this.form, [name]: value };
  }

  fault(field) {
    const text = this.problem?.errors?.find(error => error.field === field)?.text;
    return text ? html`<span class="field-fault" data-test="fault-${field}">${icon('exclamation-circle')}${text}</span>` : nothing;
  }

  text(name, { type = 'text', decimal = false, optional = false } = {}) {
    const fault = this.fault(name);
    return html`<label class="field"><span class="field-label">${t('price.field.' + name)}${optional ? html` <span class="quiet">${t('field.optional')}</span>` : nothing}</span>
      <input type=${type} class=${decimal ? 'code' : ''} data-test="price-${name}" autocomplete="off" inputmode=${decimal ? 'decimal' : nothing} aria-invalid=${fault === nothing ? 'false' : 'true'}
        .value=${this.form[name]} @input=${event => this.set(name, event.target.value)}>${fault}</label>`;
  }

  choice(name, options) {
    return html`<label class="field"><span class="field-label">${t('price.field.' + name)}</span>
      <select data-test="price-${name}" @change=${event => this.set(name, event.target.value)}>
        ${options.map(([value, words]) => html`<option value=${value} ?selected=${this.form[name] === value}>${words}</option>`)}</select>${this.fault(name)}</label>`;
  }

  async told() {
    await this.updateComplete;
    (this.querySelector('[aria-invalid="true"]') ?? this.querySelector('[data-test="problem"]'))?.focus();
  }
}

/** A price as somebody types it: of a part, or a percentage of a brand, a category or everything. */
class PriceForm extends FieldForm {
  static properties = { part: {}, levels: {}, today: {}, includesTax: {}, form: { state: true }, saving: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.act = uuid7();
    this.form = {
      target: this.part ? 'PART' : 'BRAND', targetValue: this.part ?? '', level: this.part ? 'PUBLICO' : (this.levels.find(level => level !== 'PUBLICO') ?? 'TALLER'), from: '',
      kind: this.part ? 'AMOUNT' : 'PERCENT', amount: '', percent: '', includesTax: this.includesTax ?? true, starts: localDay(), ends: '',
    };
  }

  firstUpdated() {
    this.querySelector(this.part ? '[data-test="price-amount"]' : '[data-test="price-targetValue"]')?.focus();
  }

  async save(event) {
    event.preventDefault();
    this.saving = true;
    const saved = await this.attempt(() => api('PUT', `/console/api/prices/rules/${this.act}`, this.form));
    this.saving = false;
    if (saved) this.dispatchEvent(new CustomEvent('saved'));
    else this.told();
  }

  render() {
    const { form } = this;
    return html`<form class="part-form" data-test="price-form" novalidate @submit=${event => this.save(event)}>
      ${trouble(this.problem)}
      <div class="part-fields">
        ${this.part ? nothing : html`${this.choice('target', ['BRAND', 'CATEGORY', 'ALL'].map(kind => [kind, t('price.target.' + kind)]))}${form.target === 'ALL' ? nothing : this.text('targetValue')}`}
        <label class="field"><span class="field-label">${t('price.field.level')}</span>
          <input type="text" class="code" list="price-levels" data-test="price-level" autocomplete="off" aria-invalid=${this.fault('level') === nothing ? 'false' : 'true'} .value=${form.level} @input=${event => this.set('level', event.target.value)}>
          <datalist id="price-levels">${this.levels.map(level => html`<option value=${level}></option>`)}</datalist>${this.fault('level')}</label>
        ${this.text('from', { decimal: true, optional: true })}
        ${this.part ? this.choice('kind', [['AMOUNT', t('price.kind.AMOUNT')], ['PERCENT', t('price.kind.PERCENT')]]) : this.fault('kind')}
        ${form.kind === 'PERCENT' ? this.text('percent', { decimal: true }) : html`${this.text('amount', { decimal: true })}
          <label class="field flag"><input type="checkbox" data-test="price-includesTax" .checked=${form.includesTax} @change=${event => this.set('includesTax', event.target.checked)}><span>${t('price.field.includesTax')}</span></label>`}
        ${this.text('starts', { type: 'date' })}${this.text('ends', { type: 'date', optional: true })}
      </div>
      <p class="field-hint">${t('price.hint')}</p>
      <div class="dialog-acts">
        <button type="button" class="button quiet" ?disabled=${this.saving} @click=${() => this.dispatchEvent(new CustomEvent('left'))}>${t('act.cancel')}</button>
        <button type="submit" class="button primary" data-test="price-save" ?disabled=${this.saving}>${icon('check2')}${t('price.publish')}</button>
      </div></form>`;
  }
}
customElements.define('price-form', PriceForm);
