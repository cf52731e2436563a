import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, empty, filterBox, icon, loading, matches, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import '../account/session-list.js';
import { moment, number, t } from '../lib/text.js';

const TILL = ['CASHIER', 'MANAGER', 'WAREHOUSE', 'MECHANIC'];
const CONSOLE = ['ACCOUNTANT', 'ADMIN'];

/** Everybody who works here: hired, changed, removed, and given a code to begin with. */
class StaffPage extends Piece {
  static properties = { said: { state: true }, sure: { state: true }, typed: { state: true }, rows: { state: true }, stores: { state: true }, edited: { state: true }, given: { state: true }, formProblem: { state: true } };

  constructor() {
    super();
    this.typed = place().query.get('q') ?? '';
    this.stores = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const [staff, stores] = await Promise.all([this.attempt(() => api('GET', '/console/api/staff')), this.attempt(() => api('GET', '/console/api/stores'))]);
    this.rows = staff?.members ?? this.rows;
    this.stores = stores?.stores ?? [];
  }

  render() {
    const shown = (this.rows ?? []).filter(one => matches(this.typed, one.name, one.user, one.storeName, t(`role.${one.role}`)));
    return html`
      <header class="page-head">
        <div><h1>${t('staff.title')}</h1><p class="page-lead">${this.rows ? t('staff.lead', number(this.rows.filter(one => !one.removedAt).length)) : ''}</p></div>
        <div class="acts"><button type="button" class="button primary" data-test="staff-hire" @click=${() => this.open({})}>${icon('person-plus')}${t('staff.hire')}</button></div>
      </header>
      ${trouble(this.problem, () => this.load())}
      ${this.given ? this.code() : nothing}
      ${this.said ? html`<p class="notice" role="status" data-test="staff-said">${icon('shield-slash')}<span>${this.said}</span></p>` : nothing}
      <div class="filters">${filterBox('staff-filter', this.typed, t('staff.filter'), text => { this.typed = text; keep({ q: text }); })}</div>
      ${!this.rows ? loading() : shown.length === 0 ? empty('people', t('list.nothing'), t('list.nothing.text')) : this.table(shown)}
      <section aria-labelledby="sessions-title"><h2 id="sessions-title">${t('sessions.all')}</h2><p class="quiet">${t('sessions.all.lead')}</p><session-list all></session-list></section>
      ${this.form()}`;
  }

  /** For a telephone that is lost. */
  async resetFactor(one) {
    this.said = undefined;
    this.sure = undefined;
    if (!(await this.attempt(() => api('POST', '/console/api/second-factor/reset', { user: one.user })))) return;
    this.said = t('staff.factor.reset.done', one.name);
    await this.load();
  }

  code() {
    return html`
      <div class="one-time" role="status" data-test="one-time">
        <div><h2>${t('stores.code.made', this.given.user)}</h2><p>${t('staff.code.text', moment(this.given.expiresAt))}</p></div>
        <output class="one-time-code" data-test="one-time-code">${this.given.code}</output>
        <button type="button" class="button quiet" aria-label=${t('act.close')} @click=${() => { this.given = undefined; }}>${icon('x-lg')}</button>
      </div>`;
  }

  table(rows) {
    return html`
      <div class="table-frame" tabindex="0">
        <table class="table" data-test="staff">
          <thead><tr><th>${t('staff.name')}</th><th class="wide-only">${t('staff.user')}</th><th>${t('staff.role')}</th><th class="wide-only">${t('staff.store')}</th><th class="figures wide-only">${t('staff.limit')}</th><th>${t('staff.state')}</th><th><span class="visually-hidden">${t('staff.acts')}</span></th></tr></thead>
          <tbody>${rows.map(one => html`
            <tr data-test="member" data-user=${one.user}>
              <th scope="row">${one.name}<div class="quiet code narrow-only">${one.user}</div></th>
              <td class="code wide-only">${one.user}</td>
              <td>${t(`role.${one.role}`)}<div class="quiet narrow-only">${one.storeName ?? t('staff.console')}</div></td>
              <td class="wide-only">${one.storeName ?? t('staff.console')}</td>
              <td class="figures wide-only">${one.discountLimit === null || one.discountLimit === undefined ? html`<span class="quiet">${t('staff.limit.role')}</span>` : `${one.discountLimit} %`}</td>
              <td>${one.removedAt ? html`<span class="state tone-stop">${icon('person-x')}<span>${t('staff.removed')}</span></span>` : one.ready ? html`<span class="state tone-good">${icon('check-circle-fill')}<span>${t('staff.ready')}</span></span>` : html`<span class="state tone-attention">${icon('hourglass-split')}<span>${t('staff.new')}</span></span>`}${one.discountLimit === null || one.discountLimit === undefined ? nothing : html`<div class="quiet narrow-only">${t('staff.limit')}: ${one.discountLimit} %</div>`}</td>
              <td class="row-acts">
                ${one.removedAt
                  ? html`<button type="button" class="button quiet" data-test="member-back" @click=${() => this.act(one, 'bring-back')}>${t('staff.back')}</button>`
                  : html`<button type="button" class="button quiet" data-test="member-change" @click=${() => this.open(one)}>${t('staff.change')}</button>
                    <button type="button" class="button quiet" data-test="member-code" @click=${() => this.give(one)}>${t('staff.code')}</button>
                    ${one.secondFactor ? html`<button type="button" class="button quiet" data-test="member-factor" aria-expanded=${String(this.sure === one.id)} @click=${() => { this.sure = this.sure === one.id ? undefined : one.id; }}>${t('staff.factor.reset')}</button>` : nothing}
                    <button type="button" class="button quiet" data-test="member-remove" @click=${() => this.act(one, 'remove')}>${t('staff.remove')}</button>`}
              </td>
            </tr>
            ${this.sure === one.id ? html`<tr><td colspan="7"><div class="acts"><span role="alert">${t('staff.factor.reset.sure', one.name)}</span>
              <button type="button" class="button" data-test="member-factor-yes" @click=${() => this.resetFactor(one)}>${t('staff.factor.reset')}</button>
              <button type="button" class="button quiet" @click=${() => { this.sure = undefined; }}>${t('act.cancel')}</button></div></td></tr>` : nothing}`)}
          </tbody>
        </table>
      </div>`;
  }

