import { Piece, html } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';
import './cash-menu.js';
import './cash-movement.js';
import './cash-x.js';
import './cash-count.js';
import './cash-zs.js';
import './cash-day.js';
import '../notes/day-papers.js';

/** All that happens at a drawer besides selling: its menu and what opens over the work. */
class CashDesk extends Piece {
  get session() {
    return till.register?.session?.id;
  }

  /** What can be done now, for the palette and the menu; a drawer that is not open has only its past. */
  get acts() {
    const open = till.may('cash.run') && this.session !== undefined && till.mode !== 'drawer';
    const may = till.may('cash.run') || till.may('cash.see');
    return [
      { id: 'in', icon: 'box-arrow-in-down', when: open, run: () => this.querySelector('cash-movement').start('PAID_IN', this.session) },
      { id: 'out', icon: 'box-arrow-up', when: open, run: () => this.querySelector('cash-movement').start('PAID_OUT', this.session) },
      { id: 'drop', icon: 'safe', when: open, run: () => this.querySelector('cash-movement').start('DROP', this.session) },
      { id: 'x', icon: 'clipboard-data', when: open, run: () => this.querySelector('cash-x').start(this.session) },
      { id: 'count', icon: 'calculator', when: open, run: () => this.count(this.session) },
      { id: 'zs', icon: 'journal-check', when: may, run: () => this.querySelector('cash-zs').start() },
      { id: 'day', icon: 'calendar-check', when: till.may('cash.see'), run: () => this.querySelector('cash-day').start() },
      { id: 'papers', icon: 'bank', when: till.may('cash.see'), run: () => this.querySelector('day-papers').start() },
      { id: 'lock', icon: 'lock', when: open, run: () => till.lock() },
    ];
  }

  /** Counts, or goes on where a counted drawer waits for its Z. */
  count(session) {
    void this.querySelector('cash-count').start(session);
  }

  menu() {
    const menu = this.querySelector('cash-menu');
    menu.items = this.acts.filter(act => act.when).map(act => ({ ...act, text: t('cash.menu.' + act.id) }));
    void menu.show();
  }

  render() {
    return html`<cash-menu></cash-menu><cash-movement></cash-movement><cash-x></cash-x><cash-count></cash-count><cash-zs></cash-zs><cash-day></cash-day><day-papers></day-papers>`;
  }
}
customElements.define('cash-desk', CashDesk);
