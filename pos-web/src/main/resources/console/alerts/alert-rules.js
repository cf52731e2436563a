import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { jobName, moment, number, t } from '../lib/text.js';

const ROLES = ['ADMIN', 'ACCOUNTANT'];
const DAYS = [1, 2, 3, 4, 5, 6, 7];
const MUTES = [1, 8, 24, 168];
/** From when on it is usually bad: what a new rule begins with. Those without a figure happen or do not. */
const USUAL = { STORE_SILENT: 10, STORE_LAG: 500, QUEUE_DEPTH: 1000, PARKED: 1, JOB_LATE: 60, DISK_LOW: 2048, CLOCK_OFF: 120, RECONCILIATION: 1, REORDER: 1, LOW_STOCK: 1, NEW_SALE: 20000 };
/** What happens and does not last: no reminder, no end. */
const HAPPENS = ['LOW_STOCK', 'NEW_SALE'];

/** What is watched, from when on it is bad, and who is told. */
class AlertRules extends Piece {
  static properties = { may: {}, rules: { state: true }, kinds: { state: true }, stores: { state: true }, jobs: { state: true }, edited: { state: true }, formProblem: { state: true }, said: { state: true } };

  constructor() {
    super();
    this.stores = [];
    this.jobs = [];
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    const found = await this.attempt(() => api('GET', '/console/api/alert-rules'));
    if (!found) return;
    this.rules = found.rules;
    this.kinds = found.kinds;
    this.stores = (await this.attempt(() => api('GET', '/console/api/stores')))?.stores ?? [];
    this.jobs = (await this.attempt(() => api('GET', '/console/api/jobs')))?.jobs.map(job => job.name) ?? [];
  }

  get manages() {
    return this.may?.has('alerts.manage');
  }

  render() {
    return html`
      ${this.said ? html`<p class="said" role="status" data-test="rules-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      ${this.manages ? html`<div class="acts start"><button type="button" class="button primary" data-test="rule-new" ?disabled=${!this.kinds} @click=${() => this.open()}>${icon('plus-lg')}${t('alerts.rule.new')}</button></div>` : nothing}
      ${!this.rules ? (this.problem ? nothing : loading(6)) : this.table()}
      ${this.form()}`;
  }

  table() {
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="rules">
      <thead><tr><th>${t('alerts.rule.name')}</th><th>${t('alerts.rule.when')}</th><th>${t('alerts.rule.where')}</th><th>${t('alerts.rule.who')}</th><th>${t('alerts.state')}</th><th><span class="visually-hidden">${t('alerts.open')}</span></th></tr></thead>
      <tbody>${this.rules.map(rule => html`<tr data-test="rule" data-kind=${rule.kind} data-name=${rule.name}>
        <th scope="row">${rule.name}${rule.name === t('alerts.kind.' + rule.kind) ? nothing : html`<div class="quiet">${t('alerts.kind.' + rule.kind)}</div>`}</th>
        <td>${t('alerts.when.' + rule.kind, number(rule.threshold))}</td>
        <td>${rule.store ? (this.stores.find(store => store.id === rule.store)?.name ?? '…') : rule.job ? jobName(rule.job) : t(rule.kind.startsWith('JOB_') ? 'alerts.rule.jobs' : 'alerts.rule.everywhere')}</td>
        <td>${[...rule.roles.map(role => t('role.' + role)), ...rule.addresses].join(', ') || t('alerts.rule.nobody')}${rule.byMail ? html` <span class="quiet">${icon('envelope')} ${t('alerts.rule.mail')}</span>` : nothing}</td>
        <td>${this.state(rule)}</td>
        <td class="row-acts">${this.manages ? html`<button type="button" class="button" data-test="rule-change" @click=${() => this.open(rule)}>${t('alerts.rule.change')}</button>
          ${this.isMuted(rule) ? html`<button type="button" class="button quiet" data-test="rule-speak" @click=${() => this.mute(rule, 0)}>${t('alerts.rule.speak')}</button>` : html`<label class="pick" for="mute-${rule.id}"><span class="visually-hidden">${t('alerts.rule.mute')} ${rule.name}</span><select id="mute-${rule.id}" data-test="rule-mute" @change=${event => { const hours = Number(event.target.value); event.target.value = ''; void this.mute(rule, hours); }}><option value="">${t('alerts.rule.mute')}</option>${MUTES.map(hours => html`<option value=${hours}>${t('alerts.rule.mute.' + hours)}</option>`)}</select></label>`}` : nothing}</td></tr>`)}</tbody></table></div>`;
  }

  isMuted = rule => rule.mutedUntil && Date.parse(rule.mutedUntil) > Date.now();

