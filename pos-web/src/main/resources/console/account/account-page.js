import { html, nothing, svg } from 'lit';
import { qr } from 'shared/qr.js';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import './session-list.js';
import { t, tn } from '../lib/text.js';

const MARGIN = 4;

/** How the person who is here comes in: the second step beside the password, switched on and off by themselves. */
class AccountPage extends Piece {
  static properties = { state: { state: true }, enrolment: { state: true }, recovery: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    this.state = await this.attempt(() => api('GET', '/console/api/second-factor'));
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('account.title')}</h1><p class="page-lead">${t('account.lead')}</p></div></header>
      <section class="factor" aria-labelledby="factor-title" data-test="factor" data-on=${this.state?.on ?? nothing}>
        <h2 id="factor-title">${t('factor.title')}</h2>
        ${trouble(this.problem)}
        ${!this.state ? (this.problem ? nothing : loading(3)) : this.recovery ? this.codes() : this.state.on ? this.on() : this.enrolment ? this.enrol() : this.off()}
      </section>
      <section aria-labelledby="sessions-title"><h2 id="sessions-title">${t('sessions.title')}</h2><p class="quiet">${t('sessions.lead')}</p><session-list></session-list></section>`;
  }

  off() {
    return html`<p>${t('factor.off.text')}</p>
      <div class="acts start"><button type="button" class="button primary" data-test="factor-begin" ?disabled=${this.busy} @click=${() => this.begin()}>${icon('shield-lock')}${t('factor.begin')}</button></div>`;
  }

  on() {
    return html`<p class="notice" data-test="factor-on">${icon('shield-check')}<span>${t('factor.on.text')} ${tn('factor.recovery.left', this.state.recoveryCodes)}</span></p>
      ${this.ask('factor.off', 'off', code => this.leave(code))}`;
  }

  enrol() {
    return html`<p>${t('factor.scan')}</p>
      ${this.picture(this.enrolment.uri)}
      <p>${t('factor.secret')}: <output class="code" data-test="factor-secret">${this.enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</output></p>
      ${this.ask('factor.confirm', 'confirm', code => this.confirm(code))}`;
  }

  codes() {
    return html`<h3>${t('factor.recovery')}</h3><p>${t('factor.recovery.text')}</p>
      <ul class="recovery code" data-test="factor-recovery">${this.recovery.map(code => html`<li>${code}</li>`)}</ul>
      <div class="acts start"><button type="button" class="button primary" data-test="factor-done" @click=${() => this.kept()}>${icon('check-lg')}${t('factor.done')}</button></div>`;
  }

  /** One code and what it is for. */
  ask(act, name, send) {
    return html`<form class="acts start" @submit=${event => { event.preventDefault(); send(event.target.elements.code.value.trim()); }}>
      <label class="field" for="factor-code"><span class="field-label">${t('factor.code')}</span>
        <input id="factor-code" data-test="factor-code" name="code" required maxlength="64" autocomplete="one-time-code" inputmode="numeric" spellcheck="false"></label>
      <button type="submit" class="button ${name === 'off' ? '' : 'primary'}" data-test="factor-${name}" ?disabled=${this.busy}>${t(act)}</button>
    </form>`;
  }

  picture(text) {
    const rows = qr(text);
    const size = rows.length + 2 * MARGIN;
    const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : ''))).join('');
    return svg`<svg class="qr" role="img" aria-label=${t('factor.picture')} viewBox="0 0 ${size} ${size}" width="220" height="220" data-test="factor-qr"><rect width=${size} height=${size} fill="#fff"/><path d=${path} fill="#000" shape-rendering="crispEdges"/></svg>`;
  }

  async act(path, body) {
    this.busy = true;
    const answer = await this.attempt(() => api('POST', `/console/api/second-factor/${path}`, body));
    this.busy = false;
    if (!answer) this.querySelector('#factor-code')?.select();
    return answer;
  }

  async begin() {
    this.enrolment = await this.act('begin');
    await this.updateComplete;
    this.querySelector('#factor-code')?.focus();
  }

  async confirm(code) {
    const answer = await this.act('confirm', { code });
    if (!answer) return;
    this.recovery = answer.codes;
    this.enrolment = undefined;
  }

  async kept() {
    this.recovery = undefined;
    await this.load();
  }

  async leave(code) {
    this.state = (await this.act('off', { code })) ?? this.state;
  }
}
customElements.define('account-page', AccountPage);
