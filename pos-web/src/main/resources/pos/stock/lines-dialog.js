import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Over } from '../shell/dialog.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { stock } from './stock-server.js';

/** The column that a line was refused for. */
const columnOf = code => ['quantity', 'cost', 'bin', 'lost'].find(field => code?.startsWith('stock-' + field));

/**
 * A document of lines, by scanner or by keys: a code in the box and Enter add a line or one more of it; a number or words that find several parts let choose.
 * Lines that the server refuses stay, each with its reason; the others are written.
 */
export class LinesDialog extends Over {
  static properties = { ...Over.properties, code: { state: true }, found: { state: true }, lines: { state: true }, missed: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.lines = [];
    this.found = [];
    this.missed = [];
    this.code = '';
    this.queued = 0;
  }

  async start() {
    this.pick?.resolve();
    this.pick = undefined;
    this.lines = [];
    this.found = [];
    this.missed = [];
    this.code = '';
    this.problem = undefined;
    this.act = uuid7();
    await this.show();
    this.toCode();
  }

  toCode() {
    focusIfKeys(this.querySelector('.stock-code'));
  }

  /** What was changed is another document. */
  changed() {
    this.act = uuid7();
    this.problem = undefined;
  }

  /** A scanner does not wait for an answer: one code after the other, none is lost; what is not known stays to be read. */
  look(event) {
    event.preventDefault();
    const code = this.code.trim();
    this.code = '';
    if (!code) return;
    this.queued++;
    this.scans = Promise.resolve(this.scans)
      .then(() => this.sending)
      .then(() => this.find(code))
      .finally(() => this.queued--);
  }

  async find(code) {
    this.problem = undefined;
    try {
      const { parts } = await till.ask(() => stock.find(code));
      if (parts.length === 1) await this.take(parts[0]);
      else if (parts.length > 1) await this.offer(parts);
      else this.missed = [...this.missed, code];
    } catch (problem) {
      this.problem = problem;
    }
    await this.updateComplete;
    this.toCode();
  }

  /** The codes behind this one wait until somebody has chosen. */
  async offer(parts) {
    this.found = parts;
    this.pick = Promise.withResolvers();
    await this.updateComplete;
    focusIfKeys(this.querySelector('.stock-found button'));
    await this.pick.promise;
  }

  async chosen(found) {
    this.found = [];
    await this.take(found);
    this.pick?.resolve();
    this.pick = undefined;
  }

  take(found) {
    this.found = [];
    this.changed();
    const there = this.lines.find(line => line.part.part === found.part.part && !line.wrong);
    if (there) this.set(there, 'quantity', String(Number(there.quantity || 0) + found.pack.value));
    else this.lines = [{ id: uuid7(), part: found.part, quantity: String(found.pack.value), bin: '', cost: '', lost: '', stock: found.stock, shelf: found.bin }, ...this.lines];
    this.updateComplete.then(() => this.toCode());
  }

  set(line, field, value) {
    this.changed();
    this.lines = this.lines.map(each => (each === line ? { ...each, [field]: value, wrong: undefined, code: undefined } : each));
  }

  drop(line) {
    this.changed();
    this.lines = this.lines.filter(each => each !== line);
    this.toCode();
  }

  typed() {
    return this.lines.map(({ id, part, quantity, bin, cost, lost }) => ({ id, part: part.part, quantity, bin, cost, lost }));
  }

  /** Sends it; what was refused stays to be mended, as a document of its own. */
  async save(event) {
    event?.preventDefault();
    if (this.busy || this.found.length) return;
    this.busy = true;
    await this.scans;
    this.problem = undefined;
    const sent = Promise.withResolvers();
    this.sending = sent.promise;
    try {
      if (!this.lines.length) return;
      const { document: written, refused } = await this.send();
      const why = new Map(refused.map(line => [line.id, line]));
      this.lines = this.lines.filter(line => why.has(line.id)).map(line => ({ ...line, wrong: why.get(line.id).text, code: why.get(line.id).code }));
      if (written) {
        this.act = uuid7();
        this.kept();
        till.say(this.said(written), refused.length ? 'attention' : 'good');
      }
      if (!refused.length && !this.queued) this.close();
      if (refused.length) {
        await this.updateComplete;
        focusIfKeys(this.querySelector('.stock-lines [aria-invalid=true]'));
      }
    } catch (problem) {
      this.problem = problem;
      await this.refused(problem);
    } finally {
      this.busy = false;
      this.sending = undefined;
      sent.resolve();
    }
  }

  /** Some of it was written; what is left is another document. */
  kept() {}

  /** @param problem why nothing was written */
  refused(problem) {
    return problem;
  }

