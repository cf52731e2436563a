import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { deviceServer } from './device-server.js';
import { feed } from './device-feed.js';
import './label-picture.js';

/** What a simulated device shows, and what can be done to it. */
class SimulationPanel extends Piece {
  static properties = { device: { attribute: false }, simulation: { state: true }, weight: { state: true }, code: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.weight = '';
    this.code = '';
    this.heard = ({ detail }) => detail.device === this.device?.id && this.load();
  }

  connectedCallback() {
    super.connectedCallback();
    feed.addEventListener('simulation', this.heard);
  }

  disconnectedCallback() {
    feed.removeEventListener('simulation', this.heard);
    super.disconnectedCallback();
  }

  willUpdate(changed) {
    if (changed.has('device') && this.device?.id !== changed.get('device')?.id) void this.load();
  }

  async load() {
    const id = this.device.id;
    try {
      const simulation = await till.read(() => deviceServer.simulation(id));
      if (this.device.id === id) this.simulation = simulation;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async act(event, what) {
    event?.preventDefault();
    this.problem = undefined;
    try {
      this.simulation = await till.read(() => deviceServer.simulate(this.device.id, what));
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    const now = this.simulation;
    if (!now) return nothing;
    const may = till.may('devices.manage');
    return html`<section class="simulation" data-test="simulation">
      <h3>${t('simulation.title')}</h3>
      ${may
        ? html`<div class="field">
            <label class="form-label" for="trouble">${t('simulation.trouble')}</label>
            <select id="trouble" class="form-select" data-test="simulation-trouble" @change=${event => this.act(event, { trouble: event.target.value })}>
              ${now.troubles.map(trouble => html`<option value=${trouble} ?selected=${trouble === now.trouble}>${t('simulation.trouble.' + trouble)}</option>`)}
            </select>
          </div>`
        : nothing}
      ${this.device.kind === 'CUSTOMER_DISPLAY' ? html`<pre class="vfd" data-test="vfd" tabindex="0">${now.lines.join('\n')}</pre>` : nothing}
      ${this.device.kind === 'SCALE' && may
        ? html`<form class="simulation-row" @submit=${event => this.act(event, { weight: this.weight || '0' })}>
            <div class="field"><label class="form-label" for="weight">${t('simulation.weight')}</label>
            <input id="weight" class="form-control num" inputmode="decimal" data-test="simulation-weight" autocomplete="off" placeholder=${(now.weight / 1000).toFixed(3)} .value=${this.weight} @input=${event => (this.weight = event.target.value)}></div>
            <button class="btn btn-plain" data-test="simulation-put">${t('simulation.put')}</button>
          </form>`
        : nothing}
      ${this.device.kind === 'SCANNER' && may
        ? html`<form class="simulation-row" @submit=${event => this.act(event, { scan: this.code })}>
            <div class="field"><label class="form-label" for="scan">${t('simulation.code')}</label>
            <input id="scan" class="form-control mono" data-test="simulation-code" autocomplete="off" .value=${this.code} @input=${event => (this.code = event.target.value)}></div>
            <button class="btn btn-plain" data-test="simulation-scan">${t('simulation.scan')}</button>
          </form>`
        : nothing}
      ${this.device.kind === 'RECEIPT_PRINTER' || this.device.settings?.language === 'ESC_POS' ? html`<p class="quiet">${t('simulation.paper')}</p>` : nothing}
      ${this.device.kind === 'LABEL_PRINTER' && this.device.settings?.language !== 'ESC_POS'
        ? now.labels.length === 0
          ? html`<p class="quiet">${t('simulation.labels.none')}</p>`
          : html`<ol class="labels plain">${now.labels.map(label => html`<li data-test="label"><label-picture .label=${label}></label-picture></li>`)}</ol>`
        : nothing}
      ${this.problem ? html`<div class="note stop" role="alert">${icon('exclamation-octagon')}<span>${this.problem.detail || t('away.empty')}</span></div>` : nothing}
    </section>`;
  }
}
customElements.define('simulation-panel', SimulationPanel);
