import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { Follows, till } from '../shell/till.js';
import { server } from '../shell/server.js';
import { hour } from '../shell/time.js';
import './paper-sheet.js';

/** Ctrl+P: what the simulated printer has printed, to scale, as it comes. */
class PaperDrawer extends Over {
  static properties = { ...Over.properties, trouble: { state: true } };

  constructor() {
    super();
    new Follows(this);
  }

  async show() {
    this.trouble = undefined;
    await super.show();
    try {
      till.sheets = (await till.read(() => server.paper())).sheets;
      till.changed();
    } catch (problem) {
      this.trouble = problem;
    }
  }

  render() {
    return this.frame('paper-drawer', t('paper.title'), () => html`
      ${this.trouble ? html`<div class="note stop">${icon('plug')}${this.trouble.detail || t('away.empty')}</div>` : nothing}
      ${till.sheets.length === 0
        ? html`<div class="empty">${icon('printer')}<p>${t(till.status?.printer === 'SIMULATED' ? 'paper.none' : 'paper.real')}</p></div>`
        : html`<ol class="sheets">${till.sheets.map(sheet => html`<li data-test="sheet">
            <p class="quiet">${hour(sheet.at)}${sheet.drawerKicked ? html` · ${icon('box-arrow-down')} <span data-test="drawer-kicked">${t('paper.drawer')}</span>` : nothing}</p>
            <paper-sheet .sheet=${sheet}></paper-sheet></li>`)}</ol>`}`, 'side');
  }
}
customElements.define('paper-drawer', PaperDrawer);