  box(does = t('stock.add')) {
    return html`<form class="stock-scan" @submit=${event => this.look(event)}>
        <input class="form-control stock-code mono" data-test="stock-code" autocomplete="off" spellcheck="false" maxlength="200" aria-label=${t('stock.code')} placeholder=${t('stock.code')} .value=${live(this.code)} @input=${event => { this.code = event.target.value; }}>
        <button type="submit" class="btn btn-plain">${does} <kbd>Enter</kbd></button>
      </form>
      ${this.found.length > 1
        ? html`<ul class="stock-found plain" data-test="stock-found">${this.found.map(found => html`<li><button type="button" class="menu-row" @click=${() => this.chosen(found)}>
            <span class="part"><span class="line-code">${found.part.lineCode}</span> <span class="number">${found.part.partNumber}</span></span><span>${found.part.name}</span><span class="num">${found.stock.text}</span></button></li>`)}</ul>`
        : nothing}`;
  }

  /** Of a dialog that takes pieces away. They are in somebody's hand, so it is said and not refused. */
  isMoreThanHere(line) {
    return Boolean(this.takesAway && line.stock) && Number(String(line.quantity).replace(',', '.')) > line.stock.value;
  }

  cell(line, field, label, extra = '') {
    return html`<input class="form-control num ${extra}" data-test="line-${field}" autocomplete="off" maxlength="60" aria-invalid=${columnOf(line.code) === field} aria-label="${label} ${line.part.partNumber}" inputmode=${field === 'bin' ? 'text' : 'decimal'} placeholder=${field === 'bin' ? line.shelf ?? '' : ''} .value=${line[field]} @input=${event => this.set(line, field, event.target.value)}
      @keydown=${event => { if (event.key === 'Enter') { event.preventDefault(); this.toCode(); } }}>`;
  }

  /**
   * @param columns [field, label]
   * @param beside what the figure beside each part is
   */
  table(columns, beside = t('stock.here')) {
    if (!this.lines.length) return html`<p class="quiet stock-empty">${t('stock.empty')}</p>`;
    return html`<table class="figures-table stock-lines" data-test="stock-lines">
      <thead><tr><th scope="col">${t('stock.part')}</th><th scope="col" class="num">${beside}</th>${columns.map(([, label]) => html`<th scope="col" class="num">${label}</th>`)}<th><span class="visually-hidden">${t('stock.drop')}</span></th></tr></thead>
      <tbody>${this.lines.map(line => html`<tr class=${line.wrong ? 'wrong' : ''}>
        <td><span class="part"><span class="line-code">${line.part.lineCode}</span> <span class="number">${line.part.partNumber}</span></span><div class="quiet">${line.part.name}</div>
          ${line.wrong ? html`<p class="field-problem" role="alert" data-test="line-wrong">${line.wrong}</p>` : nothing}</td>
        <td class="num ${this.isMoreThanHere(line) ? 'attention' : 'quiet'}">${this.isMoreThanHere(line) ? html`<span title=${t('stock.here.less')}>${icon('exclamation-triangle')}</span>\u00a0` : nothing}${line.stock?.text ?? ''}</td>
        ${columns.map(([field, label]) => html`<td>${this.cell(line, field, label, field === 'bin' ? 'bin' : '')}</td>`)}
        <td><button type="button" class="close" aria-label="${t('stock.drop')} ${line.part.partNumber}" @click=${() => this.drop(line)}>${icon('x-lg')}</button></td>
      </tr>`)}</tbody></table>`;
  }

  trouble() {
    return html`${this.unknown()}${this.wrong()}`;
  }

  unknown() {
    return this.missed.length
      ? html`<div class="note attention" role="alert" data-test="stock-missed">${icon('upc-scan')}<span>${this.missed.map(code => html`${t('stock.find.none', code)}<br>`)}</span>
          <button type="button" class="close" aria-label=${t('act.close')} @click=${() => { this.missed = []; this.toCode(); }}>${icon('x-lg')}</button></div>`
      : nothing;
  }

  wrong() {
    return html`<p class="field-problem follows" role="alert" data-test="stock-problem">${this.problem ? (this.problem.unreachable ? t('away.empty') : this.problem.detail) : ''}</p>`;
  }

  foot(label) {
    return html`<div class="over-foot stays"><span class="quiet">${tn('stock.lines', this.lines.length)}</span>
      <button type="button" class="btn btn-main" data-test="stock-save" ?disabled=${this.busy || !this.lines.length} @click=${() => this.save()}>${label}</button></div>`;
  }

  input(field, label, extra = {}) {
    return html`<div><label class="form-label" for="${this.localName}-${field}">${label}</label>
      <input id="${this.localName}-${field}" class="form-control ${extra.num ? 'num' : ''}" data-test="stock-${field}" autocomplete="off" maxlength="120" .value=${this[field] ?? ''} @input=${event => { this[field] = event.target.value; this.changed(); }}></div>`;
  }
}
