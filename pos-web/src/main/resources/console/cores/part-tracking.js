import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

const ASKED = ['NONE', 'SERIAL', 'LOT'];

/** What is asked of a part's pieces when they are sold. */
class PartTracking extends Piece {
  static properties = { part: {}, may: {}, tracking: { state: true }, said: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const found = await this.attempt(() => api('GET', `/console/api/parts/${this.part}/tracking`));
    if (found) this.tracking = found.tracking;
  }

  async set(tracking) {
    if (this.busy) return;
    this.busy = true;
    this.said = undefined;
    const found = await this.attempt(() => api('PUT', `/console/api/parts/${this.part}/tracking`, { tracking }));
    this.busy = false;
    if (!found) return;
    this.tracking = found.tracking;
    this.said = t('tracking.saved');
  }

  render() {
    return html`${trouble(this.problem, () => this.load())}${this.tracking === undefined ? nothing : html`
      <label class="field" for="part-tracking"><span class="field-label">${t('tracking.asks')}</span>
        <select id="part-tracking" data-test="part-tracking" ?disabled=${this.busy || !this.may?.has('catalogue.mend')} @change=${event => this.set(event.target.value)}>
          ${ASKED.map(asked => html`<option value=${asked} ?selected=${asked === this.tracking}>${t('tracking.' + asked)}</option>`)}
        </select></label>
      <div role="status">${this.said ? html`<p class="notice" data-test="tracking-saved">${icon('check-circle-fill')}${this.said}</p>` : nothing}</div>`}`;
  }
}
customElements.define('part-tracking', PartTracking);
