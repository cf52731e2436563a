import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { orEmpty, t } from '../lib/text.js';

/** What a system calls our branches, our price list and what documents name; saved as a whole. */
class CodeTable extends Piece {
  static properties = { target: { type: String }, spoken: { type: Boolean }, found: { state: true }, busy: { state: true }, said: { state: true } };

  willUpdate(changed) {
    if (changed.has('target')) this.load();
  }

  async load() {
    const asked = this.target;
    this.said = false;
    const found = await this.attempt(() => api('GET', `/console/api/accounting/${asked}/codes`));
    if (found && asked === this.target) this.found = found;
  }

  async save(event) {
    event.preventDefault();
    this.busy = true;
    const found = await this.attempt(() => api('PUT', `/console/api/accounting/${this.target}/codes`, this.found));
    this.busy = false;
    if (!found) return;
    this.found = found;
    this.said = true;
  }

  render() {
    return html`<section aria-labelledby="codes-title"><h2 id="codes-title">${t('codes.title')}</h2><p class="quiet">${t(this.spoken ? 'codes.lead' : 'codes.lead.files')}</p>
      ${trouble(this.problem, this.found ? undefined : () => this.load())}
      ${!this.found ? (this.problem ? nothing : loading(3)) : html`<form @submit=${this.save}>
        <div class="filters">${this.found.codes.map((code, n) => html`<label class="field" for="code-${n}"><span class="field-label">${t('codes.kind.' + code.kind)} ${orEmpty('account.kind.' + code.ours) || code.ours}</span>
          <input id="code-${n}" data-test="erp-code" data-kind=${code.kind} data-ours=${code.ours} maxlength="60" autocomplete="off" spellcheck="false" .value=${live(code.theirs)} @input=${event => { code.theirs = event.target.value; this.said = false; }}></label>`)}</div>
        <div class="filters"><button class="button" data-test="codes-save" ?disabled=${this.busy}>${icon('check-lg')}${t('codes.save')}</button>
          ${this.said ? html`<span role="status" data-test="codes-saved">${t('codes.saved')}</span>` : nothing}</div></form>`}</section>`;
  }
}
customElements.define('code-table', CodeTable);
