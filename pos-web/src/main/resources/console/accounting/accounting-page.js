import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, state, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { date, moment, number, orEmpty, t, tn } from '../lib/text.js';
import './account-table.js';
import './code-table.js';
import './customer-proposals.js';
import './delivery-table.js';
import './incoming-table.js';
import './way-choice.js';

const FINAL = ['done', 'failed', 'stopped', 'discarded'];

export const kindName = kind => (kind ? orEmpty('account.kind.' + kind) || kind : '');
export const accountRole = (role, kind) => [t('account.role.' + role), kindName(kind)].filter(Boolean).join(' · ');

/** What waits for each of the accountant's systems, what it lacks, and what went when. */
class AccountingPage extends Piece {
  static properties = { may: { attribute: false }, found: { state: true }, until: { state: true }, target: { state: true }, tab: { state: true }, busy: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.until = query.get('until') ?? '';
    this.target = query.get('target') ?? 'sheet';
    this.tab = ['accounts', 'customers', 'deliveries', 'incoming'].includes(query.get('tab')) ? query.get('tab') : 'export';
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  get chosen() {
    return this.found?.targets.find(one => one.target === this.target);
  }

  get query() {
    return new URLSearchParams({ target: this.target, ...(this.until ? { until: this.until } : {}) }).toString();
  }

  async load() {
    clearTimeout(this.timer);
    const asked = this.query;
    const found = await this.attempt(() => api('GET', '/console/api/accounting?' + asked));
    if (!found || asked !== this.query || !this.isConnected) return;
    this.found = found;
    if (found.exports.some(one => !FINAL.includes(one.run.status))) this.timer = setTimeout(() => this.load(), 1000);
  }

  set(name, value) {
    this[name] = value;
    keep({ [name]: value });
    if (name !== 'tab' || value === 'export') this.load();
  }

  async act(path, body) {
    this.busy = true;
    const run = await this.attempt(() => api('POST', path, body));
    this.busy = false;
    if (run) await this.load();
  }

  render() {
    return html`
      <h1>${t('accounting.title')}</h1>
      <p class="quiet">${t('accounting.lead')}</p>
      <div class="filters">
        <label class="field" for="accounting-target"><span class="field-label">${t('accounting.target')}</span>
          <select id="accounting-target" data-test="accounting-target" @change=${event => this.set('target', event.target.value)}>
            ${(this.found?.targets ?? []).map(one => html`<option value=${one.target} ?selected=${one.target === this.target}>${t('accounting.target.' + one.target)}${one.verified ? '' : ` (${t('accounting.unverified')})`}</option>`)}
          </select></label>
      </div>
      <div class="tabs" role="tablist" aria-label=${t('accounting.title')}>
        ${(this.chosen?.spoken ? ['export', 'deliveries', 'customers', 'incoming', 'accounts'] : ['export', 'accounts']).map(tab => html`<button type="button" role="tab" aria-selected=${this.tab === tab} data-test="accounting-tab-${tab}" @click=${() => this.set('tab', tab)}>${t('accounting.tab.' + tab)}</button>`)}
      </div>
      ${trouble(this.problem, () => this.load())}
      ${this.chosen && !this.chosen.connected ? html`<p data-test="accounting-unconnected">${icon('plug')} ${t('deliveries.unconnected')}</p>` : nothing}
      ${this.chosen?.resting ? html`<p role="alert" data-test="accounting-resting">${icon('pause-circle')} ${this.chosen.resting}</p>` : nothing}
      ${this.tab === 'deliveries' && this.chosen?.spoken ? html`<delivery-table .target=${this.target}></delivery-table>` : this.tab === 'customers' && this.chosen?.spoken ? html`<customer-proposals .target=${this.target}></customer-proposals>` : this.tab === 'incoming' && this.chosen?.spoken ? html`<incoming-table .may=${this.may} .target=${this.target}></incoming-table>` : this.tab === 'accounts' ? html`<account-table .target=${this.target}></account-table>${this.chosen?.documents ? html`${['tickets', 'purchases'].map(subject => html`<way-choice .target=${this.target} .subject=${subject} @way-changed=${() => this.renderRoot.querySelector('code-table')?.load()}></way-choice>`)}<code-table .target=${this.target} .spoken=${this.chosen.spoken}></code-table>` : nothing}` : this.found ? this.exports() : this.problem ? nothing : loading(5)}`;
  }

  exports() {
    const one = this.found.due;
    return html`
      <section data-test="accounting-due" aria-label=${t('accounting.waiting')}>
        <div class="filters figures-beside">
          <label class="field" for="accounting-until"><span class="field-label">${t('accounting.until')}</span>
            <input id="accounting-until" data-test="accounting-until" type="date" .value=${this.until || this.found.until} @change=${event => this.set('until', event.target.value)}></label>
          <div class="figure"><span class="figure-label">${t('accounting.tickets')}</span><span class="figure-value" data-test="due-tickets">${number(one.tickets)}</span>${one.first ? html`<span class="figure-hint">${t('accounting.since', date(one.first))}</span>` : nothing}</div>
          <div class="figure"><span class="figure-label">${t('accounting.total')}</span><span class="figure-value" data-test="due-total" data-minor=${one.total.minor}>${one.total.text}</span></div>
          <button type="button" class="button primary" data-test="accounting-go" ?disabled=${this.busy || !one.first || one.missing.length > 0 || this.chosen?.connected === false} @click=${() => this.act('/console/api/accounting/exports', { target: one.target, until: this.until || this.found.until })}>${icon('box-arrow-up')}${t('accounting.go')}</button>
        </div>
        ${!one.first ? html`<p class="quiet" role="status">${t('accounting.waiting.none')}</p>` : nothing}
        ${one.verified ? nothing : html`<p data-test="accounting-unverified">${icon('exclamation-triangle')} <strong>${t('accounting.unverified')}</strong>: ${t(this.chosen?.spoken ? 'deliveries.unverified' : 'accounting.unverified.text')}</p>`}
        ${one.missing.length ? html`<div role="alert" data-test="accounting-missing">
          <p>${icon('exclamation-octagon-fill')} ${t('accounting.missing')}</p>
          <ul>${one.missing.map(each => html`<li data-test="missing-account">${accountRole(each.role, each.kind)} (${each.store})${each.group ? html`: ${t('accounting.missing.group')}` : nothing}</li>`)}</ul>
          <button type="button" class="button" data-test="accounting-mend" @click=${() => this.set('tab', 'accounts')}>${t('accounting.missing.mend')}</button></div>` : nothing}
      </section>
      <h2>${t('accounting.exports')}</h2>
      ${this.found.exports.length === 0 ? empty('journal-check', t('accounting.none'), t('accounting.none.text')) : html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="accounting-exports">
        <thead><tr><th>${t('accounting.when')}</th><th>${t('accounting.target')}</th><th>${t('accounting.state')}</th><th class="figures">${t('accounting.tickets')}</th><th class="figures">${t('accounting.entries')}</th><th class="figures">${t('accounting.total')}</th><th>${t('accounting.files')}</th></tr></thead>
        <tbody>${this.found.exports.map(each => this.row(each))}</tbody></table></div>`}`;
  }

  row({ run, target, entries, corrections, documents, tickets, total, files }) {
    return html`<tr data-test="export" data-run=${run.id} data-status=${run.status}>
      <td>${moment(run.startedAt)}<div class="quiet">${run.startedBy}</div></td>
      <td>${target ? t('accounting.target.' + target) : '–'}</td>
      <td>${state('run', run.status)}<div class="quiet" data-test="export-message">${run.message}</div></td>
      <td class="figures">${number(tickets)}</td>
      <td class="figures">${number(entries)}${corrections ? html`<div class="quiet">${t('accounting.corrections', number(corrections))}</div>` : nothing}${documents ? html`<div class="quiet" data-test="export-documents">${tn('accounting.documents', documents)}</div>` : nothing}</td>
      <td class="figures" data-minor=${total?.minor ?? nothing}>${total?.text ?? '–'}</td>
      <td>${files.map(file => html`<div><a data-test="export-file" href=${`/console/api/accounting/exports/${run.id}/files/${encodeURIComponent(file.name)}`} download>${file.name}</a></div>`)}
        ${files.length === 0 && tickets && !this.found.targets.find(one => one.target === target)?.spoken ? html`<button type="button" class="button" data-test="export-again" ?disabled=${this.busy} @click=${() => this.act(`/console/api/accounting/exports/${run.id}/again`)}>${t('accounting.again')}</button>` : nothing}</td>
    </tr>`;
  }
}
customElements.define('accounting-page', AccountingPage);
