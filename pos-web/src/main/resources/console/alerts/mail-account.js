import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

const PORTS = { smtp: { NONE: 25, STARTTLS: 587, TLS: 465 }, imap: { NONE: 143, STARTTLS: 143, TLS: 993 } };

/** By which server letters leave, and from which mailbox suppliers' invoices come. */
class MailAccount extends Piece {
  static properties = { account: { state: true }, inbox: { state: true }, to: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.to = '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    this.show(await this.attempt(() => api('GET', '/console/api/mail')));
  }

  show(found) {
    if (!found) return;
    this.account = { ...found.account, secret: '' };
    this.inbox = { ...found.inbox, secret: '' };
  }

  async save(event, path, { secret, ...rest }, text) {
    event.preventDefault();
    this.busy = true;
    this.said = undefined;
    // Nothing typed: the password stays as it is.
    const found = await this.attempt(() => api('PUT', path, { ...rest, port: Number(rest.port), secret: secret || null }));
    this.busy = false;
    if (!found) return;
    this.show(found);
    this.said = t(text);
  }

  async test(event) {
    event.preventDefault();
    this.busy = true;
    this.said = undefined;
    const sent = await this.attempt(() => api('POST', '/console/api/mail/test', { to: this.to }));
    this.busy = false;
    if (sent) this.said = t('mail.test.done', sent.recipient);
  }

  field(kind, field, type = 'text', required = false) {
    const one = this[kind];
    const secret = field === 'secret';
    return html`<label class="field" for="${kind}-${field}"><span class="field-label">${t(`mail.${field}`)}</span>
      <input id="${kind}-${field}" data-test="${kind}-${field}" type=${type} ?required=${required} maxlength="300" autocomplete=${secret ? 'new-password' : 'off'} spellcheck="false" placeholder=${secret && one.secretKept ? t('mail.secret.kept') : ''}
        .value=${live(String(one[field] ?? ''))} @input=${event => { this[kind] = { ...one, [field]: event.target.value }; }}></label>`;
  }

  security(kind, protocol) {
    const one = this[kind];
    return html`<label class="field" for="${kind}-security"><span class="field-label">${t('mail.security')}</span><select id="${kind}-security" data-test="${kind}-security" @change=${event => { this[kind] = { ...one, security: event.target.value, port: PORTS[protocol][event.target.value] }; }}>
      ${['STARTTLS', 'TLS', 'NONE'].map(name => html`<option value=${name} ?selected=${name === one.security}>${t('mail.security.' + name)}</option>`)}</select></label>`;
  }

  enabled(kind, text) {
    const one = this[kind];
    return html`<label class="field flag" for="${kind}-enabled"><input id="${kind}-enabled" data-test="${kind}-enabled" type="checkbox" .checked=${live(one.enabled)} @change=${event => { this[kind] = { ...one, enabled: event.target.checked }; }}><span>${text}</span></label>`;
  }

  render() {
    return html`${this.said ? html`<p class="said" role="status" data-test="mail-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem)}
      ${!this.account ? (this.problem ? nothing : loading(8)) : html`${this.out()}${this.in()}`}`;
  }

  out() {
    return html`<section aria-labelledby="mail-out"><h2 id="mail-out">${t('mail.out')}</h2><p class="quiet">${t('mail.out.lead')}</p>
      <form data-test="account-form" @submit=${event => this.save(event, '/console/api/mail', this.account, 'mail.out.kept')}>
        <div class="filters">${this.field('account', 'host', 'text', true)}${this.security('account', 'smtp')}${this.field('account', 'port', 'number', true)}${this.field('account', 'user')}${this.field('account', 'secret', 'password')}</div>
        <div class="filters">${this.field('account', 'fromName')}${this.field('account', 'fromAddress', 'email', true)}${this.field('account', 'link', 'url')}</div>
        ${this.enabled('account', t('mail.out.enabled'))}
        <div class="acts start"><button type="submit" class="button primary" data-test="account-save" ?disabled=${this.busy}>${t('mail.save')}</button></div></form>
      <form class="filters" @submit=${event => this.test(event)}><label class="field" for="mail-to"><span class="field-label">${t('mail.test.to')}</span><input id="mail-to" data-test="mail-to" type="email" required maxlength="254" autocomplete="email" .value=${live(this.to)} @input=${event => { this.to = event.target.value; }}></label>
        <button type="submit" class="button" data-test="mail-test" ?disabled=${this.busy || !this.account.host}>${icon('send')}${t('mail.test')}</button></form></section>`;
  }

  in() {
    const { inbox } = this;
    return html`<section aria-labelledby="mail-in"><h2 id="mail-in">${t('mail.in')}</h2><p class="quiet">${t('mail.in.lead')}</p>
      ${inbox.enabled && inbox.failure ? html`<p class="notice tone-attention" role="status" data-test="inbox-failure">${icon('exclamation-triangle')}<span class="letter-block">${t('mail.in.failure', moment(inbox.lookedAt), inbox.failure)}</span></p>` : inbox.lookedAt ? html`<p class="quiet">${t('mail.in.looked', moment(inbox.lookedAt))}</p>` : nothing}
      <form data-test="inbox-form" @submit=${event => this.save(event, '/console/api/mail/inbox', this.inbox, 'mail.in.kept')}>
        <div class="filters">${this.field('inbox', 'host', 'text', true)}${this.security('inbox', 'imap')}${this.field('inbox', 'port', 'number', true)}${this.field('inbox', 'user', 'text', true)}${this.field('inbox', 'secret', 'password')}</div>
        <div class="filters">${this.field('inbox', 'folder', 'text', true)}${this.field('inbox', 'takenFolder', 'text', true)}${this.field('inbox', 'refusedFolder', 'text', true)}</div>
        ${this.enabled('inbox', t('mail.in.enabled'))}
        <div class="acts start"><button type="submit" class="button primary" data-test="inbox-save" ?disabled=${this.busy}>${t('mail.save')}</button></div></form></section>`;
  }
}
customElements.define('mail-account', MailAccount);
