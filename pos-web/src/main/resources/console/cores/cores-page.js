import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { date, t, tn } from '../lib/text.js';

const WHOLE = /^\d{0,6}$/;
const AGES = ['30', '60', '90', 'more'];

/** Who owes old pieces, by age, and the company's terms for them. */
class CoresPage extends Piece {
  static properties = { may: {}, standing: { state: true }, form: { state: true }, limits: { state: true }, shown: { state: true }, owed: { state: true }, came: { state: true }, wrong: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.limits = {};
    this.came = {};
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const found = await this.attempt(() => api('GET', '/console/api/cores'));
    if (found) this.show(found);
  }

  show(standing) {
    this.standing = standing;
    const { taxed, days, limit } = standing.terms;
    this.form = { taxed, days: days == null ? '' : String(days), limit: limit == null ? '' : String(limit) };
    this.limits = Object.fromEntries(standing.customers.map(one => [one.customer, one.limit == null ? '' : String(one.limit)]));
  }

  get sets() {
    return this.may?.has('customers.credit');
  }

  async act(work) {
    if (this.busy) return;
    this.busy = true;
    this.said = undefined;
    this.wrong = undefined;
    const found = await this.attempt(work);
    this.busy = false;
    if (!found) return;
    this.show(found);
    this.said = t('cores.saved');
  }

  number(text) {
    return text.trim() === '' ? null : Number(text);
  }

  save(event) {
    event.preventDefault();
    const { taxed, days, limit } = this.form;
    if (!WHOLE.test(days.trim()) || !WHOLE.test(limit.trim())) {
      this.wrong = t('cores.wrong');
      return;
    }
    this.act(() => api('PUT', '/console/api/cores/terms', { taxed, days: this.number(days), limit: this.number(limit) }));
  }

  own(event, customer) {
    event.preventDefault();
    const text = this.limits[customer] ?? '';
    if (!WHOLE.test(text.trim())) {
      this.wrong = t('cores.wrong');
      return;
    }
    this.act(() => api('PUT', `/console/api/cores/limits/${customer}`, { pieces: this.number(text) }));
  }

  async open(one) {
    this.shown = one;
    this.owed = undefined;
    this.came = {};
    this.owed = await this.attempt(() => api('GET', '/console/api/cores/owed' + (one.customer ? `?customer=${one.customer}` : '')));
  }

  /** The id stays with the line until the hub has answered, so that pressing again is the same act. */
  async receive(event, line) {
    event.preventDefault();
    const typed = this.came[line.line] ?? {};
    const act = { id: typed.id ?? uuid7(), pieces: (typed.pieces ?? line.pieces).trim() };
    this.came = { ...this.came, [line.line]: act };
    await this.act(() => api('POST', `/console/api/cores/opening/${line.line}/back`, act));
    if (!this.said) return;
    this.said = t('cores.came.said');
    await this.open(this.shown);
  }

  receiving(line) {
    const part = `${line.lineCode} ${line.partNumber}`;
    return html`<form class="row-acts" @submit=${event => this.receive(event, line)}>
      <input class="figures" inputmode="decimal" maxlength="10" size="4" autocomplete="off" data-test="core-came" aria-label=${t('cores.came.of', part)} .value=${live(this.came[line.line]?.pieces ?? line.pieces)} @input=${event => { this.came = { ...this.came, [line.line]: { pieces: event.target.value } }; }}>
      <button class="button" data-test="core-came-save" aria-label=${t('cores.came.save', part)} ?disabled=${this.busy}>${icon('check-lg')}</button></form>`;
  }

  render() {
    const standing = this.standing;
    return html`
      <header class="page-head"><div><h1>${t('cores.title')}</h1><p class="page-lead">${t('cores.lead')}</p></div></header>
      ${this.said ? html`<p class="said" role="status" data-test="cores-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${!standing ? (this.problem ? nothing : loading(4)) : html`
        <p data-test="cores-sum"><strong>${tn('cores.sum', standing.pieces, standing.deposits)}</strong>${standing.expired ? html` <span class="tone-attention">${icon('exclamation-triangle-fill')} ${t('cores.expired', standing.expired)}</span>` : nothing}</p>
        ${this.table(standing)}${this.lines()}${this.terms()}`}`;
  }

