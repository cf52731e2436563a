import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';
import './part-picker.js';
import { FieldForm, localDay } from './price-form.js';

const EFFECTS = ['PERCENT_OFF', 'AMOUNT_OFF', 'TAKE_PAY', 'KIT'];

/** A promotion as somebody types it; what it touches and what is left over cost is shown before it is published. */
class PromotionForm extends FieldForm {
  static properties = { levels: {}, today: {}, form: { state: true }, stores: { state: true }, preview: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.act = uuid7();
    this.form = { name: '', effect: 'PERCENT_OFF', percent: '', amount: '', take: '3', pay: '2', kit: [], targets: [], branches: [], levels: [], priority: '0', starts: localDay(), ends: '', kind: 'BRAND', value: '' };
    this.stores = [];
    this.attempt(() => api('GET', '/console/api/stores')).then(found => { this.stores = found?.stores ?? []; });
  }

  firstUpdated() {
    this.querySelector('[data-test="price-name"]')?.focus();
  }

  set(name, value) {
    super.set(name, value);
    this.preview = undefined;
  }

  toggle(list, value) {
    this.set(list, this.form[list].includes(value) ? this.form[list].filter(each => each !== value) : [...this.form[list], value]);
  }

  addTarget(target) {
    this.set('targets', [...this.form.targets.filter(each => each.kind !== target.kind || each.value !== target.value), target]);
    this.form = { ...this.form, value: '' };
  }

  pick({ partId, lineCode, partNumber }) {
    const text = `${lineCode} ${partNumber}`;
    if (this.form.effect === 'KIT') this.set('kit', [...this.form.kit.filter(each => each.part !== partId), { part: partId, quantity: '1', text }]);
    else this.addTarget({ kind: 'PART', value: partId, text });
  }

  get typed() {
    const { kind, value, ...form } = this.form;
    // What stands in the field without having been added is meant, too.
    const targets = value.trim() && kind !== 'PART' ? [...form.targets, { kind, value }] : form.targets;
    return { ...form, targets: targets.map(each => ({ kind: each.kind, value: each.value })), kit: form.kit.map(each => ({ part: each.part, quantity: each.quantity })) };
  }

  async look() {
    this.busy = true;
    const typed = this.typed;
    const preview = await this.attempt(() => api('POST', '/console/api/prices/preview', typed));
    this.busy = false;
    this.preview = preview;
    if (!preview) this.told();
  }

  async save(event) {
    event.preventDefault();
    if (!this.preview) {
      await this.look();
      return;
    }
    this.busy = true;
    const saved = await this.attempt(() => api('PUT', `/console/api/prices/promotions/${this.act}`, this.typed));
    this.busy = false;
    if (saved) this.dispatchEvent(new CustomEvent('saved'));
    else this.told();
  }

  render() {
    const { form } = this;
    return html`<form class="part-form" data-test="promotion-form" novalidate @submit=${event => this.save(event)}>
      ${trouble(this.problem)}
      <div class="part-fields">
        ${this.text('name')}
        ${this.choice('effect', EFFECTS.map(effect => [effect, t('price.effect.' + effect)]))}
        ${form.effect === 'PERCENT_OFF' ? this.text('percent', { decimal: true }) : nothing}
        ${form.effect === 'AMOUNT_OFF' || form.effect === 'KIT' ? this.text('amount', { decimal: true }) : nothing}
        ${form.effect === 'TAKE_PAY' ? html`${this.text('take', { decimal: true })}${this.text('pay', { decimal: true })}` : nothing}
        ${this.text('priority', { decimal: true, optional: true })}
        ${this.text('starts', { type: 'date' })}${this.text('ends', { type: 'date', optional: true })}
      </div>
      ${form.effect === 'KIT' ? this.kit() : this.targets()}
      ${this.checks('levels', this.levels.map(level => [level, level]), t('price.all.levels'))}
      ${this.checks('branches', this.stores.map(store => [store.id, store.name]), t('price.all.branches'))}
      ${this.preview ? this.shown() : nothing}
      <div class="dialog-acts">
        <button type="button" class="button quiet" ?disabled=${this.busy} @click=${() => this.dispatchEvent(new CustomEvent('left'))}>${t('act.cancel')}</button>
        <button type="button" class="button" data-test="promotion-preview" ?disabled=${this.busy} @click=${() => this.look()}>${icon('eye')}${t('price.preview')}</button>
        <button type="submit" class="button primary" data-test="promotion-save" ?disabled=${this.busy || !this.preview}>${icon('check2')}${t('price.publish')}</button>
      </div></form>`;
  }