  state(rule) {
    if (!rule.enabled) return html`<span class="state tone-quiet">${icon('pause-circle')}<span>${t('alerts.rule.off')}</span></span>`;
    if (this.isMuted(rule)) return html`<span class="state tone-quiet">${icon('bell-slash')}<span>${t('alerts.rule.muted', moment(rule.mutedUntil))}</span></span>`;
    return html`<span class="state tone-good">${icon('check-circle-fill')}<span>${t('alerts.rule.on')}</span></span>${rule.quiet ? html`<div class="quiet">${t('alerts.rule.quiet.short', rule.quiet.days.map(day => t('alerts.day.' + day)).join(' '), rule.quiet.from, rule.quiet.until)}</div>` : nothing}`;
  }

  async mute(rule, hours) {
    if (await this.attempt(() => api('POST', `/console/api/alert-rules/${rule.id}/mute`, { hours }))) await this.load();
  }

  open(rule) {
    this.formProblem = undefined;
    this.edited = rule
      ? { ...rule, isNew: false, addresses: rule.addresses.join(', '), remindHours: rule.remindHours ?? '', quiet: rule.quiet ?? undefined }
      : { isNew: true, id: uuid7(), kind: 'STORE_SILENT', name: '', enabled: true, threshold: 10, calmMinutes: 2, remindHours: '', store: null, job: null, roles: ['ADMIN'], persons: [], addresses: '', byMail: true, tellEnd: true, language: 'es', quiet: undefined };
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  set(change) {
    this.edited = { ...this.edited, ...change };
  }

  body() {
    const one = this.edited;
    return {
      kind: one.kind, name: one.name.trim() || t('alerts.kind.' + one.kind), enabled: one.enabled, threshold: Number(one.threshold), calmMinutes: Number(one.calmMinutes),
      remindHours: one.remindHours === '' ? null : Number(one.remindHours), store: one.store || null, job: one.job || null, roles: one.roles, persons: one.persons,
      addresses: one.addresses.split(/[\s,;]+/).filter(Boolean), byMail: one.byMail, tellEnd: one.tellEnd, language: one.language, quiet: one.quiet ?? null,
    };
  }

  async save(event) {
    event.preventDefault();
    try {
      this.formProblem = undefined;
      await api('PUT', `/console/api/alert-rules/${this.edited.id}`, this.body());
      this.done('alerts.rule.kept');
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.formProblem = problem;
    }
  }

  async drop() {
    try {
      await api('DELETE', `/console/api/alert-rules/${this.edited.id}`);
      this.done('alerts.rule.removed');
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.formProblem = problem;
    }
  }

  done(text) {
    this.querySelector('dialog').close();
    this.said = t(text);
    void this.load();
  }

  flag(field, text, disabled = false) {
    return html`<label class="field flag" for="rule-${field}"><input id="rule-${field}" data-test="rule-${field}" type="checkbox" ?disabled=${disabled} .checked=${live(Boolean(this.edited[field]))} @change=${event => this.set({ [field]: event.target.checked })}><span>${text}</span></label>`;
  }

  figureField(field, label, min, max, required = true) {
    return html`<label class="field" for="rule-${field}"><span class="field-label">${label}</span><input id="rule-${field}" data-test="rule-${field}" type="number" min=${min} max=${max} step="1" ?required=${required} .value=${live(String(this.edited[field]))} @input=${event => this.set({ [field]: event.target.value })}></label>`;
  }

  form() {
    const one = this.edited;
    const ofJobs = this.kinds?.find(kind => kind.kind === one?.kind)?.ofJobs;
    return html`<dialog class="dialog broad" aria-labelledby="rule-title" data-test="rule-form">${one ? html`<form @submit=${event => this.save(event)}>
      <h2 id="rule-title">${t(one.isNew ? 'alerts.rule.new' : 'alerts.rule.change.title')}</h2>
      <label class="field" for="rule-kind"><span class="field-label">${t('alerts.rule.kind')}</span><select id="rule-kind" data-test="rule-kind" ?disabled=${!one.isNew} @change=${event => this.set({ kind: event.target.value, threshold: USUAL[event.target.value] ?? 1, store: null, job: null })}>${this.kinds.map(({ kind }) => html`<option value=${kind} ?selected=${kind === one.kind}>${t('alerts.kind.' + kind)}</option>`)}</select></label>
      <label class="field" for="rule-name"><span class="field-label">${t('alerts.rule.name')}</span><input id="rule-name" data-test="rule-name" maxlength="80" autocomplete="off" placeholder=${t('alerts.kind.' + one.kind)} .value=${live(one.name)} @input=${event => this.set({ name: event.target.value })}></label>
      <div class="filters">
        ${one.kind in USUAL ? this.figureField('threshold', t('alerts.threshold.' + one.kind), 1, 1_000_000_000) : nothing}
        ${this.figureField('calmMinutes', t('alerts.rule.calm'), 0, 1440)}
        ${HAPPENS.includes(one.kind) ? nothing : this.figureField('remindHours', t('alerts.rule.remind'), 1, 720, false)}
      </div>
      ${ofJobs
        ? html`<label class="field" for="rule-job"><span class="field-label">${t('alerts.rule.job')}</span><select id="rule-job" data-test="rule-job" @change=${event => this.set({ job: event.target.value || null })}><option value="">${t('alerts.rule.jobs')}</option>${[...new Set([...this.jobs, ...(one.job ? [one.job] : [])])].map(job => html`<option value=${job} ?selected=${job === one.job}>${jobName(job)}</option>`)}</select></label>`
        : html`<label class="field" for="rule-store"><span class="field-label">${t('alerts.rule.where')}</span><select id="rule-store" data-test="rule-store" @change=${event => this.set({ store: event.target.value || null })}><option value="">${t('alerts.rule.everywhere')}</option>${this.stores.map(store => html`<option value=${store.id} ?selected=${store.id === one.store}>${store.name}</option>`)}</select></label>`}
      <fieldset class="checks"><legend class="field-label">${t('alerts.rule.who')}</legend>
        ${ROLES.map(role => html`<label class="field flag" for="rule-role-${role}"><input id="rule-role-${role}" data-test="rule-role-${role}" type="checkbox" .checked=${live(one.roles.includes(role))} @change=${event => this.set({ roles: event.target.checked ? [...one.roles, role] : one.roles.filter(each => each !== role) })}><span>${t('role.' + role)}</span></label>`)}</fieldset>
      <label class="field" for="rule-addresses"><span class="field-label">${t('alerts.rule.addresses')}</span><input id="rule-addresses" data-test="rule-addresses" autocomplete="off" spellcheck="false" .value=${live(one.addresses)} @input=${event => this.set({ addresses: event.target.value })}></label>
      <div class="checks">${this.flag('byMail', t('alerts.rule.byMail'))}${HAPPENS.includes(one.kind) ? nothing : this.flag('tellEnd', t('alerts.rule.tellEnd'))}${this.flag('enabled', t('alerts.rule.enabled'))}
        <label class="field flag" for="rule-quiet"><input id="rule-quiet" data-test="rule-quiet" type="checkbox" .checked=${live(Boolean(one.quiet))} @change=${event => this.set({ quiet: event.target.checked ? { days: DAYS, from: '22:00', until: '07:00' } : undefined })}><span>${t('alerts.rule.quiet')}</span></label></div>
      ${one.quiet ? html`<div class="filters" role="group" aria-label=${t('alerts.rule.quiet')}>
        ${DAYS.map(day => html`<button type="button" class="choice" aria-pressed=${one.quiet.days.includes(day)} @click=${() => this.set({ quiet: { ...one.quiet, days: one.quiet.days.includes(day) ? one.quiet.days.filter(each => each !== day) : [...one.quiet.days, day] } })}>${t('alerts.day.' + day)}</button>`)}
        <label class="field" for="rule-from"><span class="field-label">${t('alerts.rule.from')}</span><input id="rule-from" type="time" required .value=${live(one.quiet.from)} @change=${event => this.set({ quiet: { ...one.quiet, from: event.target.value } })}></label>
        <label class="field" for="rule-until"><span class="field-label">${t('alerts.rule.until')}</span><input id="rule-until" type="time" required .value=${live(one.quiet.until)} @change=${event => this.set({ quiet: { ...one.quiet, until: event.target.value } })}></label></div>` : nothing}
      <label class="field" for="rule-language"><span class="field-label">${t('alerts.rule.language')}</span><select id="rule-language" @change=${event => this.set({ language: event.target.value })}>${['es', 'en'].map(code => html`<option value=${code} ?selected=${code === one.language}>${t('mail.language.' + code)}</option>`)}</select></label>
      ${trouble(this.formProblem)}
      <div class="dialog-acts">${one.isNew ? nothing : html`<button type="button" class="button quiet" data-test="rule-remove" @click=${() => this.drop()}>${t('alerts.rule.remove')}</button>`}
        <button type="button" class="button quiet" @click=${() => this.querySelector('dialog').close()}>${t('act.cancel')}</button>
        <button type="submit" class="button primary" data-test="rule-save">${t('alerts.rule.save')}</button></div></form>` : nothing}</dialog>`;
  }
}
customElements.define('alert-rules', AlertRules);
