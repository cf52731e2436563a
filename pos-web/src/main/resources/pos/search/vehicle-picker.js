import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';

const STEPS = ['year', 'make', 'model', 'engine', 'category'];
const CHOICES = { year: 'years', make: 'makes', model: 'models', engine: 'engines', category: 'categories' };
/** Without these a search by vehicle makes sense already. */
const OPTIONAL = ['year', 'engine', 'category'];
const fold = text => String(text).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** F2: year, make, model, engine, category, each by a few letters and Enter. */
class VehiclePicker extends Over {
  static properties = { ...Over.properties, step: { state: true }, chosen: { state: true }, options: { state: true }, typed: { state: true }, at: { state: true }, trouble: { state: true } };

  async show() {
    this.chosen = { ...till.vehicle };
    const first = STEPS.findIndex(step => !this.chosen[step]);
    await super.show();
    await this.go(first < 0 ? STEPS.length - 1 : first);
  }

  async go(index) {
    this.step = STEPS[index];
    for (const later of STEPS.slice(index)) delete this.chosen[later];
    this.chosen = { ...this.chosen };
    this.typed = '';
    this.at = 0;
    this.options = undefined;
    // Whoever types faster than the options come has chosen already.
    this.chosenAhead = false;
    const step = this.step;
    try {
      const answer = await till.read(() => server.vehicles(this.chosen));
      if (step !== this.step) return;
      this.trouble = undefined;
      this.options = answer[CHOICES[step]];
      // Nothing to choose is no question.
      if (this.options.length === 1 && (step === 'engine' || step === 'model')) this.choose(this.options[0]);
      else if (this.options.length === 0) this.apply();
      else if (this.chosenAhead && this.shown.length) this.choose(this.shown[this.at]);
    } catch (problem) {
      this.trouble = problem;
    }
  }

  get shown() {
    const typed = fold(this.typed);
    const all = this.options ?? [];
    const found = typed ? all.filter(option => fold(option).includes(typed)) : all;
    found.sort === undefined || (typed && found.sort((a, b) => Number(fold(b).startsWith(typed)) - Number(fold(a).startsWith(typed))));
    return OPTIONAL.includes(this.step) && !typed ? [undefined, ...found] : found;
  }

  choose(option) {
    if (option !== undefined) this.chosen = { ...this.chosen, [this.step]: option };
    const next = STEPS.indexOf(this.step) + 1;
    if (next === STEPS.length) this.apply();
    else void this.go(next);
  }

  apply() {
    till.vehicle = Object.fromEntries(Object.entries(this.chosen).filter(([, value]) => value));
    this.close();
    till.changed();
  }

  back() {
    const index = STEPS.indexOf(this.step);
    if (index > 0) void this.go(index - 1);
  }

  key(event) {
    const shown = this.shown;
    const columns = this.columns();
    const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (move && shown.length && (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight' || !this.typed)) {
      event.preventDefault();
      this.at = Math.min(shown.length - 1, Math.max(0, this.at + move));
      this.updateComplete.then(() => this.querySelector('.option.at')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (event.ctrlKey) this.apply();
      else if (!this.options) this.chosenAhead = true;
      else if (shown.length) this.choose(shown[this.at]);
    } else if (event.key === 'Backspace' && !this.typed) {
      event.preventDefault();
      this.back();
    } else if (event.key === 'F10' || event.key === 'F2') {
      event.preventDefault();
      this.apply();
    }
  }

  columns() {
    const options = [...this.querySelectorAll('.option')];
    const top = options[0]?.offsetTop;
    return Math.max(1, options.filter(option => option.offsetTop === top).length);
  }

  render() {
    return this.frame('vehicle-picker', t('vehicle.title'), () => html`
      <ol class="steps">
        ${STEPS.map((step, index) => html`<li class=${step === this.step ? 'now' : this.chosen[step] ? 'set' : ''}>
          <button type="button" data-test="step-${step}" ?disabled=${index >= STEPS.indexOf(this.step)} @click=${() => this.go(index)}>
            <span class="quiet">${t('vehicle.' + step)}</span><strong>${this.chosen[step] ?? (index < STEPS.indexOf(this.step) ? t('vehicle.any') : '')}</strong>
          </button></li>`)}
      </ol>
      <input class="form-control" type="text" autofocus autocomplete="off" spellcheck="false" data-test="vehicle-input"
        inputmode=${this.step === 'year' ? 'numeric' : 'text'} placeholder=${t('vehicle.filter.' + this.step)} aria-label=${t('vehicle.filter.' + this.step)}
        .value=${this.typed ?? ''} @input=${event => { this.typed = event.target.value; this.at = 0; }} @keydown=${event => this.key(event)}>
      ${this.trouble
        ? html`<div class="empty">${icon('plug')}<p>${this.trouble.detail || t('away.empty')}</p></div>`
        : html`<div class="options ${this.step}" role="listbox" tabindex="0" aria-label=${t('vehicle.' + this.step)} data-test="vehicle-options" @keydown=${event => this.key(event)}>
            ${this.options === undefined ? nothing : this.shown.map((option, index) => html`<button type="button" role="option" tabindex="-1" aria-selected=${index === this.at}
                class="option ${index === this.at ? 'at' : ''} ${option === undefined ? 'any' : ''}" data-test="vehicle-option" data-value=${option ?? ''} @click=${() => this.choose(option)}>
                ${option === undefined ? t('vehicle.any') : this.step === 'category' ? this.category(option) : option}</button>`)}
            ${this.options && this.shown.length === 0 ? html`<p class="quiet">${t(this.options.length ? 'vehicle.none' : 'vehicle.nothing')}</p>` : nothing}
          </div>`}
      <footer class="over-foot">
        <span class="quiet hints"><kbd>Enter</kbd> ${t('vehicle.hint.choose')} <kbd>⌫</kbd> ${t('vehicle.hint.back')}</span>
        <button type="button" class="btn btn-main" data-test="vehicle-apply" @click=${() => this.apply()}>${t('vehicle.apply')} <kbd>F2</kbd></button>
      </footer>`, 'wide picker');
  }

  category(path) {
    const parts = path.split('/');
    return html`${parts.length > 1 ? html`<span class="quiet">${parts.slice(0, -1).join(' / ')}</span>` : nothing}${parts.at(-1)}`;
  }
}
customElements.define('vehicle-picker', VehiclePicker);
