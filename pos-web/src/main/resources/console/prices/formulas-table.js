import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { t } from '../lib/text.js';

const METHODS = ['MARGIN', 'MARKUP'];
const ENDINGS = ['NONE', 'C90', 'C99', 'PESO', 'FIVE', 'TEN'];
const BLANK = { brand: '', category: '', costFrom: '', level: 'PUBLICO', method: 'MARGIN', percent: '', ending: 'C90' };
const SOON = 250;

/** A supplier's formulas as a table, each row with what it makes of a cost while it is typed. */
class FormulasTable extends Piece {
  static properties = { mend: {}, table: { state: true }, rows: { state: true }, cost: { state: true }, examples: { state: true }, faults: { state: true }, saving: { state: true }, saved: { state: true } };

  constructor() {
    super();
    this.cost = '100';
    this.examples = new Map();
    this.faults = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    void this.open(place().query.get('supplier') ?? '');
  }

  async open(supplier) {
    const table = await this.attempt(() => api('GET', `/console/api/prices/formulas?supplier=${encodeURIComponent(supplier)}`));
    if (!table) return;
    this.take(table);
    keep({ supplier });
  }

  take(table) {
    this.table = table;
    this.rows = table.rows;
    this.faults = new Map();
    void this.try();
  }

  set(index, field, value) {
    this.rows = this.rows.map((row, at) => (at === index ? { ...row, [field]: value } : row));
    this.later();
  }

  later() {
    this.saved = false;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.try(), SOON);
  }

  async try() {
    const asked = (this.asked ?? 0) + 1;
    this.asked = asked;
    const answer = await this.attempt(() => api('POST', '/console/api/prices/formulas/example', { cost: this.cost, rows: this.rows }));
    // An answer that was overtaken says nothing.
    if (!answer || this.asked !== asked) return;
    this.examples = new Map(answer.examples.map(each => [each.row, each]));
    this.faults = new Map(answer.errors.map(each => [each.field, each.text]));
  }

  add() {
    this.rows = [...this.rows, { ...BLANK }];
    this.later();
    this.updateComplete.then(() => this.querySelector('tbody tr:last-child input')?.focus());
  }

  drop(index) {
    this.rows = this.rows.filter((row, at) => at !== index);
    this.later();
  }

  async save() {
    this.saving = true;
    const { supplier, seen } = this.table;
    const kept = await this.attempt(() => api('PUT', '/console/api/prices/formulas', { supplier, seen, rows: this.rows }));
    this.saving = false;
    if (kept) {
      this.take(kept);
      this.saved = true;
      return;
    }
    this.faults = new Map((this.problem?.errors ?? []).map(each => [each.field, each.text]));
    await this.updateComplete;
    (this.querySelector('[aria-invalid="true"]') ?? this.querySelector('[data-test="problem"]'))?.focus();
  }

  fault(field) {
    const text = this.faults.get(field);
    return text ? html`<span class="field-fault" data-test="formula-fault">${icon('exclamation-circle')}${text}</span>` : nothing;
  }

  cell(row, index, field, decimal = false) {
    const fault = this.fault(`rows.${index}.${field}`);
    return html`<td class=${decimal ? 'figures' : ''}><input class="small ${decimal ? 'figures' : ''}" data-test="formula-${field}" autocomplete="off" maxlength="200" aria-label=${t('formula.' + field)} inputmode=${decimal ? 'decimal' : nothing} ?readonly=${!this.mend}
      aria-invalid=${fault === nothing ? 'false' : 'true'} .value=${row[field] ?? ''} @input=${event => this.set(index, field, event.target.value)}>${fault}</td>`;
  }

  choice(row, index, field, options) {
    return html`<td><select class="small" data-test="formula-${field}" aria-label=${t('formula.' + field)} ?disabled=${!this.mend} @change=${event => this.set(index, field, event.target.value)}>
      ${options.map(option => html`<option value=${option} ?selected=${row[field] === option}>${t(`formula.${field}.${option}`)}</option>`)}</select>${this.fault(`rows.${index}.${field}`)}</td>`;
  }

  render() {
    if (!this.table) return html`${trouble(this.problem, () => this.open(''))}${this.problem ? nothing : loading(4)}`;
    const { supplier, suppliers } = this.table;
    return html`<p class="quiet">${t('formula.lead')}</p>
      <div class="filters">
        <label class="field" for="formula-supplier"><span class="field-label">${t('formula.supplier')}</span>
          <input id="formula-supplier" data-test="formula-supplier" class="code" list="formula-suppliers" autocomplete="off" maxlength="200" .value=${supplier} @change=${event => this.open(event.target.value.trim())}>
          <datalist id="formula-suppliers">${suppliers.map(each => html`<option value=${each}></option>`)}</datalist></label>
        <label class="field" for="formula-cost"><span class="field-label">${t('formula.cost')}</span>
          <input id="formula-cost" data-test="formula-cost" class="code" inputmode="decimal" autocomplete="off" maxlength="20" .value=${this.cost} @input=${event => { this.cost = event.target.value; this.later(); }}>${this.fault('cost')}</label>
      </div>
      ${trouble(this.problem)}
      ${supplier ? this.body() : empty('calculator', t('formula.choose'), t('formula.choose.text'))}`;
  }

  body() {
    return html`${this.rows.length ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="formulas">
        <thead><tr><th>${t('formula.brand')}</th><th>${t('formula.category')}</th><th class="figures">${t('formula.costFrom')}</th><th>${t('formula.level')}</th><th>${t('formula.method')}</th><th class="figures">${t('formula.percent')}</th><th>${t('formula.ending')}</th><th class="figures">${t('formula.example')}</th>${this.mend ? html`<th><span class="visually-hidden">${t('formula.drop')}</span></th>` : nothing}</tr></thead>
        <tbody>${this.rows.map((row, index) => {
          const example = this.examples.get(index);
          return html`<tr data-test="formula-row">${this.cell(row, index, 'brand')}${this.cell(row, index, 'category')}${this.cell(row, index, 'costFrom', true)}${this.cell(row, index, 'level')}
            ${this.choice(row, index, 'method', METHODS)}${this.cell(row, index, 'percent', true)}${this.choice(row, index, 'ending', ENDINGS)}
            <td class="figures" data-test="formula-example">${example ? html`<span class="quiet">${example.cost} →</span> ${example.price}` : nothing}</td>
            ${this.mend ? html`<td><button type="button" class="button quiet small" aria-label=${t('formula.drop')} @click=${() => this.drop(index)}>${icon('x-lg')}</button></td>` : nothing}</tr>`;
        })}</tbody></table></div>` : empty('calculator', t('formula.none'), t('formula.none.text'))}
      ${this.mend ? html`<div class="acts start"><button type="button" class="button" data-test="formula-add" @click=${() => this.add()}>${icon('plus-lg')}${t('formula.add')}</button>
        <button type="button" class="button primary" data-test="formula-save" ?disabled=${this.saving} @click=${() => this.save()}>${icon('check2')}${t('formula.save')}</button>
        ${this.saved ? html`<span class="state tone-good" role="status" data-test="formula-saved">${icon('check-circle-fill')}<span>${t('formula.saved')}</span></span>` : nothing}</div>` : nothing}
      <p class="field-hint">${t('formula.hint')}</p>`;
  }
}
customElements.define('formulas-table', FormulasTable);
