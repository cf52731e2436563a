import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { till } from '../shell/till.js';
import { hour } from '../shell/time.js';
import { deviceServer } from './device-server.js';
import { feed } from './device-feed.js';
import './device-form.js';
import './simulation-panel.js';

const KIND = { RECEIPT_PRINTER: 'printer', LABEL_PRINTER: 'tags', CUSTOMER_DISPLAY: 'display', SCANNER: 'upc-scan', SCALE: 'speedometer2' };
const SIGN = {
  READY: ['check-circle-fill', 'good'],
  ATTENTION: ['exclamation-triangle-fill', 'attention'],
  STOPPED: ['exclamation-octagon-fill', 'stop'],
  AWAY: ['plug', 'stop'],
  UNKNOWN: ['question-circle', 'quiet'],
};

/** Every device: how it does, set up, tried. */
class HardwarePage extends Over {
  static properties = {
    ...Over.properties,
    devices: { state: true },
    choices: { state: true },
    at: { state: true },
    form: { state: true },
    tried: { state: true },
    busy: { state: true },
    trouble: { state: true },
    problem: { state: true },
    strip: { state: true },
    heard: { state: true },
  };

  constructor() {
    super();
    this.devices = [];
    feed.addEventListener('device', ({ detail }) => {
      this.devices = this.devices.map(device => (device.id === detail.id ? detail : device));
    });
    feed.addEventListener('scan', ({ detail }) => {
      this.heard = detail;
    });
  }

  async show() {
    this.form = this.tried = this.trouble = this.problem = this.strip = this.heard = undefined;
    await super.show();
    await this.load();
    this.querySelector('.device-row')?.focus();
  }

  closed() {
    this.form = undefined;
  }

  async load() {
    try {
      this.devices = (await till.read(() => deviceServer.all())).devices;
      if (till.may('devices.manage')) this.choices = await till.read(() => deviceServer.choices());
      if (!this.devices.some(device => device.id === this.at)) this.at = this.devices[0]?.id;
      await this.updateComplete;
    } catch (problem) {
      this.trouble = problem;
    }
  }

  get device() {
    return this.devices.find(device => device.id === this.at);
  }

  choose(id) {
    if (this.at !== id) this.tried = this.strip = undefined;
    this.at = id;
    this.form = undefined;
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = this.devices.findIndex(device => device.id === this.at);
    const next = Math.min(this.devices.length - 1, Math.max(0, index + step));
    this.choose(this.devices[next].id);
    this.updateComplete.then(() => this.querySelectorAll('.device-row')[next]?.focus());
  }

