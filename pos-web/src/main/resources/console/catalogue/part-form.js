import { html, nothing } from 'lit';
import { UNTIL_PUBLISHED, api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';
import { Waiting } from './waiting.js';

const NEW = {
  lineCode: '', number: '', brand: '', nameEs: '', nameEn: '', category: '', unit: 'PZA', taxClass: 'GENERAL', core: '',
  satCode: '', satUnit: 'H87', taxObject: '02', price: '', priceIncludesTax: true, barcodes: [], interchanges: [], fitments: [], relations: [],
};

/** Columns that are chosen and not typed: what may be chosen, and how it is said. */
const CHOICES = {
  'interchanges.kind': ['EQUIVALENT', 'OEM', 'SUPERSEDES'].map(kind => [kind, `interchange.${kind}`]),
  'relations.kind': ['ALTERNATIVE', 'ACCESSORY', 'COMPONENT', 'OPPOSITE'].map(kind => [kind, `relation.${kind}`]),
  'relations.grade': [['', 'grade.none'], ...['SAME_BRAND', 'ECONOMY', 'PREMIUM'].map(grade => [grade, `grade.${grade}`])],
};

/** A part as somebody types it. The hub says what is wrong with each field; nothing is saved before all is well. */
class PartForm extends Piece {
  static properties = { part: {}, form: { state: true }, saving: { state: true } };

  constructor() {
    super();
    this.waiting = new Waiting(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.form = structuredClone(this.part ?? NEW);
    this.before = JSON.stringify(this.form);
  }

  firstUpdated() {
    this.querySelector('input')?.focus();
  }

  set(name, value) {
    this.form = { ...this.form, [name]: value };
  }

  setRow(list, index, name, value) {
    this.set(list, this.form[list].map((row, at) => (at === index ? { ...row, [name]: value } : row)));
  }

  async addRow(list, row) {
    this.set(list, [...this.form[list], row]);
    await this.updateComplete;
    this.querySelector(`[data-list="${list}"] tbody tr:last-child input, [data-list="${list}"] tbody tr:last-child select`)?.focus();
  }

  removeRow(list, index) {
    // What was wrong with rows is told by their place, which moves now.
    if (this.problem?.errors) this.problem.errors = this.problem.errors.filter(error => !error.field.startsWith(list));
    this.set(list, this.form[list].filter((row, at) => at !== index));
  }

  async save(event) {
    event.preventDefault();
    this.saving = true;
    const saved = await this.attempt(() => this.waiting.during(() => (this.part
      ? api('PUT', `/console/api/parts/${this.part.id}`, this.form, UNTIL_PUBLISHED)
      : api('POST', '/console/api/parts', this.form, UNTIL_PUBLISHED))));
    this.saving = false;
    if (saved) {
      this.dispatchEvent(new CustomEvent('saved', { detail: saved }));
      return;
    }
    await this.updateComplete;
    const wrong = this.querySelector('[aria-invalid="true"]');
    wrong?.focus();
    // What no field is to blame for stands on top, and the button that was pressed far below it.
    if (!wrong) this.querySelector('[data-test="problem"]')?.scrollIntoView({ block: 'center' });
  }

  leave() {
    if (JSON.stringify(this.form) !== this.before && !confirm(t('part.discard'))) return;
    this.dispatchEvent(new CustomEvent('left'));
  }

  render() {
    return html`
      <form class="part-form" data-test="part-form" novalidate @submit=${event => this.save(event)}>
        ${trouble(this.problem)}
        <div class="part-fields">
          ${this.text('lineCode', t('part.field.LINE_CODE'), { code: true, required: true })}
          ${this.text('number', t('part.field.NUMBER'), { code: true, required: true })}
          ${this.text('brand', t('part.field.BRAND'), { required: true })}
          ${this.text('nameEs', t('part.field.NAME_ES'), { required: true, wide: true })}
          ${this.text('nameEn', t('part.field.NAME_EN'), { wide: true })}
          ${this.text('category', t('part.field.CATEGORY'), { wide: true })}
          ${this.text('price', t('part.field.PRICE'), { decimal: true })}
          <label class="field flag"><input type="checkbox" data-test="part-priceIncludesTax" .checked=${this.form.priceIncludesTax} @change=${event => this.set('priceIncludesTax', event.target.checked)}><span>${t('part.price.tax')}</span></label>
          ${this.text('core', t('part.field.CORE'), { decimal: true })}
          ${this.choice('taxClass', t('part.field.TAX_CLASS'), ['GENERAL', 'ZERO', 'EXEMPT'].map(each => [each, t(`part.tax.${each}`)]))}
          ${this.text('unit', t('part.field.UNIT'), { code: true })}
          ${this.text('satCode', t('part.field.SAT_CODE'), { code: true, required: true })}
          ${this.text('satUnit', t('part.field.SAT_UNIT'), { code: true, required: true })}
          ${this.text('taxObject', t('part.field.TAX_OBJECT'), { code: true })}
        </div>
        ${this.rows('barcodes', t('part.barcodes'), { value: '', pack: '1' }, [['value', t('part.code')], ['pack', t('part.pack')]])}
        ${this.rows('fitments', t('part.fitments'), { make: '', model: '', yearFrom: '', yearTo: '', engine: '', body: '', position: '', notes: '' },
          [['make', t('part.make')], ['model', t('part.model')], ['yearFrom', t('part.year-from')], ['yearTo', t('part.year-to')], ['engine', t('part.engine')], ['body', t('part.body')], ['position', t('part.position')], ['notes', t('part.notes')]])}
        ${this.rows('interchanges', t('part.interchanges'), { kind: 'EQUIVALENT', brand: '', number: '' },
          [['kind', t('part.kind.of')], ['brand', t('part.other.brand')], ['number', t('part.other.number')]])}
        ${this.rows('relations', t('part.relations'), { kind: 'ACCESSORY', lineCode: this.form.lineCode, number: '', grade: '', quantity: '1', position: '', note: '' },
          [['kind', t('part.kind.of')], ['lineCode', t('part.relation.line')], ['number', t('part.other.number')], ['grade', t('part.relation.grade')], ['quantity', t('part.relation.quantity')], ['position', t('part.position')], ['note', t('part.relation.note')]])}
        <div role="status">${this.waiting.words}</div>
        <div class="dialog-acts">
          <button type="button" class="button quiet" data-test="part-leave" ?disabled=${this.saving} @click=${() => this.leave()}>${t('act.cancel')}</button>
          <button type="submit" class="button primary" data-test="part-save" ?disabled=${this.saving}>${icon('check2')}${this.part ? t('part.save') : t('part.add')}</button>
        </div>
      </form>`;
  }

  fault(field) {
    return this.problem?.errors?.find(error => error.field === field)?.text;
  }

  text(name, label, { code = false, required = false, wide = false, decimal = false } = {}) {
    const fault = this.fault(name);
    return html`
      <label class=${'field' + (wide ? ' wide' : '')}>
        <span class="field-label">${label}${required ? nothing : html` <span class="quiet">${t('field.optional')}</span>`}</span>
        <input type="text" class=${code || decimal ? 'code' : ''} data-test=${`part-${name}`} autocomplete="off" spellcheck=${code ? 'false' : 'true'} inputmode=${decimal ? 'decimal' : 'text'}
          aria-invalid=${fault ? 'true' : 'false'} .value=${this.form[name]} @input=${event => this.set(name, event.target.value)}>
        ${fault ? html`<span class="field-fault" data-test=${`fault-${name}`}>${icon('exclamation-circle')}${fault}</span>` : nothing}
      </label>`;
  }

  choice(name, label, options) {
    return html`
      <label class="field"><span class="field-label">${label}</span>
        <select data-test=${`part-${name}`} @change=${event => this.set(name, event.target.value)}>
          ${options.map(([value, text]) => html`<option value=${value} ?selected=${this.form[name] === value}>${text}</option>`)}
        </select></label>`;
  }

  rows(list, title, fresh, columns) {
    const whole = this.fault(list);
    return html`
      <section data-list=${list}>
        <div class="section-head"><h2>${title}</h2>
          <button type="button" class="button" data-test=${`add-${list}`} @click=${() => this.addRow(list, { ...fresh })}>${icon('plus-lg')}${t('part.row.add')}</button></div>
        ${whole ? html`<p class="field-fault">${whole}</p>` : nothing}
        ${this.form[list].length ? html`
          <div class="table-frame"><table class="table edit" data-test=${`edit-${list}`}>
            <thead><tr>${columns.map(([, label]) => html`<th>${label}</th>`)}<th></th></tr></thead>
            <tbody>${this.form[list].map((row, index) => html`
              <tr>${columns.map(([name, label]) => html`<td>${this.cell(list, index, name, label, row[name])}</td>`)}
                <td><button type="button" class="button quiet small" aria-label=${t('part.row.remove', index + 1)} title=${t('part.row.remove', index + 1)} @click=${() => this.removeRow(list, index)}>${icon('x-lg')}</button></td></tr>`)}
            </tbody></table></div>` : nothing}
      </section>`;
  }

  cell(list, index, name, label, value) {
    const fault = this.fault(`${list}[${index}].${name}`);
    const told = `${label} ${index + 1}`;
    const choices = CHOICES[`${list}.${name}`];
    return html`
      ${choices
        ? html`<select aria-label=${told} aria-invalid=${fault ? 'true' : 'false'} @change=${event => this.setRow(list, index, name, event.target.value)}>
            ${choices.map(([choice, key]) => html`<option value=${choice} ?selected=${(value ?? '') === choice}>${t(key)}</option>`)}</select>`
        : html`<input type="text" class=${['yearFrom', 'yearTo', 'pack', 'quantity', 'lineCode'].includes(name) ? 'short code' : ''} aria-label=${told} autocomplete="off" aria-invalid=${fault ? 'true' : 'false'}
            .value=${value ?? ''} @input=${event => this.setRow(list, index, name, event.target.value)}>`}
      ${fault ? html`<span class="field-fault">${icon('exclamation-circle')}${fault}</span>` : nothing}`;
  }
}
customElements.define('part-form', PartForm);
