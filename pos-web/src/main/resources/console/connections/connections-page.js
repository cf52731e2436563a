import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { moment, orEmpty, t } from '../lib/text.js';

const kindName = kind => orEmpty(`connection.kind.${kind}`) || kind;
const fieldName = (kind, field) => orEmpty(`connection.field.${kind}.${field}`) || field;

/** Outside systems: which are connected, whether they work, and the form for one. */
class ConnectionsPage extends Piece {
  static properties = { found: { state: true }, form: { state: true }, said: { state: true }, busy: { state: true }, sure: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const found = await this.attempt(() => api('GET', '/console/api/connections'));
    if (found) this.found = found;
  }

  async act(work, said) {
    if (this.busy) return undefined;
    this.busy = true;
    this.said = undefined;
    const done = await this.attempt(async () => (await work()) ?? {});
    this.busy = false;
    if (!done) return undefined;
    const { problem } = this;
    await this.load();
    this.problem ??= problem;
    this.said = said;
    return done;
  }

  open(kind, one) {
    this.said = undefined;
    this.problem = undefined;
    const settings = Object.fromEntries(kind.fields.filter(field => field.type !== 'secret').map(field => [field.name, one?.settings[field.name] ?? field.preset]));
    this.form = { id: one?.id, kind, kept: one?.kept ?? [], name: one?.name ?? kindName(kind.name), address: one?.address ?? kind.address, local: one?.local ?? false, enabled: one?.enabled ?? true, settings, secrets: {} };
    this.updateComplete.then(() => this.querySelector('#connection-name')?.focus());
  }

  /** The field that a refusal is about. */
  get wrong() {
    return this.problem?.code?.startsWith('connection-field-') ? this.problem.arguments[0] : undefined;
  }

  async save(event) {
    event.preventDefault();
    const { id, kind, name, address, local, enabled, settings, secrets } = this.form;
    const body = { kind: kind.name, name, address, local, enabled, settings, secrets };
    const done = await this.act(() => (id ? api('PUT', `/console/api/connections/${id}`, body) : api('POST', '/console/api/connections', body)), t('connections.saved'));
    if (done) this.form = undefined;
    else if (this.wrong) {
      this.problem.detail = t('refusal.' + this.problem.code, fieldName(kind.name, this.wrong));
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector(`#connection-field-${this.wrong}`)?.focus();
    } else if (this.problem) window.scrollTo(0, 0);
  }

