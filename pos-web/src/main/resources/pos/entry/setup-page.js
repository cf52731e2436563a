import { Piece, html, icon, nothing } from 'shared/piece.js';
import { hasText, t } from 'shared/texts.js';
import { refusedField } from '../shell/field-faults.js';
import { till } from '../shell/till.js';
import { server } from '../shell/server.js';

/** Zones of the country by the names that people use; another one can be typed. */
const ZONES = ['America/Mexico_City', 'America/Monterrey', 'America/Merida', 'America/Cancun', 'America/Chihuahua', 'America/Ciudad_Juarez', 'America/Hermosillo', 'America/Mazatlan', 'America/Matamoros', 'America/Tijuana'];

/** Refusals that are about the code: said where it is typed, which is out of sight of the button. */
const CODE_WRONG = new Set(['code-wrong', 'code-expired']);

/** The first run: three short steps on one page, sent at once. */
class SetupPage extends Piece {
  static properties = { form: { state: true }, by: { state: true }, problem: { state: true }, busy: { state: true }, strip: { state: true }, done: { state: true } };

  constructor() {
    super();
    this.by = 'email';
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.form = { hub: 'http://localhost:8090', taxRegion: 'STANDARD', registers: 1, printerPort: 9100, timeZone: ZONES.includes(zone) ? zone : ZONES[0] };
  }

