import { live } from 'lit/directives/live.js';
import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { refusedField } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';

/** Whom a 'no' can be lifted by. */
const ASKED_FOR = ['discount-needs-approval', 'discount-above-approver', 'return-needs-approval', 'return-without-ticket-limit', 'misc-needs-approval', 'misc-above-approver', 'account-needs-approval', 'account-needs-manager', 'core-limit', 'promise-needs-manager', 'receipt-needs-approval', 'receipt-approver-wrong'];

/** A supervisor's name and PIN, asked for only once the server has said that it takes one. Lives in a dialog. */
export class Approval {
  #host;
  user = '';
  pin = '';
  needed = false;
  people = [];

  constructor(host) {
    this.#host = host;
  }

  reset() {
    this.needed = false;
    this.pin = '';
  }

  /** @returns what the call carries: nothing until it is asked for */
  get given() {
    return this.needed && this.user && this.pin ? { user: this.user, pin: this.pin } : undefined;
  }

  /** Looks at a refusal: asks for the supervisor, or has the PIN typed again. Others are not its business. */
  async take(problem) {
    const asked = ASKED_FOR.includes(problem.code);
    if (!asked && !this.needed) return;
    this.pin = '';
    if (asked && (!this.needed || this.people.length === 0)) {
      // The fields are there once they can be filled in: what somebody types is not wiped by an answer that comes later.
      try {
        this.people = (await till.read(() => server.people())).people.filter(person => !person.needsCode && person.name !== till.person?.name);
        this.user ||= this.people[0]?.user ?? '';
      } catch {
        this.people = [];
      }
      this.needed = true;
    }
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    // Whoever was refused for a field is there already.
    if (asked || !refusedField(problem)) focusIfKeys(this.#host.querySelector('#approval-pin'));
  }

  render() {
    if (!this.needed) return nothing;
    return html`<fieldset class="approval" data-test="approval">
      <legend>${t('approval.title')}</legend>
      ${this.people.length ? this.fields() : html`<p class="quiet" data-test="approval-nobody">${t('approval.nobody')}</p>`}
    </fieldset>`;
  }

  fields() {
    return html`<div class="pair">
      <div>
        <label class="form-label" for="approval-user">${t('approval.who')}</label>
        <select id="approval-user" class="form-select" data-test="approval-user" .value=${live(this.user)} @change=${event => (this.user = event.target.value)}>
          ${this.people.map(person => html`<option value=${person.user} ?selected=${person.user === this.user}>${person.name}</option>`)}
        </select>
      </div>
      <div>
        <label class="form-label" for="approval-pin">${t('entry.pin')}</label>
        <input id="approval-pin" class="form-control mono" data-test="approval-pin" type="password" inputmode="numeric" autocomplete="off" maxlength="12"
          .value=${live(this.pin)} @input=${event => (this.pin = event.target.value)}>
      </div>
    </div>`;
  }
}
