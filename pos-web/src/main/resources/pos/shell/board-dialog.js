import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from './dialog.js';
import { Follows, till } from './till.js';

const LEVEL = { READY: ['good', 'check-circle'], OVERRIDE: ['quiet', 'person-check'], DEGRADED: ['attention', 'exclamation-triangle'], BLOCKED: ['stop', 'x-octagon'] };
const REASONS = new Set(['not-registered', 'halted', 'disk-full', 'disk-low', 'hub-older', 'relay-down', 'no-link', 'printer-failing', 'paper-on-screen', 'device-failing',
  'no-catalogue', 'clock-wrong', 'clock-accepted', 'clock-off', 'backup-failing', 'backup-none']);

/** What this store can do now, and how well: the same board that the centre sees. */
class BoardDialog extends Over {
  constructor() {
    super();
    new Follows(this);
  }

  render() {
    return this.frame('board-dialog', t('board.title'), () => html`
      <ul class="board" data-test="board">${(till.status?.board ?? []).map(one => {
        const [tone, symbol] = LEVEL[one.level] ?? ['quiet', 'circle'];
        return html`<li data-kind=${one.kind} data-level=${one.level}><strong>${t('board.kind.' + one.kind)}</strong>
          <span class=${tone}>${icon(symbol)} ${t('board.level.' + one.level)}</span>
          ${one.reason ? html`<span class="quiet">${t(REASONS.has(one.reason) ? 'board.reason.' + one.reason : 'board.reason.locked')}</span>` : nothing}</li>`;
      })}</ul>`);
  }
}
customElements.define('board-dialog', BoardDialog);
