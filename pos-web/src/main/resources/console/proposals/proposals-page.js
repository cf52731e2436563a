import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, empty, filterBox, icon, loading, matches, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { moment, number, t } from '../lib/text.js';
import './lost-sales.js';

const TABS = ['open', 'decided', 'lost'];
const TAXES = ['GENERAL', 'ZERO', 'EXEMPT'];

/** Parts that stores made because the catalogue lacked them: what each is, is decided here. */
class ProposalsPage extends Piece {
  static properties = { may: {}, tab: { state: true }, typed: { state: true }, rows: { state: true }, openCount: { state: true }, one: { state: true }, form: { state: true }, reason: { state: true }, formProblem: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.tab = TABS.includes(query.get('tab')) ? query.get('tab') : 'open';
    this.typed = query.get('q') ?? '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    if (this.tab === 'lost') return;
    const tab = this.tab;
    const found = await this.attempt(() => api('GET', `/console/api/proposals?decided=${tab === 'decided'}`));
    if (!found || tab !== this.tab) return;
    this.rows = found.proposals;
    this.openCount = found.open;
  }

  choose(tab) {
    this.tab = tab;
    this.said = undefined;
    this.rows = undefined;
    keep({ tab: tab === 'open' ? '' : tab });
    this.load();
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('proposals.title')}</h1><p class="page-lead">${t('proposals.lead')}</p></div></header>
      <div class="tabs" role="tablist" aria-label=${t('proposals.title')}>
        ${TABS.map(tab => html`<button type="button" role="tab" aria-selected=${tab === this.tab} data-test="tab-${tab}" @click=${() => this.choose(tab)}>${t('proposals.tab.' + tab)}${tab === 'open' && this.openCount ? ` (${number(this.openCount)})` : ''}</button>`)}
      </div>
      ${this.said ? html`<p class="said" role="status" data-test="proposal-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${this.tab === 'lost' ? html`<lost-sales></lost-sales>` : this.list()}
      ${this.dialog()}`;
  }

  list() {
    const shown = (this.rows ?? []).filter(row => matches(this.typed, row.lineCode, row.partNumber, row.name, row.barcode, row.storeName, row.storeCode));
    const none = this.tab === 'open' ? ['proposals.none', 'proposals.none.text'] : ['proposals.decided.none', 'proposals.decided.none.text'];
    return html`
      ${trouble(this.problem, () => this.load())}
      ${!this.rows ? (this.problem ? nothing : loading(4)) : this.rows.length === 0 ? empty('check2-circle', t(none[0]), t(none[1])) : html`
        <div class="filters">${filterBox('proposals-filter', this.typed, t('proposals.filter'), text => { this.typed = text; keep({ q: text }); })}</div>
        ${shown.length === 0 ? empty('search', t('list.nothing'), t('list.nothing.text')) : this.table(shown)}`}`;
  }

  table(rows) {
    const open = this.tab === 'open';
    return html`<div class="table-frame" tabindex="0"><table class="table" data-test="proposals">
      <thead><tr><th>${t('proposals.part')}</th><th>${t('line.description')}</th><th>${t('proposals.store')}</th><th class="figures">${t('proposals.price')}</th><th class="figures">${t('proposals.sold')}</th><th>${t('proposals.when')}</th><th>${open ? html`<span class="visually-hidden">${t('proposals.decide')}</span>` : t('proposals.verdict')}</th></tr></thead>
      <tbody>${rows.map(row => html`<tr data-test="proposal" data-number=${row.partNumber}>
        <th scope="row"><span class="line-code">${row.lineCode}</span> <span class="number">${row.partNumber}</span></th>
        <td>${row.name}<div class="quiet">${[row.brand, row.category, row.barcode].filter(Boolean).join(' · ')}</div></td>
        <td>${row.storeName}</td>
        <td class="figures">${row.priceText}</td>
        <td class="figures">${row.sold}</td>
        <td>${moment(row.at)}<div class="quiet">${t('proposals.by', row.by)}</div></td>
        <td class="row-acts">${open
          ? this.may?.has('catalogue.mend') ? html`<button type="button" class="button" data-test="proposal-decide" @click=${() => this.open(row)}>${t('proposals.decide')}</button>` : nothing
          : this.verdict(row.decided)}</td>
      </tr>`)}</tbody></table></div>`;
  }

  verdict(decided) {
    const text = t('proposals.verdict.' + decided.verdict, decided.verdict === 'REFUSED' ? decided.reason : decided.partText);
    return html`${decided.part ? html`<a href=${`/console/catalogue/${decided.part}`}>${text}</a>` : text}<div class="quiet">${moment(decided.at)} · ${decided.by}</div>`;
  }

  async open(row) {
    this.said = undefined;
    this.formProblem = undefined;
    this.reason = '';
    this.form = { lineCode: row.lineCode, partNumber: row.partNumber, name: row.name, brand: row.brand, category: row.category, price: row.price, priceIncludesTax: row.priceIncludesTax, taxClass: row.taxClass, satCode: row.satCode, satUnit: row.satUnit };
    this.one = { proposal: row };
    await this.updateComplete;
    this.querySelector('dialog').showModal();
    const found = await this.attempt(() => api('GET', `/console/api/proposals/${row.id}`));
    if (found && this.one?.proposal.id === row.id) this.one = found;
  }

