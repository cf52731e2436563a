import { html, nothing } from 'lit';
import { Piece, icon } from '../lib/pieces.js';
import { columnName, orEmpty, t } from '../lib/text.js';
import { lacking } from './looked-file.js';

/** Values that a column may have, where they are few. */
const VALUES = {
  price_includes_tax: ['true', 'false'],
  tax_class: ['general', 'zero', 'exempt'],
  currency: ['MXN'],
  'interchange.kind': ['oem', 'equivalent', 'supersedes'],
  'relations.kind': ['alternative', 'accessory', 'component', 'opposite'],
  grade: ['same_brand', 'economy', 'premium'],
};
/** A column's choice begins with '=', so that none of theirs can be taken for this one. */
const FIXED = 'fixed';

/** Which column of the supplier's file stands for each of ours, with what is in it. */
class ColumnTable extends Piece {
  static properties = { entry: {}, at: {} };

  set(ours, means) {
    const all = { ...this.entry.means };
    if (means) all[ours] = means;
    else delete all[ours];
    this.dispatchEvent(new CustomEvent('means', { detail: all }));
  }

  choose(ours, value) {
    if (value === FIXED) {
      this.set(ours, { fixed: this.values(ours)?.[0] ?? '' });
      this.updateComplete.then(() => this.querySelector(`#fixed-${this.at}-${ours}`)?.focus());
    } else this.set(ours, value ? { theirs: value.slice(1) } : undefined);
  }

  values(ours) {
    return VALUES[`${this.entry.kind}.${ours}`] ?? VALUES[ours];
  }

  render() {
    const { found, means } = this.entry;
    const lacks = new Set(lacking(this.entry));
    const used = new Set(Object.values(means).map(one => one.theirs));
    const unused = found.header.filter(name => name && !used.has(name));
    return html`
      <div class="table-frame" tabindex="0"><table class="table edit columns-of-file" data-test="columns" data-kind=${this.entry.kind}>
        <thead><tr><th>${t('import.ours')}</th><th>${t('import.theirs')}</th><th>${t('import.sample')}</th></tr></thead>
        <tbody>${found.ours.map(one => this.line(one, means[one.name], lacks.has(one.name)))}</tbody></table></div>
      ${unused.length ? html`<p class="quiet unused">${t('import.unused')} ${unused.map((name, i) => html`${i ? ', ' : ''}<span class="code">${name}</span>`)}</p>` : nothing}`;
  }

  line({ name, required }, means, lacks) {
    const { found } = this.entry;
    const place = means?.theirs ? found.header.indexOf(means.theirs) : -1;
    const samples = place < 0 ? [] : found.samples.map(row => row[place]).filter(Boolean).slice(0, 3);
    const id = `column-${this.at}-${name}`;
    const fixed = means && means.theirs == null;
    return html`
      <tr data-test="column" data-ours=${name} class=${lacks ? 'lacks' : ''}>
        <th scope="row"><label for=${id}>${columnName(name)}</label> ${required ? html`<span class="needed">${t('import.required')}</span>` : nothing}<div class="code quiet">${name}</div></th>
        <td><div class="means">
          <select id=${id} data-test="column-choice" aria-invalid=${lacks ? 'true' : nothing} @change=${event => this.choose(name, event.target.value)}>
            <option value="" ?selected=${!means}>${t('import.nothing')}</option>
            ${found.header.filter(Boolean).map(theirs => html`<option value="=${theirs}" ?selected=${means?.theirs === theirs}>${theirs}</option>`)}
            <option value=${FIXED} ?selected=${fixed}>${t('import.fixed')}</option>
          </select>
          ${fixed ? this.fixed(name, means.fixed) : nothing}</div></td>
        <td class="samples">${lacks ? html`<span class="text-attention">${icon('exclamation-triangle-fill')} ${t('import.lacks')}</span>` : samples.map((sample, i) => html`${i ? html`<span class="quiet"> · </span>` : nothing}<span>${sample}</span>`)}</td>
      </tr>`;
  }

  fixed(name, value) {
    const id = `fixed-${this.at}-${name}`;
    const label = t('import.fixed.of', columnName(name));
    const put = event => this.set(name, { fixed: event.target.value });
    const values = this.values(name);
    return values
      ? html`<select id=${id} aria-label=${label} data-test="column-fixed" @change=${put}>${values.map(one => html`<option value=${one} ?selected=${one === value}>${orEmpty(`column.${name}.${one}`) || one}</option>`)}</select>`
      : html`<input id=${id} aria-label=${label} data-test="column-fixed" autocomplete="off" maxlength="200" .value=${value ?? ''} @input=${put}>`;
  }
}
customElements.define('column-table', ColumnTable);
