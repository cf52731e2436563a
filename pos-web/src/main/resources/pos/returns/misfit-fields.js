import { live } from 'lit/directives/live.js';
import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';

const FIELDS = ['make', 'model', 'year', 'engine'];

/** Which vehicle a piece did not fit: the one in hand is offered. Lives in a dialog. */
export class MisfitFields {
  #host;

  constructor(host) {
    this.#host = host;
    this.reset();
  }

  reset() {
    this.typed = Object.fromEntries(FIELDS.map(field => [field, String(till.vehicle[field] ?? '')]));
    this.unknown = false;
  }

  /** @returns what the call carries; undefined where nobody knows */
  get given() {
    if (this.unknown) return undefined;
    const { make, model, year, engine } = this.typed;
    return { make: make.trim(), model: model.trim(), year: year.trim() ? Number(year.trim()) : undefined, engine: engine.trim() };
  }

  /** @returns a sentence where something is missing */
  get wrong() {
    if (this.unknown) return undefined;
    if (!this.typed.make.trim() || !this.typed.model.trim()) return t('misfit.missing');
    return /^(\d{4})?$/.test(this.typed.year.trim()) ? undefined : t('misfit.year.wrong');
  }

  /** The field that the sentence is about. */
  get wrongAt() {
    return '#misfit-' + (!this.typed.make.trim() ? 'make' : !this.typed.model.trim() ? 'model' : 'year');
  }

  render(shown) {
    if (!shown) return nothing;
    return html`<fieldset class="misfit" data-test="misfit"><legend>${t('misfit.title')}</legend>
      <div class="misfit-fields">
        ${FIELDS.map(field => html`<label class="form-label" for="misfit-${field}">${t('misfit.' + field)}
          <input id="misfit-${field}" class="form-control" data-test="misfit-${field}" type="text" maxlength="60" autocomplete="off" inputmode=${field === 'year' ? 'numeric' : 'text'} ?disabled=${this.unknown}
            .value=${live(this.typed[field])} @input=${event => { this.typed[field] = event.target.value; }}></label>`)}
      </div>
      <label class="reason"><input type="checkbox" data-test="misfit-unknown" .checked=${live(this.unknown)} @change=${event => { this.unknown = event.target.checked; this.#host.requestUpdate(); }}> ${t('misfit.unknown')}</label>
    </fieldset>`;
  }
}
