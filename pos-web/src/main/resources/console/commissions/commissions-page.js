import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { date, t } from '../lib/text.js';

const PERCENT = /^\d{1,3}(\.\d{1,2})?$/;
const BLANK = { person: '', brand: '', category: '', percent: '' };

/** What salespeople earn: the rates. What they come to is among the reports. */
class CommissionsPage extends Piece {
  static properties = { may: {}, standing: { state: true }, form: { state: true }, wrong: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.form = { ...BLANK };
    this.act = uuid7();
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const found = await this.attempt(() => api('GET', '/console/api/commission-rates'));
    if (found) this.show(found);
  }

  show(standing) {
    this.standing = standing;
    if (!this.form.starts) this.form = { ...this.form, starts: standing.today };
  }

  set(field, value) {
    this.form = { ...this.form, [field]: value };
    this.wrong = undefined;
    this.act = uuid7();
  }

  async change(work, said) {
    if (this.busy) return;
    this.busy = true;
    this.said = undefined;
    this.wrong = undefined;
    const found = await this.attempt(work);
    this.busy = false;
    if (!found) return;
    this.form = { ...BLANK, starts: found.today };
    this.act = uuid7();
    this.show(found);
    this.said = said;
  }

  submit(event) {
    event.preventDefault();
    const percent = this.form.percent.trim().replace(',', '.');
    if (!PERCENT.test(percent) || Number(percent) > 100) {
      this.wrong = t('refusal.commission-percent');
      this.querySelector('#commission-percent').focus();
      return;
    }
    const { person, brand, category, starts } = this.form;
    this.change(() => api('PUT', `/console/api/commission-rates/${this.act}`, { person: person || null, brand, category, percent: Number(percent), starts }), t('commissions.set.done'));
  }

  render() {
    const standing = this.standing;
    return html`
      <header class="page-head"><div><h1>${t('commissions.title')}</h1><p class="page-lead">${t('commissions.lead')}</p></div><a class="button" href="/console/reports?report=commissions" data-test="commissions-report">${icon('graph-up')}${t('commissions.report')}</a></header>
      ${this.said ? html`<p class="said" role="status" data-test="commissions-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${!standing ? (this.problem ? nothing : loading(4)) : html`${this.may?.has('staff.manage') ? this.entry(standing) : nothing}${this.table(standing)}`}`;
  }

  text(name, more = {}) {
    return html`<label class="field" for="commission-${name}"><span class="field-label">${t('commissions.' + name)}</span>
      <input id="commission-${name}" data-test="commission-${name}" type=${more.type ?? 'text'} maxlength="120" autocomplete="off" inputmode=${more.mode ?? 'text'} placeholder=${more.hint ?? ''} aria-describedby="commission-wrong"
        .value=${live(this.form[name] ?? '')} @input=${event => this.set(name, event.target.value)}></label>`;
  }

  entry(standing) {
    return html`<form class="filters" @submit=${event => this.submit(event)}>
      <label class="field" for="commission-person"><span class="field-label">${t('commissions.person')}</span>
        <select id="commission-person" data-test="commission-person" @change=${event => this.set('person', event.target.value)}><option value="">${t('commissions.everybody')}</option>${standing.people.map(one => html`<option value=${one.id} ?selected=${one.id === this.form.person}>${one.name}</option>`)}</select></label>
      ${this.text('brand', { hint: t('commissions.all') })}${this.text('category', { hint: t('commissions.all') })}${this.text('percent', { mode: 'decimal' })}${this.text('starts', { type: 'date' })}
      <button class="button" data-test="commission-set" ?disabled=${this.busy}>${t('commissions.set')}</button>
      <p class="field-problem" id="commission-wrong" role="alert" data-test="commission-wrong">${this.wrong ?? ''}</p>
    </form>`;
  }

  table({ rates, today }) {
    if (rates.length === 0) return empty('percent', t('commissions.none'), t('commissions.none.text'));
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="commissions">
      <thead><tr><th>${t('commissions.person')}</th><th>${t('commissions.brand')}</th><th>${t('commissions.category')}</th><th class="figures">%</th><th>${t('commissions.starts')}</th><th>${t('commissions.ends')}</th><th>${t('commissions.by')}</th><th><span class="visually-hidden">${t('commissions.end')}</span></th></tr></thead>
      <tbody>${rates.map(rate => html`<tr data-test="commission">
        <th scope="row">${rate.personName || t('commissions.everybody')}</th><td>${rate.brand || t('commissions.all')}</td><td>${rate.category || t('commissions.all')}</td><td class="figures">${rate.percent}</td>
        <td>${date(rate.starts)}</td><td>${rate.ends ? date(rate.ends) : ''}</td><td>${rate.by}</td>
        <td class="row-acts">${this.may?.has('staff.manage') && !rate.ends ? html`<button type="button" class="button" data-test="commission-end" ?disabled=${this.busy} @click=${() => this.change(() => api('DELETE', `/console/api/commission-rates/${rate.id}`), t(rate.starts > today ? 'commissions.gone' : 'commissions.ended'))}>${t('commissions.end')}</button>` : nothing}</td>
      </tr>`)}</tbody></table></div>`;
  }
}
customElements.define('commissions-page', CommissionsPage);