  /** One thing at a time: a device has one wire. */
  async try(call, what) {
    if (this.busy) return;
    this.busy = true;
    this.problem = this.tried = undefined;
    const id = this.at;
    try {
      const tried = await till.read(() => call(id));
      if (this.at === id) this.tried = { ...tried, id };
      this.strip = what === 'strip' && tried.passed;
      await this.load();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  async testAll() {
    for (const device of this.devices) {
      this.choose(device.id);
      await this.try(deviceServer.test);
    }
  }

  async save(event) {
    this.busy = true;
    this.problem = undefined;
    const { id, ...rest } = event.detail;
    try {
      const { kind, ...changes } = rest;
      const saved = await till.read(() => (this.form.device ? deviceServer.change(id, changes) : deviceServer.add({ id, kind, ...changes })));
      this.form = undefined;
      this.at = saved.id;
      await this.load();
      this.querySelector('.device-row.at')?.focus();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  /** Not 'remove': that is what the browser calls when this page goes. */
  async drop() {
    this.problem = undefined;
    try {
      this.devices = (await till.read(() => deviceServer.remove(this.at))).devices;
      if (!this.device) this.at = this.devices[0]?.id;
    } catch (problem) {
      this.problem = problem;
    }
  }

  /** The page of the strip that reads right. */
  async pick(page) {
    const { name, settings } = this.device;
    this.problem = undefined;
    try {
      await till.read(() => deviceServer.change(this.at, { name, settings: { ...settings, 'code-page': page.charset, 'code-table': String(page.table) } }));
      this.strip = undefined;
      await this.load();
      await this.try(deviceServer.test);
    } catch (problem) {
      this.problem = problem;
    }
  }

  async edit(device) {
    this.problem = undefined;
    this.form = { device };
    await this.updateComplete;
    const form = this.querySelector('device-form');
    form.begin(device);
    await form.updateComplete;
    form.querySelector('#device-name')?.focus();
  }

  render() {
    return this.frame('hardware', t('hardware.title'), () => html`
      ${this.trouble ? html`<div class="note stop">${icon('plug')}<span>${this.trouble.detail || t('away.empty')}</span></div>` : nothing}
      <div class="hardware">
        <div>
          <ol class="device-rows plain" @keydown=${event => this.key(event)}>
            ${this.devices.map(device => html`<li>
              <button type="button" class="device-row ${device.id === this.at ? 'at' : ''}" aria-current=${device.id === this.at} data-test="device-row" data-id=${device.id} data-condition=${device.condition} @click=${() => this.choose(device.id)}>
                ${icon(KIND[device.kind])}<span class="name">${device.name}<span class="quiet">${device.simulated ? t('device.simulated') : device.where}</span></span>${this.state(device)}
              </button></li>`)}
          </ol>
          <div class="device-acts">
            <button type="button" class="btn btn-plain" data-test="device-test-all" ?disabled=${this.busy || this.devices.length === 0} @click=${() => this.testAll()}>${icon('check2-all')} ${t('device.test.all')}</button>
            ${this.choices ? html`<button type="button" class="btn btn-plain" data-test="device-add" @click=${() => this.edit(undefined)}>${icon('plus-lg')} ${t('device.add')}</button>` : nothing}
          </div>
        </div>
        <section class="device-detail">
          ${this.form
            ? html`<h3>${t(this.form.device ? 'device.change' : 'device.add')}</h3>
                <device-form .choices=${this.choices} .problem=${this.problem} ?busy=${this.busy} @save=${event => this.save(event)} @leave=${() => (this.form = this.problem = undefined)}></device-form>`
            : this.device ? this.detail(this.device) : nothing}
        </section>
      </div>`, 'wide hardware-over');
  }

  /** It works, it does not, or it works and something is the matter. */
  outcome({ passed, done, detail, cause }) {
    const [sign, tone] = SIGN[!passed ? 'STOPPED' : cause ? 'ATTENTION' : 'READY'];
    const words = passed ? [t('device.done.' + done, detail), cause ? t('device.but', t('device.cause.' + cause)) : ''].join(' ') : t('device.failed', t('device.cause.' + cause));
    return html`<div class="note ${tone}" data-test="device-tried" data-passed=${passed}>${icon(sign)}<span>${words}</span></div>`;
  }

  state(device) {
    const [sign, tone] = SIGN[device.condition];
    return html`<span class="device-state ${tone}" data-test="device-state">${icon(sign)} ${device.cause && device.condition !== 'UNKNOWN' ? t('device.cause.' + device.cause) : t('device.condition.' + device.condition)}</span>`;
  }

  detail(device) {
    const printer = device.kind === 'RECEIPT_PRINTER';
    return html`
      <h3>${device.name}</h3>
      <p class="quiet">${t('device.kind.' + device.kind)} · ${device.simulated ? t('device.simulated') : device.where}${device.from === 'FILE' ? html` · ${t('device.from.file')}` : device.from === 'FILE_CHANGED' ? html` · ${t('device.from.changed')}` : nothing}</p>
      <p>${this.state(device)} <span class="quiet">${device.at ? hour(device.at) : nothing}</span></p>
      <div class="device-acts">
        <button type="button" class="btn btn-main" data-test="device-test" ?disabled=${this.busy} @click=${() => this.try(deviceServer.test)}>${t('device.test')}</button>
        ${printer ? html`<button type="button" class="btn btn-plain" data-test="device-strip" ?disabled=${this.busy} @click=${() => this.try(deviceServer.strip, 'strip')}>${icon('alphabet')} ${t('device.strip')}</button>` : nothing}
        ${device.drawer && till.may('drawer.open') ? html`<button type="button" class="btn btn-plain" data-test="device-kick" ?disabled=${this.busy} @click=${() => this.try(deviceServer.kick)}>${icon('box-arrow-down')} ${t('device.kick')}</button>` : nothing}
        ${this.choices ? html`<button type="button" class="btn btn-plain" data-test="device-edit" @click=${() => this.edit(device)}>${icon('sliders')} ${t('device.change')}</button>` : nothing}
        ${this.choices && device.from !== 'FILE' ? html`<button type="button" class="btn btn-plain" data-test="device-remove" @click=${() => this.drop()}>${icon(device.from === 'PERSON' ? 'trash3' : 'arrow-counterclockwise')} ${t(device.from === 'PERSON' ? 'device.remove' : 'device.restore')}</button>` : nothing}
      </div>
      <div role="status" aria-live="polite">
        ${this.busy ? html`<p class="quiet">${t('device.busy')}</p>` : nothing}
        ${this.tried?.id === device.id
          ? this.outcome(this.tried)
          : nothing}
        ${this.heard?.device === device.id ? html`<div class="note good" data-test="device-heard">${icon('upc-scan')}<span>${t('device.heard')} <span class="mono">${this.heard.code}</span></span></div>` : nothing}
        ${this.problem ? html`<div class="note stop" data-test="device-problem">${icon('exclamation-octagon')}<span>${this.problem.detail || t('away.empty')}</span></div>` : nothing}
      </div>
      ${this.strip && this.choices
        ? html`<div class="strip" data-test="strip-pick"><p>${t('device.strip.pick')}</p><div class="device-acts">
            ${this.choices.strip.map((page, index) => html`<button type="button" class="btn btn-plain" data-test="strip-page" @click=${() => this.pick(page)}>${index + 1}) ${page.charset} / ${page.table}</button>`)}
          </div></div>`
        : nothing}
      ${device.simulated ? html`<simulation-panel .device=${device}></simulation-panel>` : nothing}`;
  }
}
customElements.define('hardware-page', HardwarePage);