  targets() {
    const { form } = this;
    return html`<fieldset><legend>${t('price.of')}</legend>
      <div class="part-fields">
        ${this.choice('kind', ['BRAND', 'CATEGORY', 'PART', 'ALL'].map(kind => [kind, t('price.target.' + kind)]))}
        ${form.kind === 'BRAND' || form.kind === 'CATEGORY' ? this.text('value') : nothing}
      </div>
      ${form.kind === 'PART' ? html`<part-picker @picked=${event => this.pick(event.detail)}></part-picker>` : html`
        <button type="button" class="button" data-test="target-add" @click=${() => this.addTarget({ kind: form.kind, value: form.kind === 'ALL' ? '' : form.value.trim() })}>${icon('plus-lg')}${t('price.target.add')}</button>`}
      <ul data-test="targets">${form.targets.map(target => html`<li>${t('price.target.' + target.kind)} ${target.text ?? target.value}
        <button type="button" class="button quiet small" aria-label=${t('price.target.remove', target.text ?? target.value)} @click=${() => this.set('targets', form.targets.filter(each => each !== target))}>${icon('x-lg')}</button></li>`)}</ul>
      ${this.fault('targets')}</fieldset>`;
  }

  kit() {
    const { form } = this;
    return html`<fieldset><legend>${t('price.kit.parts')}</legend>
      <part-picker @picked=${event => this.pick(event.detail)}></part-picker>
      <ul data-test="kit">${form.kit.map((each, at) => html`<li>
        <label><span class="visually-hidden">${t('price.kit.quantity', each.text)}</span><input class="code short" inputmode="decimal" .value=${each.quantity} @input=${event => this.set('kit', form.kit.map((one, index) => (index === at ? { ...one, quantity: event.target.value } : one)))}></label> × ${each.text}
        <button type="button" class="button quiet small" aria-label=${t('price.target.remove', each.text)} @click=${() => this.set('kit', form.kit.filter(one => one !== each))}>${icon('x-lg')}</button></li>`)}</ul>
      ${this.fault('kit')}</fieldset>`;
  }

  checks(list, options, all) {
    return html`<fieldset class="checks"><legend>${t('price.field.' + list)}</legend><p class="field-hint">${t('price.none.chosen', all)}</p>
      ${options.map(([value, words]) => html`<label class="field flag"><input type="checkbox" data-test="${list}-${value}" .checked=${this.form[list].includes(value)} @change=${() => this.toggle(list, value)}><span>${words}</span></label>`)}${this.fault(list)}</fieldset>`;
  }

  shown() {
    const { touched, shown } = this.preview;
    return html`<section data-test="promotion-preview-shown"><p role="status">${t('price.touched', touched)}</p>
      ${shown.length ? html`<div class="table-frame" tabindex="0"><table class="table"><thead><tr><th>${t('price.part')}</th><th class="figures">${t('price.list')}</th><th class="figures">${t('price.new')}</th><th class="figures">${t('price.cost')}</th><th class="figures">${t('price.margin')}</th></tr></thead>
        <tbody>${shown.map(each => html`<tr data-test="preview-row"><th scope="row" class="part"><span class="line-code">${each.lineCode}</span> <span class="number">${each.number}</span><div class="quiet">${each.name}</div></th>
          <td class="figures">${each.list}</td><td class="figures">${each.price}</td><td class="figures">${each.cost ?? '–'}</td><td class="figures ${each.margin < 0 ? 'tone-stop' : ''}">${each.margin == null ? '–' : `${each.margin} %`}</td></tr>`)}</tbody></table></div>` : nothing}</section>`;
  }
}
customElements.define('promotion-form', PromotionForm);