  async act(one, verb) {
    if (await this.attempt(() => api('POST', `/console/api/staff/${one.id}/${verb}`))) await this.load();
  }

  async give(one) {
    const made = await this.attempt(() => api('POST', '/console/api/codes', { user: one.user }));
    if (made) this.given = { user: one.user, ...made };
  }

  open(one) {
    this.formProblem = undefined;
    this.edited = { isNew: !one.id, id: one.id, user: one.user ?? '', name: one.name ?? '', role: one.role ?? 'CASHIER', store: one.store ?? this.stores[0]?.id ?? '', limit: one.discountLimit ?? '' };
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  set(field, value) {
    this.edited = { ...this.edited, [field]: value };
  }

  async save(event) {
    event.preventDefault();
    const { isNew, id, user, name, role, store, limit } = this.edited;
    const text = String(limit).trim().replace(',', '.');
    if (text && !/^\d{1,3}(\.\d{1,2})?$/.test(text)) {
      this.formProblem = { detail: t('refusal.limit-invalid') };
      return;
    }
    const discountLimit = text ? Number(text) : null;
    const till = TILL.includes(role);
    try {
      this.formProblem = undefined;
      if (isNew) {
        const hired = await api('POST', '/console/api/staff', { user, name, role, store: till ? store || null : null, discountLimit: till ? discountLimit : null });
        this.given = { user: hired.member.user, ...hired.code };
      } else {
        await api('POST', `/console/api/staff/${id}`, { name, role, discountLimit });
      }
      this.querySelector('dialog').close();
      await this.load();
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.formProblem = problem;
    }
  }

  form() {
    const one = this.edited;
    const roles = !one || one.isNew ? [...TILL, ...CONSOLE] : TILL.includes(one.role) ? TILL : CONSOLE;
    return html`
      <dialog class="dialog" aria-labelledby="member-title" data-test="member-form">
        ${one
          ? html`<form @submit=${event => this.save(event)}>
              <h2 id="member-title">${t(one.isNew ? 'staff.hire' : 'staff.change.title')}</h2>
              <label class="field" for="member-name"><span class="field-label">${t('staff.name')}</span>
                <input id="member-name" data-test="member-name" required maxlength="100" autocomplete="off" .value=${live(one.name)} @input=${event => this.set('name', event.target.value)}></label>
              <label class="field" for="member-role"><span class="field-label">${t('staff.role')}</span>
                <select id="member-role" data-test="member-role" @change=${event => this.set('role', event.target.value)}>
                  ${roles.map(role => html`<option value=${role} ?selected=${role === one.role}>${t(`role.${role}`)}</option>`)}
                </select></label>
              ${one.isNew
                ? html`<label class="field" for="member-user"><span class="field-label">${t(TILL.includes(one.role) ? 'staff.user' : 'staff.email')}</span>
                    <input id="member-user" data-test="member-user" required maxlength="254" autocomplete="off" spellcheck="false" .value=${live(one.user)} @input=${event => this.set('user', event.target.value)}></label>`
                : nothing}
              ${TILL.includes(one.role)
                ? html`${one.isNew
                    ? html`<label class="field" for="member-store"><span class="field-label">${t('staff.store')}</span>
                        <select id="member-store" data-test="member-store" @change=${event => this.set('store', event.target.value)}>
                          ${this.stores.map(store => html`<option value=${store.id} ?selected=${store.id === one.store}>${store.name}</option>`)}
                        </select></label>`
                    : nothing}
                  <label class="field" for="member-limit"><span class="field-label">${t('staff.limit.field')}</span>
                    <input id="member-limit" data-test="member-limit" inputmode="decimal" maxlength="6" autocomplete="off" .value=${live(String(one.limit))} @input=${event => this.set('limit', event.target.value)}></label>
                  <p class="quiet">${t('staff.limit.text')}</p>`
                : nothing}
              ${trouble(this.formProblem)}
              <div class="dialog-acts">
                <button type="button" class="button quiet" @click=${() => this.querySelector('dialog').close()}>${t('act.cancel')}</button>
                <button type="submit" class="button primary" data-test="member-save">${t(one.isNew ? 'staff.hire.do' : 'staff.save')}</button>
              </div>
            </form>`
          : nothing}
      </dialog>`;
  }
}
customElements.define('staff-page', StaffPage);
