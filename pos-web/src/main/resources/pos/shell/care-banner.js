import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Follows, till } from './till.js';
import { server } from './server.js';

/** What the store says of itself when someone has to do something about it: clock, disk, a restored database. */
class CareBanner extends Piece {
  static properties = { asking: { state: true }, busy: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    new Follows(this);
  }

  get what() {
    const care = till.status?.care;
    if (!care || !till.reachable) return undefined;
    if (care.locked) return care.locked;
    if (care.clock === 'OFF') return 'clock-off';
    if (care.disk === 'CRITICAL') return 'disk-critical';
    return undefined;
  }

  async accept(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.wrong = undefined;
    try {
      await server.acceptClock(this.querySelector('#clock-reason').value);
      this.asking = false;
    } catch (problem) {
      this.wrong = problem.unreachable ? t('away.empty') : problem.field?.('reason') ?? problem.detail;
    } finally {
      this.busy = false;
    }
  }

  render() {
    const what = this.what;
    if (!what) return nothing;
    const stop = Boolean(till.status.care.locked);
    return html`<div class="note ${stop ? 'stop' : 'attention'}" role=${stop ? 'alert' : 'status'} data-test="care-banner" data-what=${what}>
      ${icon(what.startsWith('clock') ? 'clock-history' : what.startsWith('disk') ? 'device-hdd' : 'database-lock')}
      <span>${t('care.' + what)}</span>
      ${what === 'clock-wrong' && till.may('clock.accept') && !this.asking
        ? html`<button type="button" class="btn" data-test="clock-accept" @click=${() => (this.asking = true)}>${t('care.clock.accept')}</button>`
        : nothing}
      ${what === 'clock-wrong' && this.asking
        ? html`<form novalidate @submit=${event => this.accept(event)}>
            <label for="clock-reason">${t('care.clock.reason')}</label>
            <input id="clock-reason" maxlength="300" required autocomplete="off" data-test="clock-reason" aria-invalid=${Boolean(this.wrong)} aria-describedby=${this.wrong ? 'clock-wrong-text' : nothing}>
            <button class="btn" ?disabled=${this.busy} data-test="clock-confirm">${t('care.clock.confirm')}</button>
            ${this.wrong ? html`<span id="clock-wrong-text" role="alert">${this.wrong}</span>` : nothing}
          </form>`
        : nothing}
    </div>`;
  }
}
customElements.define('care-banner', CareBanner);