  table({ customers, ages }) {
    if (customers.length === 0) return empty('recycle', t('cores.empty'), t('cores.empty.text'));
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="cores">
      <thead><tr><th>${t('cores.customer')}</th><th class="figures">${t('cores.pieces')}</th><th class="figures">${t('cores.deposits')}</th>${AGES.map(age => html`<th class="figures">${t('cores.age.' + age)}</th>`)}<th>${t('cores.oldest')}</th><th>${t('cores.own')}</th></tr></thead>
      <tbody>${customers.map(one => html`<tr data-test="core-customer" data-name=${one.name}>
        <th scope="row"><button type="button" class="link" data-test="core-open" aria-label=${t('cores.show', one.name || t('cores.nobody'))} @click=${() => this.open(one)}>${one.name || t('cores.nobody')}</button></th>
        <td class="figures">${one.pieces}</td><td class="figures">${one.deposits}${one.expired ? html`<div class="tone-attention">${t('cores.expired', one.expired)}</div>` : nothing}</td>
        ${one.ages.map(age => html`<td class="figures">${age.deposits}</td>`)}
        <td>${one.oldest}</td>
        <td>${one.customer && this.sets ? html`<form class="row-acts" @submit=${event => this.own(event, one.customer)}>
          <input class="figures" inputmode="numeric" maxlength="6" size="4" autocomplete="off" data-test="core-own" aria-label=${t('cores.own')} placeholder=${this.standing.terms.limit ?? t('cores.limit.none')} .value=${live(this.limits[one.customer] ?? '')} @input=${event => { this.limits = { ...this.limits, [one.customer]: event.target.value }; }}>
          <button class="button" data-test="core-own-save" aria-label=${t('cores.own.save', one.name)} ?disabled=${this.busy}>${icon('check-lg')}</button></form>` : one.limit ?? nothing}</td>
      </tr>`)}</tbody>
      <tfoot><tr><th scope="row">${t('cores.total')}</th><td class="figures">${this.standing.pieces}</td><td class="figures">${this.standing.deposits}</td>${ages.map(age => html`<td class="figures">${age.deposits}</td>`)}<td></td><td></td></tr></tfoot></table></div>`;
  }

  lines() {
    if (!this.shown) return nothing;
    return html`<section aria-labelledby="cores-owed-title"><h2 id="cores-owed-title">${t('cores.owed', this.shown.name || t('cores.nobody'))}</h2>
      ${!this.owed ? loading(2) : html`<div class="table-frame" tabindex="0"><table class="table" data-test="cores-owed">
        <thead><tr><th>${t('cores.part')}</th><th>${t('cores.ticket')}</th><th class="figures">${t('cores.pieces')}</th><th class="figures">${t('cores.deposits')}</th><th>${t('cores.oldest')}</th><th>${t('cores.until')}</th>${this.owed.some(one => one.run) && this.sets ? html`<th>${t('cores.came')}</th>` : nothing}</tr></thead>
        <tbody>${this.owed.map(one => html`<tr data-test="core-owed"><th scope="row"><span class="code">${one.lineCode} ${one.partNumber}</span><div class="quiet">${one.description}</div></th><td>${one.store} ${one.run ? t('cores.opening', one.run) : one.folio}</td><td class="figures">${one.pieces}</td><td class="figures">${one.deposit}</td><td>${date(one.soldOn)}</td><td>${one.until ? date(one.until) : t('cores.days.none')}</td>${this.owed.some(other => other.run) && this.sets ? html`<td>${one.run ? this.receiving(one) : nothing}</td>` : nothing}</tr>`)}</tbody></table></div>`}</section>`;
  }

  terms() {
    const { taxed, days, limit } = this.form;
    const off = !this.sets || this.busy;
    return html`<section aria-labelledby="cores-terms-title"><h2 id="cores-terms-title">${t('cores.terms')}</h2>
      <form class="filters" @submit=${event => this.save(event)}>
        <label class="field" for="cores-taxed"><span class="field-label">${t('cores.taxed')}</span>
          <select id="cores-taxed" data-test="cores-taxed" ?disabled=${off} @change=${event => { this.form = { ...this.form, taxed: event.target.value === 'true' }; }}>
            ${[false, true].map(value => html`<option value=${value} ?selected=${value === taxed}>${t('cores.taxed.' + value)}</option>`)}
          </select></label>
        <label class="field" for="cores-days"><span class="field-label">${t('cores.days')}</span><input id="cores-days" inputmode="numeric" maxlength="4" autocomplete="off" data-test="cores-days" placeholder=${t('cores.days.none')} ?disabled=${off} .value=${live(days)} @input=${event => { this.form = { ...this.form, days: event.target.value }; }}></label>
        <label class="field" for="cores-limit"><span class="field-label">${t('cores.limit')}</span><input id="cores-limit" inputmode="numeric" maxlength="6" autocomplete="off" data-test="cores-limit" placeholder=${t('cores.limit.none')} ?disabled=${off} .value=${live(limit)} @input=${event => { this.form = { ...this.form, limit: event.target.value }; }}></label>
        ${this.sets ? html`<button class="button" data-test="cores-save" ?disabled=${this.busy}>${t('cores.save')}</button>` : nothing}
        <p class="field-problem" role="alert" data-test="cores-wrong">${this.wrong ?? ''}</p>
      </form></section>`;
  }
}
customElements.define('cores-page', CoresPage);
