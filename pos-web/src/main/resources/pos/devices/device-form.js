import { Piece, html, nothing } from 'shared/piece.js';
import { hasText, t } from 'shared/texts.js';

/** Everything that can be set of a device, asked for as its kind and its plug want it. */
class DeviceForm extends Piece {
  static properties = {
    choices: { attribute: false },
    device: { attribute: false },
    kind: { state: true },
    id: { state: true },
    name: { state: true },
    values: { state: true },
    problem: { attribute: false },
    busy: { type: Boolean },
  };

  constructor() {
    super();
    this.begin(undefined);
  }

  /** A new one of this kind, or the one that is there. */
  begin(device) {
    this.device = device;
    this.kind = device?.kind ?? 'RECEIPT_PRINTER';
    this.name = device?.name ?? '';
    this.id = device?.id ?? '';
    this.values = { ...device?.settings };
  }

  get fields() {
    return this.choices?.fields[this.kind] ?? [];
  }

  value(field) {
    return this.values[field.name] ?? field.preset;
  }

  set(name, value) {
    this.values = { ...this.values, [name]: value };
  }

  submit(event) {
    event.preventDefault();
    const settings = {};
    for (const field of this.fields) settings[field.name] = this.value(field);
    this.dispatchEvent(new CustomEvent('save', { detail: { id: this.id || slug(this.name) || slug(this.kind), kind: this.kind, name: this.name, settings } }));
  }

  render() {
    const link = this.values.link ?? this.fields[0]?.preset;
    return html`<form class="device-form" data-test="device-form" @submit=${event => this.submit(event)}>
      <div class="field">
        <label class="form-label" for="device-name">${t('device.field.name')}</label>
        <input id="device-name" class="form-control" data-test="device-name" maxlength="60" autocomplete="off" .value=${this.name} @input=${event => (this.name = event.target.value)}>
      </div>
      ${this.device
        ? nothing
        : html`<div class="field">
            <label class="form-label" for="device-kind">${t('device.field.kind')}</label>
            <select id="device-kind" class="form-select" data-test="device-kind" @change=${event => { this.kind = event.target.value; this.values = {}; }}>
              ${Object.keys(this.choices?.fields ?? {}).map(kind => html`<option value=${kind} ?selected=${kind === this.kind}>${t('device.kind.' + kind)}</option>`)}
            </select>
          </div>`}
      ${this.fields.filter(field => !field.link || field.link === link).map(field => this.field(field))}
      <p class="field-problem follows" role="alert" data-test="device-problem">${this.problem ? this.problem.detail || t('away.empty') : ''}</p>
      <div class="device-acts">
        <button type="submit" class="btn btn-main" data-test="device-save" ?disabled=${this.busy}>${t('device.save')}</button>
        <button type="button" class="btn btn-plain" data-test="device-cancel" @click=${() => this.dispatchEvent(new CustomEvent('leave'))}>${t('device.cancel')}</button>
      </div>
    </form>`;
  }

  field(field) {
    const id = 'device-' + field.name;
    const hint = hasText(`device.field.${field.name}.hint`) ? html`<p class="form-hint">${t(`device.field.${field.name}.hint`)}</p>` : nothing;
    return html`<div class="field">
      <label class="form-label" for=${id}>${t('device.field.' + field.name)}</label>
      ${this.input(field, id)}${hint}
    </div>`;
  }

  input(field, id) {
    const value = this.value(field);
    const change = event => this.set(field.name, event.target.value);
    if (field.name === 'register')
      return html`<select id=${id} class="form-select" data-test=${id} @change=${change}>
        <option value="" ?selected=${!value}>${t('device.register.all')}</option>
        ${this.choices.registers.map(register => html`<option value=${register.id} ?selected=${register.id === value}>${register.name}</option>`)}
      </select>`;
    if (field.type === 'CHOICE' || field.type === 'FLAG')
      return html`<select id=${id} class="form-select" data-test=${id} @change=${change}>
        ${field.choices.map(choice => html`<option value=${choice} ?selected=${choice === value}>${this.word(field, choice)}</option>`)}
      </select>`;
    const list = field.name === 'serial-port' ? this.choices.serialPorts : field.name === 'queue' ? this.choices.queues : undefined;
    return html`<input id=${id} class="form-control ${field.type === 'NUMBER' ? 'num' : ''}" data-test=${id} type="text" inputmode=${field.type === 'NUMBER' ? 'numeric' : 'text'} maxlength="200" autocomplete="off" spellcheck="false"
        list=${list ? id + '-list' : nothing} .value=${value} @input=${change}>
      ${list ? html`<datalist id="${id}-list">${list.map(one => html`<option value=${one}></option>`)}</datalist>` : nothing}`;
  }

  word(field, choice) {
    for (const key of [`device.choice.${field.name}.${choice}`, `device.choice.${choice}`]) if (hasText(key)) return t(key);
    return choice;
  }
}
customElements.define('device-form', DeviceForm);

/** The short name of a new device, from what a person calls it. */
const slug = name =>
  name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '');
