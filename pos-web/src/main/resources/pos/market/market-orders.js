import { live } from 'lit/directives/live.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { focusIfKeys } from '../shell/keys.js';
import { till } from '../shell/till.js';
import { moment } from '../shell/time.js';
import { orders } from './market-server.js';

const EVERY = 30_000;
const GROUPS = [['TO_TAKE_BACK'], ['READY', 'SHORT', 'WAITING'], ['TO_SHIP']];
const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** How many orders wait, beside the ticket; a press opens them. */
class MarketBadge extends Piece {
  static properties = { count: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    void this.look();
    this.timer = setInterval(() => document.visibilityState === 'visible' && this.look(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async look() {
    try {
      this.count = (await orders.open()).length;
    } catch {
      // It stays at what it was; the top line says that the store does not answer.
    }
  }

  render() {
    if (!this.count) return nothing;
    return html`<button type="button" class="link" data-test="market-badge" title=${t('action.marketorders')} aria-label=${tn('market.waiting', this.count)} @click=${() => document.querySelector('market-orders').show()}>${icon('shop')} <span class="count" aria-hidden="true">${this.count}</span></button>`;
  }
}
customElements.define('market-badge', MarketBadge);

/** Ctrl+Shift+O: orders of marketplaces that wait for this branch. Enter on one hands it over: its ticket is paid there already. */
class MarketOrders extends Over {
  static properties = { ...Over.properties, typed: { state: true }, found: { state: true }, at: { state: true }, parcel: { state: true }, wrong: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.closed();
  }

  closed() {
    this.typed = '';
    this.found = undefined;
    this.at = 0;
    this.parcel = undefined;
    this.wrong = undefined;
    this.said = undefined;
    document.querySelectorAll('market-badge').forEach(badge => void badge.look());
  }

  /** @param number that was scanned: only its order is shown */
  async show(number) {
    await super.show();
    if (typeof number === 'string') this.typed = number;
    await this.load();
  }

  async load() {
    try {
      this.found = await till.read(() => orders.open());
      this.at = Math.min(this.at, Math.max(0, this.rows.length - 1));
    } catch (problem) {
      this.wrong = problem.unreachable ? t('away.empty') : problem.detail;
    }
  }

  /** As they are shown: what comes back first, then what is to be handed over, then what is to be sent. */
  get rows() {
    const words = fold(this.typed).split(/\s+/).filter(Boolean);
    const fits = order => {
      const text = fold([order.market, order.number, order.buyer, order.folio, ...order.lines.map(line => `${line.part.partNumber} ${line.part.name} ${line.title}`)].join(' '));
      return words.every(word => text.includes(word));
    };
    return GROUPS.flatMap(states => (this.found ?? []).filter(order => states.includes(order.state) && fits(order)));
  }

  key(event) {
    const rows = this.rows;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.at = (this.at + (event.key === 'ArrowDown' ? 1 : Math.max(rows.length, 1) - 1)) % Math.max(rows.length, 1);
    } else if (event.key === 'Enter' && rows[this.at]) {
      event.preventDefault();
      this.act(rows[this.at]);
    }
  }

  act(order) {
    if (order.canCollect) void this.collect(order);
    else if (order.state === 'TO_SHIP') void this.send(order);
    else if (order.state === 'TO_TAKE_BACK') this.takeBack(order);
  }

  async collect(order) {
    if (this.busy || till.mode !== 'sale') return;
    this.busy = true;
    this.wrong = undefined;
    try {
      await till.collectOrder(() => orders.collect(order.id, till.register.id));
      this.close();
    } catch (problem) {
      // Its ticket may be in hand now, to be finished there.
      if (till.ticket?.promised?.id === order.id) {
        this.close();
        till.say(problem.detail || t('problem.unknown'), 'attention');
      } else this.wrong = problem.detail || t('problem.unknown');
      await this.load();
    } finally {
      this.busy = false;
    }
  }

  async send(order) {
    this.parcel = { id: order.id, carrier: '', tracking: '' };
    await this.updateComplete;
    focusIfKeys(this.querySelector('[data-test=market-carrier]'));
  }

  async sent(event, order) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.wrong = undefined;
    try {
      await till.ask(() => orders.ship(order.id, this.parcel.carrier, this.parcel.tracking));
      this.said = t('market.sent', order.number);
      this.parcel = undefined;
      await this.load();
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
    } finally {
      this.busy = false;
    }
  }

  /** The return of its ticket, found and ready. */
  takeBack(order) {
    this.close();
    setTimeout(async () => {
      const dialog = document.querySelector('return-dialog');
      await dialog.show();
      dialog.code = order.folio;
      await dialog.find(new Event('submit'));
    });
  }

  acts(order) {
    if (order.canCollect)
      return html`<button type="button" class="btn btn-main" data-test="market-collect" ?disabled=${this.busy || till.mode !== 'sale'} @click=${() => this.collect(order)}>${icon('bag-check')} ${t('market.collect')}</button>`;
    if (order.state === 'TO_SHIP' && this.parcel?.id !== order.id)
      return html`<button type="button" class="btn btn-plain" data-test="market-ship" @click=${() => this.send(order)}>${icon('truck')} ${t('market.ship')}</button>`;
    if (order.state === 'TO_TAKE_BACK')
      return html`<button type="button" class="btn btn-plain" data-test="market-back" @click=${() => this.takeBack(order)}>${icon('arrow-return-left')} ${t('market.back')}</button>`;
    return nothing;
  }

  state(order) {
    const signal = { READY: 'good', SHORT: 'attention', WAITING: 'quiet', TO_SHIP: 'attention', TO_TAKE_BACK: 'stop' }[order.state];
    const symbol = { READY: 'check-circle', SHORT: 'exclamation-triangle', WAITING: 'hourglass', TO_SHIP: 'truck', TO_TAKE_BACK: 'x-circle' }[order.state];
    return html`<span class=${signal}>${icon(symbol)} ${t('market.state.' + order.state, order.folio)}</span>`;
  }

  row(order, index) {
    return html`<li class="market-order ${index === this.at ? 'at' : ''}" data-test="market-order" data-number=${order.number} data-state=${order.state}>
      <div>
        <strong>${order.market} <span class="mono">${order.number}</span></strong> ${order.buyer}
        <ul class="plain">${order.lines.map(line => html`<li><strong class="num">${line.pieces.text}</strong> <span class="line-code">${line.part.lineCode}</span> <span class="number mono">${line.part.partNumber}</span> ${line.part.name}
          ${line.reserved && line.reserved.value < line.pieces.value ? html`<span class="attention">${t('market.short', line.reserved.text)}</span>` : nothing}</li>`)}</ul>
        <div>${this.state(order)}</div>
        <div class="quiet">${moment(order.since)}${order.to ? html` · ${order.to}` : nothing}</div>
        ${order.byMarketplace && order.canCollect ? html`<div class="quiet">${t('market.label')}</div>` : nothing}
      </div>
      <div class="total num" data-minor=${order.total.minor}>${order.total.text}<div class="acts">${this.acts(order)}</div></div>
      ${this.parcel?.id === order.id ? html`<form class="market-parcel" data-test="market-parcel" @submit=${event => this.sent(event, order)}>
        <div><label class="form-label" for="market-carrier">${t('market.carrier')}</label>
          <input id="market-carrier" class="form-control" data-test="market-carrier" maxlength="60" autocomplete="off" .value=${live(this.parcel.carrier)} @input=${event => { this.parcel.carrier = event.target.value; }}></div>
        <div><label class="form-label" for="market-tracking">${t('market.tracking')}</label>
          <input id="market-tracking" class="form-control mono" data-test="market-tracking" maxlength="60" autocomplete="off" .value=${live(this.parcel.tracking)} @input=${event => { this.parcel.tracking = event.target.value; }}></div>
        <button type="submit" class="btn btn-main" data-test="market-send" ?disabled=${this.busy}>${t('market.tell')}</button>
      </form>` : nothing}
    </li>`;
  }

  render() {
    return this.frame('market-orders', t('action.marketorders'), () => {
      const rows = this.rows;
      return html`
        <input id="market-search" class="form-control" data-test="market-search" autofocus type="text" maxlength="80" autocomplete="off" spellcheck="false"
          aria-label=${t('market.search')} placeholder=${t('market.search')} aria-describedby="market-wrong" .value=${live(this.typed)}
          @input=${event => { this.typed = event.target.value; this.at = 0; }} @keydown=${event => this.key(event)}>
        <p class="field-problem" id="market-wrong" role="alert" data-test="market-wrong">${this.wrong ?? ''}</p>
        ${this.said ? html`<div class="note good" role="status" data-test="market-said">${icon('check-circle')}<span>${this.said}</span></div>` : nothing}
        ${this.found && rows.length === 0 ? html`<p class="quiet" data-test="market-none">${t(this.typed.trim() ? 'market.none.typed' : 'market.none')}</p>` : nothing}
        <ul class="plain market-list">${rows.map((order, index) => this.row(order, index))}</ul>`;
    }, 'wide');
  }
}
customElements.define('market-orders', MarketOrders);