  render() {
    return html`
      <header class="page-head"><div><h1>${t('connections.title')}</h1><p class="page-lead">${t('connections.lead')}</p></div></header>
      ${this.said ? html`<p class="said" role="status" data-test="connections-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem, this.form ? undefined : () => this.load())}
      ${this.found ? this.form ? this.sheet() : this.list() : this.problem ? nothing : loading(4)}`;
  }

  list() {
    const { kinds, connections } = this.found;
    return html`
      <div class="filters">${kinds.filter(kind => kind.free).map(kind => html`<button type="button" class="button" data-test="connect" data-kind=${kind.name} @click=${() => this.open(kind)}>${icon('plus-lg')}${t('connections.add', kindName(kind.name))}</button>`)}</div>
      ${connections.length === 0 ? empty('plug', t('connections.none'), t('connections.none.text')) : html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="connections">
        <thead><tr><th>${t('connections.name')}</th><th>${t('connections.system')}</th><th>${t('connections.address')}</th><th>${t('connections.state')}</th><th>${t('connections.tried')}</th><td></td></tr></thead>
        <tbody>${connections.map(one => this.row(one, kinds.find(kind => kind.name === one.kind)))}</tbody></table></div>`}`;
  }

  row(one, kind) {
    return html`<tr data-test="connection" data-kind=${one.kind} data-works=${one.triedAt ? String(!one.trouble) : ''}>
      <th scope="row">${one.name}<div class="quiet">${t('connections.changed', one.changedBy, moment(one.changedAt))}</div></th>
      <td>${kindName(one.kind)}</td><td class="code">${one.address}</td>
      <td>${one.enabled ? html`<span class="state tone-good">${icon('power')}<span>${t('connections.on')}</span></span>` : html`<span class="state tone-quiet">${icon('power')}<span>${t('connections.off')}</span></span>`}</td>
      <td>${this.trial(one)}</td>
      <td class="row-acts">
        <button type="button" class="button" data-test="connection-try" ?disabled=${this.busy} @click=${() => this.act(() => api('POST', `/console/api/connections/${one.id}/trial`))}>${icon('broadcast')}${t('connections.try')}</button>
        ${kind ? html`<button type="button" class="button" data-test="connection-change" ?disabled=${this.busy} @click=${() => this.open(kind, one)}>${t('connections.change')}</button>` : nothing}
        <button type="button" class="button quiet" data-test="connection-remove" ?disabled=${this.busy} @click=${() => { this.sure = this.sure === one.id ? undefined : one.id; }}>${t('connections.remove')}</button>
      </td></tr>
      ${this.sure === one.id ? html`<tr><td colspan="6"><div class="acts"><span role="alert">${t('connections.remove.sure', one.name)}</span>
        <button type="button" class="button" data-test="connection-remove-yes" ?disabled=${this.busy} @click=${() => { this.sure = undefined; this.act(() => api('DELETE', `/console/api/connections/${one.id}`), t('connections.removed')); }}>${t('connections.yes')}</button>
        <button type="button" class="button quiet" @click=${() => { this.sure = undefined; }}>${t('connections.no')}</button></div></td></tr>` : nothing}`;
  }

  trial(one) {
    if (!one.triedAt) return html`<span class="quiet" data-test="connection-untried">${t('connections.untried')}</span>`;
    return one.trouble
      ? html`<span class="state tone-stop">${icon('x-octagon-fill')}<span>${t('connections.fails')}</span></span><div data-test="connection-trouble">${one.trouble}</div><div class="quiet">${moment(one.triedAt)}</div>`
      : html`<span class="state tone-good">${icon('check-circle-fill')}<span>${t('connections.works')}</span></span><div data-test="connection-says">${one.says}</div><div class="quiet">${moment(one.triedAt)}</div>`;
  }

  set(name, value) {
    this.form = { ...this.form, [name]: value };
  }

  put(group, name, value) {
    this.form[group][name] = value;
  }

  sheet() {
    const { form } = this;
    const { kind } = form;
    return html`<form @submit=${this.save} data-test="connection-form">
      <h2>${form.id ? t('connections.edit', form.name) : t('connections.new', kindName(kind.name))}</h2>
      <div class="form-fields">
        <label class="field" for="connection-name"><span class="field-label">${t('connections.name')}</span><input id="connection-name" data-test="connection-name" required maxlength="60" autocomplete="off" .value=${live(form.name)} @input=${event => this.set('name', event.target.value)}></label>
        <label class="field" for="connection-address"><span class="field-label">${t('connections.address')}</span><input id="connection-address" data-test="connection-address" type="url" required maxlength="300" spellcheck="false" autocomplete="off" placeholder=${t('connections.address.hint')} .value=${live(form.address)} @input=${event => this.set('address', event.target.value)}></label>
      </div>
      <label class="field flag"><input type="checkbox" data-test="connection-local" .checked=${live(form.local)} @change=${event => this.set('local', event.target.checked)}><span>${t('connections.local')}<span class="field-hint">${t('connections.local.hint')}</span></span></label>
      <div class="form-fields">${kind.fields.map(field => this.field(kind.name, field))}</div>
      <label class="field flag"><input type="checkbox" data-test="connection-enabled" .checked=${live(form.enabled)} @change=${event => this.set('enabled', event.target.checked)}><span>${t('connections.enabled')}</span></label>
      <div class="acts start"><button class="button primary" data-test="connection-save" ?disabled=${this.busy}>${icon('check-lg')}${t('connections.save')}</button>
        <button type="button" class="button" @click=${() => { this.form = undefined; this.problem = undefined; }}>${t('connections.cancel')}</button></div>
    </form>`;
  }

  field(kind, field) {
    const { form } = this;
    const id = `connection-field-${field.name}`;
    const label = html`<span class="field-label">${fieldName(kind, field.name)}</span>`;
    const hint = orEmpty(`connection.hint.${kind}.${field.name}`);
    const below = hint ? html`<span class="field-hint">${hint}</span>` : nothing;
    const test = `field-${field.name}`;
    const wrong = String(this.wrong === field.name);
    switch (field.type) {
      case 'flag': return html`<label class="field flag" for=${id}><input id=${id} data-test=${test} type="checkbox" .checked=${form.settings[field.name] === 'true'} @change=${event => this.put('settings', field.name, String(event.target.checked))}><span>${fieldName(kind, field.name)}${below}</span></label>`;
      case 'choice': return html`<label class="field" for=${id}>${label}<select id=${id} data-test=${test} @change=${event => this.put('settings', field.name, event.target.value)}>${field.choices.map(choice => html`<option value=${choice} ?selected=${choice === form.settings[field.name]}>${orEmpty(`connection.choice.${kind}.${field.name}.${choice}`) || choice}</option>`)}</select>${below}</label>`;
      case 'secret': {
        const kept = form.kept.includes(field.name);
        return html`<label class="field" for=${id}>${label}<input id=${id} data-test=${test} aria-invalid=${wrong} type="password" autocomplete="new-password" ?required=${field.required && !kept} maxlength="2000" placeholder=${kept ? t('connections.kept') : ''} @input=${event => this.put('secrets', field.name, event.target.value)}>${below}</label>`;
      }
      default: return html`<label class="field" for=${id}>${label}<input id=${id} data-test=${test} aria-invalid=${wrong} maxlength="2000" autocomplete="off" spellcheck="false" inputmode=${field.type === 'number' ? 'numeric' : 'text'} ?required=${field.required && !field.preset} .value=${form.settings[field.name] ?? ''} @input=${event => this.put('settings', field.name, event.target.value)}>${below}</label>`;
    }
  }
}
customElements.define('connections-page', ConnectionsPage);
