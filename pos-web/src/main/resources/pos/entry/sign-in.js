import { live } from 'lit/directives/live.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { server } from '../shell/server.js';
import { mark } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';

const LAST = 'refahub.person';
const PIN_MIN = 6;

/** Who is it, and their PIN. The first time: the one-time code, and a PIN of one's own. */
class SignIn extends Piece {
  static properties = {
    again: { type: Boolean },
    people: { state: true },
    chosen: { state: true },
    pin: { state: true },
    code: { state: true },
    wrong: { state: true },
    busy: { state: true },
    withCode: { state: true },
  };

  constructor() {
    super();
    this.reset();
  }

  reset() {
    this.pin = '';
    this.code = '';
    this.second = '';
    this.wrong = undefined;
    this.withCode = false;
  }

  async connectedCallback() {
    super.connectedCallback();
    for (;;) {
      try {
        await till.read(() => server.session());
        this.people = (await till.read(() => server.people())).people;
        // Right after the registration nobody is here yet: they come from the hub, and the page does not have to be loaded again for it.
        if (this.people.length > 0) break;
      } catch {
        // Asked again below.
      }
      await new Promise(resolve => setTimeout(resolve, 1500));
      if (!this.isConnected) return;
    }
    const last = localStorage.getItem(LAST);
    this.chosen = this.people.find(p => p.user === last) ?? (this.people.length === 1 ? this.people[0] : undefined);
    await this.updateComplete;
    focusIfKeys(this.querySelector(this.chosen ? 'input' : '.person'));
  }

  choose(person) {
    this.reset();
    this.chosen = person;
    this.updateComplete.then(() => this.querySelector('input')?.focus());
  }

  get needsCode() {
    return this.chosen?.needsCode || this.withCode;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    if (this.needsCode && this.pin !== this.second) {
      this.wrong = t('entry.pin.differs');
      return;
    }
    this.busy = till.entering = true;
    this.wrong = undefined;
    try {
      const session = this.needsCode ? await server.redeem(this.chosen.user, this.code.trim(), this.pin) : await server.signIn(this.chosen.user, this.pin);
      localStorage.setItem(LAST, this.chosen.user);
      await till.signedIn(session);
    } catch (problem) {
      till.early = '';
      this.wrong = problem.unreachable ? t('away.empty') : problem.detail;
      this.pin = '';
      this.second = '';
      await this.updateComplete;
      const field = this.querySelector(problem.code?.startsWith('code') ? '#code' : '#pin');
      if (!problem.unreachable) mark(field);
      focusIfKeys(field);
    } finally {
      this.busy = till.entering = false;
      till.changed();
    }
  }

  press(digit) {
    this.pin = digit === '⌫' ? this.pin.slice(0, -1) : (this.pin + digit).slice(0, 12);
  }

  render() {
    return html`<main class="entry ${this.again ? 'over-work' : ''}" data-test="sign-in">
      <div class="entry-card">
        <p class="brand">RefaHub</p>
        <h1>${this.again ? t(till.lockedByHand ? 'entry.locked' : 'entry.again') : till.storeName || t('entry.title')}</h1>
        ${this.again ? html`<p class="quiet">${t(till.lockedByHand ? 'entry.locked.text' : 'entry.again.text')}</p>` : nothing}
        ${this.people === undefined
          ? html`<p class="quiet" data-test="people-loading">${t('entry.loading')}</p>`
          : this.people.length === 0
            ? html`<div class="empty">${icon('people')}<p>${t('entry.nobody')}</p></div>`
            : this.chosen
              ? this.form()
              : this.list()}
      </div>
    </main>`;
  }

  list() {
    return html`<p class="quiet">${t('entry.who')}</p>
      <ul class="people" data-test="people" @keydown=${event => this.walk(event)}>
        ${this.people.map(person => html`<li><button type="button" class="person" data-test="person-choice" data-user=${person.user} @click=${() => this.choose(person)}>
          <span class="initial" aria-hidden="true">${[...person.name][0]}</span><span>${person.name}</span>${person.needsCode ? html`<span class="quiet">${t('entry.new')}</span>` : nothing}${icon('chevron-right')}
        </button></li>`)}
      </ul>`;
  }

  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.querySelectorAll('.person')];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
  }

  form() {
    return html`<form novalidate @submit=${event => this.submit(event)} @keydown=${event => event.key === 'Escape' && !this.again && this.choose(undefined)}>
      <button type="button" class="person chosen" data-test="person-change" ?disabled=${this.again && this.people.length === 1} @click=${() => this.choose(undefined)}>
        <span class="initial" aria-hidden="true">${[...this.chosen.name][0]}</span><span>${this.chosen.name}</span><span class="quiet">${t('entry.other')}</span>
      </button>
      ${this.needsCode
        ? html`<label class="form-label" for="code">${t('entry.code')}</label>
            <input id="code" class="form-control mono" data-test="code" type="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" required .value=${this.code} @input=${event => (this.code = event.target.value)}>
            <p class="form-hint">${t('entry.code.hint')}</p>
            <label class="form-label" for="pin">${t('entry.pin.new')}</label>
            ${this.pinField('pin', 'new-password')}
            <p class="form-hint">${t('entry.pin.hint')}</p>
            <label class="form-label" for="pin2">${t('entry.pin.again')}</label>
            <input id="pin2" class="form-control pin mono" data-test="pin2" type="password" inputmode="numeric" autocomplete="new-password" maxlength="12" required .value=${live(this.second)} @input=${event => { this.second = event.target.value; this.requestUpdate(); }}>`
        : html`<label class="form-label" for="pin">${t('entry.pin')}</label>
            ${this.pinField('pin', 'current-password')}
            <div class="pad" aria-hidden="true">${['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '⌫'].map(key => key ? html`<button type="button" tabindex="-1" @click=${() => this.press(key)}>${key}</button>` : html`<span></span>`)}</div>`}
      <p class="field-problem" role="alert" data-test="sign-in-wrong">${this.wrong ?? ''}</p>
      <button type="submit" class="btn btn-main wide" data-test="sign-in-submit" ?disabled=${this.busy || this.pin.length < PIN_MIN}>${t(this.needsCode ? 'entry.redeem' : 'entry.enter')} <kbd>Enter</kbd></button>
      ${this.chosen.needsCode ? nothing : html`<button type="button" class="link" data-test="with-code" @click=${() => { this.reset(); this.withCode = !this.needsCode; }}>${t(this.withCode ? 'entry.without-code' : 'entry.with-code')}</button>`}
    </form>`;
  }

  pinField(id, purpose) {
    return html`<input id=${id} class="form-control pin mono" data-test="pin" type="password" inputmode="numeric" autocomplete=${purpose} maxlength="12" required .value=${live(this.pin)} @input=${event => (this.pin = event.target.value)}>`;
  }
}
customElements.define('sign-in', SignIn);
