import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { focusIfKeys } from '../shell/keys.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import './customer-form.js';
import './customer-account.js';

const DEBOUNCE = 60;

/** F3: finds a customer by anything, puts one on the ticket, makes or mends one, and opens the account. */
class CustomerDialog extends Over {
  static properties = { ...Over.properties, page: { state: true }, typed: { state: true }, found: { state: true }, at: { state: true }, chosen: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    this.turn = 0;
    this.closed();
  }

  closed() {
    clearTimeout(this.timer);
    this.turn++;
    this.page = 'find';
    this.typed = '';
    this.found = undefined;
    this.at = 0;
    this.chosen = undefined;
    this.wrong = undefined;
  }

  type(text) {
    this.typed = text;
    this.wrong = undefined;
    clearTimeout(this.timer);
    const turn = ++this.turn;
    if (!text.trim()) {
      this.found = undefined;
      return;
    }
    this.timer = setTimeout(() => this.look(turn), DEBOUNCE);
  }

  async look(turn = ++this.turn) {
    try {
      const { customers } = await till.read(() => server.customers(this.typed));
      if (turn !== this.turn) return;
      this.found = customers;
      this.at = 0;
    } catch (problem) {
      if (turn === this.turn) this.wrong = problem.unreachable ? t('away.empty') : problem.detail;
    }
  }

  async key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const many = this.found?.length || 1;
      this.at = (this.at + (event.key === 'ArrowDown' ? 1 : many - 1)) % many;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!this.found && this.typed.trim()) {
        clearTimeout(this.timer);
        await this.look();
      }
      const one = this.found?.[this.at];
      if (one) await this.take(one);
    }
  }

  /** The ticket goes to this customer; the drawer's work goes on. */
  async take(customer) {
    const done = await till.sellTo(customer.id, problem => {
      this.wrong = problem.detail || t('problem.unknown');
      return true;
    });
    if (!done) return;
    this.close();
    till.say(t('customer.on', customer.fields.NAME), 'good');
  }

  async off() {
    if (!(await till.sellTo(null))) return;
    this.close();
    till.say(t('customer.offdone'), 'good');
  }

  open(page, customer) {
    this.chosen = customer;
    this.page = page;
    this.wrong = undefined;
  }

  back() {
    this.page = 'find';
    this.updateComplete.then(() => focusIfKeys(this.querySelector('#customer-search')));
    if (this.typed.trim()) void this.look();
  }

  render() {
    return this.frame('customer-dialog', t('customer.title'), () => {
      if (this.page === 'form') return html`<customer-form .customer=${this.chosen} .typed=${this.chosen ? '' : this.typed} @saved=${event => this.saved(event.detail)} @back=${() => this.back()}></customer-form>`;
      if (this.page === 'account') return html`<customer-account .customer=${this.chosen.id} @back=${() => this.back()}></customer-account>`;
      return this.find();
    }, 'wide');
  }

  /** A new customer is meant for the ticket in hand. */
  async saved({ customer, made }) {
    if (made) await this.take(customer);
    else {
      till.say(t('customer.saved', customer.fields.NAME), 'good');
      this.back();
    }
  }

  find() {
    const buyer = till.ticket?.buyer;
    return html`
      ${buyer
        ? html`<div class="note" data-test="customer-present">${icon('person-check')}<span>${buyer.name}</span>
            <button type="button" class="link" data-test="customer-present-account" @click=${() => this.open('account', { id: buyer.id })}>${t('customer.account')}</button>
            <button type="button" class="link" data-test="customer-off" @click=${() => this.off()}>${t('customer.off')}</button></div>`
        : nothing}
      <div class="with-button">
        <input id="customer-search" class="form-control" data-test="customer-search" autofocus type="text" maxlength="200" autocomplete="off" spellcheck="false"
          aria-label=${t('customer.search')} placeholder=${t('customer.search')} aria-describedby="customer-wrong" .value=${live(this.typed)}
          @input=${event => this.type(event.target.value)} @keydown=${event => this.key(event)}>
        <button type="button" class="btn btn-plain" data-test="customer-new" @click=${() => this.open('form', undefined)}>${icon('person-plus')} ${t('customer.new')}</button>
      </div>
      <p class="field-problem" id="customer-wrong" role="alert">${this.wrong ?? ''}</p>
      ${this.found?.length === 0 ? html`<p class="quiet" data-test="customer-none">${t('customer.none')}</p>` : nothing}
      <ul class="plain customers" data-test="customer-list">
        ${(this.found ?? []).map((one, index) => html`<li class="customer ${index === this.at ? 'at' : ''}" data-test="customer-row">
          <button type="button" class="link" data-test="customer-take" aria-label=${`${t('customer.take')}: ${one.fields.NAME}`} @click=${() => this.take(one)}>
            <strong>${one.fields.NAME}</strong>
            <span class="quiet mono">${[one.fields.PHONE, one.fields.RFC, ...plates(one)].filter(Boolean).join(' · ')}</span>
          </button>
          <button type="button" class="btn btn-plain" data-test="customer-account" @click=${() => this.open('account', one)}>${t('customer.account')}</button>
          <button type="button" class="btn btn-plain" data-test="customer-edit" @click=${() => this.open('form', one)}>${t('customer.edit')}</button>
        </li>`)}
      </ul>`;
  }
}

const plates = one => one.fields.VEHICLES.split('\n').map(line => line.split(' ')[0]);

customElements.define('customer-dialog', CustomerDialog);
