import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

/** What should move from branch to branch, what was promised, and what was sold and is not there: each with one click that does something about it. */
class StockCases extends Piece {
  static properties = { may: {}, cases: { state: true }, proposals: { state: true }, requests: { state: true }, busy: { state: true }, said: { state: true }, ending: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    const found = await this.attempt(() => Promise.all([api('GET', '/console/api/stock-cases'), api('GET', '/console/api/stock-proposals'), api('GET', '/console/api/stock-requests')]));
    if (found) [{ cases: this.cases }, { proposals: this.proposals }, { leases: this.requests }] = found;
  }

  /** The act's id stands with the row, so that a second click on it asks once. */
  async ask(row, from, to, part, quantity) {
    if (this.busy) return;
    this.busy = true;
    row.acts ??= new Map();
    if (!row.acts.has(from.id)) row.acts.set(from.id, uuid7());
    const made = await this.attempt(() => api('POST', '/console/api/stock-requests', { act: row.acts.get(from.id), from: from.id, to: to.id, part: part.part, quantity }));
    if (made) {
      this.said = t('moves.asked', from.code, to.code, `${part.lineCode} ${part.partNumber}`);
      await this.load();
    }
    this.busy = false;
  }

  /** An order for what is lacking: a draft of its own, whose number stands with the row so that a second click opens the same. */
  order(one) {
    one.order ??= uuid7();
    return `/console/purchasing/orders/${one.order}?${new URLSearchParams({ part: one.part.part, store: one.store.id, quantity: one.quantity.text, reason: t('moves.trouble.' + one.trouble, one.other?.code ?? '') })}`;
  }

  async withdraw(event, id) {
    event.preventDefault();
    const why = this.renderRoot.querySelector('#moves-why').value;
    const done = await this.attempt(() => api('POST', `/console/api/stock-requests/${id}/withdraw`, { why }));
    if (done) {
      this.ending = undefined;
      await this.load();
    }
  }

  async begin(id) {
    this.ending = id;
    await this.updateComplete;
    this.renderRoot.querySelector('#moves-why').focus();
  }

  part(part) {
    return html`<span class="line-code">${part.lineCode}</span> <span class="number">${part.partNumber}</span> <span class="quiet">${part.name}</span>`;
  }

  end(id, label) {
    if (!this.may?.has('purchase.make')) return nothing;
    return this.ending === id
      ? html`<form class="acts" @submit=${event => this.withdraw(event, id)}><label class="field" for="moves-why"><span class="field-label">${t('moves.why')}</span><input id="moves-why" maxlength="120" autocomplete="off" data-test="moves-why"></label>
          <button type="submit" class="button" data-test="moves-end">${label}</button></form>`
      : html`<button type="button" class="button" data-test="moves-begin" @click=${() => this.begin(id)}>${label}</button>`;
  }

  render() {
    return html`
      ${trouble(this.problem, () => this.load())}
      <p role="status" class="quiet" data-test="moves-said">${this.said ?? ''}</p>
      ${!this.cases ? (this.problem ? nothing : loading(4)) : html`${this.troubles()}${this.moves()}${this.open()}`}`;
  }

  troubles() {
    return html`<h2>${t('moves.cases')}</h2>
      ${!this.cases.length ? empty('check-circle', t('moves.cases.none'), t('moves.cases.none.text'))
        : html`<div class="table-frame" tabindex="0"><table class="table" data-test="stock-cases"><thead><tr><th>${t('stock.branch')}</th><th>${t('line.part')}</th><th class="num">${t('moves.lacks')}</th><th>${t('moves.what')}</th><th>${t('moves.since')}</th><th>${t('moves.ways')}</th></tr></thead>
          <tbody>${this.cases.map(one => html`<tr data-test="stock-case" data-trouble=${one.trouble}><th scope="row">${one.store.code}</th><td>${this.part(one.part)}</td><td class="num">${one.quantity.text}</td>
            <td>${t('moves.trouble.' + one.trouble, one.other?.code ?? '')}<div class="quiet">${[one.forWhom, one.why].filter(Boolean).join(' · ')}</div></td><td>${moment(one.since)}</td>
            <td><div class="acts">${this.may?.has('purchase.make') ? one.from.map(source => html`<button type="button" class="button" data-test="case-ask" ?disabled=${this.busy} title=${moment(source.asOf)} @click=${() => this.ask(one, source.branch, one.store, one.part, one.quantity.text)}>${icon('truck')}${t('moves.ask', source.branch.code, source.free.text)}</button>`) : nothing}
              ${one.onOrder.value > 0 ? html`<span class="quiet">${t('moves.onorder', one.onOrder.text)}</span>` : this.may?.has('purchase.make') ? html`<a class="button" data-test="case-order" href=${this.order(one)}>${icon('cart')}${t('moves.order')}</a>` : nothing}
              ${one.id ? this.end(one.id, t('moves.seen')) : html`<span class="quiet">${t('moves.refund')}</span>`}</div></td></tr>`)}</tbody></table></div>`}`;
  }

  moves() {
    return html`<h2>${t('moves.title')}</h2><p class="quiet">${t('moves.lead')}</p>
      ${!this.proposals.length ? html`<p class="quiet" data-test="moves-none">${t('moves.none')}</p>`
        : html`<div class="table-frame" tabindex="0"><table class="table" data-test="stock-proposals"><thead><tr><th>${t('stock.from')}</th><th>${t('stock.to')}</th><th>${t('line.part')}</th><th class="num">${t('moves.spare')}</th><th class="num">${t('moves.there')}</th><th class="num">${t('moves.move')}</th><th></th></tr></thead>
          <tbody>${this.proposals.map(one => html`<tr data-test="stock-proposal"><th scope="row">${one.from.code}</th><td>${one.to.code}</td><td>${this.part(one.part)}</td><td class="num">${one.spare.text}</td><td class="num">${one.onHand.text}</td><td class="num">${one.quantity.text}</td>
            <td>${one.asked ? html`<span class="quiet">${icon('check-circle')} ${t('moves.isasked')}</span>` : this.may?.has('purchase.make') ? html`<button type="button" class="button" data-test="proposal-ask" ?disabled=${this.busy} @click=${() => this.ask(one, one.from, one.to, one.part, one.quantity.text)}>${icon('truck')}${t('moves.request')}</button>` : nothing}</td></tr>`)}</tbody></table></div>`}`;
  }

  open() {
    return html`<h2>${t('moves.promises')}</h2>
      ${!this.requests.length ? html`<p class="quiet">${t('moves.promises.none')}</p>`
        : html`<div class="table-frame" tabindex="0"><table class="table" data-test="stock-requests"><thead><tr><th>${t('stock.from')}</th><th>${t('stock.to')}</th><th>${t('line.part')}</th><th class="num">${t('moves.move')}</th><th class="num">${t('moves.reserved')}</th><th>${t('moves.state')}</th><th>${t('moves.until')}</th><th></th></tr></thead>
          <tbody>${this.requests.map(one => html`<tr><th scope="row">${one.giver.code}</th><td>${one.asker.code}</td><td>${this.part(one.part)}</td><td class="num">${one.quantity.text}</td><td class="num">${one.reserved?.text ?? '—'}</td><td>${t('moves.state.' + one.state)}<div class="quiet">${[one.askedBy, one.forWhom].filter(Boolean).join(' · ')}</div></td><td>${moment(one.expiresAt)}</td><td>${this.end(one.id, t('moves.withdraw'))}</td></tr>`)}</tbody></table></div>`}`;
  }
}
customElements.define('stock-cases', StockCases);
