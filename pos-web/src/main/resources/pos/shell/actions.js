import { html } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from './dialog.js';

const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Ctrl+K: any action by its name. */
class ActionPalette extends Over {
  static properties = { ...Over.properties, actions: { attribute: false }, typed: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.actions = [];
    this.closed();
  }

  closed() {
    this.typed = '';
    this.at = 0;
  }

  get found() {
    return this.actions.filter(action => action.when && action.id !== 'find' && fold(t('action.' + action.id)).includes(fold(this.typed)));
  }

  run(action) {
    this.close();
    // After the dialog gave the focus back.
    setTimeout(() => action.run());
  }

  key(event) {
    const found = this.found;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.at = (this.at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % Math.max(1, found.length);
    } else if (event.key === 'Enter' && found[this.at]) {
      event.preventDefault();
      this.run(found[this.at]);
    }
  }

  render() {
    return this.frame('action-palette', t('palette.title'), () => html`
      <input class="form-control" type="text" autofocus autocomplete="off" spellcheck="false" data-test="palette-input"
        placeholder=${t('palette.hint')} aria-label=${t('palette.hint')} .value=${this.typed}
        @input=${event => { this.typed = event.target.value; this.at = 0; }} @keydown=${event => this.key(event)}>
      ${this.found.length === 0 ? html`<p class="quiet palette-none" role="status">${t('palette.none')}</p>` : html`<ul class="palette" role="listbox" aria-label=${t('palette.title')}>
        ${this.found.map((action, index) => html`<li role="option" aria-selected=${index === this.at} data-test="palette-${action.id}" @click=${() => this.run(action)}>
          <span>${t('action.' + action.id)}</span>${action.key ? html`<kbd>${action.key}</kbd>` : ''}
        </li>`)}
      </ul>`}`, 'narrow');
  }
}
customElements.define('action-palette', ActionPalette);

const MAP = [
  ['search', [['Enter', 'enter'], ['01 Enter', 'pick'], ['↑ ↓', 'arrows'], ['3*', 'times'], ['Ctrl+Enter', 'again'], ['F2', 'vehicle'], ['Ctrl+F', 'filter'], ['F12', 'detail'], ['F6', 'newpart'], ['F7', 'misc'], ['F9', 'lost'], ['Ctrl+Shift+L', 'labels'], ['Esc', 'back']]],
  ['ticket', [['+ −', 'step'], ['=2.5', 'exactly'], ['Alt+↑ ↓', 'line'], ['delete', 'remove'], ['F3', 'buyer'], ['F4', 'park'], ['F5', 'discount'], ['F8', 'return'], ['Ctrl+B', 'notes'], ['Ctrl+Shift+B', 'cores'], ['Ctrl+G', 'voucher'], ['Ctrl+M', 'serials'], ['F10', 'pay']]],
  ['payment', [['Enter', 'close'], ['E', 'cash'], ['C', 'credit'], ['D', 'debit'], ['T', 'transfer'], ['Q', 'cheque'], ['U', 'dollars'], ['V', 'slip'], ['A', 'account'], ['Esc', 'unpay']]],
  ['always', [['scan', 'scan'], ['Ctrl+K', 'find'], ['Ctrl+H', 'sales'], ['Ctrl+I', 'invoice'], ['Ctrl+P', 'paper'], ['Ctrl+D', 'hardware'], ['Ctrl+J', 'cash'], ['Ctrl+O', 'promises'], ['Ctrl+Shift+O', 'marketorders'], ['Ctrl+E', 'stock'], ['Ctrl+Shift+E', 'handover'], ['Ctrl+L', 'lock'], ['?', 'map']]],
];

/** '?': every key on one page. */
class KeyMap extends Over {
  render() {
    return this.frame('key-map', t('map.title'), () => html`
      <div class="key-map">
        ${MAP.map(([group, keys]) => html`<section>
          <h3>${t('map.' + group)}</h3>
          <dl>${keys.map(([key, act]) => html`<div><dt>${key === 'scan' ? t('key.scan') : key === 'delete' ? html`<kbd>${t('key.delete')}</kbd>` : key.split(' ').map(k => html`<kbd>${k}</kbd> `)}</dt><dd>${t(`map.${group}.${act}`)}</dd></div>`)}</dl>
        </section>`)}
      </div>`, 'wide');
  }
}
customElements.define('key-map', KeyMap);
