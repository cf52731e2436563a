import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { api } from '../shell/server.js';
import { hour, moment } from '../shell/time.js';
import { till } from '../shell/till.js';

/** This browser becomes a station by a code; a manager asks for codes and takes stations back. */
class StationDialog extends Over {
  static properties = { ...Over.properties, code: { state: true }, name: { state: true }, wrong: { state: true }, named: { state: true }, invited: { state: true }, stations: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.closed();
  }

  closed() {
    this.code = '';
    this.name = '';
    this.wrong = undefined;
    this.named = undefined;
    this.invited = undefined;
    this.stations = undefined;
    this.busy = false;
  }

  async show() {
    await super.show();
    if (till.may('devices.manage')) await this.load();
  }

  async load() {
    try {
      this.stations = (await till.read(() => api.get('/pos/api/stations'))).stations;
    } catch (problem) {
      this.named = problem.detail || t('problem.unknown');
    }
  }

  async pair(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    const close = this.closer();
    try {
      const station = await till.read(() => api.post('/pos/api/stations/pairing', { code: this.code }));
      close();
      await till.changeRegister();
      till.say(t('station.paired', station.name), 'good');
    } catch (problem) {
      this.wrong = problem.field?.('code') ?? problem.detail ?? t('problem.unknown');
    } finally {
      this.busy = false;
    }
  }

  async invite(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.invited = undefined;
    try {
      this.invited = await till.read(() => api.post('/pos/api/stations', { name: this.name }));
      this.name = '';
    } catch (problem) {
      this.named = problem.field?.('name') ?? problem.detail ?? t('problem.unknown');
    } finally {
      this.busy = false;
    }
  }

  async revoke(station) {
    if (this.busy) return;
    this.busy = true;
    try {
      this.stations = (await till.read(() => api.delete(`/pos/api/stations/${station.id}`))).stations;
      if (station.here) await till.changeRegister();
    } catch (problem) {
      this.named = problem.detail || t('problem.unknown');
    } finally {
      this.busy = false;
    }
  }

  render() {
    return this.frame('station-dialog', t('station.title'), () => html`
      <p class="quiet">${t('station.what')}</p>
      ${till.may('sale.make') ? this.pairing() : nothing}
      ${till.may('devices.manage') ? this.managing() : nothing}`, 'narrow');
  }

  pairing() {
    return html`<form class="stack" @submit=${event => this.pair(event)}>
      <div>
        <label class="form-label" for="station-code">${t('station.code')}</label>
        <input id="station-code" class="form-control num large" data-test="station-code" autofocus type="text" inputmode="numeric" maxlength="20" autocomplete="off"
          .value=${live(this.code)} @input=${event => { this.code = event.target.value; this.wrong = undefined; }}>
        <p class="form-hint">${t('station.code.hint')}</p>
      </div>
      <p class="field-problem follows" id="station-wrong" role="alert" data-test="station-wrong">${this.wrong ?? ''}</p>
      <div class="over-foot"><button type="submit" class="btn btn-main" data-test="station-pair" ?disabled=${this.busy || !this.code.trim()}>${t('station.pair.go')} <kbd>Enter</kbd></button></div>
    </form>`;
  }

  managing() {
    return html`<section class="stack" aria-labelledby="station-list">
      <h3 id="station-list">${t('station.list')}</h3>
      ${this.stations?.length === 0 ? html`<p class="quiet">${t('station.none')}</p>` : nothing}
      <ul class="plain">${(this.stations ?? []).map(station => html`<li class="row-line" data-test="station-row" data-name=${station.name}>
        <span><strong>${station.name}</strong>${station.here ? html` · ${t('station.here')}` : nothing}<br><span class="quiet">${t('station.since', moment(station.pairedAt), station.pairedBy)}</span></span>
        <button type="button" class="link" data-test="station-revoke" aria-label=${t('station.revoke', station.name)} ?disabled=${this.busy} @click=${() => this.revoke(station)}>${icon('trash3')}</button>
      </li>`)}</ul>
      <form class="stack" @submit=${event => this.invite(event)}>
        <div>
          <label class="form-label" for="station-name">${t('station.name')}</label>
          <input id="station-name" class="form-control" data-test="station-name" type="text" maxlength="40" autocomplete="off"
            .value=${live(this.name)} @input=${event => { this.name = event.target.value; this.named = undefined; }}>
        </div>
        <p class="field-problem follows" id="station-named" role="alert" data-test="station-named">${this.named ?? ''}</p>
        ${this.invited
          ? html`<div class="note good" role="status">${icon('check-circle')}<span>${t('station.invited', this.invited.name, hour(this.invited.expiresAt))}<br><strong class="num large" data-test="station-invited">${this.invited.code.slice(0, 4)} ${this.invited.code.slice(4)}</strong></span></div>`
          : nothing}
        <div class="over-foot"><button type="submit" class="btn btn-plain" data-test="station-invite" ?disabled=${this.busy}>${t('station.invite')}</button></div>
      </form>
    </section>`;
  }
}
customElements.define('station-dialog', StationDialog);
