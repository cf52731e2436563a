import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { date, moment, t } from '../lib/text.js';

const STEPS = [0, 10, 50];
/** As the hub calls a source whose rates are made up. */
const SIMULATOR = 'simulator';
const RATE = /^\d{1,5}(\.\d{1,4})?$/;

/** What a dollar is worth, day by day, and what cash is rounded to. */
class RatesPage extends Piece {
  static properties = { may: {}, standing: { state: true }, day: { state: true }, pesos: { state: true }, wrong: { state: true }, said: { state: true }, credits: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.pesos = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const found = await this.attempt(() => api('GET', '/console/api/rates'));
    if (found) this.show(found);
    this.credits = await this.attempt(() => api('GET', '/console/api/credits'));
  }

  show(standing) {
    this.standing = standing;
    this.day ??= standing.today;
  }

  /** @param given what is kept when it is far off what holds, or a strange first one: given once more, it is meant */
  async act(work, given) {
    if (this.busy) return;
    this.busy = true;
    this.said = undefined;
    this.wrong = undefined;
    const found = await this.attempt(work);
    this.busy = false;
    if (!found) {
      if (given && ['rate-far', 'rate-strange'].includes(this.problem?.code)) this.doubt(given);
      return;
    }
    this.show(found);
    this.pesos = '';
    this.doubted = undefined;
    this.said = t('rates.set.done');
  }

  doubt(given) {
    this.doubted = given;
    this.wrong = this.problem.detail;
    this.problem = undefined;
    this.querySelector('#rate-pesos').focus();
  }

  set(event) {
    event.preventDefault();
    const pesos = this.pesos.trim().replace(',', '.');
    if (!RATE.test(pesos)) {
      this.wrong = t('rates.wrong');
      this.querySelector('#rate-pesos').focus();
      return;
    }
    const given = `${this.day} ${pesos}`;
    const meant = this.doubted === given;
    this.act(() => api('PUT', `/console/api/rates/${this.day}`, { pesos, meant }), given);
  }

  render() {
    const standing = this.standing;
    return html`
      <header class="page-head"><div><h1>${t('rates.title')}</h1><p class="page-lead">${t('rates.lead')}</p></div></header>
      ${this.said ? html`<p class="said" role="status" data-test="rates-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${!standing ? (this.problem ? nothing : loading(4)) : html`${this.now(standing)}${this.may?.has('rates.set') ? this.form() : nothing}${this.table(standing.rates)}${this.rounding(standing)}${this.owed()}`}`;
  }

  now({ today, rates }) {
    const holds = rates.find(rate => rate.day <= today);
    return holds
      ? html`<p><strong data-test="rate-now" data-pesos=${holds.pesos}>${t('rates.now', holds.pesos)}</strong> <span class="quiet">${t('rates.now.of', date(holds.day))}</span></p>
        ${holds.source === SIMULATOR ? html`<p class="trouble tone-attention" role="status" data-test="rate-simulated">${icon('exclamation-triangle')}<span>${t('rates.simulated')}</span></p>` : nothing}`
      : empty('currency-exchange', t('rates.none'), t('rates.none.text'));
  }

  form() {
    return html`<form class="filters" @submit=${this.set}>
      <label class="field" for="rate-day"><span class="field-label">${t('rates.day')}</span><input id="rate-day" type="date" required data-test="rate-day" .value=${live(this.day)} @change=${event => { this.day = event.target.value; }}></label>
      <label class="field" for="rate-pesos"><span class="field-label">${t('rates.pesos')}</span><input id="rate-pesos" inputmode="decimal" autocomplete="off" maxlength="12" data-test="rate-pesos" aria-invalid=${Boolean(this.wrong)} aria-describedby="rate-wrong" .value=${live(this.pesos)} @input=${event => { this.pesos = event.target.value; }}></label>
      <button class="button" data-test="rate-set" ?disabled=${this.busy}>${t('rates.set')}</button>
      <button type="button" class="button" data-test="rate-fetch" ?disabled=${this.busy} @click=${() => this.act(() => api('POST', '/console/api/rates/fetch'))}>${icon('cloud-download')}${t('rates.fetch')}</button>
      <p class="field-problem" id="rate-wrong" role="alert" data-test="rate-wrong">${this.wrong ?? ''}</p>
    </form>`;
  }

