import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { centavos } from '../shell/amounts.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { TAXES } from './misc-dialog.js';

const EMPTY = { lineCode: '', number: '', name: '', barcode: '', price: '', brand: '', category: '', includesTax: true, taxClass: 'GENERAL' };

/** F6: makes a part that the catalogue lacks. It is sold here at once; the hub says later what becomes of it. */
class PartDialog extends Over {
  static properties = { ...Over.properties, form: { state: true }, wrong: { state: true }, busy: { state: true }, made: { state: true } };

  constructor() {
    super();
    this.closed();
  }

  closed() {
    this.form = { ...EMPTY };
    this.wrong = undefined;
    this.busy = false;
    this.made = undefined;
  }

  /** @param looked what was looked for: {barcode} or {number} or {name} */
  async show(looked = {}) {
    this.form = { ...EMPTY, ...looked };
    this.id = uuid7();
    await super.show();
    void this.load();
  }

  /** What became of the last ones, for the clerk to see. */
  async load() {
    try {
      this.made = (await till.read(() => server.madeParts())).parts.slice(0, 5);
    } catch {
      this.made = undefined;
    }
  }

  set(field, value) {
    this.form = { ...this.form, [field]: value };
    this.wrong = undefined;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const price = centavos(this.form.price);
    this.busy = true;
    const close = this.closer();
    try {
      // A price that is none counts as nothing, and is said once all else is right.
      const made = await till.ask(() => server.makePart({ ...this.form, act: this.id, price: price ?? 0 }));
      close();
      document.querySelector('part-search')?.done();
      await till.add({ partId: made.partId }, { name: made.name });
      till.say(t('newpart.made', `${made.lineCode} ${made.partNumber}`), 'good');
    } catch (problem) {
      this.wrong = problem.code === 'misc-price' && price === undefined ? t('pay.amount.wrong') : problem.detail || t('problem.unknown');
    } finally {
      this.busy = false;
    }
  }

  field(name, more = {}) {
    return html`<div>
      <label class="form-label" for="new-${name}">${t('newpart.' + name)}</label>
      <input id="new-${name}" class="form-control ${more.look ?? ''}" data-test="new-${name}" type="text" autocomplete="off" spellcheck="false" maxlength=${more.most ?? 80}
        ?autofocus=${more.first} inputmode=${more.mode ?? 'text'} .value=${live(this.form[name])} @input=${event => this.set(name, event.target.value)}>
    </div>`;
  }

  render() {
    return this.frame('part-dialog', t('newpart.title'), () => html`
      <form class="stack" @submit=${event => this.submit(event)}>
        <div class="pair">${this.field('lineCode', { look: 'mono', most: 8, first: true })}${this.field('number', { look: 'mono', most: 48 })}</div>
        ${this.field('name', { most: 200 })}
        <div class="pair">${this.field('price', { look: 'num large', mode: 'decimal', most: 14 })}${this.field('barcode', { look: 'mono', most: 48 })}</div>
        <div class="pair">
          <div>
            <label class="form-label" for="new-tax">${t('misc.tax')}</label>
            <select id="new-tax" class="form-select" data-test="new-tax" @change=${event => this.set('taxClass', event.target.value)}>
              ${TAXES.map(tax => html`<option value=${tax} ?selected=${tax === this.form.taxClass}>${t('misc.tax.' + tax)}</option>`)}
            </select>
          </div>
          <label class="check"><input type="checkbox" .checked=${live(this.form.includesTax)} @change=${event => this.set('includesTax', event.target.checked)}> ${t('misc.includes')}</label>
        </div>
        <div class="pair">${this.field('brand')}${this.field('category', { most: 200 })}</div>
        <p class="field-problem follows" role="alert" data-test="new-wrong">${this.wrong ?? ''}</p>
        <div class="over-foot"><span class="quiet">${t('newpart.lead')}</span><button type="submit" class="btn btn-main" data-test="new-apply" ?disabled=${this.busy}>${t('newpart.apply')} <kbd>Enter</kbd></button></div>
        ${this.made?.length ? html`<section><h3>${t('newpart.latest')}</h3><ul class="plain" data-test="made">${this.made.map(part => html`<li><span class="mono">${part.lineCode} ${part.partNumber}</span> ${part.name} <span class="quiet">${part.verdict ? t('newpart.verdict.' + part.verdict, part.reason ?? '') : t('newpart.verdict.open')}</span></li>`)}</ul></section>` : nothing}
      </form>`);
  }
}
customElements.define('part-dialog', PartDialog);
