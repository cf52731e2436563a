import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, figure, icon, loading, trouble } from '../lib/pieces.js';
import { date, moment, t } from '../lib/text.js';

const FIELDS = ['PHONE', 'EMAIL', 'RFC', 'FISCAL_NAME', 'POSTAL_CODE', 'REGIME', 'TAX_USE', 'VEHICLES', 'PRICE_LEVEL', 'NOTES'];
const AGES = ['notDue', 'upTo30', 'upTo60', 'upTo90', 'above90'];

/** What a person typed as an amount, in centavos; undefined when it is none. */
const centavos = text => {
  const match = /^(\d{1,9})(?:\.(\d{0,2}))?$/.exec(text.replace(/[\s$,]/g, ''));
  return match ? Number(match[1] + (match[2] ?? '').padEnd(2, '0')) : undefined;
};
const pesos = amount => (amount.minor / 100).toFixed(2);

/** One customer: data, account, credit line, and everything that changed. */
class CustomerPage extends Piece {
  static properties = { customer: { attribute: false }, may: { attribute: false }, sheet: { state: true }, form: { state: true }, wrong: { state: true }, saved: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    const sheet = await this.attempt(() => api('GET', `/console/api/customers/${this.customer}`));
    if (sheet) this.take(sheet);
  }

  take(sheet) {
    this.sheet = sheet;
    const line = sheet.row.line;
    this.form = { limit: line ? pesos(line.limit) : '', days: String(line?.days ?? 30), branchLimit: line ? pesos(line.branchLimit) : '', held: line?.held ?? false, reason: '' };
  }

  set(field, value) {
    this.form = { ...this.form, [field]: value };
    this.wrong = undefined;
    this.saved = false;
  }

  async save(event) {
    event.preventDefault();
    const { form } = this;
    const limit = centavos(form.limit);
    const branchLimit = form.branchLimit.trim() ? centavos(form.branchLimit) : limit;
    if (limit === undefined) return this.fault('limit', t('customers.line.amount.wrong'));
    if (branchLimit === undefined) return this.fault('branchLimit', t('customers.line.amount.wrong'));
    if (!/^\d{1,3}$/.test(form.days.trim())) return this.fault('days', t('refusal.credit-days', '365'));
    try {
      this.take(await api('POST', `/console/api/customers/${this.customer}/line`, { limit, days: Number(form.days), held: form.held, branchLimit, reason: form.reason }));
      this.saved = true;
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.fault({ 'credit-limit': 'limit', 'credit-branch-limit': 'branchLimit', 'credit-days': 'days', 'reason-missing': 'reason', 'reason-too-long': 'reason' }[problem.code], problem.detail);
    }
  }

  fault(field, text) {
    this.wrong = { field, text };
    if (field) this.updateComplete.then(() => this.querySelector(`#line-${field}`)?.focus());
  }

  render() {
    const { sheet } = this;
    return html`
      <p><a href="/console/customers">${icon('arrow-left')} ${t('customers.back')}</a></p>
      ${trouble(this.problem, () => this.load())}
      ${sheet ? this.page(sheet) : this.problem ? nothing : loading(8)}`;
  }

