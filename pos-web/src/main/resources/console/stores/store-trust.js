import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { date, documentType, moment, number, t } from '../lib/text.js';

const SHOWN = 14;

/** Whether a store and the hub say the same, what differs and how it was settled; which machine the store is, and who may take its place. */
class StoreTrust extends Piece {
  static properties = { may: {}, store: {}, trust: { state: true }, pair: { state: true }, code: { state: true }, all: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.trust = (await this.attempt(() => api('GET', `/console/api/stores/${this.store}/trust`))) ?? this.trust;
  }

  render() {
    if (!this.trust) return trouble(this.problem, () => this.load());
    return html`
      ${trouble(this.problem)}
      <section aria-labelledby="trust-title" data-test="reconciliation">
        <div class="section-head">
          <h2 id="trust-title">${t('trust.title')}</h2>
          <button type="button" class="button quiet" data-test="trust-reload" @click=${() => this.load()}>${icon('arrow-clockwise')}${t('trust.reload')}</button>
        </div>
        ${this.last()}
        ${this.differences()}
        ${this.cells()}
      </section>
      <section aria-labelledby="lives-title" data-test="lives">
        <div class="section-head">
          <h2 id="lives-title">${t('trust.lives')}</h2>
          ${this.may.has('stores.add') ? html`<button type="button" class="button" data-test="replacement" @click=${() => this.replace()}>${icon('pc-display')}${t('trust.replace')}</button>` : nothing}
        </div>
        ${this.code ? this.oneTimeCode() : nothing}
        ${this.lives()}
      </section>
      ${this.dialog()}`;
  }

  last() {
    const run = this.trust.runs[0];
    if (!run) return html`<p class="quiet" data-test="never-reconciled">${t('trust.never')}</p>`;
    const open = this.trust.differences.filter(one => !one.goneAt && !one.settledAt && one.kind !== 'NOT_BOOKED').length;
    // Settled by a person is not the same as equal.
    const settled = this.trust.differences.filter(one => !one.goneAt && one.settledAt).length;
    return html`
      <p class="state tone-${open || run.incomplete ? 'attention' : 'good'}" data-test="trust-state">
        ${icon(open || run.incomplete ? 'exclamation-triangle-fill' : 'check-circle-fill')}
        <span>${run.incomplete ? t('trust.incomplete') : open ? t('trust.open', number(open)) : settled ? t('trust.all-settled', number(settled)) : t('trust.equal')}</span>
      </p>
      <dl class="facts">
        <div><dt>${t('trust.when')}</dt><dd>${moment(run.at)} · ${t(`trust.cause.${run.cause}`)}</dd></div>
        <div><dt>${t('trust.documents')}</dt><dd>${t('trust.range', number(run.documents), number(run.first), number(run.last))}</dd></div>
        <div><dt>${t('trust.sent')}</dt><dd>${number(run.sentAgain)}</dd></div>
        <div><dt>${t('trust.mended')}</dt><dd>${number(run.mended)}</dd></div>
      </dl>`;
  }

  differences() {
    const rows = this.trust.differences;
    if (!rows.length) return nothing;
    return html`
      <h3>${t('trust.differences')}</h3>
      <div class="table-frame" tabindex="0"><table class="table" data-test="differences">
        <thead><tr><th>${t('trust.day')}</th><th>${t('trust.type')}</th><th class="num">${t('trust.sequence')}</th><th>${t('trust.what')}</th><th>${t('trust.state')}</th><th></th></tr></thead>
        <tbody>${rows.map(one => html`
          <tr data-difference=${one.id}>
            <td>${date(one.day)}</td>
            <th scope="row">${one.document ? html`<a href="/console/documents/${one.document}">${documentType(one.type)}</a>` : documentType(one.type)}</th>
            <td class="num">${number(one.sequence)}</td>
            <td>${t(`trust.kind.${one.kind}`)}</td>
            <td>${one.goneAt ? t('trust.gone', moment(one.goneAt)) : one.settledAt ? t('trust.settled', one.settledBy, one.reason) : t('trust.pending')}</td>
            <td>${this.may.has('documents.read') ? html`<button type="button" class="button quiet" data-test="difference-look" @click=${() => this.look(one)}>${t('trust.look')}</button>` : nothing}</td>
          </tr>`)}</tbody>
      </table></div>`;
  }

  cells() {
    const cells = this.trust.cells;
    if (!cells.length) return nothing;
    const shown = this.all ? cells : cells.slice(0, SHOWN);
    return html`
      <h3>${t('trust.cells')}</h3>
      <div class="table-frame" tabindex="0"><table class="table" data-test="cells">
        <thead><tr><th>${t('trust.day')}</th><th>${t('trust.type')}</th><th class="num">${t('trust.here')}</th><th class="num">${t('trust.hub')}</th><th class="num">${t('trust.sum.here')}</th><th class="num">${t('trust.sum.hub')}</th><th>${t('trust.same')}</th></tr></thead>
        <tbody>${shown.map(cell => html`
          <tr><td>${date(cell.day)}</td><th scope="row">${documentType(cell.type)}</th>
            <td class="num">${number(cell.storeCount)}</td><td class="num">${number(cell.hubCount)}</td>
            <td class="num">${cell.storeSum}</td><td class="num">${cell.hubSum}</td>
            <td>${cell.equal ? html`${icon('check')}${t('trust.yes')}` : html`${icon('exclamation-triangle')}${t('trust.no')}`}</td></tr>`)}</tbody>
      </table></div>
      ${cells.length > shown.length ? html`<button type="button" class="button quiet" @click=${() => { this.all = true; }}>${t('trust.all', number(cells.length))}</button>` : nothing}`;
  }