  async decide(verb, body) {
    if (this.busy) return;
    this.busy = true;
    try {
      this.formProblem = undefined;
      const row = await api('POST', `/console/api/proposals/${this.one.proposal.id}/${verb}`, body);
      this.querySelector('dialog').close();
      this.said = t('proposals.done.' + row.decided.verdict, row.decided.partText);
      await this.load();
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.formProblem = problem;
    } finally {
      this.busy = false;
    }
  }

  set(field, value) {
    this.form = { ...this.form, [field]: value };
  }

  dialog() {
    const one = this.one?.proposal;
    return html`<dialog class="dialog broad" aria-labelledby="proposal-title" data-test="proposal-form" @close=${() => { this.one = undefined; }}>
      ${one ? html`
        <h2 id="proposal-title">${t('proposals.decide.title', `${one.lineCode} ${one.partNumber}`)}</h2>
        <p>${one.name} · ${one.priceText} · ${one.storeName}${one.barcode ? html` · <span class="code">${t('proposals.barcode', one.barcode)}</span>` : nothing}</p>
        ${trouble(this.formProblem)}
        ${this.likely()}
        ${this.addition()}
        ${this.refusal()}
        <div class="dialog-acts"><button type="button" class="button quiet" @click=${() => this.querySelector('dialog').close()}>${t('act.cancel')}</button></div>` : nothing}
    </dialog>`;
  }

  likely() {
    const likely = this.one.likely;
    return html`<section><h3>${t('proposals.likely')}</h3>
      ${!likely ? loading(2) : likely.length === 0 ? html`<p class="quiet" data-test="likely-none">${t('proposals.likely.none')}</p>` : html`
        <table class="table" data-test="likely"><tbody>${likely.map(part => html`<tr data-test="likely-part" data-number=${part.partNumber}>
          <th scope="row"><a href=${`/console/catalogue/${part.partId}`} target="_blank"><span class="line-code">${part.lineCode}</span> <span class="number">${part.partNumber}</span></a></th>
          <td>${part.name}<div class="quiet">${part.brand} · ${t('proposals.why.' + part.why)}</div></td>
          <td class="figures">${part.priceText ?? '–'}<div class="quiet">${t('proposals.stock', part.stock)}</div></td>
          <td class="row-acts"><button type="button" class="button primary" data-test="proposal-merge" ?disabled=${this.busy} @click=${() => this.decide('merge', { part: part.partId })}>${t('proposals.merge')}</button></td>
        </tr>`)}</tbody></table>`}
    </section>`;
  }

  field(name, label, most) {
    return html`<label class="field" for="add-${name}"><span class="field-label">${label}</span>
      <input id="add-${name}" data-test="add-${name}" maxlength=${most} autocomplete="off" spellcheck="false" .value=${live(this.form[name])} @input=${event => this.set(name, event.target.value)}></label>`;
  }

  addition() {
    return html`<details data-test="proposal-add"><summary><h3>${t('proposals.add')}</h3></summary>
      <form @submit=${event => { event.preventDefault(); this.decide('add', this.form); }}>
        <div class="part-fields">
          ${this.field('lineCode', t('part.field.LINE_CODE'), 8)}${this.field('partNumber', t('part.field.NUMBER'), 48)}${this.field('brand', t('part.field.BRAND'), 80)}
          ${this.field('name', t('part.field.NAME_ES'), 200)}${this.field('category', t('part.field.CATEGORY'), 200)}${this.field('price', t('part.field.PRICE'), 14)}
          ${this.field('satCode', t('part.field.SAT_CODE'), 8)}${this.field('satUnit', t('part.field.SAT_UNIT'), 3)}
          <label class="field" for="add-tax"><span class="field-label">${t('proposals.tax')}</span>
            <select id="add-tax" data-test="add-tax" @change=${event => this.set('taxClass', event.target.value)}>${TAXES.map(tax => html`<option value=${tax} ?selected=${tax === this.form.taxClass}>${t('proposals.tax.' + tax)}</option>`)}</select></label>
          <label class="field flag"><input type="checkbox" .checked=${live(this.form.priceIncludesTax)} @change=${event => this.set('priceIncludesTax', event.target.checked)}> ${t('proposals.includes')}</label>
        </div>
        <div class="dialog-acts"><button type="submit" class="button primary" data-test="proposal-add-do" ?disabled=${this.busy}>${t('proposals.add.do')}</button></div>
      </form></details>`;
  }

  refusal() {
    return html`<details data-test="proposal-refuse"><summary><h3>${t('proposals.refuse')}</h3></summary>
      <form @submit=${event => { event.preventDefault(); this.decide('refuse', { reason: this.reason }); }}>
        <label class="field" for="refuse-reason"><span class="field-label">${t('proposals.reason')}</span>
          <input id="refuse-reason" data-test="refuse-reason" maxlength="200" autocomplete="off" .value=${live(this.reason)} @input=${event => { this.reason = event.target.value; }}></label>
        <div class="dialog-acts"><button type="submit" class="button" data-test="proposal-refuse-do" ?disabled=${this.busy}>${t('proposals.refuse.do')}</button></div>
      </form></details>`;
  }
}
customElements.define('proposals-page', ProposalsPage);
