import { html, icon } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';

/** Everything of the drawer, by number. */
class CashMenu extends Over {
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
    if (step) {
      event.preventDefault();
      rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length]?.focus();
    } else if (/^[1-9]$/.test(event.key) && this.items[Number(event.key) - 1]) {
      event.preventDefault();
      this.pick(this.items[Number(event.key) - 1]);
    }
  }

  render() {
    return this.frame('cash-menu', t('cash.menu'), () => html`
      <ol class="menu-rows" @keydown=${event => this.key(event)}>
        ${this.items.map((item, index) => html`<li><button type="button" class="menu-row" data-test="cash-menu-${item.id}" @click=${() => this.pick(item)}>
          <kbd>${index + 1}</kbd>${icon(item.icon)}<span>${item.text}</span>
        </button></li>`)}
      </ol>
      <p class="form-hint hints">${t('cash.menu.hint')}</p>`, 'narrow');
  }
}
customElements.define('cash-menu', CashMenu);
