import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { date, moment, t } from '../lib/text.js';

const AGES = ['30', '60', '90', 'more'];
const ROOT = '/console/api/supplier-cores';

/** Old pieces that the company owes to its suppliers: by age, what to give back from where, and the credits for what was given. */
class SupplierCores extends Piece {
  static properties = { may: {}, bank: { state: true }, opened: { state: true }, suppliers: { state: true }, typed: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.typed = {};
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    this.bank = (await this.attempt(() => api('GET', ROOT))) ?? this.bank;
    if (this.bank?.given.some(one => !one.supplier)) this.suppliers = (await this.attempt(() => api('GET', '/console/api/suppliers')))?.suppliers ?? this.suppliers;
  }

  async open(one) {
    if (this.opened?.supplier === one.supplier) this.opened = undefined;
    else {
      const found = await this.attempt(() => api('GET', `${ROOT}/${one.supplier}`));
      if (found) this.opened = { supplier: one.supplier, name: one.name, charges: found.charges };
    }
  }

  put(id, field, value) {
    this.typed = { ...this.typed, [id]: { ...this.typed[id], [field]: value } };
  }

  async act(event, one, act, body) {
    event.preventDefault();
    this.busy = true;
    const done = await this.attempt(() => api('POST', `${ROOT}/given/${one.id}/${act}`, body));
    this.busy = false;
    if (!done) return;
    this.typed = { ...this.typed, [one.id]: undefined };
    await this.load();
  }

  /** One credit for what is typed, however often it is sent. */
  credit(event, one) {
    const typed = this.typed[one.id] ?? {};
    const id = typed.id ?? uuid7();
    this.put(one.id, 'id', id);
    return this.act(event, one, 'credit', { id, amount: typed.amount ?? '', reference: typed.reference ?? '' });
  }

  render() {
    return html`${trouble(this.problem, () => this.load())}
      ${this.bank ? html`${this.owed()}${this.proposed()}${this.given()}` : this.problem ? nothing : loading(5)}`;
  }

  owed() {
    const { suppliers } = this.bank;
    if (!suppliers.length) return empty('recycle', t('supplier-cores.none'), t('supplier-cores.none.text'));
    return html`<h2>${t('supplier-cores.owed')}</h2><div class="table-frame" tabindex="0"><table class="table" data-test="supplier-cores">
      <thead><tr><th>${t('purchase.supplier')}</th><th>${t('supplier-cores.window')}</th>${AGES.map(age => html`<th class="figures">${t('supplier-cores.age.' + age)}</th>`)}<th class="figures">${t('supplier-cores.overdue')}</th><th class="figures">${t('supplier-cores.awaited')}</th></tr></thead>
      <tbody>${suppliers.map(one => html`<tr data-test="supplier-core"><th scope="row"><button type="button" class="row-link" data-test="supplier-core-open" aria-expanded=${this.opened?.supplier === one.supplier} @click=${() => this.open(one)}>${one.name}</button>${one.oldest ? html`<div class="quiet">${t('supplier-cores.since', one.oldest)}</div>` : nothing}</th>
        <td>${one.days ? t('supplier-cores.days', one.days) : t('supplier-cores.forever')}</td>
        ${one.ages.map(age => html`<td class="figures">${age.pieces.value === 0 ? html`<span class="quiet">—</span>` : html`${age.amount.text}<div class="quiet">${t('supplier-cores.pieces', age.pieces.text)}</div>`}</td>`)}
        <td class="figures">${one.overdue.minor ? html`<span class="state tone-attention">${icon('exclamation-triangle')}<span>${one.overdue.text}</span></span>` : one.overdue.text}</td><td class="figures">${one.awaited.text}</td></tr>`)}</tbody></table></div>
      ${this.opened ? this.charges() : nothing}`;
  }

  charges() {
    return html`<h3>${this.opened.name}</h3><div class="table-frame" tabindex="0"><table class="table" data-test="core-charges">
      <thead><tr><th>${t('purchase.when')}</th><th>${t('purchase.branch')}</th><th>${t('purchase.reference')}</th><th>${t('purchase.part')}</th><th class="figures">${t('supplier-cores.bought')}</th><th class="figures">${t('supplier-cores.open')}</th><th class="figures">${t('supplier-cores.amount')}</th><th>${t('supplier-cores.due')}</th></tr></thead>
      <tbody>${this.opened.charges.map(one => html`<tr><td>${date(one.on)} <span class="quiet">${t('supplier-cores.days', one.days)}</span></td><td class="code">${one.store}</td><td>${one.reference}</td><th scope="row"><span class="line-code">${one.lineCode}</span> <span class="number">${one.partNumber}</span> <span class="quiet">${one.name}</span></th>
        <td class="figures">${one.bought.text}</td><td class="figures">${one.open.text}</td><td class="figures">${one.amount.text}</td><td>${one.due ? date(one.due) : ''}</td></tr>`)}</tbody></table></div>`;
  }

