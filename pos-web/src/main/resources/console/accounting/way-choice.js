import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { date, t } from '../lib/text.js';

/** Whether a system gets tickets, or purchases, summed up by day or each as documents, and from which day on. */
class WayChoice extends Piece {
  static properties = { target: { type: String }, subject: { type: String }, found: { state: true }, way: { state: true }, from: { state: true }, busy: { state: true }, said: { state: true } };

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
    this.spans = found.spans.filter(span => span.subject === this.subject);
    this.way = this.spans.at(-1)?.way ?? 'entries';
    this.found = found;
  }

  async save(event) {
    event.preventDefault();
    this.busy = true;
    const found = await this.attempt(() => api('PUT', `/console/api/accounting/${this.target}/way`, { subject: this.subject.toUpperCase(), way: this.way.toUpperCase(), from: this.from }));
    this.busy = false;
    if (!found) return;
    this.show(found);
    this.said = true;
    this.dispatchEvent(new CustomEvent('way-changed'));
  }

  render() {
    const { subject } = this;
    return html`<section aria-labelledby="way-title-${subject}" data-subject=${subject}><h2 id="way-title-${subject}">${t('way.title.' + subject)}</h2><p class="quiet">${t('way.lead.' + subject)}</p>
      ${trouble(this.problem, this.found ? undefined : () => this.load())}
      ${!this.found ? (this.problem ? nothing : loading(2)) : html`
      ${this.spans.length === 0 ? html`<p data-test="way-now">${t('way.now', t('way.entries.' + subject))}</p>` : html`<ul data-test="way-now">${this.spans.map(span => html`<li data-way=${span.way}>${t('way.span', t(`way.${span.way}.${subject}`), date(span.from), span.setBy)}</li>`)}</ul>`}
      <form class="filters" @submit=${this.save}>
        <label class="field" for="way-${subject}"><span class="field-label">${t('way.title.' + subject)}</span>
          <select id="way-${subject}" data-test="way" @change=${event => { this.way = event.target.value; this.said = false; }}>${['entries', 'documents'].map(way => html`<option value=${way} ?selected=${way === this.way}>${t(`way.${way}.${subject}`)}</option>`)}</select></label>
        <label class="field" for="way-from-${subject}"><span class="field-label">${t('way.from')}</span>
          <input id="way-from-${subject}" data-test="way-from" type="date" required .value=${this.from ?? ''} @change=${event => { this.from = event.target.value; this.said = false; }}></label>
        <button class="button" data-test="way-save" ?disabled=${this.busy || !this.from}>${icon('check-lg')}${t('way.save')}</button>
        ${this.said ? html`<span role="status" data-test="way-saved">${t('way.saved')}</span>` : nothing}
      </form>`}</section>`;
  }
}
customElements.define('way-choice', WayChoice);
