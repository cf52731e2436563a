import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from './dialog.js';
import { Follows, till } from './till.js';
import { ago } from './time.js';

const LEVEL = { READY: ['good', 'check-circle'], OVERRIDE: ['quiet', 'person-check'], DEGRADED: ['attention', 'exclamation-triangle'], BLOCKED: ['stop', 'x-octagon'] };
const REASONS = new Set(['not-registered', 'halted', 'disk-full', 'disk-low', 'hub-older', 'relay-down', 'no-link', 'printer-failing', 'paper-on-screen', 'device-failing',
  'no-catalogue', 'clock-wrong', 'clock-accepted', 'clock-off', 'backup-failing', 'backup-none']);

/** What comes down from the centre, by the streams that bring it. */
const DATA = [['catalogue', ['catalogue']], ['prices', ['prices', 'price_book']], ['stock', ['stock']]];

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
      })}</ul>
      ${this.ages(till.status)}`);
  }

  /** How old the data are that the centre sends: when they last changed, and when it was last asked. */
  ages(status) {
    if (!status) return nothing;
    return html`<h3>${t('board.ages')}</h3>
      <ul class="board" data-test="board-ages">${DATA.map(([kind, streams]) => {
        const at = streams.map(stream => status.changedAt?.[stream]).filter(Boolean).toSorted().at(-1);
        return html`<li data-kind=${kind} data-at=${at ?? ''}><strong>${t('board.age.' + kind)}</strong>
          <span class=${at ? '' : 'attention'}>${at ? t('board.age.changed', ago(at)) : t('board.age.none')}</span></li>`;
      })}</ul>
      <p class="quiet" data-test="board-asked">${status.hubSeenAt ? t(status.linked ? 'board.asked' : 'board.asked.alone', ago(status.hubSeenAt)) : t('board.asked.never')}</p>`;
  }
}
customElements.define('board-dialog', BoardDialog);
