import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, trouble } from '../lib/pieces.js';
import { date, t } from '../lib/text.js';

/** Which tickets of all branches have a serial number or a lot. */
class SerialsPage extends Piece {
  static properties = { serial: { state: true }, found: { state: true } };

  constructor() {
    super();
    this.serial = '';
  }

  async find(event) {
    event?.preventDefault();
    if (!this.serial.trim()) return;
    this.found = await this.attempt(() => api('GET', '/console/api/serials?serial=' + encodeURIComponent(this.serial.trim())));
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('serials.title')}</h1><p class="page-lead">${t('serials.lead')}</p></div></header>
      <form class="filters" @submit=${event => this.find(event)}>
        <label class="field" for="serial"><span class="field-label">${t('serials.serial')}</span><input id="serial" class="code" maxlength="40" autocomplete="off" spellcheck="false" data-test="serial" .value=${live(this.serial)} @input=${event => { this.serial = event.target.value; }}></label>
        <button class="button" data-test="serial-find">${icon('search')}${t('serials.find')}</button>
      </form>
      ${trouble(this.problem, () => this.find())}
      ${!this.found ? nothing : this.found.length === 0 ? empty('upc', t('serials.none'), t('serials.none.text')) : html`<div class="table-frame" tabindex="0"><table class="table" data-test="serials">
        <thead><tr><th>${t('serials.ticket')}</th><th>${t('serials.day')}</th><th>${t('serials.part')}</th><th></th></tr></thead>
        <tbody>${this.found.map(one => html`<tr data-test="serial-found"><th scope="row">${one.store} ${one.folio}</th><td>${date(one.day)}</td><td><span class="code">${one.lineCode} ${one.partNumber}</span><div class="quiet">${one.description}</div></td><td>${t(one.back ? 'serials.back' : 'serials.sold')}</td></tr>`)}</tbody></table></div>`}`;
  }
}
customElements.define('serials-page', SerialsPage);
