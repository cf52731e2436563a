import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Follows, till } from '../shell/till.js';
import { centavos } from '../shell/amounts.js';
import { focusIfKeys } from '../shell/keys.js';
import { hour } from '../shell/time.js';
import { server } from '../shell/server.js';

/** Which till, and the float in its drawer. */
class DrawerPage extends Piece {
  static properties = { chosen: { state: true }, typed: { state: true }, wrong: { state: true }, busy: { state: true }, stations: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.typed = '';
    const mine = register => register.session && !register.session.counted && register.session.cashier === till.person?.id;
    // Whoever has a drawer open goes on with it, in a new browser too.
    this.chosen = till.register?.id ?? till.registers.find(mine)?.id ?? till.registers.find(register => !register.session)?.id ?? till.registers[0]?.id;
    // One opening, however often it is sent.
    this.act = uuid7();
  }

  firstUpdated() {
    if (till.may('sale.make')) void this.lookForStations();
    focusIfKeys(this.querySelector('#float') ?? this.querySelector('.btn-main'));
  }

  /** A browser that has just become a station goes on with Enter. */
  updated() {
    const station = this.register?.station ? this.register.id : undefined;
    if (station && station !== this.paired) focusIfKeys(this.querySelector('.btn-main'));
    this.paired = station;
  }

  /** Whether notes can be written here without a drawer. */
  async lookForStations() {
    try {
      this.stations = (await till.read(() => server.notes())).separate;
    } catch {
      this.stations = false;
    }
  }

  get register() {
    // Where this browser has just become a station there is nothing else to choose.
    return till.registers.find(register => register.id === this.chosen) ?? (till.registers.length === 1 ? till.registers[0] : undefined);
  }

  choose(id) {
    this.chosen = id;
    this.act = uuid7();
    this.wrong = undefined;
    this.updateComplete.then(() => focusIfKeys(this.querySelector('#float') ?? this.querySelector('.btn-main')));
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const minor = centavos(this.typed.trim() || '0');
    if (minor === undefined) {
      this.wrong = t('pay.amount.wrong');
      return;
    }
    this.busy = true;
    this.wrong = undefined;
    try {
      await till.openDrawer(this.register, minor, this.act);
    } catch (problem) {
      this.wrong = problem.unreachable ? t('away.empty') : problem.field?.('openingFloat') ?? problem.detail;
    } finally {
      this.busy = false;
    }
  }

  render() {
    const register = this.register;
    return html`<main class="entry" data-test="drawer-page">
      <div class="entry-card">
        <h1>${register?.station ? register.name : t(till.may('cash.open') ? 'drawer.title' : 'action.stock')}</h1>
        ${till.may('sales.see') && till.registers.length === 0 ? html`<div class="empty">${icon('inboxes')}<p>${t('drawer.none')}</p></div>` : nothing}
        ${till.registers.length > 1
          ? html`<div class="registers" role="radiogroup" aria-label=${t('drawer.which')}>
              ${till.registers.map(r => html`<button type="button" role="radio" class="register ${r.id === this.chosen ? 'on' : ''}" aria-checked=${r.id === this.chosen} data-test="register" data-prefix=${r.prefix} @click=${() => this.choose(r.id)}>
                <strong>${r.name}</strong><span class="quiet">${r.session ? t('drawer.open.by', r.session.openedBy, hour(r.session.openedAt)) : t('drawer.closed')}</span>
              </button>`)}
            </div>`
          : nothing}
        ${register?.station ? this.station(register) : register?.session?.counted ? this.waits(register) : register?.session ? this.goOn(register) : register ? this.form(register) : nothing}
        ${this.stations && register && !register.session && !register.station ? html`<button type="button" class="btn btn-plain wide" data-test="drawer-notes" @click=${() => this.go(register)}>${icon('card-list')} ${t('notes.station')}</button>` : nothing}
        ${till.may('sale.make') || till.may('devices.manage') ? html`<button type="button" class="link" data-test="drawer-stations" @click=${() => document.querySelector('station-dialog').show()}>${icon('shop-window')} ${t(till.may('devices.manage') || register?.station ? 'action.stations' : 'station.pair')}</button>` : nothing}
        ${till.may('stock.see') ? html`<button type="button" class="${till.may('cash.open') ? 'link' : 'btn btn-main wide'}" data-test="drawer-stock" @click=${() => document.querySelector('stock-desk').menu()}>${icon('boxes')} <span class="words">${t('drawer.stock')}</span> <kbd>Ctrl+E</kbd></button>` : nothing}
        ${till.may('hand.over') ? html`<button type="button" class="link" data-test="drawer-handover" @click=${() => document.querySelector('hand-over').show()}>${icon('box2-heart')} ${t('action.handover')}</button>` : nothing}
        ${till.may('cash.run') || till.may('cash.see') ? html`<button type="button" class="link" data-test="drawer-cash" @click=${() => this.cash.menu()}>${icon('journal-check')} ${t('cash.closed.menu')}</button>` : nothing}
      </div>
    </main>`;
  }

  get cash() {
    return document.querySelector('cash-desk');
  }

  goOn(register) {
    const other = register.session.cashier !== till.person?.id;
    return html`<p>${t('drawer.isopen', register.name, register.session.openedBy, hour(register.session.openedAt))}</p>
      ${other ? html`<p class="quiet" data-test="drawer-other">${t('cash.takeover', register.session.cashierName)}</p>` : nothing}
      <p class="field-problem" role="alert" data-test="drawer-wrong">${this.wrong ?? ''}</p>
      <button type="button" class="btn btn-main wide" data-test="drawer-go" @click=${() => this.go(register)}>${t(other ? 'cash.takeover.go' : 'drawer.go', register.name)} <kbd>Enter</kbd></button>`;
  }

  /** This browser writes notes; there is no drawer. */
  station(register) {
    return html`<p data-test="drawer-station">${t('station.work')}</p>
      <button type="button" class="btn btn-main wide" data-test="drawer-go" @click=${() => this.go(register)}>${t('station.go', register.name)} <kbd>Enter</kbd></button>`;
  }

  async go(register) {
    this.wrong = undefined;
    try {
      await till.work(register);
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
    }
  }

  /** Counted and not yet closed: nothing can be sold, only finished. */
  waits(register) {
    return html`<p data-test="drawer-waits">${t('cash.waits', register.name)}</p>
      ${till.may('cash.run') ? html`<button type="button" class="btn btn-main wide" data-test="drawer-finish" @click=${() => this.cash.count(register.session.id)}>${t('cash.waits.go')} <kbd>Enter</kbd></button>` : nothing}`;
  }

  form(register) {
    if (!till.may('cash.open')) return html`<div class="note attention">${icon('lock')}${t('drawer.notallowed')}</div>`;
    return html`<form @submit=${event => this.submit(event)}>
      <label class="form-label" for="float">${t('drawer.float')}</label>
      <input id="float" class="form-control num large" data-test="float" type="text" inputmode="decimal" autocomplete="off" placeholder="0.00" aria-invalid=${Boolean(this.wrong)}
        .value=${this.typed} @input=${event => { this.typed = event.target.value; this.wrong = undefined; }}>
      <p class="form-hint">${t('drawer.float.hint')}</p>
      <p class="field-problem" role="alert" data-test="drawer-wrong">${this.wrong ?? ''}</p>
      <button type="submit" class="btn btn-main wide" data-test="drawer-open" ?disabled=${this.busy}>${t('drawer.open', register.name)} <kbd>Enter</kbd></button>
    </form>`;
  }
}
customElements.define('drawer-page', DrawerPage);
