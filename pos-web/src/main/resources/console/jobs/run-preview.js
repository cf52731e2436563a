import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { columnName, number, t } from '../lib/text.js';

const SIGNS = { added: ['plus-circle', 'good'], new: ['plus-circle', 'good'], restored: ['arrow-counterclockwise', 'good'], changed: ['pencil', 'attention'], removed: ['dash-circle', 'stop'] };

/** What an opening load brings: totals to be signed off, with how many and what they come to instead of before and after. */
const TOTALS = ['stock_opened', 'balance_opened', 'cores_lying', 'cores_held', 'cores_owed'];
const TOTAL = ['clipboard-check', 'good'];

/** Kinds of which each example is one of those counted; of the others several examples may tell of one part. */
const ONE_BY_ONE = ['price_new', 'price_changed', 'price_removed'];

/** What a run would change, or would have changed when it was looked at: by kind, with counts and a few examples each. */
class RunPreview extends Piece {
  static properties = { run: {}, waiting: {}, preview: { state: true } };

  willUpdate(changed) {
    if (!changed.has('run')) return;
    this.preview = undefined;
    this.load();
  }

  async load() {
    const asked = this.run;
    const preview = await this.attempt(() => api('GET', `/console/api/runs/${asked}/preview`));
    if (preview && asked === this.run) this.preview = preview;
  }

  render() {
    const { preview } = this;
    return html`
      <section aria-labelledby="preview-title" data-test="preview">
        <h2 id="preview-title">${this.waiting ? t('preview.title') : t('preview.title.past')}</h2>
        ${this.waiting ? html`<p class="quiet">${t('preview.text')}</p>` : nothing}
        ${trouble(this.problem, () => this.load())}
        ${preview ? this.changes(preview.changes) : this.problem ? nothing : loading(4)}
      </section>`;
  }

  changes(changes) {
    if (!changes.length) return html`<p class="quiet">${t('preview.nothing')}</p>`;
    return html`
      <ul class="preview-kinds">${changes.map(change => {
        const [symbol, tone] = SIGNS[change.kind.split('_').at(-1)] ?? TOTAL;
        return html`<li><a href="#preview-${change.kind}" class="preview-count tone-${tone}" data-test="preview-count" data-kind=${change.kind} @click=${event => this.show(event, change.kind)}>
          <span class="figure-value">${number(change.count)}</span><span>${icon(symbol)} ${t(`preview.${change.kind}`)}</span></a></li>`;
      })}</ul>
      ${changes.map((change, i) => html`
        <details class="preview-kind" id="preview-${change.kind}" data-test="preview-kind" data-kind=${change.kind} ?open=${i < 2}>
          <summary>${t(`preview.${change.kind}`)} <span class="quiet">${number(change.count)}</span></summary>
          ${this.examples(change)}
        </details>`)}`;
  }

  show(event, kind) {
    event.preventDefault();
    event.stopPropagation();
    const section = this.querySelector(`#preview-${kind}`);
    section.open = true;
    section.querySelector('summary').focus();
    section.scrollIntoView({ block: 'start' });
  }

  examples({ kind, count, examples }) {
    if (!examples.length) return nothing;
    const fields = examples.some(example => example.field);
    const befores = examples.some(example => example.before);
    const total = TOTALS.includes(kind);
    const prices = ONE_BY_ONE.includes(kind);
    // A supplier's list tells prices by level, a catalogue the one of the list.
    const levels = prices && examples.every(example => example.field !== 'list_price');
    const shown = prices ? examples.length : new Set(examples.map(example => example.part)).size;
    return html`
      <div class="table-frame" tabindex="0"><table class="table">
        <thead><tr><th>${this.subject(kind)}</th>${fields ? html`<th>${levels ? t('price.level') : t('preview.field')}</th>` : nothing}
          ${befores ? html`<th>${total ? t('preview.many') : t('preview.before')}</th>` : nothing}${kind.endsWith('_removed') ? nothing : html`<th>${total ? t('preview.worth') : befores ? t('preview.after') : t('preview.what')}</th>`}</tr></thead>
        <tbody>${examples.map(example => html`
          <tr data-test="preview-example"><th scope="row" class="code">${example.part}</th>
            ${fields ? html`<td>${example.field ? columnName(example.field) : ''}</td>` : nothing}
            ${befores ? html`<td class="preview-before">${example.before || html`<span class="quiet">${t('preview.empty')}</span>`}</td>` : nothing}
            ${kind.endsWith('_removed') ? nothing : html`<td>${example.after === '+' ? t('preview.returns') : example.after || html`<span class="quiet">${befores ? t('preview.empty') : ''}</span>`}</td>`}
          </tr>`)}</tbody></table></div>
      ${count > shown && !total ? html`<p class="quiet preview-more">${t('preview.more', number(shown), number(count))}</p>` : nothing}`;
  }

  /** What a row of this kind is about. */
  subject(kind) {
    if (TOTALS.includes(kind)) return t('preview.where');
    return t({ supplier_new: 'preview.supplier', customer_new: 'preview.customer' }[kind] ?? 'line.part');
  }
}
customElements.define('run-preview', RunPreview);
