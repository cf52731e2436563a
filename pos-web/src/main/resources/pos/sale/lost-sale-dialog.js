import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { focusIfKeys } from '../shell/keys.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';

const REASONS = ['NOT_IN_CATALOGUE', 'NO_STOCK', 'PRICE', 'OTHER'];

/** F9 and Enter: what the customer asked for and did not get. All of it is known already; what is not can be said. */
class LostSaleDialog extends Over {
  static properties = { ...Over.properties, form: { state: true }, part: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.closed();
  }

  closed() {
    this.form = { text: '', quantity: '1', reason: 'NOT_IN_CATALOGUE', note: '' };
    this.part = undefined;
    this.vehicle = '';
    this.wrong = undefined;
    this.busy = false;
  }

  /** @param part the hit that is meant, if one is */
  async show(text = '', part) {
    this.part = part;
    this.vehicle = ['year', 'make', 'model', 'engine'].map(field => till.vehicle[field]).filter(Boolean).join(' ');
    const reason = !part ? 'NOT_IN_CATALOGUE' : part.stock.value > 0 ? 'PRICE' : 'NO_STOCK';
    this.form = { text, quantity: String(till.nextQuantity ?? 1), reason, note: '' };
    till.nextQuantity = undefined;
    this.id = uuid7();
    await super.show();
    // With something to note, Enter notes it; without, it has to be said first.
    focusIfKeys(this.querySelector(text || part ? '#lost-apply' : '#lost-text'));
  }

  set(field, value) {
    this.form = { ...this.form, [field]: value };
    this.wrong = undefined;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const quantity = Number(this.form.quantity.replace(',', '.'));
    if (!(quantity > 0)) return this.fault('#lost-quantity', t('missing.quantity'));
    this.busy = true;
    const close = this.closer();
    try {
      await till.ask(() => server.loseSale({ ...this.form, act: this.id, quantity, vehicle: this.vehicle, partId: this.part?.partId ?? null }));
      const what = this.form.text || `${this.part.lineCode} ${this.part.partNumber}`;
      close();
      till.say(t('lost.done', what), 'good');
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
    } finally {
      this.busy = false;
    }
  }

  render() {
    const { form, part } = this;
    return this.frame('lost-sale-dialog', t('lost.title'), () => html`
      <form class="stack" @submit=${event => this.submit(event)}>
        <div>
          <label class="form-label" for="lost-text">${t('lost.text')}</label>
          <input id="lost-text" class="form-control" data-test="lost-text" type="text" maxlength="200" autocomplete="off" .value=${live(form.text)} @input=${event => this.set('text', event.target.value)}>
        </div>
        ${part ? html`<p class="quiet" data-test="lost-part"><span class="mono">${part.lineCode} ${part.partNumber}</span> ${part.name}</p>` : nothing}
        ${this.vehicle ? html`<p class="quiet" data-test="lost-vehicle">${this.vehicle}</p>` : nothing}
        <div class="segment four" role="radiogroup" aria-label=${t('lost.reason')}>
          ${REASONS.map(reason => html`<button type="button" role="radio" aria-checked=${form.reason === reason} class=${form.reason === reason ? 'on' : ''} data-test="lost-${reason}"
            @click=${() => this.set('reason', reason)}>${t('lost.reason.' + reason)}</button>`)}
        </div>
        <div class="pair">
          <div>
            <label class="form-label" for="lost-quantity">${t('misc.quantity')}</label>
            <input id="lost-quantity" class="form-control num" data-test="lost-quantity" type="text" inputmode="decimal" autocomplete="off" .value=${live(form.quantity)} @input=${event => this.set('quantity', event.target.value)}>
          </div>
          <div>
            <label class="form-label" for="lost-note">${t('lost.note')}</label>
            <input id="lost-note" class="form-control" data-test="lost-note" type="text" maxlength="200" autocomplete="off" .value=${live(form.note)} @input=${event => this.set('note', event.target.value)}>
          </div>
        </div>
        <p class="field-problem follows" role="alert" data-test="lost-wrong">${this.wrong ?? ''}</p>
        <div class="over-foot"><span></span><button id="lost-apply" type="submit" class="btn btn-main" data-test="lost-apply" ?disabled=${this.busy}>${t('lost.apply')} <kbd>Enter</kbd></button></div>
      </form>`);
  }
}
customElements.define('lost-sale-dialog', LostSaleDialog);
