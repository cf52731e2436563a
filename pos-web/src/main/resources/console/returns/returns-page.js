import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

const TARGETS = ['PART', 'CATEGORY', 'BRAND', 'ALL'];

/** How parts may come back, what came back that somebody should look at, and what did not fit which vehicle. */
class ReturnsPage extends Piece {
  static properties = { may: {}, standing: { state: true }, rules: { state: true }, rule: { state: true }, wrong: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.rule = { target: 'PART', value: '', returnable: true, days: '', fee: '', inspect: false };
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.standing = await this.attempt(() => api('GET', '/console/api/returns'));
    this.rules = (await this.attempt(() => api('GET', '/console/api/returns/rules')))?.rules;
  }

  change(fields) {
    this.rule = { ...this.rule, ...fields };
    this.wrong = undefined;
  }

  async act(work, said) {
    if (this.busy) return;
    this.busy = true;
    this.said = undefined;
    const found = await this.attempt(work);
    this.busy = false;
    if (!found) return;
    this.rules = found.rules;
    this.said = said;
  }

  set(event) {
    event.preventDefault();
    const { target, value, returnable, days, fee, inspect } = this.rule;
    if (target !== 'ALL' && !value.trim()) this.wrong = t('returns.rule.value.missing');
    else if (!/^(\d{1,4})?$/.test(days.trim())) this.wrong = t('returns.rule.days.wrong');
    else if (!/^(\d{1,3}([.,]\d{1,2})?)?$/.test(fee.trim()) || Number(fee.trim().replace(',', '.')) > 100) this.wrong = t('returns.rule.fee.wrong');
    else return this.act(() => api('PUT', '/console/api/returns/rules', { target, value: value.trim(), returnable, days: days.trim() ? Number(days.trim()) : null, fee: Number(fee.trim().replace(',', '.') || 0), inspect }), t('returns.rule.done'));
    this.querySelector('#rule-value')?.focus();
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('returns.title')}</h1><p class="page-lead">${t('returns.lead')}</p></div></header>
      ${this.said ? html`<p class="said" role="status" data-test="returns-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${!this.standing || !this.rules ? (this.problem ? nothing : loading(4)) : html`${this.cases()}${this.policies()}${this.misfits()}`}`;
  }

  cases() {
    const { cases } = this.standing;
    return html`<section aria-labelledby="cases-title"><h2 id="cases-title">${t('returns.cases')}</h2>
      ${cases.length === 0 ? empty('arrow-return-left', t('returns.cases.none'), t('returns.cases.none.text')) : html`<div class="table-frame" tabindex="0"><table class="table" data-test="return-cases">
        <thead><tr><th>${t('returns.about')}</th><th>${t('returns.store')}</th><th>${t('returns.folio')}</th><th>${t('returns.at')}</th><th>${t('returns.part')}</th><th class="figures">${t('returns.quantity')}</th><th class="figures">${t('returns.amount')}</th><th>${t('returns.by')}</th></tr></thead>
        <tbody>${cases.map(one => html`<tr data-test="return-case" data-about=${one.about} data-store=${one.store}>
          <th scope="row" class=${one.about === 'TOO_MUCH' || one.about === 'FALSE_PROOF' ? 'tone-attention' : ''}>${t('returns.about.' + one.about)}</th><td>${one.store}</td>
          <td>${one.folio}${one.of ? html`<div class="quiet">${t('returns.of', one.of)}</div>` : nothing}</td><td>${moment(one.at)}</td>
          <td>${one.part}<div class="quiet">${one.description}</div></td><td class="figures">${one.quantity}</td><td class="figures">${one.amount}</td>
          <td>${one.by}${one.reason ? html`<div class="quiet">${one.reason}</div>` : nothing}${one.waived ? html`<div class="quiet">${one.waived.split(' ').map(rule => t('returns.waived.' + rule)).join(' · ')}</div>` : nothing}</td>
        </tr>`)}</tbody></table></div>`}</section>`;
  }

