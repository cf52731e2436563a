import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { moment, number, t } from '../lib/text.js';

const STATES = ['', 'WAITING', 'SENT', 'DEAD'];
const TONES = { WAITING: ['attention', 'hourglass-split'], SENT: ['good', 'check-circle-fill'], DEAD: ['stop', 'x-octagon-fill'] };

export const letterState = name => html`<span class="state tone-${TONES[name][0]}" data-state=${name}>${icon(TONES[name][1])}<span>${t('mail.state.' + name)}</span></span>`;

/** What the hub kept of a letter's files that it did not take: a code and its words each, one after another. */
const why = reasons => reasons.split('; ').filter(Boolean).map(reason => {
  const [code, ...words] = reason.split(' ');
  return code === 'no-invoice' ? t('mail.no-invoice') : t('refusal.' + code, ...words);
}).join(' ');

/** Letters that left, wait or were given up, and what came in. */
class MailLetters extends Piece {
  static properties = { state: { state: true }, letters: { state: true }, received: { state: true } };

  constructor() {
    super();
    const asked = place().query.get('state') ?? '';
    this.state = STATES.includes(asked) ? asked : '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
    this.timer = setInterval(() => this.load(), 10_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    const asked = this.state;
    const found = await this.attempt(() => api('GET', '/console/api/mail/letters' + (asked ? `?state=${asked}` : '')));
    if (found && asked === this.state) this.letters = found.letters;
    this.received = (await this.attempt(() => api('GET', '/console/api/mail/received')))?.received ?? this.received;
  }

  choose(state) {
    this.state = state;
    keep({ state });
    void this.load();
  }

  async again(letter) {
    if (await this.attempt(() => api('POST', `/console/api/mail/letters/${letter.id}/again`))) await this.load();
  }

  render() {
    return html`<div class="filters"><div class="choices" role="group" aria-label=${t('alerts.state')}>${STATES.map(state => html`<button type="button" class="choice" data-test="letters-${state || 'ALL'}" aria-pressed=${state === this.state} @click=${() => this.choose(state)}>${t(state ? 'mail.state.' + state : 'alerts.view.ALL')}</button>`)}</div></div>
      ${trouble(this.problem, () => this.load())}
      ${!this.letters ? (this.problem ? nothing : loading(5)) : this.letters.length === 0 ? empty('envelope', t('mail.letters.none'), t('mail.letters.none.text')) : html`<div class="table-frame" tabindex="0"><table class="table" data-test="letters">
        <thead><tr><th>${t('mail.written')}</th><th>${t('mail.template.event')}</th><th>${t('mail.recipient')}</th><th>${t('mail.template.subject')}</th><th>${t('alerts.state')}</th><th><span class="visually-hidden">${t('mail.again')}</span></th></tr></thead>
        <tbody>${this.letters.map(one => html`<tr data-test="letter" data-state=${one.state}><td>${moment(one.writtenAt)}</td><td>${t('mail.event.' + one.event)}</td><td>${one.recipient}</td><td>${one.subject}</td>
          <td>${letterState(one.state)}${one.failure ? html`<div class="quiet letter-block">${one.failure}</div>` : nothing}${one.state === 'WAITING' && one.tries ? html`<div class="quiet">${t('mail.tries', number(one.tries), moment(one.dueAt))}</div>` : nothing}</td>
          <td class="row-acts">${one.state === 'DEAD' ? html`<button type="button" class="button" data-test="letter-again" @click=${() => this.again(one)}>${t('mail.again')}</button>` : nothing}</td></tr>`)}</tbody></table></div>`}
      ${this.received?.length ? html`<section aria-labelledby="received-title"><h2 id="received-title">${t('mail.received')}</h2><div class="table-frame" tabindex="0"><table class="table" data-test="received">
        <thead><tr><th>${t('mail.came')}</th><th>${t('mail.sender')}</th><th>${t('mail.template.subject')}</th><th class="figures">${t('mail.taken')}</th><th class="figures">${t('mail.known')}</th><th class="figures">${t('mail.refused')}</th><th>${t('mail.reason')}</th></tr></thead>
        <tbody>${this.received.map(one => html`<tr data-test="received-letter"><td>${moment(one.at)}</td><td>${one.sender}</td><td>${one.subject}</td><td class="figures">${number(one.taken)}</td><td class="figures">${number(one.known)}</td><td class="figures">${number(one.refused)}</td><td>${why(one.reason)}</td></tr>`)}</tbody></table></div></section>` : nothing}`;
  }
}
customElements.define('mail-letters', MailLetters);
