import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { moment, number, t } from '../lib/text.js';

/** Machines of a store that may not go on: what happened, and the one click that lets them. Looked for again when the store's state turns. */
class StoreClaims extends Piece {
  static properties = { may: {}, store: {}, turn: {}, claims: { state: true } };

  updated(changed) {
    if (changed.has('store') || changed.has('turn')) this.load();
  }

  async load() {
    const trust = await this.attempt(() => api('GET', `/console/api/stores/${this.store}/trust`));
    this.claims = trust?.claims.filter(claim => !claim.takenAt) ?? this.claims;
  }

  render() {
    return html`${trouble(this.problem, () => this.load())}${this.claims?.map(claim => this.claim(claim)) ?? nothing}`;
  }

  claim(claim) {
    return html`
      <div class="trouble" role="alert" data-test="claim" data-cause=${claim.cause}>
        ${icon('pc-display-horizontal')}
        <div>
          <strong>${t(`trust.claim.${claim.cause}`)}</strong>
          <span>${t('trust.claim.facts', number(claim.here), number(claim.hub), moment(claim.lastAt))} <span class="code">${claim.machine.slice(0, 8)}</span></span>
          <span>${claim.grantedAt ? t('trust.claim.granted') : t('trust.claim.text')}</span>
          ${claim.discardable ? html`<span>${t('trust.claim.discard.text')}</span>` : nothing}
        </div>
        ${this.may.has('stores.add') && claim.discardable
          ? html`<button type="button" class="button quiet" data-test="claim-discard" @click=${() => this.act(claim, 'discard')}>${t('trust.claim.discard')}</button>`
          : nothing}
        ${this.may.has('stores.add') && !claim.grantedAt
          ? html`<button type="button" class="button" data-test="claim-grant" @click=${() => this.act(claim, 'grant')}>${t('trust.claim.grant')}</button>`
          : nothing}
      </div>`;
  }

  async act(claim, act) {
    const done = await this.attempt(() => api('POST', `/console/api/stores/${this.store}/claims/${claim.machine}/${act}`));
    if (done) await this.load();
  }
}
customElements.define('store-claims', StoreClaims);
