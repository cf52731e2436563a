import { Piece, html, icon } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { till } from '../shell/till.js';
import './stock-documents.js';
import './stock-count.js';
import './stock-kardex.js';
import './stock-leases.js';
import './stock-cores.js';
import './shelf-labels.js';

/** Everything of the shelf, by number. */
class StockMenu extends Over {
  static properties = { ...Over.properties, items: { attribute: false } };

  constructor() {
    super();
    this.items = [];
  }

  async show() {
    await super.show();
    this.querySelector('.menu-row')?.focus();
  }

  pick(item) {
    this.close();
    // After the dialog gave the focus back.
    setTimeout(() => item.run());
  }

  key(event) {
    const rows = [...this.querySelectorAll('.menu-row')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = /^[1-9]$/.test(event.key) && this.items[Number(event.key) - 1];
    if (!step && !item) return;
    event.preventDefault();
    if (step) rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length]?.focus();
    else this.pick(item);
  }

  render() {
    return this.frame('stock-menu', t('action.stock'), () => html`<ol class="menu-rows" @keydown=${event => this.key(event)}>
      ${this.items.map((item, index) => html`<li><button type="button" class="menu-row" data-test="stock-menu-${item.id}" @click=${() => this.pick(item)}><kbd>${index + 1}</kbd>${icon(item.icon)}<span>${t('stock.menu.' + item.id)}</span></button></li>`)}
    </ol>`, 'narrow');
  }
}
customElements.define('stock-menu', StockMenu);

/** All that happens to the shelf besides selling. */
class StockDesk extends Piece {
  get acts() {
    return [
      { id: 'receive', icon: 'box-arrow-in-down', when: till.may('stock.receive'), run: () => this.start('stock-receipt') },
      { id: 'send', icon: 'truck', when: till.may('stock.transfer'), run: () => this.start('stock-sending') },
      { id: 'arrive', icon: 'box-seam', when: till.may('stock.transfer'), run: () => this.start('stock-arrival') },
      { id: 'count', icon: 'upc-scan', when: till.may('stock.count'), run: () => this.start('stock-count') },
      { id: 'adjust', icon: 'sliders', when: till.may('stock.adjust'), run: () => this.start('stock-adjustment') },
      { id: 'kardex', icon: 'clock-history', when: till.may('stock.see'), run: () => this.start('stock-kardex', document.querySelector('part-search')?.current) },
      { id: 'leases', icon: 'hand-index', when: till.may('stock.transfer'), run: () => this.start('stock-leases') },
      { id: 'cores', icon: 'recycle', when: till.may('stock.receive'), run: () => this.start('stock-cores') },
      { id: 'labels', icon: 'tags', when: till.may('labels.print'), run: () => this.start('shelf-labels') },
    ];
  }

  start(name, ...given) {
    void this.querySelector(name).start(...given);
  }

  menu() {
    const menu = this.querySelector('stock-menu');
    menu.items = this.acts.filter(act => act.when);
    void menu.show();
  }

  render() {
    return html`<stock-menu></stock-menu><stock-receipt></stock-receipt><stock-sending></stock-sending><stock-arrival></stock-arrival><stock-count></stock-count><stock-adjustment></stock-adjustment><stock-kardex></stock-kardex><stock-leases></stock-leases><stock-ask></stock-ask><stock-cores></stock-cores><shelf-labels></shelf-labels>`;
  }
}
customElements.define('stock-desk', StockDesk);