  policies() {
    const mends = this.may?.has('catalogue.mend');
    return html`<section aria-labelledby="rules-title"><h2 id="rules-title">${t('returns.rules')}</h2><p class="quiet">${t('returns.rules.lead')}</p>
      ${mends ? this.form() : nothing}
      ${this.rules.length === 0 ? html`<p class="quiet">${t('returns.rules.none')}</p>` : html`<div class="table-frame" tabindex="0"><table class="table" data-test="return-rules">
        <thead><tr><th>${t('returns.rule.for')}</th><th>${t('returns.rule.returnable')}</th><th class="figures">${t('returns.rule.days')}</th><th class="figures">${t('returns.rule.fee')}</th><th>${t('returns.rule.inspect')}</th><th>${t('returns.by')}</th><th><span class="visually-hidden">${t('returns.rule.withdraw')}</span></th></tr></thead>
        <tbody>${this.rules.map(rule => html`<tr data-test="return-rule" data-target=${rule.target} data-value=${rule.value}>
          <th scope="row">${t('returns.target.' + rule.target)}${rule.target === 'ALL' ? nothing : html` <span class="quiet">${rule.name}</span>`}</th><td>${t(rule.returnable ? 'returns.yes' : 'returns.no')}</td>
          <td class="figures">${rule.days ?? ''}</td><td class="figures">${rule.fee === '0' ? '' : rule.fee + ' %'}</td><td>${t(rule.inspect ? 'returns.yes' : 'returns.no')}</td><td>${rule.by}<div class="quiet">${moment(rule.at)}</div></td>
          <td>${mends ? html`<button type="button" class="button" data-test="rule-withdraw" ?disabled=${this.busy} @click=${() => this.act(() => api('POST', '/console/api/returns/rules/withdrawal', { target: rule.target, value: rule.value }), t('returns.rule.withdrawn'))}>${t('returns.rule.withdraw')}</button>` : nothing}</td>
        </tr>`)}</tbody></table></div>`}</section>`;
  }

  form() {
    const rule = this.rule;
    return html`<form class="filters" @submit=${this.set}>
      <label class="field" for="rule-target"><span class="field-label">${t('returns.rule.for')}</span><select id="rule-target" data-test="rule-target" .value=${live(rule.target)} @change=${event => this.change({ target: event.target.value })}>
        ${TARGETS.map(target => html`<option value=${target} ?selected=${target === rule.target}>${t('returns.target.' + target)}</option>`)}</select></label>
      ${rule.target === 'ALL' ? nothing : html`<label class="field" for="rule-value"><span class="field-label">${t('returns.value.' + rule.target)}</span><input id="rule-value" maxlength="200" autocomplete="off" data-test="rule-value" aria-describedby="rule-wrong" .value=${live(rule.value)} @input=${event => this.change({ value: event.target.value })}></label>`}
      <label class="field" for="rule-days"><span class="field-label">${t('returns.rule.days')}</span><input id="rule-days" inputmode="numeric" maxlength="4" autocomplete="off" data-test="rule-days" .value=${live(rule.days)} @input=${event => this.change({ days: event.target.value })}></label>
      <label class="field" for="rule-fee"><span class="field-label">${t('returns.rule.fee')}</span><input id="rule-fee" inputmode="decimal" maxlength="6" autocomplete="off" data-test="rule-fee" .value=${live(rule.fee)} @input=${event => this.change({ fee: event.target.value })}></label>
      <label class="check"><input type="checkbox" data-test="rule-never" .checked=${live(!rule.returnable)} @change=${event => this.change({ returnable: !event.target.checked })}> ${t('returns.rule.never')}</label>
      <label class="check"><input type="checkbox" data-test="rule-inspect" .checked=${live(rule.inspect)} @change=${event => this.change({ inspect: event.target.checked })}> ${t('returns.rule.inspect')}</label>
      <button class="button" data-test="rule-set" ?disabled=${this.busy}>${t('returns.rule.set')}</button>
      <p class="field-problem" id="rule-wrong" role="alert" data-test="rule-wrong">${this.wrong ?? ''}</p>
    </form>`;
  }

  misfits() {
    const { misfits } = this.standing;
    return html`<section aria-labelledby="misfits-title"><h2 id="misfits-title">${t('returns.misfits')}</h2><p class="quiet">${t('returns.misfits.lead')}</p>
      ${misfits.length === 0 ? html`<p class="quiet">${t('returns.misfits.none')}</p>` : html`<div class="table-frame" tabindex="0"><table class="table" data-test="misfits">
        <thead><tr><th>${t('returns.part')}</th><th>${t('returns.vehicle')}</th><th class="figures">${t('returns.times')}</th><th>${t('returns.last')}</th><th>${t('returns.covered')}</th></tr></thead>
        <tbody>${misfits.map(one => html`<tr data-test="misfit" data-part=${one.part}><th scope="row">${one.number}<div class="quiet">${one.name}</div></th><td>${one.vehicle}</td><td class="figures">${one.times}</td><td>${moment(one.last)}</td>
          <td class=${one.covered ? 'tone-attention' : 'quiet'}>${t(one.covered ? 'returns.covered.yes' : 'returns.covered.no')}</td></tr>`)}</tbody></table></div>`}</section>`;
  }
}
customElements.define('returns-page', ReturnsPage);
