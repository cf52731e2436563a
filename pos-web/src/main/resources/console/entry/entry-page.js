import { html, nothing } from 'lit';
import { api, session } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

const MODES = { setup: ['code', 'email', 'name', 'password'], enter: ['email', 'password'], redeem: ['email', 'code', 'password'] };
const CALLS = { setup: '/api/setup', enter: '/console/api/session', redeem: '/console/api/session/redeem' };
const KINDS = {
  code: { type: 'text', autocomplete: 'one-time-code', autocapitalize: 'characters' },
  // Not type=email: browsers refuse letters there that addresses may have.
  email: { type: 'text', inputmode: 'email', autocomplete: 'username' },
  name: { type: 'text', autocomplete: 'name' },
  factor: { type: 'text', autocomplete: 'one-time-code', inputmode: 'numeric' },
};

/** The way in: e-mail and password; a one-time code the first time; and the first administrator of a new hub. */
class EntryPage extends Piece {
  static properties = { setup: { type: Boolean }, redeeming: { state: true }, factored: { state: true }, busy: { state: true } };

  get mode() {
    return this.setup ? 'setup' : this.redeeming ? 'redeem' : 'enter';
  }

  /** The second step is asked for once the password was right. */
  get asked() {
    return this.mode === 'enter' && this.factored ? [...MODES.enter, 'factor'] : MODES[this.mode];
  }

  firstUpdated() {
    this.querySelector('input')?.focus();
  }

  render() {
    const { mode } = this;
    return html`
      <main class="entry" data-test="entry" data-mode=${mode}>
        <form class="entry-card" @submit=${event => this.submit(event)}>
          <p class="brand">RefaHub</p>
          <h1>${t(`entry.${mode}.title`)}</h1>
          <p class="quiet">${t(`entry.${mode}.lead`)}</p>
          ${trouble(this.problem)}
          ${this.asked.map(name => this.field(mode, name))}
          <button type="submit" class="button primary wide" id="enter" data-test="enter" ?disabled=${this.busy}>${t(`entry.${mode}.act`)}</button>
          ${mode === 'setup'
            ? nothing
            : html`<button type="button" class="button quiet wide" data-test="entry-other" @click=${() => { this.redeeming = !this.redeeming; this.problem = undefined; }}>${icon(mode === 'redeem' ? 'arrow-left' : 'ticket-perforated')}${t(mode === 'redeem' ? 'entry.with-password' : 'entry.with-code')}</button>`}
        </form>
      </main>`;
  }

  field(mode, name) {
    const kind = KINDS[name] ?? { type: 'password', autocomplete: mode === 'enter' ? 'current-password' : 'new-password' };
    const hint = name === 'factor' || mode !== 'enter' && name !== 'email' ? t(`entry.${name}.hint`) : '';
    return html`
      <label class="field" for="entry-${name}">
        <span class="field-label">${t(mode !== 'enter' && name === 'password' ? 'entry.password.new' : `entry.${name}`)}</span>
        <input id="entry-${name}" data-test="entry-${name}" name=${name} type=${kind.type} autocomplete=${kind.autocomplete} inputmode=${kind.inputmode ?? nothing} autocapitalize=${kind.autocapitalize ?? 'off'} spellcheck="false" required maxlength="200">
        ${hint ? html`<span class="field-hint">${hint}</span>` : nothing}
        ${this.problem?.field?.(name) ? html`<span class="field-problem">${this.problem.field(name)}</span>` : nothing}
      </label>`;
  }

  async submit(event) {
    event.preventDefault();
    const { mode } = this;
    const typed = Object.fromEntries(new FormData(event.target));
    const body = Object.fromEntries(this.asked.map(name => [name, name === 'password' ? typed[name] : typed[name].trim()]));
    this.busy = true;
    await this.attempt(() => session());
    const who = await this.attempt(() => api('POST', CALLS[mode], body));
    this.busy = false;
    if (who) this.dispatchEvent(new CustomEvent('entered', { detail: who }));
    else if (this.problem?.code?.startsWith('second-factor')) {
      this.redeeming = false;
      this.factored = true;
      await this.updateComplete;
      this.querySelector('#entry-factor')?.select();
      this.querySelector('#entry-factor')?.focus();
    } else this.querySelector('#entry-password')?.select();
  }
}
customElements.define('entry-page', EntryPage);
