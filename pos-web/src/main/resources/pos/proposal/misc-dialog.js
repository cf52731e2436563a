import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { html } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { centavos } from '../shell/amounts.js';
import { focusIfKeys } from '../shell/keys.js';
import { till } from '../shell/till.js';
import { Approval } from '../sale/approval-fields.js';

export const TAXES = ['GENERAL', 'ZERO', 'EXEMPT'];
const EMPTY = { description: '', price: '', quantity: '1', includesTax: true, taxClass: 'GENERAL', satProduct: '', satUnit: '' };

/** F7: sells something that no catalogue knows. */
class MiscDialog extends Over {
  static properties = { ...Over.properties, form: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.approval = new Approval(this);
    this.closed();
  }

  closed() {
    this.form = { ...EMPTY };
    this.wrong = undefined;
    this.busy = false;
    this.approval.reset();
  }

  /** @param text what was looked for, to begin with */
  async show(text = '') {
    this.form = { ...EMPTY, description: text, quantity: String(till.nextQuantity ?? 1) };
    till.nextQuantity = undefined;
    // The same press again, after silence, is the same line.
    this.id = uuid7();
    await super.show();
    if (text) focusIfKeys(this.querySelector('#misc-price'));
  }

  set(field, value) {
    this.form = { ...this.form, [field]: value };
    this.wrong = undefined;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const price = centavos(this.form.price);
    const quantity = Number(this.form.quantity.replace(',', '.'));
    if (!this.form.description.trim()) return this.fault('#misc-description', t('misc.description.missing'));
    if (price === undefined) return this.fault('#misc-price', t('pay.amount.wrong'));
    if (!(quantity > 0)) return this.fault('#misc-quantity', t('missing.quantity'));
    this.busy = true;
    const close = this.closer();
    const done = await till.misc({ ...this.form, act: this.id, price, quantity, approval: this.approval.given }, problem => {
      this.wrong = problem.detail || t('problem.unknown');
      void this.approval.take(problem);
      return true;
    });
    this.busy = false;
    if (!done) return;
    close();
    document.querySelector('part-search')?.done();
  }

  render() {
    const form = this.form;
    return this.frame('misc-dialog', t('misc.title'), () => html`
      <form class="stack" @submit=${event => this.submit(event)}>
        <div>
          <label class="form-label" for="misc-description">${t('misc.description')}</label>
          <input id="misc-description" class="form-control" data-test="misc-description" autofocus type="text" maxlength="120" autocomplete="off"
            .value=${live(form.description)} @input=${event => this.set('description', event.target.value)}>
        </div>
        <div class="pair">
          <div>
            <label class="form-label" for="misc-price">${t('misc.price')}</label>
            <input id="misc-price" class="form-control num large" data-test="misc-price" type="text" inputmode="decimal" autocomplete="off"
              .value=${live(form.price)} @input=${event => this.set('price', event.target.value)}>
          </div>
          <div>
            <label class="form-label" for="misc-quantity">${t('misc.quantity')}</label>
            <input id="misc-quantity" class="form-control num large" data-test="misc-quantity" type="text" inputmode="decimal" autocomplete="off"
              .value=${live(form.quantity)} @input=${event => this.set('quantity', event.target.value)}>
          </div>
        </div>
        <div class="pair">
          <div>
            <label class="form-label" for="misc-tax">${t('misc.tax')}</label>
            <select id="misc-tax" class="form-select" data-test="misc-tax" @change=${event => this.set('taxClass', event.target.value)}>
              ${TAXES.map(tax => html`<option value=${tax} ?selected=${tax === form.taxClass}>${t('misc.tax.' + tax)}</option>`)}
            </select>
          </div>
          <label class="check"><input type="checkbox" data-test="misc-includes" .checked=${live(form.includesTax)} @change=${event => this.set('includesTax', event.target.checked)}> ${t('misc.includes')}</label>
        </div>
        <details>
          <summary>${t('misc.sat')}</summary>
          <div class="pair">
            <div>
              <label class="form-label" for="misc-satProduct">${t('misc.sat.product')}</label>
              <input id="misc-satProduct" class="form-control mono" data-test="misc-product" type="text" inputmode="numeric" maxlength="8" autocomplete="off" placeholder="01010101"
                .value=${live(form.satProduct)} @input=${event => this.set('satProduct', event.target.value)}>
            </div>
            <div>
              <label class="form-label" for="misc-satUnit">${t('misc.sat.unit')}</label>
              <input id="misc-satUnit" class="form-control mono" data-test="misc-unit" type="text" maxlength="3" autocomplete="off" placeholder="H87"
                .value=${live(form.satUnit)} @input=${event => this.set('satUnit', event.target.value.toUpperCase())}>
            </div>
          </div>
        </details>
        ${this.approval.render()}
        <p class="field-problem follows" id="misc-wrong" role="alert" data-test="misc-wrong">${this.wrong ?? ''}</p>
        <div class="over-foot"><span class="quiet">${t('misc.nostock')}</span><button type="submit" class="btn btn-main" data-test="misc-apply" ?disabled=${this.busy}>${t('misc.apply')} <kbd>Enter</kbd></button></div>
      </form>`);
  }
}
customElements.define('misc-dialog', MiscDialog);
