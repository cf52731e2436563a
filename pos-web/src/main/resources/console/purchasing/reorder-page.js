import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { go, keep, place } from '../lib/router.js';
import { t } from '../lib/text.js';

const KINDS = ['REORDER', 'SLOW', 'DEAD'];
const ROOT = '/pos/api/inventory';

/** What should be ordered and from whom, with the reason of each line; what does not move. */
class ReorderPage extends Piece {
  static properties = { may: {}, kind: { state: true }, alerts: { state: true }, suggestions: { state: true }, rates: { state: true }, started: { state: true }, busy: { state: true } };

  constructor() {
    super();
    const kind = place().query.get('kind') ?? '';
    this.kind = KINDS.includes(kind) ? kind : 'REORDER';
    this.rates = {};
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    const asked = this.kind;
    const found = await this.attempt(() => api('GET', `${ROOT}/reorder-alerts?kind=${asked}`));
    if (found && asked === this.kind) this.alerts = found.alerts;
    this.suggestions = (await this.attempt(() => api('GET', `${ROOT}/reorder-suggest-po`)))?.suggestions ?? this.suggestions;
  }

  choose(kind) {
    this.kind = kind;
    this.alerts = undefined;
    keep({ kind });
    void this.load();
  }

  async act(alert, act, body) {
    this.busy = true;
    const done = await this.attempt(() => api('PUT', `${ROOT}/reorder-alerts/${alert.id}/${act}`, body));
    this.busy = false;
    if (done) await this.load();
  }

  async generate() {
    if (await this.attempt(() => api('POST', `${ROOT}/generate-alerts`))) this.started = true;
  }

  async make(suggestion) {
    this.busy = true;
    const made = await this.attempt(() => api('POST', `${ROOT}/reorder-suggest-po`, { supplier: suggestion.supplier, store: suggestion.store, rate: this.rates[suggestion.supplier] ?? '' }));
    this.busy = false;
    if (made) go(`/console/purchasing/orders/${made.order}`);
  }

  render() {
    const make = this.may.has('purchase.make');
    return html`<div class="filters"><label class="field" for="alert-kind"><span class="field-label">${t('reorder.alerts')}</span><select id="alert-kind" data-test="alert-kind" @change=${event => this.choose(event.target.value)}>${KINDS.map(kind => html`<option value=${kind} ?selected=${kind === this.kind}>${t('reorder.kind.' + kind)}</option>`)}</select></label>
        ${make ? html`<button type="button" class="button" data-test="generate-alerts" @click=${() => this.generate()}>${icon('arrow-repeat')}${t('reorder.generate')}</button>` : nothing}
        ${this.started ? html`<span role="status">${t('reorder.running')} <a href="/console/jobs">${t('nav.jobs')}</a></span>` : nothing}</div>
      ${trouble(this.problem, () => this.load())}
      ${this.suggestions && this.kind === 'REORDER' ? this.suggested(make) : nothing}
      <h2>${t('reorder.alerts')}</h2>
      ${this.alerts ? this.table(make) : this.problem ? nothing : loading(5)}`;
  }

  suggested(make) {
    return html`<h2>${t('reorder.suggested')}</h2>
      ${this.suggestions.length ? this.suggestions.map(one => html`<details class="preview-kind" data-test="suggestion"><summary>${one.supplierName || t('reorder.nobody')} · ${one.storeCode} <span class="quiet">${one.supplier ? one.total.text : t('reorder.nobody.text')}</span></summary>
        ${one.belowMinimum ? html`<p class="quiet" data-test="below-minimum">${icon('exclamation-triangle')} ${t('purchase.minimum', one.minimum.text)} ${one.supplier ? t(one.fills ? 'reorder.fill.short' : 'reorder.fill.off') : ''}</p>` : nothing}
        ${one.fillers.length ? html`<p class="quiet" data-test="filled">${icon('plus-circle')} ${t('reorder.fill.done', one.minimum.text)}</p>` : nothing}
        <div class="table-frame" tabindex="0"><table class="table"><thead><tr><th>${t('purchase.part')}</th><th class="figures">${t('reorder.toorder')}</th><th>${t('purchase.why')}</th></tr></thead>
          <tbody>${one.lines.map(line => html`<tr><th scope="row"><span class="line-code">${line.lineCode}</span> <span class="number">${line.partNumber}</span> <span class="quiet">${line.name}</span></th><td class="figures">${line.toOrder.text}</td><td>${line.why}</td></tr>`)}
            ${one.fillers.map(line => html`<tr data-test="filler"><th scope="row"><span class="line-code">${line.lineCode}</span> <span class="number">${line.partNumber}</span> <span class="quiet">${line.name}</span></th><td class="figures">${line.quantity.text}</td><td>${line.why}</td></tr>`)}</tbody></table></div>
        ${make && one.supplier ? html`<div class="acts start">${one.total.currency === 'MXN' ? nothing : html`<label class="field" for="rate-${one.supplier}"><span class="field-label">${t('purchase.rate')}</span><input id="rate-${one.supplier}" inputmode="decimal" maxlength="20" @input=${event => { this.rates = { ...this.rates, [one.supplier]: event.target.value }; }}></label>`}
          <button type="button" class="button primary" data-test="suggestion-make" ?disabled=${this.busy} @click=${() => this.make(one)}>${t('reorder.make')}</button></div>` : nothing}</details>`)
        : empty('check2-circle', t('reorder.suggested.none'), t('reorder.suggested.none.text'))}`;
  }

  table(make) {
    if (!this.alerts.length) return empty('check2-circle', t('reorder.alerts.none'), t('reorder.alerts.none.text'));
    // Of what does not sell nothing is ordered.
    const buys = this.kind === 'REORDER';
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="alerts"><thead><tr><th>${t('purchase.part')}</th><th>${t('purchase.branch')}</th><th>${t('purchase.why')}</th>${buys ? html`<th>${t('reorder.elsewhere')}</th><th class="figures">${t('reorder.toorder')}</th>` : nothing}${make ? html`<th><span class="visually-hidden">${t('reorder.resolve')}</span></th>` : nothing}</tr></thead>
      <tbody>${this.alerts.map(alert => html`<tr data-test="alert"><th scope="row"><span class="line-code">${alert.lineCode}</span> <span class="number">${alert.partNumber}</span> <span class="quiet">${alert.name}</span></th><td class="code">${alert.storeCode}</td><td>${alert.why}</td>
        ${buys ? html`<td>${alert.from.map(from => `${from.code} ${from.quantity.text}`).join(', ')}</td><td class="figures">${alert.toOrder.text}</td>` : nothing}
        ${make ? html`<td class="row-acts">${alert.acknowledgedAt ? html`<span class="quiet">${t('reorder.acked')}</span>` : html`<button type="button" class="button quiet small" data-test="alert-ack" ?disabled=${this.busy} @click=${() => this.act(alert, 'acknowledge')}>${t('reorder.ack')}</button>`}
          <button type="button" class="button quiet small" data-test="alert-snooze" ?disabled=${this.busy} @click=${() => this.act(alert, 'snooze', { days: 7 })}>${t('reorder.snooze')}</button>
          <button type="button" class="button quiet small" data-test="alert-resolve" ?disabled=${this.busy} @click=${() => this.act(alert, 'resolve', { reason: '' })}>${t('reorder.resolve')}</button></td>` : nothing}</tr>`)}</tbody></table></div>`;
  }
}
customElements.define('reorder-page', ReorderPage);
