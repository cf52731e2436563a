import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

/** A stolen PC: its access taken away, with a reason, and given back. */
class StoreCutOff extends Piece {
  static properties = { may: {}, store: {}, now: { state: true }, asking: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.now = await this.attempt(() => api('GET', this.address()));
  }

  address() {
    return `/console/api/stores/${this.store}/cut-off`;
  }

  render() {
    if (!this.now) return trouble(this.problem, () => this.load());
    return html`
      <section aria-labelledby="cutoff-title" data-test="store-cut-off">
        <h2 id="cutoff-title">${t('cutoff.title')}</h2>
        ${trouble(this.problem)}
        ${this.now.cutOff ? this.taken() : this.open()}
      </section>`;
  }

  taken() {
    return html`
      <div class="trouble" role="status" data-test="cut-off-state">${icon('shield-lock')}<div>
        <strong>${t('cutoff.state', moment(this.now.at))}</strong>
        <span>${t('cutoff.by', this.now.by, this.now.reason)}</span>
        <span>${t('cutoff.says')}</span></div></div>
      ${this.may.has('stores.add')
        ? html`<button type="button" class="button" data-test="let-in" ?disabled=${this.busy} @click=${() => this.act('DELETE')}>${icon('unlock')}${t('cutoff.let-in')}</button>`
        : nothing}`;
  }

  open() {
    if (!this.may.has('stores.add')) return html`<p class="quiet">${t('cutoff.open')}</p>`;
    if (!this.asking)
      return html`
        <p class="quiet">${t('cutoff.open')}</p>
        <button type="button" class="button" data-test="cut-off" @click=${() => this.ask()}>${icon('shield-lock')}${t('cutoff.act')}</button>`;
    return html`
      <form class="acts" @submit=${event => { event.preventDefault(); this.act('PUT', { reason: this.renderRoot.querySelector('#cutoff-reason').value }); }}
        @keydown=${event => { if (event.key === 'Escape') this.asking = false; }}>
        <label class="field" for="cutoff-reason"><span class="field-label">${t('cutoff.reason')}</span>
          <input id="cutoff-reason" data-test="cut-off-reason" maxlength="300" required autocomplete="off" placeholder=${t('cutoff.reason.hint')}></label>
        <button type="submit" class="button" data-test="cut-off-confirm" ?disabled=${this.busy}>${icon('shield-lock')}${t('cutoff.confirm')}</button>
        <button type="button" class="button" @click=${() => { this.asking = false; }}>${t('cutoff.back')}</button>
      </form>`;
  }

  async ask() {
    this.asking = true;
    await this.updateComplete;
    this.renderRoot.querySelector('#cutoff-reason').focus();
  }

  async act(method, body) {
    this.busy = true;
    const now = await this.attempt(() => api(method, this.address(), body));
    if (now) {
      this.now = now;
      this.asking = false;
    }
    this.busy = false;
  }
}
customElements.define('store-cut-off', StoreCutOff);
