import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

/** Closing a branch for good: what is left to do there, and the act once nothing is. */
class StoreClosing extends Piece {
  static properties = { may: {}, store: {}, now: { state: true }, asking: { state: true }, busy: { state: true } };

  address(act = 'closing') {
    return `/console/api/stores/${this.store}/${act}`;
  }

  async look() {
    this.now = await this.attempt(() => api('GET', this.address()));
  }

  async act(event) {
    event.preventDefault();
    this.busy = true;
    const reason = this.renderRoot.querySelector('#closing-reason').value;
    const now = await this.attempt(() => api('POST', this.address(this.now.closedAt ? 'reopening' : 'closing'), { reason }));
    if (now) {
      this.now = now;
      this.asking = false;
    }
    this.busy = false;
  }

  async ask() {
    this.asking = true;
    await this.updateComplete;
    this.renderRoot.querySelector('#closing-reason').focus();
  }

  step(left) {
    return html`<li data-test="closing-step" data-step=${left.step} data-left=${left.count}><span class="state tone-${left.count ? 'attention' : 'good'}">${icon(left.count ? 'hourglass-split' : 'check-circle-fill')}<span>${t('closing.step.' + left.step)}</span></span>
      ${left.count ? html`<strong class="num">${left.count}</strong> <span class="quiet">${left.examples.join(' · ')}${left.count > left.examples.length ? ' …' : ''}</span><div class="quiet">${t('closing.way.' + left.step)}</div>` : nothing}</li>`;
  }

  form(label) {
    return html`<form class="acts" @submit=${event => this.act(event)} @keydown=${event => { if (event.key === 'Escape') this.asking = false; }}>
      <label class="field" for="closing-reason"><span class="field-label">${t('closing.reason')}</span><input id="closing-reason" data-test="closing-reason" maxlength="200" required autocomplete="off"></label>
      <button type="submit" class="button" data-test="closing-confirm" ?disabled=${this.busy}>${label}</button>
      <button type="button" class="button" @click=${() => { this.asking = false; }}>${t('closing.back')}</button></form>`;
  }

  render() {
    const { now } = this;
    const may = this.may?.has('stores.add');
    return html`<section aria-labelledby="closing-title" data-test="store-closing">
      <h2 id="closing-title">${t('closing.title')}</h2>
      ${trouble(this.problem)}
      ${!now ? html`<p class="quiet">${t('closing.lead')}</p><button type="button" class="button" data-test="closing-look" @click=${() => this.look()}>${icon('list-check')}${t('closing.look')}</button>`
        : now.closedAt ? html`<div class="trouble" role="status" data-test="closing-closed">${icon('shop')}<div><strong>${t('closing.closed', moment(now.closedAt))}</strong><span>${t('closing.by', now.closedBy, now.reason)}</span></div></div>
            ${!may ? nothing : this.asking ? this.form(t('closing.reopen')) : html`<button type="button" class="button" data-test="closing-reopen" @click=${() => this.ask()}>${t('closing.reopen')}</button>`}`
          : html`<ol class="plain" data-test="closing-steps">${now.left.map(left => this.step(left))}</ol>
            <p class="quiet">${now.heardAt ? t('closing.heard', moment(now.heardAt)) : t('closing.unheard')}</p>
            <div class="acts"><button type="button" class="button" data-test="closing-again" @click=${() => this.look()}>${icon('arrow-repeat')}${t('closing.again')}</button>
            ${!may || !now.mayClose || this.asking ? nothing : html`<button type="button" class="button" data-test="closing-close" @click=${() => this.ask()}>${icon('shop')}${t('closing.close')}</button>`}</div>
            ${this.asking ? this.form(t('closing.close')) : nothing}`}
    </section>`;
  }
}
customElements.define('store-closing', StoreClosing);