  table(rates) {
    if (rates.length === 0) return nothing;
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="rates">
      <thead><tr><th>${t('rates.day')}</th><th class="figures">${t('rates.pesos')}</th><th>${t('rates.origin')}</th><th>${t('rates.at')}</th><th><span class="visually-hidden">${t('rates.back')}</span></th></tr></thead>
      <tbody>${rates.map(rate => html`<tr data-test="rate" data-day=${rate.day}>
        <th scope="row">${date(rate.day)}</th><td class="figures">${rate.pesos}</td>
        <td>${rate.by ? (rate.published ? t('rates.by.published', rate.by, rate.published) : t('rates.by', rate.by)) : rate.source === SIMULATOR ? t('rates.simulator') : rate.source}</td><td>${moment(rate.at)}</td>
        <td class="row-acts">${rate.by && this.may?.has('rates.set') ? html`<button type="button" class="button" data-test="rate-back" ?disabled=${this.busy} @click=${() => this.act(() => api('DELETE', `/console/api/rates/${rate.day}`))}>${t('rates.back')}</button>` : nothing}</td>
      </tr>`)}</tbody></table></div>`;
  }

  owed() {
    if (!this.credits) return nothing;
    const { liability, vouchers, credits } = this.credits;
    return html`<section aria-labelledby="credits-title"><h2 id="credits-title">${t('credits.title')}</h2><p class="quiet" data-test="credits-lead">${t('credits.lead', liability)} ${t('credits.vouchers', vouchers)}</p>
      ${credits.length === 0 ? html`<p class="quiet">${t('credits.none')}</p>` : html`<div class="table-frame" tabindex="0"><table class="table" data-test="credits">
        <thead><tr><th>${t('credits.code')}</th><th>${t('credits.issuer')}</th><th class="figures">${t('credits.amount')}</th><th class="figures">${t('credits.left')}</th><th>${t('credits.spent')}</th></tr></thead>
        <tbody>${credits.map(credit => html`<tr data-test="credit" data-code=${credit.code}>
          <th scope="row" class="code">${credit.code}</th><td>${credit.issuer}${credit.voucher ? html`<div>${t('credits.voucher')}</div>` : nothing}${credit.issuedAt ? html`<div class="quiet">${moment(credit.issuedAt)}</div>` : nothing}</td>
          <td class="figures">${credit.amount}</td><td class="figures">${credit.left}${credit.overspent ? html`<div class="tone-attention" data-test="overspent">${icon('exclamation-triangle-fill')} ${t('credits.overspent')}</div>` : nothing}</td>
          <td>${credit.spendings.map(one => html`<div>${one.store} ${one.folio} ${one.amount}</div>`)}</td></tr>`)}</tbody></table></div>`}</section>`;
  }

  rounding({ rounding }) {
    return html`<section><h2>${t('rounding.title')}</h2><p class="quiet">${t('rounding.lead')}</p>
      <label class="field" for="rounding"><span class="visually-hidden">${t('rounding.title')}</span>
        <select id="rounding" data-test="rounding" ?disabled=${this.busy || !this.may?.has('rates.set')} @change=${event => this.act(() => api('PUT', '/console/api/cash-rounding', { step: Number(event.target.value) }))}>
          ${STEPS.map(step => html`<option value=${step} ?selected=${step === rounding}>${t('rounding.' + step)}</option>`)}
        </select></label></section>`;
  }
}
customElements.define('rates-page', RatesPage);