  page(sheet) {
    return html`
      <header class="page-head"><div><h1 data-test="customer-name">${sheet.row.name}</h1></div>
        <a class="button" data-test="customer-statement" href=${`/console/api/customers/${this.customer}/statement`} download>${icon('download')}${t('customers.statement')}</a></header>
      <section aria-label=${t('customers.ageing')}><div class="figures-row">
        ${figure(t('customers.balance'), sheet.row.balance.text)}
        ${AGES.filter(age => sheet.ageing[age].minor || age === 'notDue').map(age => figure(t('customers.ageing.' + age), sheet.ageing[age].text))}
        ${sheet.ageing.inFavour ? figure(t('customers.ageing.inFavour'), sheet.ageing.inFavour.text) : nothing}
      </div></section>
      <h2>${t('customers.data')}</h2>
      <div class="table-frame" tabindex="0"><table class="table"><tbody>${FIELDS.filter(field => sheet.fields[field]).map(field => html`<tr><th scope="row">${t('customers.field.' + field)}</th><td>${sheet.fields[field].split('\n').map(line => html`<div>${line}</div>`)}</td></tr>`)}</tbody></table></div>
      ${this.line(sheet)}
      <h2>${t('customers.open')}</h2>
      ${sheet.open.length
        ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="customer-open"><thead><tr><th>${t('customers.ticket')}</th><th>${t('customers.branch')}</th><th>${t('customers.day')}</th><th>${t('customers.due')}</th><th class="figures">${t('customers.amount')}</th><th class="figures">${t('customers.left')}</th></tr></thead>
            <tbody>${sheet.open.map(one => html`<tr><th scope="row" class="code">${one.folio}</th><td>${one.store}</td><td>${date(one.day)}</td><td>${one.overdue ? html`<span class="state tone-stop">${icon('exclamation-octagon-fill')}<span>${date(one.dueOn)}</span></span>` : date(one.dueOn)}</td><td class="figures">${one.amount.text}</td><td class="figures">${one.left.text}</td></tr>`)}</tbody></table></div>`
        : html`<p class="quiet">${t('customers.open.none')}</p>`}
      <h2>${t('customers.entries')}</h2>
      ${sheet.entries.length
        ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="customer-entries"><thead><tr><th>${t('customers.when')}</th><th>${t('customers.what')}</th><th>${t('customers.branch')}</th><th>${t('customers.by')}</th><th class="figures">${t('customers.amount')}</th></tr></thead>
            <tbody>${sheet.entries.map(one => html`<tr><td>${moment(one.at)}</td><td>${one.kindText} <span class="code">${one.reference}</span>${one.bounced ? html` <span class="state tone-attention">${icon('arrow-return-left')}<span>${t('customers.bounced')}</span></span>` : nothing}</td><td>${one.store}</td><td>${one.byName}</td><td class="figures">${one.amount.text}</td></tr>`)}</tbody></table></div>`
        : html`<p class="quiet">${t('customers.entries.none')}</p>`}
      <h2>${t('customers.timeline')}</h2>
      ${sheet.changes.length
        ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="customer-timeline"><thead><tr><th>${t('customers.when')}</th><th>${t('customers.branch')}</th><th>${t('customers.by')}</th><th>${t('customers.what')}</th></tr></thead>
            <tbody>${sheet.changes.map(change => html`<tr><td>${moment(change.receivedAt)}</td><td>${change.store}</td><td>${change.byName}</td>
              <td>${change.fields.map(one => html`<div>${one.fieldText}: ${one.after || '—'} ${one.before ? html`<span class="quiet">${t('customers.timeline.from', one.before)}</span>` : nothing}</div>`)}</td></tr>`)}</tbody></table></div>`
        : html`<p class="quiet">${t('customers.timeline.none')}</p>`}`;
  }

  field(name, label, mode) {
    const bad = this.wrong?.field === name;
    return html`<label class="field" for="line-${name}"><span class="field-label">${label}</span>
      <input id="line-${name}" data-test="line-${name}" inputmode=${mode} maxlength="120" autocomplete="off" aria-invalid=${bad ? 'true' : 'false'} aria-describedby=${bad ? 'line-wrong' : nothing} .value=${live(this.form[name])} @input=${event => this.set(name, event.target.value)}></label>`;
  }

  line(sheet) {
    return html`<h2>${t('customers.line')}</h2>
      <p class="quiet">${t('customers.line.text')}</p>
      ${this.may?.has('customers.credit')
        ? html`<form class="filters" data-test="line-form" @submit=${event => this.save(event)}>
            ${this.field('limit', t('customers.line.limit'), 'decimal')}
            ${this.field('days', t('customers.line.days'), 'numeric')}
            ${this.field('branchLimit', t('customers.line.branch'), 'decimal')}
            ${this.field('reason', t('customers.line.reason'), 'text')}
            <label class="check"><input type="checkbox" data-test="line-held" .checked=${live(this.form.held)} @change=${event => this.set('held', event.target.checked)}> ${t('customers.line.held')}</label>
            <button type="submit" class="button primary" data-test="line-save">${t('customers.line.save')}</button>
          </form>
          ${this.wrong ? html`<p class="trouble" id="line-wrong" role="alert" data-test="line-wrong">${this.wrong.text}</p>` : nothing}
          ${this.saved ? html`<p role="status" data-test="line-saved">${t('customers.line.saved')}</p>` : nothing}`
        : nothing}
      ${sheet.lines.length
        ? html`<div class="table-frame" tabindex="0"><table class="table" data-test="customer-lines"><tbody>${sheet.lines.map(set => html`<tr><td>${moment(set.line.setAt)}</td>
            <td>${t('customers.line.set', set.line.limit.text, set.line.days, set.line.branchLimit.text)}${set.line.held ? html` <span class="state tone-stop">${icon('slash-circle')}<span>${t('customers.held')}</span></span>` : nothing}</td><td>${set.reason}</td><td>${set.byName}</td></tr>`)}</tbody></table></div>`
        : nothing}`;
  }
}
customElements.define('customer-page', CustomerPage);
