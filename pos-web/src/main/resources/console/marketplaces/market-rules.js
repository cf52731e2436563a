import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

const ENDINGS = ['NONE', 'C90', 'C99', 'PESO', 'FIVE', 'TEN'];
const NEW = { brand: '', category: '', priceFrom: '', priceTo: '', withPicture: true, leastStock: 2, safetyStock: 1, level: '', percent: '0', ending: 'NONE', stores: [], outsideCategory: '' };

/** Which parts go to a marketplace, in order: the first that fits a part counts. */
class MarketRules extends Piece {
  static properties = { connection: {}, rules: { state: true }, stores: { state: true }, said: { state: true }, busy: { state: true } };

  willUpdate(changed) {
    if (changed.has('connection') && this.connection) void this.load();
  }

  async load() {
    const asked = this.connection;
    this.rules = undefined;
    this.said = undefined;
    const rules = await this.attempt(() => api('GET', `/console/api/marketplaces/${asked}/rules`));
    const stores = this.stores ?? (await this.attempt(() => api('GET', '/console/api/stores')));
    if (asked !== this.connection) return;
    this.stores = Array.isArray(stores) ? stores : stores?.stores ?? [];
    if (rules) this.rules = rules;
  }

  async save(event) {
    event.preventDefault();
    this.busy = true;
    this.said = undefined;
    const rules = await this.attempt(() => api('PUT', `/console/api/marketplaces/${this.connection}/rules`, { rules: this.rules }));
    this.busy = false;
    if (!rules) return;
    this.rules = rules;
    this.said = t('markets.rules.saved');
  }

  put(rule, name, value) {
    rule[name] = value;
  }

  move(index, by) {
    const rules = [...this.rules];
    const [rule] = rules.splice(index, 1);
    rules.splice(index + by, 0, rule);
    this.rules = rules;
  }

  field(rule, index, name, type = 'text') {
    const id = `rule-${index}-${name}`;
    return html`<label class="field" for=${id}><span class="field-label">${t('markets.rule.' + name)}</span>
      <input id=${id} data-test="rule-${name}" type=${type} min=${type === 'number' ? 0 : nothing} maxlength="200" autocomplete="off" spellcheck="false" .value=${live(String(rule[name]))} @input=${event => this.put(rule, name, type === 'number' ? Number(event.target.value) : event.target.value)}></label>`;
  }

  render() {
    if (!this.rules) return this.problem ? trouble(this.problem, () => this.load()) : loading(3);
    return html`<form @submit=${this.save} data-test="market-rules">
      <p class="quiet">${t('markets.rules.text')}</p>
      ${this.said ? html`<p class="said" role="status" data-test="rules-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${trouble(this.problem)}
      ${this.rules.map((rule, index) => html`<fieldset class="market-rule" data-test="market-rule"><legend>${t('markets.rule', index + 1)}</legend>
        <div class="form-fields">
          ${this.field(rule, index, 'brand')}${this.field(rule, index, 'category')}${this.field(rule, index, 'priceFrom')}${this.field(rule, index, 'priceTo')}
          ${this.field(rule, index, 'leastStock', 'number')}${this.field(rule, index, 'safetyStock', 'number')}${this.field(rule, index, 'level')}${this.field(rule, index, 'percent')}
          <label class="field" for="rule-${index}-ending"><span class="field-label">${t('markets.rule.ending')}</span><select id="rule-${index}-ending" data-test="rule-ending" @change=${event => this.put(rule, 'ending', event.target.value)}>${ENDINGS.map(each => html`<option value=${each} ?selected=${each === rule.ending}>${t('markets.ending.' + each)}</option>`)}</select></label>
          ${this.field(rule, index, 'outsideCategory')}
        </div>
        <label class="field flag"><input type="checkbox" data-test="rule-withPicture" .checked=${live(rule.withPicture)} @change=${event => this.put(rule, 'withPicture', event.target.checked)}><span>${t('markets.rule.withPicture')}</span></label>
        <div role="group" aria-labelledby="rule-${index}-stores"><p class="field-label" id="rule-${index}-stores">${t('markets.rule.stores')}</p>
          ${this.stores.map(store => html`<label class="field flag"><input type="checkbox" data-test="rule-store" .checked=${live(rule.stores.includes(store.id))} @change=${event => this.put(rule, 'stores', event.target.checked ? [...rule.stores, store.id] : rule.stores.filter(each => each !== store.id))}><span>${store.name ?? store.code}</span></label>`)}</div>
        <div class="acts start">${index > 0 ? html`<button type="button" class="button quiet" @click=${() => this.move(index, -1)}>${icon('arrow-up')}${t('markets.rule.up')}</button>` : nothing}
          <button type="button" class="button quiet" data-test="rule-remove" @click=${() => { this.rules = this.rules.filter(each => each !== rule); }}>${icon('trash')}${t('markets.rule.remove')}</button></div></fieldset>`)}
      <div class="acts start"><button type="button" class="button" data-test="rule-add" @click=${() => { this.rules = [...this.rules, { ...NEW, stores: [] }]; }}>${icon('plus-lg')}${t('markets.rule.add')}</button>
        <button class="button primary" data-test="rules-save" ?disabled=${this.busy}>${icon('check-lg')}${t('markets.rules.save')}</button></div>
    </form>`;
  }
}
customElements.define('market-rules', MarketRules);
