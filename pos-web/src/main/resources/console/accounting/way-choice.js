import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { date, t } from '../lib/text.js';

/** Whether a system that is spoken to gets tickets summed up by day or each as documents, and from which day on. */
class WayChoice extends Piece {
  static properties = { target: { type: String }, found: { state: true }, way: { state: true }, from: { state: true }, busy: { state: true }, said: { state: true } };

  willUpdate(changed) {
    if (changed.has('target')) this.load();
  }

  async load() {
    const asked = this.target;
    this.said = false;
    const found = await this.attempt(() => api('GET', `/console/api/accounting/${asked}/way`));
    if (found && asked === this.target) this.show(found);
  }

  show(found) {
    this.found = found;
    this.way = found.spans.at(-1)?.way ?? 'entries';
  }

  async save(event) {
    event.preventDefault();
    this.busy = true;
    const found = await this.attempt(() => api('PUT', `/console/api/accounting/${this.target}/way`, { way: this.way.toUpperCase(), from: this.from }));
    this.busy = false;
    if (!found) return;
    this.show(found);
    this.said = true;
    this.dispatchEvent(new CustomEvent('way-changed'));
  }

  render() {
    return html`<section aria-labelledby="way-title"><h2 id="way-title">${t('way.title')}</h2><p class="quiet">${t('way.lead')}</p>
      ${trouble(this.problem, this.found ? undefined : () => this.load())}
      ${!this.found ? (this.problem ? nothing : loading(2)) : html`
      ${this.found.spans.length === 0 ? html`<p data-test="way-now">${t('way.now', t('way.entries'))}</p>` : html`<ul data-test="way-now">${this.found.spans.map(span => html`<li data-way=${span.way}>${t('way.span', t('way.' + span.way), date(span.from), span.setBy)}</li>`)}</ul>`}
      <form class="filters" @submit=${this.save}>
        <label class="field" for="way"><span class="field-label">${t('way.title')}</span>
          <select id="way" data-test="way" @change=${event => { this.way = event.target.value; this.said = false; }}>${['entries', 'documents'].map(way => html`<option value=${way} ?selected=${way === this.way}>${t('way.' + way)}</option>`)}</select></label>
        <label class="field" for="way-from"><span class="field-label">${t('way.from')}</span>
          <input id="way-from" data-test="way-from" type="date" required .value=${this.from ?? ''} @change=${event => { this.from = event.target.value; this.said = false; }}></label>
        <button class="button" data-test="way-save" ?disabled=${this.busy || !this.from}>${icon('check-lg')}${t('way.save')}</button>
        ${this.said ? html`<span role="status" data-test="way-saved">${t('way.saved')}</span>` : nothing}
      </form>`}</section>`;
  }
}
customElements.define('way-choice', WayChoice);
