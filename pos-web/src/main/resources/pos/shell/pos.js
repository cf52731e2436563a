import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Follows, till } from './till.js';
import { isField, isPrintable, listen } from './keys.js';
import './top-line.js';
import './care-banner.js';
import './actions.js';
import '../entry/setup-page.js';
import '../entry/sign-in.js';
import '../cash/cash-desk.js';
import '../cash/drawer-page.js';
import '../stock/stock-desk.js';
import '../sale/ticket-panel.js';
import '../sale/sales-list.js';
import '../sale/discount-dialog.js';
import '../sale/parked-list.js';
import '../sale/return-dialog.js';
import '../notes/notes-list.js';
import '../notes/hand-over.js';
import '../returns/unproven-dialog.js';
import '../invoice/invoice-dialog.js';
import '../customer/customer-dialog.js';
import '../promises/promise-dialog.js';
import { NUMBER } from '../promises/promise-server.js';
import '../market/market-orders.js';
import { ORDER_NUMBER } from '../market/market-server.js';
import '../search/part-search.js';
import '../proposal/misc-dialog.js';
import '../proposal/part-dialog.js';
import '../sale/lost-sale-dialog.js';
import '../terms/voucher-dialog.js';
import '../terms/cores-dialog.js';
import '../terms/serials-dialog.js';
import '../search/vehicle-picker.js';
import '../search/part-detail.js';
import '../payment/pay-panel.js';
import '../payment/done-panel.js';
import './board-dialog.js';
import '../paper/paper-drawer.js';
import '../devices/hardware-page.js';
import '../devices/open-drawer.js';
import '../devices/print-labels.js';
import '../stations/station-dialog.js';
import { feed } from '../devices/device-feed.js';