  proposed() {
    const { proposed } = this.bank;
    if (!proposed.length) return nothing;
    return html`<h2>${t('supplier-cores.proposed')}</h2><p class="field-hint">${t('supplier-cores.proposed.text')}</p><div class="table-frame" tabindex="0"><table class="table" data-test="cores-proposed">
      <thead><tr><th>${t('purchase.branch')}</th><th>${t('purchase.supplier')}</th><th>${t('purchase.part')}</th><th class="figures">${t('supplier-cores.lies')}</th><th class="figures">${t('supplier-cores.give')}</th><th class="figures">${t('supplier-cores.amount')}</th><th>${t('supplier-cores.due')}</th></tr></thead>
      <tbody>${proposed.map(one => html`<tr data-test="core-proposed"><td class="code">${one.storeCode}</td><td>${one.supplierName}</td><th scope="row"><span class="line-code">${one.lineCode}</span> <span class="number">${one.partNumber}</span> <span class="quiet">${one.name}</span></th>
        <td class="figures">${one.lies.text}</td><td class="figures">${one.quantity.text}</td><td class="figures">${one.amount.text}</td><td>${one.due ? date(one.due) : ''}</td></tr>`)}</tbody></table></div>`;
  }

  given() {
    const { given } = this.bank;
    return html`<h2>${t('supplier-cores.given')}</h2>
      ${given.length ? html`<div class="table-frame" tabindex="0"><table class="table edit" data-test="cores-given">
      <thead><tr><th>${t('purchase.when')}</th><th>${t('purchase.branch')}</th><th>${t('purchase.supplier')}</th><th>${t('purchase.reference')}</th><th class="figures">${t('supplier-cores.give')}</th><th class="figures">${t('supplier-cores.expected')}</th><th class="figures">${t('supplier-cores.credited')}</th><th>${t('supplier-cores.credit')}</th></tr></thead>
      <tbody>${given.map(one => html`<tr data-test="core-given"><td>${moment(one.at)}<div class="quiet">${one.by}</div></td><td class="code">${one.store}</td><th scope="row">${one.supplierName}${one.note ? html`<div class="quiet">${one.note}</div>` : nothing}</th><td>${one.reference}</td>
        <td class="figures">${one.pieces.text}${one.surplus.value > 0 && one.supplier ? html`<div class="quiet">${t('supplier-cores.surplus', one.surplus.text)}</div>` : nothing}</td><td class="figures">${one.expected.text}</td>
        <td class="figures">${one.credited.text}${one.credits.map(credit => html`<div class="quiet">${credit.amount.text} ${credit.reference}</div>`)}</td><td>${this.next(one)}</td></tr>`)}</tbody></table></div>`
        : html`<p class="quiet">${t('supplier-cores.given.none')}</p>`}`;
  }

  next(one) {
    if (one.settledAt) return html`<span class="state tone-good">${icon('check-circle-fill')}<span>${one.settledNote || t('supplier-cores.settled')}</span></span>`;
    if (!this.may.has('purchase.make')) return nothing;
    const typed = this.typed[one.id] ?? {};
    if (!one.supplier)
      return html`<form class="acts" @submit=${event => this.act(event, one, 'supplier', { supplier: typed.supplier })}>
        <select required aria-label=${t('supplier-cores.whose')} data-test="core-whose" @change=${event => this.put(one.id, 'supplier', event.target.value)}><option value="">${t('supplier-cores.whose')}</option>${(this.suppliers ?? []).map(each => html`<option value=${each.id}>${each.name}</option>`)}</select>
        <button type="submit" class="button small" ?disabled=${this.busy}>${t('supplier-cores.assign')}</button></form>`;
    const other = (field, value) => this.typed = { ...this.typed, [one.id]: { ...typed, [field]: value, id: undefined } };
    return html`<form class="acts" @submit=${event => this.credit(event, one)}>
        <input class="figures" inputmode="decimal" required maxlength="20" placeholder=${t('supplier-cores.amount')} aria-label="${t('supplier-cores.amount')} ${one.reference}" data-test="core-credit-amount" .value=${typed.amount ?? ''} @input=${event => other('amount', event.target.value)}>
        <input maxlength="60" placeholder=${t('supplier-cores.paper')} aria-label="${t('supplier-cores.paper')} ${one.reference}" data-test="core-credit-paper" .value=${typed.reference ?? ''} @input=${event => other('reference', event.target.value)}>
        <button type="submit" class="button small" data-test="core-credit" ?disabled=${this.busy}>${t('supplier-cores.credit.do')}</button></form>
      <form class="acts" @submit=${event => this.act(event, one, 'settle', { reason: typed.reason ?? '' })}>
        <input required maxlength="120" placeholder=${t('supplier-cores.why')} aria-label="${t('supplier-cores.why')} ${one.reference}" data-test="core-settle-why" .value=${typed.reason ?? ''} @input=${event => this.put(one.id, 'reason', event.target.value)}>
        <button type="submit" class="button quiet small" data-test="core-settle" ?disabled=${this.busy}>${t('supplier-cores.settle')}</button></form>`;
  }
}
customElements.define('supplier-cores', SupplierCores);