  lives() {
    return html`
      <div class="table-frame" tabindex="0"><table class="table">
        <thead><tr><th class="num">${t('trust.epoch')}</th><th>${t('trust.why')}</th><th>${t('trust.granted')}</th><th>${t('trust.taken')}</th><th class="num">${t('trust.base')}</th><th class="num">${t('trust.jump')}</th></tr></thead>
        <tbody>${this.trust.lives.map(life => html`
          <tr><td class="num">${number(life.epoch)}</td><th scope="row">${t(`trust.life.${life.cause}`)}</th>
            <td>${moment(life.grantedAt)}</td><td>${life.takenAt ? moment(life.takenAt) : t('trust.taken.not')}</td>
            <td class="num">${number(life.base)}</td><td class="num">${life.folioJump == null ? '–' : number(life.folioJump)}</td></tr>`)}</tbody>
      </table></div>`;
  }

  oneTimeCode() {
    return html`
      <div class="notice" role="status">
        <div><strong>${t('trust.code')}</strong><p>${t('trust.code.text', moment(this.code.expiresAt))}</p></div>
        <output class="one-time-code" data-test="one-time-code">${this.code.code}</output>
        <button type="button" class="button quiet" aria-label=${t('act.close')} @click=${() => { this.code = undefined; }}>${icon('x-lg')}</button>
      </div>`;
  }

  dialog() {
    const pair = this.pair;
    return html`
      <dialog class="dialog broad" aria-labelledby="pair-title" data-test="pair" @close=${() => { this.pair = undefined; }}>
        ${pair ? html`
          <h2 id="pair-title">${t('trust.pair', number(pair.difference.sequence))}</h2>
          <p>${t(`trust.kind.${pair.difference.kind}`)}. ${t('trust.pair.text')}</p>
          <div class="columns">
            <div><h3>${t('trust.here')}</h3>${this.figure(pair.difference, 'storeSum')}<pre tabindex="0" data-test="pair-store">${readable(pair.storeText) ?? t(pair.difference.kind === 'BOOKED_DIFFERENTLY' ? 'trust.pair.same' : 'trust.pair.none')}</pre></div>
            <div><h3>${t('trust.hub')}</h3>${this.figure(pair.difference, 'hubSum')}<pre tabindex="0" data-test="pair-hub">${readable(pair.hubText) ?? t('trust.pair.none')}</pre></div>
          </div>
          ${trouble(this.problem)}
          <form @submit=${event => this.settle(event)}>
            ${pair.difference.settledAt || pair.difference.goneAt || !this.may.has('stores.command') ? nothing : html`
              <label class="field" for="settle-reason"><span class="field-label">${t('trust.reason')}</span>
                <input id="settle-reason" data-test="settle-reason" name="reason" required maxlength="500" autocomplete="off"></label>`}
            <div class="acts">
              ${pair.difference.settledAt || pair.difference.goneAt || !this.may.has('stores.command') ? nothing
                : html`<button type="submit" class="button primary" data-test="settle">${t('trust.settle')}</button>`}
              <button type="button" class="button" @click=${() => this.querySelector('dialog').close()}>${t('act.close')}</button>
            </div>
          </form>` : html`<h2 id="pair-title">${t('trust.look')}</h2>`}
      </dialog>`;
  }

  /** Where the document is the same and the books are not, what both books say of that day and type. */
  figure(difference, side) {
    const cell = difference.kind === 'BOOKED_DIFFERENTLY' ? this.trust.cells.find(one => one.day === difference.day && one.type === difference.type) : undefined;
    return cell ? html`<p data-test="pair-sum">${t('trust.pair.sum', cell[side])}</p>` : nothing;
  }

  async look(difference) {
    this.pair = await this.attempt(() => api('GET', `/console/api/differences/${difference.id}`));
    if (!this.pair) return;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  async settle(event) {
    event.preventDefault();
    const reason = new FormData(event.target).get('reason');
    const done = await this.attempt(() => api('POST', `/console/api/differences/${this.pair.difference.id}/settle`, { reason }));
    if (!done) return;
    this.querySelector('dialog').close();
    await this.load();
  }

  async replace() {
    this.code = await this.attempt(() => api('POST', `/console/api/stores/${this.store}/replacement`));
  }
}
customElements.define('store-trust', StoreTrust);

/** With one field a line, so that two can be compared; what is no JSON as it is. */
function readable(text) {
  if (text == null) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