/** The whole till. It owns the keyboard and hands each key to the part of the screen that is meant. */
class Pos extends Piece {
  constructor() {
    super();
    new Follows(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.stop = listen(
      () => this.atWork && !document.querySelector('dialog[open]'),
      code => this.scanned(code),
      event => this.pressed(event),
    );
    // A scanner on a wire of the connector's machine: the same as one that types.
    feed.scans(code => this.atWork && !document.querySelector('dialog[open]') && this.scanned(code));
  }

  disconnectedCallback() {
    this.stop();
    super.disconnectedCallback();
  }

  get atWork() {
    return ['sale', 'pay', 'done'].includes(till.mode) && !till.locked;
  }

  /** Everything that can be done now, by name and key: the key bar, the palette and the map are made of it. */
  get actions() {
    const sale = till.mode === 'sale';
    return [
      { id: 'again', key: 'Ctrl+Enter', icon: 'arrow-repeat', when: sale && till.lastPart !== undefined, run: () => this.search.again() },
      { id: 'vehicle', key: 'F2', icon: 'car-front', when: sale, bar: true, run: () => this.open('vehicle-picker') },
      { id: 'filter', key: 'Ctrl+F', icon: 'funnel', when: sale && this.search?.found !== undefined, run: () => this.search.filter() },
      { id: 'buyer', key: 'F3', icon: 'person', when: sale, bar: true, run: () => this.open('customer-dialog') },
      { id: 'park', key: 'F4', icon: 'hourglass', when: sale, bar: true, run: () => this.open('parked-list') },
      { id: 'discount', key: 'F5', icon: 'percent', when: sale && till.ticket?.lines.some(line => !line.fixed), bar: true, run: () => this.open('discount-dialog') },
      { id: 'newpart', key: 'F6', icon: 'plus-square', when: sale, run: () => this.querySelector('part-dialog').show(this.search?.looked) },
      { id: 'misc', key: 'F7', icon: 'bag-plus', when: sale, run: () => this.querySelector('misc-dialog').show(this.search?.asking) },
      { id: 'notes', key: 'Ctrl+B', icon: 'card-list', when: sale, run: () => this.open('notes-list') },
      { id: 'handover', key: 'Ctrl+Shift+E', icon: 'box2-heart', when: till.may('hand.over') && till.mode !== 'pay', run: () => this.open('hand-over') },
      { id: 'return', key: 'F8', icon: 'arrow-return-left', when: sale, bar: true, run: () => this.open('return-dialog') },
      { id: 'lost', key: 'F9', icon: 'emoji-frown', when: sale, bar: true, run: () => this.querySelector('lost-sale-dialog').show(this.search?.asking, this.search?.meant) },
      { id: 'cores', key: 'Ctrl+Shift+B', icon: 'recycle', when: sale, run: () => this.open('cores-dialog') },
      { id: 'voucher', key: 'Ctrl+G', icon: 'gift', when: sale, run: () => this.open('voucher-dialog') },
      { id: 'serials', key: 'Ctrl+M', icon: 'upc', when: sale, run: () => this.open('serials-dialog') },
      { id: 'promises', key: 'Ctrl+O', icon: 'bag-check', when: sale && till.may('sale.make'), run: () => this.open('promise-dialog') },
      { id: 'marketorders', key: 'Ctrl+Shift+O', icon: 'shop', when: sale && till.may('sale.make'), run: () => this.open('market-orders') },
      { id: 'note', icon: 'pencil', when: sale && till.selectedLine, run: () => this.open('note-dialog') },
      { id: 'detail', key: 'F12', icon: 'diagram-2', when: sale && this.search?.current !== undefined, bar: true, run: () => this.querySelector('part-detail').show(this.search.current) },
      { id: 'plus', key: '+', when: sale && till.selectedLine, run: () => till.step(1) },
      { id: 'minus', key: '−', when: sale && till.selectedLine, run: () => till.step(-1) },
      { id: 'remove', key: t('key.delete'), when: sale && till.selectedLine, run: () => till.remove() },
      { id: 'piece', icon: 'box-arrow-up', when: sale && Boolean(till.selectedLine?.kit) && !till.selectedLine.returnOf && !till.selectedLine.agreed, run: () => till.removePiece(till.selected) },
      { id: 'sales', key: 'Ctrl+H', icon: 'receipt', when: till.may('sales.see'), bar: true, run: () => this.open('sales-list') },
      { id: 'paper', key: 'Ctrl+P', icon: 'printer', when: till.may('devices.see'), run: () => this.open('paper-drawer') },
      { id: 'cash', key: 'Ctrl+J', icon: 'cash-stack', when: till.mode !== 'pay' && (till.may('cash.run') || till.may('cash.see')), bar: true, run: () => this.cash.menu() },
      ...(this.cash?.acts ?? []).filter(act => act.id !== 'lock').map(act => ({ id: 'cash-' + act.id, when: act.when && till.mode !== 'pay', run: act.run })),
      { id: 'stock', key: 'Ctrl+E', icon: 'boxes', when: till.mode !== 'pay' && till.may('stock.see'), bar: true, run: () => this.querySelector('stock-desk').menu() },
      ...(this.querySelector('stock-desk')?.acts ?? []).map(act => ({ id: 'stock-' + act.id, when: act.when && till.mode !== 'pay', run: act.run })),
      { id: 'lock', key: 'Ctrl+L', when: till.register !== undefined, run: () => till.lock() },
      { id: 'hardware', key: 'Ctrl+D', icon: 'usb-plug', when: till.may('devices.see'), run: () => this.open('hardware-page') },
      { id: 'opendrawer', icon: 'box-arrow-down', when: Boolean(till.register) && till.may('drawer.open'), run: () => this.open('open-drawer') },
      { id: 'labels', key: 'Ctrl+Shift+L', icon: 'tags', when: sale && this.search?.current !== undefined && till.may('labels.print'), run: () => this.querySelector('print-labels').show(this.search.current) },
      { id: 'customer', icon: 'display', when: Boolean(till.register), run: () => window.open('/pos/display?register=' + till.register.id, 'refahub-display') },
      { id: 'board', icon: 'heart-pulse', when: true, run: () => this.open('board-dialog') },
      { id: 'map', key: '?', icon: 'keyboard', when: true, bar: true, run: () => this.open('key-map') },
      { id: 'find', key: 'Ctrl+K', icon: 'search', when: true, bar: true, run: () => this.open('action-palette') },
      { id: 'invoice', key: 'Ctrl+I', icon: 'file-earmark-text', when: till.may('invoice.request') && (sale || till.mode === 'done'), run: () => this.querySelector('invoice-dialog').show(till.mode === 'done' ? till.sale.folio : undefined, till.mode === 'done' ? till.sale.buyer?.id : undefined) },
      { id: 'stations', when: till.may('devices.manage'), run: () => this.open('station-dialog') },
      { id: 'register', when: sale, run: () => till.changeRegister() },
      { id: 'theme', when: true, run: () => this.querySelector('top-line').theme() },
      { id: 'language', when: true, run: () => this.querySelector('top-line').language() },
      { id: 'leave', when: true, run: () => till.signOut() },
      { id: 'pay', key: 'F10', when: sale && till.ticket?.lines.length > 0, run: () => till.startPay() },
    ];
  }

  get search() {
    return this.querySelector('part-search');
  }

  /** The number of a quote, layaway or special order opens it; anything else is the search's. */
  scanned(code) {
    if (till.mode === 'sale' && NUMBER.test(code.trim())) void this.querySelector('promise-dialog').show(code.trim());
    else if (till.mode === 'sale' && ORDER_NUMBER.test(code.trim())) void this.querySelector('market-orders').show(code.trim());
    else this.search.scanned(code);
  }

  get cash() {
    return this.querySelector('cash-desk');
  }

  open(name) {
    this.querySelector(name).show();
  }

  pressed(event) {
    if (till.entering && isPrintable(event)) {
      event.preventDefault();
      till.early += event.key;
      return;
    }
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    // Goods come in before a drawer is open, and by hands that never open one.
    if (till.mode === 'drawer' && till.may('stock.see') && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'e') {
      event.preventDefault();
      this.querySelector('stock-desk').menu();
      return;
    }
    if (!this.atWork) return;
    if (till.toPay) {
      event.preventDefault();
      void till.toPay.then(() => this.updateComplete).then(() => this.act(event));
      return;
    }
    this.act(event);
  }

  act(event) {
    const key = (event.ctrlKey || event.metaKey ? (event.shiftKey ? 'Ctrl+Shift+' : 'Ctrl+') : '') + (event.key.length === 1 ? event.key.toUpperCase() : event.key);
    const global = { F2: 'vehicle', F3: 'buyer', F4: 'park', F5: 'discount', F6: 'newpart', F7: 'misc', F8: 'return', F9: 'lost', F10: 'pay', F12: 'detail', 'Ctrl+K': 'find', 'Ctrl+Enter': 'again', 'Ctrl+F': 'filter', 'Ctrl+H': 'sales', 'Ctrl+I': 'invoice', 'Ctrl+P': 'paper', 'Ctrl+J': 'cash', 'Ctrl+O': 'promises', 'Ctrl+Shift+O': 'marketorders', 'Ctrl+E': 'stock', 'Ctrl+B': 'notes', 'Ctrl+Shift+E': 'handover', 'Ctrl+Shift+B': 'cores', 'Ctrl+G': 'voucher', 'Ctrl+M': 'serials', 'Ctrl+L': 'lock', 'Ctrl+D': 'hardware', 'Ctrl+Shift+L': 'labels' }[key];
    if (global) {
      event.preventDefault();
      const action = this.actions.find(a => a.id === global);
      if (action.when) action.run();
      else if (global === 'pay' && till.mode === 'sale') till.startPay();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey && !event.key.startsWith('Arrow')) return;
    if (till.mode === 'pay') return this.querySelector('pay-panel')?.key(event);
    if (till.mode === 'done') {
      if (['Enter', 'Escape', ' '].includes(event.key)) {
        if (event.target instanceof HTMLButtonElement && event.key !== 'Escape') return;
        event.preventDefault();
        till.next();
      } else if (isPrintable(event) && !isField(event.target)) {
        event.preventDefault();
        till.next();
        this.search.append(event.key);
      }
      return;
    }
    this.search?.key(event);
  }

  updated() {
    if (till.early && !till.entering) {
      const early = till.early;
      till.early = '';
      if (till.mode === 'sale') for (const key of early) this.search?.append(key);
    }
    document.title = [till.register?.name, till.storeName, 'RefaHub'].filter(Boolean).join(' · ');
  }

  render() {
    switch (till.mode) {
      case 'loading':
        return till.reachable ? nothing : html`${this.away()}<main class="work" data-mode="away"><section class="left"></section>${till.ticket?.lines.length ? html`<ticket-panel></ticket-panel>` : nothing}</main>`;
      case 'setup':
        return html`<setup-page></setup-page>`;
      case 'entry':
        return html`${till.reachable ? nothing : this.away()}<sign-in></sign-in>`;
      case 'drawer':
        return html`<top-line></top-line><care-banner></care-banner><drawer-page></drawer-page>${this.notice()}<cash-desk></cash-desk><stock-desk></stock-desk><hand-over></hand-over><station-dialog></station-dialog>${this.pinAgain()}`;
      default:
        return this.work();
    }
  }

  work() {
    return html`
      <top-line></top-line>
      <care-banner></care-banner>
      ${till.reachable ? nothing : this.away()}
      <main class="work" data-mode=${till.mode}>
        <section class="left">
          <part-search ?hidden=${till.mode !== 'sale'}></part-search>
          ${till.mode === 'pay' ? html`<pay-panel></pay-panel>` : nothing}
          ${till.mode === 'done' ? html`<done-panel></done-panel>` : nothing}
        </section>
        <ticket-panel></ticket-panel>
      </main>
      ${this.bar()}
      ${this.notice()}
      <vehicle-picker></vehicle-picker>
      <part-detail></part-detail>
      <misc-dialog></misc-dialog>
      <part-dialog></part-dialog>
      <lost-sale-dialog></lost-sale-dialog>
      <voucher-dialog></voucher-dialog>
      <cores-dialog></cores-dialog>
      <serials-dialog></serials-dialog>
      <sales-list></sales-list>
      <parked-list></parked-list>
      <discount-dialog></discount-dialog>
      <note-dialog></note-dialog>
      <return-dialog></return-dialog>
      <notes-list></notes-list>
      <hand-over></hand-over>
      <unproven-dialog></unproven-dialog>
      <invoice-dialog></invoice-dialog>
      <customer-dialog></customer-dialog>
      <promise-dialog></promise-dialog>
      <market-orders></market-orders>
      <paper-drawer></paper-drawer>
      <board-dialog></board-dialog>
      <cash-desk></cash-desk>
      <stock-desk></stock-desk>
      <hardware-page></hardware-page>
      <open-drawer></open-drawer>
      <station-dialog></station-dialog>
      <print-labels></print-labels>
      <action-palette .actions=${this.actions}></action-palette>
      <key-map></key-map>
      ${this.pinAgain()}`;
  }

  pinAgain() {
    return till.locked ? html`<sign-in class="over" again></sign-in>` : nothing;
  }

  away() {
    return html`<div class="away note attention" role="status" data-test="away">${icon('plug')}<span>${t(till.ticket?.lines.length ? 'away.ticket' : 'away.empty')}</span></div>`;
  }

  bar() {
    return html`<nav class="bar" aria-label=${t('bar.title')}>
      ${this.actions
        .filter(action => action.bar)
        .map(
          action => html`<button type="button" class="key" data-test="bar-${action.id}" ?disabled=${!action.when} @click=${action.run}>
            <kbd>${action.key}</kbd>${icon(action.icon)}<span>${t('action.' + action.id)}</span>
          </button>`,
        )}
    </nav>`;
  }

  notice() {
    const notice = till.notice;
    const signs = { stop: 'exclamation-octagon', attention: 'exclamation-triangle', good: 'check-circle', quiet: 'info-circle' };
    return html`<div class="notice" role="status" aria-live="polite">
      ${notice
        ? html`<div class="note ${notice.tone}" data-test="notice">
            ${icon(signs[notice.tone])}<span>${notice.text}</span>
            ${notice.act
              ? html`<button type="button" class="link" data-test="notice-act" @click=${() => { till.hush(); notice.act.run(); }}>${notice.act.label}</button>`
              : nothing}
            <button type="button" class="close" aria-label=${t('act.close')} @click=${() => till.hush()}>${icon('x-lg')}</button>
          </div>`
        : nothing}
    </div>`;
  }
}
customElements.define('refahub-pos', Pos);