  firstUpdated() {
    this.querySelector('input')?.focus();
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const form = { ...this.form };
      if (this.by === 'replace') {
        const { oneTimeCode, hub, replacement } = form;
        this.done = (await server.replaceMachine({ oneTimeCode, hub, replacement })).name;
        await this.updateComplete;
        this.querySelector('[data-test=setup-go]')?.focus();
        return;
      }
      delete form.replacement;
      if (this.by === 'email') delete form.activationCode;
      else {
        delete form.email;
        delete form.password;
      }
      this.done = (await server.register(form)).name;
      await this.updateComplete;
      this.querySelector('[data-test=setup-go]')?.focus();
    } catch (problem) {
      this.problem = problem;
      await this.updateComplete;
      (this.querySelector('[aria-invalid="true"]') ?? this.querySelector('[role=alert]'))?.focus();
    } finally {
      this.busy = false;
    }
  }

  /** The strip comes out before anything is registered: a wrong address is still a small thing then. */
  async printStrip() {
    if (this.strip?.busy) return;
    this.problem = undefined;
    this.strip = { busy: true };
    const { oneTimeCode, printerHost, printerPort } = this.form;
    try {
      this.strip = await server.tryPrinter({ oneTimeCode, printerHost, printerPort });
    } catch (problem) {
      this.strip = undefined;
      this.problem = problem;
      await this.updateComplete;
      (this.querySelector('[aria-invalid="true"]') ?? this.querySelector('[role=alert]'))?.focus();
    }
  }

  set(name, value) {
    if (name.startsWith('printer')) this.strip = undefined;
    this.form = { ...this.form, [name]: value };
  }

  render() {
    if (this.done)
      return html`<main class="setup"><div class="setup-card" data-test="setup-done">
        <p class="done-mark good">${icon('check-circle-fill')} ${t(this.by === 'replace' ? 'setup.taken' : 'setup.done', this.done)}</p>
        <p>${t(this.by === 'replace' ? 'setup.taken.text' : 'setup.done.text')}</p>
        <button type="button" class="btn btn-main" data-test="setup-go" @click=${() => till.setupDone()}>${t('setup.go')} <kbd>Enter</kbd></button>
      </div></main>`;
    return html`<main class="setup"><form class="setup-card" data-test="setup" novalidate @submit=${event => this.submit(event)}>
      <p class="brand">RefaHub</p>
      <h1>${t('setup.title')}</h1>
      <p class="quiet">${t('setup.lead')}</p>

      <fieldset>
        <legend>${t('setup.step.code')}</legend>
        ${this.field('oneTimeCode', { mono: true, autocomplete: 'one-time-code' })}
      </fieldset>

      <fieldset>
        <legend>${t('setup.step.hub')}</legend>
        ${this.field('hub', { inputmode: 'url' })}
        <div class="segment three" role="radiogroup" aria-label=${t('setup.by')}>
          ${['email', 'code', 'replace'].map(by => html`<button type="button" role="radio" aria-checked=${this.by === by} class=${this.by === by ? 'on' : ''} data-test="by-${by}" @click=${() => (this.by = by)}>${t('setup.by.' + by)}</button>`)}
        </div>
        ${this.by === 'email' ? html`<div class="pair">${this.field('email', { autocomplete: 'username' })}${this.field('password', { type: 'password', autocomplete: 'current-password' })}</div>` : this.by === 'code' ? this.field('activationCode', { mono: true }) : html`${this.field('replacement', { mono: true })}<p class="form-hint">${t('setup.replace.text')}</p>`}
      </fieldset>

      ${this.by === 'replace' ? nothing : this.store()}


      ${this.problem ? html`<div class="note stop" role="alert" tabindex="-1" data-test="setup-problem">${icon('exclamation-octagon')}<span>${this.problem.unreachable ? t('away.empty') : this.problem.detail}</span></div>` : nothing}
      <button type="submit" class="btn btn-main wide" data-test="setup-submit" ?disabled=${this.busy}>${t(this.by === 'replace' ? (this.busy ? 'setup.replace.busy' : 'setup.replace.submit') : this.busy ? 'setup.busy' : 'setup.submit')}</button>
    </form></main>`;
  }

  store() {
    return html`
      <fieldset>
        <legend>${t('setup.step.store')}</legend>
        <div class="pair">${this.field('name')}${this.field('code', { mono: true })}</div>
        ${this.field('address')}
        <div class="pair">
          ${this.field('postalCode', { mono: true, inputmode: 'numeric' })}
          ${this.select('taxRegion', ['STANDARD', 'BORDER'], value => t('setup.taxRegion.' + value))}
        </div>
        ${this.select('timeZone', ZONES, value => (hasText('setup.zone.' + value) ? t('setup.zone.' + value) : value))}
      </fieldset>

      <fieldset>
        <legend>${t('setup.step.registers')}</legend>
        <div class="pair">
          ${this.field('registers', { inputmode: 'numeric' })}
          <div></div>
          ${this.field('printerHost', { mono: true })}
          ${this.field('printerPort', { mono: true, inputmode: 'numeric' })}
        </div>
        <button type="button" class="btn" data-test="setup-strip" ?disabled=${!this.form.printerHost || !this.form.oneTimeCode || this.strip?.busy} @click=${() => this.printStrip()}>${icon('printer')} ${t(this.strip?.busy ? 'setup.strip.busy' : 'setup.strip')}</button>
        ${this.strip && !this.strip.busy ? html`<p class="form-hint ${this.strip.works ? '' : 'field-problem'}" role="status" data-test="setup-strip-said" data-works=${this.strip.works}>${this.strip.works ? t('setup.strip.works') : t('setup.strip.fails', t(`device.cause.${this.strip.cause}`))}</p>` : nothing}
      </fieldset>

      <fieldset>
        <legend>${t('setup.step.cashier')}</legend>
        <div class="pair">${this.field('cashierName', { autocomplete: 'name' })}${this.field('cashierUser', { autocomplete: 'off' })}</div>
        <p class="form-hint">${t('setup.cashier.hint')}</p>
      </fieldset>`;
  }

  field(name, { type = 'text', mono = false, autocomplete = 'off', inputmode = 'text' } = {}) {
    const about = CODE_WRONG.has(this.problem?.code) ? 'onetimecode' : this.problem && refusedField(this.problem);
    const wrong = this.problem?.field(name) ?? (about === name.toLowerCase() && !this.problem.errors?.length ? this.problem.detail : undefined);
    return html`<div class="field">
      <label class="form-label" for="setup-${name}">${t('setup.' + name)}</label>
      <input id="setup-${name}" name=${name} data-test="setup-${name}" class="form-control ${mono ? 'mono' : ''}" type=${type} autocomplete=${autocomplete} inputmode=${inputmode} spellcheck="false"
        aria-invalid=${Boolean(wrong)} .value=${this.form[name] ?? ''} @input=${event => this.set(name, event.target.value)}>
      ${wrong ? html`<p class="field-problem">${wrong}</p>` : hasText('setup.' + name + '.hint') ? html`<p class="form-hint">${t('setup.' + name + '.hint')}</p>` : nothing}
    </div>`;
  }

  select(name, values, text) {
    return html`<div class="field">
      <label class="form-label" for="setup-${name}">${t('setup.' + name)}</label>
      <select id="setup-${name}" name=${name} data-test="setup-${name}" class="form-select" @change=${event => this.set(name, event.target.value)}>
        ${values.map(value => html`<option value=${value} ?selected=${this.form[name] === value}>${text(value)}</option>`)}
      </select>
    </div>`;
  }
}
customElements.define('setup-page', SetupPage);
