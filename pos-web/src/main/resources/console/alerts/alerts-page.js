import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Follows } from '../lib/live.js';
import { Piece, empty, filterBox, icon, loading, matches, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { frozenWords, jobName, moment, number, orEmpty, routeName, t } from '../lib/text.js';
import './alert-rules.js';
import './mail-account.js';
import './mail-letters.js';
import './mail-templates.js';

const VIEWS = ['LASTING', 'NEW', 'RESOLVED', 'ALL'];
const TABS = [['', 'list', 'alerts.read'], ['rules', 'rules', 'alerts.read'], ['mail', 'mail', 'alerts.manage'], ['templates', 'templates', 'alerts.manage'], ['letters', 'letters', 'alerts.manage']];

/** What a thing is called that an alert is about. */
const subjectOf = alert => (['JOB_FAILED', 'JOB_LATE'].includes(alert.kind) ? jobName(alert.name) : alert.kind === 'QUEUE_DEPTH' ? routeName(alert.name) : alert.name);

/** What was noticed; of a frozen store its cause and the document that showed it. */
const detailOf = alert => {
  const [, cause, sequence] = (alert.kind === 'STORE_FROZEN' && /^([A-Z_]+) (\d+)$/.exec(alert.detail)) || [];
  return cause ? frozenWords({ cause, sequence: Number(sequence) }) : alert.detail;
};

const leadsTo = alert => {
  if (alert.kind === 'PARKED') return `/console/messages?store=${alert.store}`;
  if (['REORDER', 'LOW_STOCK'].includes(alert.kind)) return '/console/purchasing/reorder';
  if (alert.kind === 'QUEUE_DEPTH') return '/console/routes';
  if (alert.kind.startsWith('JOB_')) return `/console/jobs/runs?job=${encodeURIComponent(alert.name)}`;
  return alert.store ? `/console/stores/${alert.store}` : undefined;
};

/** Everything that was raised: what lasts first, with what to do about it. */
class AlertsList extends Piece {
  static properties = { view: { state: true }, mine: { state: true }, typed: { state: true }, rows: { state: true }, asked: { state: true }, events: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.view = VIEWS.includes(query.get('view')) ? query.get('view') : 'LASTING';
    this.mine = query.get('mine') === 'true';
    this.typed = query.get('q') ?? '';
    // The bell tells when something began or ended.
    new Follows(this, 'alerts');
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
    this.timer = setInterval(() => this.load(), 15_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    const asked = `${this.view} ${this.mine}`;
    const found = await this.attempt(() => api('GET', `/console/api/alerts?view=${this.view}&mine=${this.mine}`));
    if (found && asked === `${this.view} ${this.mine}`) this.rows = found.alerts;
  }

  choose(change) {
    Object.assign(this, change);
    keep({ view: this.view === 'LASTING' ? '' : this.view, mine: this.mine ? 'true' : '' });
    void this.load();
  }

  async look() {
    this.busy = true;
    const looked = await this.attempt(() => api('POST', '/console/api/alerts/look'));
    this.busy = false;
    if (!looked) return;
    this.said = t('alerts.looked', looked.raised, looked.resolved);
    await this.load();
  }

  async open(alert) {
    this.asked = alert;
    this.events = undefined;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
    this.events = (await this.attempt(() => api('GET', `/console/api/alerts/${alert.id}/events`)))?.events;
  }

  async acknowledge(event) {
    event.preventDefault();
    const done = await this.attempt(() => api('POST', `/console/api/alerts/${this.asked.id}/acknowledge`, { note: event.target.elements.note.value }));
    if (!done) return;
    this.querySelector('dialog').close();
    this.said = t('alerts.acknowledged');
    await this.load();
  }

  render() {
    const shown = (this.rows ?? []).filter(one => matches(this.typed, subjectOf(one), one.ruleName, t(`alerts.kind.${one.kind}`)));
    return html`
      ${this.said ? html`<p class="said" role="status" data-test="alerts-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, () => this.load())}
      <div class="filters">
        ${filterBox('alerts-filter', this.typed, t('alerts.filter'), text => { this.typed = text; keep({ q: text }); })}
        <div class="choices" role="group" aria-label=${t('alerts.view')}>${VIEWS.map(view => html`<button type="button" class="choice" data-test="alerts-view-${view}" aria-pressed=${view === this.view} @click=${() => this.choose({ view })}>${t('alerts.view.' + view)}</button>`)}</div>
        <label class="field flag" for="alerts-mine"><input id="alerts-mine" data-test="alerts-mine" type="checkbox" .checked=${this.mine} @change=${event => this.choose({ mine: event.target.checked })}><span>${t('alerts.mine')}</span></label>
        <button type="button" class="button" data-test="alerts-look" ?disabled=${this.busy} @click=${() => this.look()}>${icon('arrow-repeat')}${t('alerts.look')}</button>
      </div>
      ${!this.rows ? (this.problem ? nothing : loading(5)) : shown.length === 0 ? empty('bell-slash', t('alerts.none'), t('alerts.none.text')) : this.table(shown)}
      ${this.dialog()}`;
  }

  table(rows) {
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="alerts">
      <thead><tr><th>${t('alerts.what')}</th><th>${t('alerts.about')}</th><th>${t('alerts.measured')}</th><th>${t('alerts.since')}</th><th>${t('alerts.state')}</th><th><span class="visually-hidden">${t('alerts.open')}</span></th></tr></thead>
      <tbody>${rows.map(one => html`<tr data-test="alert" data-kind=${one.kind} data-state=${this.stateOf(one)}>
        <th scope="row">${one.ruleName}${one.ruleName === t(`alerts.kind.${one.kind}`) ? nothing : html`<div class="quiet">${t(`alerts.kind.${one.kind}`)}</div>`}</th>
        <td>${leadsTo(one) ? html`<a href=${leadsTo(one)}>${subjectOf(one)}</a>` : subjectOf(one)}</td>
        <td>${this.measured(one)}${one.detail ? html`<div class="quiet" data-test="alert-detail">${detailOf(one)}</div>` : nothing}</td>
        <td><time-ago at=${one.raisedAt}></time-ago></td>
        <td>${this.state(one)}${one.note ? html`<div class="quiet">${one.acknowledgedBy}: ${one.note}</div>` : nothing}</td>
        <td class="row-acts"><button type="button" class="button" data-test="alert-open" @click=${() => this.open(one)}>${t(one.resolvedAt || one.acknowledgedAt ? 'alerts.history' : 'alerts.acknowledge')}</button></td></tr>`)}</tbody></table></div>`;
  }

  measured = one => t(`alerts.measured.${one.kind}`, number(one.value), number(one.threshold));

  stateOf = one => (one.resolvedAt ? 'resolved' : one.acknowledgedAt ? 'acknowledged' : one.muted ? 'muted' : 'new');

  state(one) {
    const name = this.stateOf(one);
    const [tone, symbol] = { resolved: ['good', 'check-circle-fill'], acknowledged: ['accent', 'person-check-fill'], muted: ['quiet', 'bell-slash'], new: ['attention', 'exclamation-triangle-fill'] }[name];
    return html`<span class="state tone-${tone}">${icon(symbol)}<span>${t('alerts.state.' + name)}</span></span>`;
  }

  dialog() {
    const one = this.asked;
    return html`<dialog class="dialog" aria-labelledby="alert-title" data-test="alert-dialog" @close=${() => { this.asked = undefined; }}>${one ? html`
      <h2 id="alert-title">${one.ruleName}</h2><p>${subjectOf(one)} · ${this.measured(one)}</p>
      ${orEmpty(`alerts.help.${one.kind}`) ? html`<p class="quiet">${t(`alerts.help.${one.kind}`)}</p>` : nothing}
      ${this.events ? html`<ul class="plain" data-test="alert-events">${this.events.map(event => html`<li><time datetime=${event.at}>${moment(event.at)}</time> · ${t('alerts.event.' + event.what)}${event.who ? html` · ${event.who}` : nothing}${event.note ? html`: ${event.note}` : nothing}</li>`)}</ul>` : loading(2)}
      ${trouble(this.problem)}
      <form @submit=${event => this.acknowledge(event)}>
        ${one.resolvedAt || one.acknowledgedAt ? nothing : html`<label class="field" for="alert-note"><span class="field-label">${t('alerts.note')}</span><input id="alert-note" name="note" data-test="alert-note" maxlength="500" autocomplete="off"></label>`}
        <div class="dialog-acts"><button type="button" class="button quiet" @click=${() => this.querySelector('dialog').close()}>${t('act.close')}</button>
          ${one.resolvedAt || one.acknowledgedAt ? nothing : html`<button type="submit" class="button primary" data-test="alert-acknowledge">${t('alerts.acknowledge.do')}</button>`}</div></form>` : nothing}</dialog>`;
  }
}
customElements.define('alerts-list', AlertsList);

class AlertsPage extends Piece {
  static properties = { may: {}, tab: {} };

  render() {
    const { may, tab } = this;
    return html`<header class="page-head"><div><h1>${t('alerts.title')}</h1><p class="page-lead">${t('alerts.lead')}</p></div></header>
      <nav class="tabs" aria-label=${t('alerts.title')}>${TABS.filter(([, , needs]) => may?.has(needs)).map(([path, name]) => html`<a href=${path ? `/console/alerts/${path}` : '/console/alerts'} data-test="alerts-tab-${name}" aria-current=${tab === path ? 'page' : nothing}>${t('alerts.tab.' + name)}</a>`)}</nav>
      ${this.part(may, tab)}`;
  }

  part(may, tab) {
    switch (tab) {
      case 'rules': return html`<alert-rules .may=${may}></alert-rules>`;
      case 'mail': return html`<mail-account></mail-account>`;
      case 'templates': return html`<mail-templates></mail-templates>`;
      case 'letters': return html`<mail-letters></mail-letters>`;
      default: return html`<alerts-list></alerts-list>`;
    }
  }
}
customElements.define('alerts-page', AlertsPage);
