import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { go } from '../lib/router.js';
import { moment, number, t } from '../lib/text.js';

/** What a system tells of parts, prices and stock against ours, to be handed to an import that asks before it changes anything. */
class IncomingTable extends Piece {
  static properties = { may: { attribute: false }, target: { type: String }, found: { state: true }, busy: { state: true } };

  willUpdate(changed) {
    if (changed.has('target')) this.load();
  }

  async load() {
    const asked = this.target;
    this.found = undefined;
    const found = await this.attempt(() => api('GET', `/console/api/accounting/${asked}/incoming`));
    if (found && asked === this.target) this.found = found;
  }

  async start(subject) {
    this.busy = true;
    const started = await this.attempt(() => api('POST', `/console/api/accounting/${this.target}/incoming/${subject}`));
    this.busy = false;
    if (started) go(`/console/runs/${started.run}`);
  }

  render() {
    const { found } = this;
    return html`<p class="quiet">${t('incoming.lead')}</p>
      ${trouble(this.problem, found ? undefined : () => this.load())}
      ${!found ? (this.problem ? nothing : loading(3)) : found.rows.every(row => !row.heardAt) ? empty('box-arrow-in-down', t('incoming.none'), t('incoming.none.text')) : html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="incoming">
        <thead><tr><th>${t('incoming.subject')}</th><th class="figures">${t('incoming.fresh')}</th><th class="figures">${t('incoming.changed')}</th><th class="figures" title=${t('incoming.strange.text')}>${t('incoming.strange')}</th><th>${t('incoming.heard')}</th><td></td></tr></thead>
        <tbody>${found.rows.map(row => this.row(row))}</tbody></table></div>
      ${found.rows.some(row => row.subject === 'catalogue' && row.fresh > 0) ? html`<p data-test="incoming-new-part">${t('incoming.newPart', found.newPart.satCode, found.newPart.satUnit)}</p>` : nothing}
      <p class="quiet">${t('incoming.strange')}: ${t('incoming.strange.text')}</p>`}`;
  }

  row({ subject, fresh, changed, strange, heardAt }) {
    const differs = fresh + changed > 0;
    return html`<tr data-test="incoming-row" data-subject=${subject}>
      <th scope="row">${t('incoming.subject.' + subject)}</th>
      <td class="figures" data-test="incoming-fresh">${number(fresh)}</td>
      <td class="figures" data-test="incoming-changed">${number(changed)}</td>
      <td class="figures">${number(strange)}</td>
      <td>${heardAt ? moment(heardAt) : '–'}</td>
      <td class="row-acts">${differs ? html`<a class="button quiet" data-test="incoming-file" href=${`/console/api/accounting/${this.target}/incoming/${subject}/file`} download>${icon('download')}${t('incoming.file')}</a>` : nothing}
        ${differs && this.may?.has('jobs.run') ? html`<button type="button" class="button" data-test="incoming-start" ?disabled=${this.busy} @click=${() => this.start(subject)}>${icon('box-arrow-in-down')}${t('incoming.start')}</button>` : differs ? html`<span class="quiet" data-test="incoming-who">${t('incoming.start.who')}</span>` : nothing}</td></tr>`;
  }
}
customElements.define('incoming-table', IncomingTable);
