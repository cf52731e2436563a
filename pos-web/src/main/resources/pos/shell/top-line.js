import { Piece, html, icon, nothing } from 'shared/piece.js';
import { nextTheme, theme } from 'shared/theme-choice.js';
import { chooseLanguage, currentLanguage, t, tn } from 'shared/texts.js';
import { Follows, till } from './till.js';
import { ago } from './time.js';

const AGE = 20000;

/** Where, who, and in calm words how things stand. */
class TopLine extends Piece {
  constructor() {
    super();
    new Follows(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.requestUpdate(), AGE);
    this.outside = event => {
      const menu = this.querySelector('details[open]');
      if (menu && !menu.contains(event.target)) menu.open = false;
    };
    document.addEventListener('pointerdown', this.outside);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener('pointerdown', this.outside);
    super.disconnectedCallback();
  }

  theme() {
    nextTheme();
    this.requestUpdate();
  }

  language() {
    chooseLanguage(currentLanguage() === 'en' ? 'es-MX' : 'en');
  }

  choose(run) {
    this.querySelector('details').open = false;
    run();
  }

  render() {
    return html`<header class="top">
      <div class="where">
        <span class="brand">RefaHub</span>
        <span data-test="store-name">${till.storeName}</span>
        ${till.register && till.mode !== 'drawer' ? html`<span data-test="register-name">${till.register.name}</span>` : nothing}
      </div>
      <details class="who">
        <summary data-test="person">${till.person?.name}${icon('chevron-down')}</summary>
        <div class="menu" role="menu">
          ${till.mode === 'sale' ? this.item('register', 'inboxes', () => till.changeRegister()) : nothing}
          ${this.item('theme', 'circle-half', () => this.theme(), t('theme.' + theme()))}
          ${this.item('language', 'translate', () => this.language(), t('language.' + (currentLanguage() === 'en' ? 'es-MX' : 'en')))}
          ${this.item('leave', 'box-arrow-right', () => till.signOut())}
        </div>
      </details>
      ${this.link()}
    </header>`;
  }

  item(id, symbol, run, text = t('action.' + id)) {
    return html`<button type="button" role="menuitem" data-test="menu-${id}" @click=${() => this.choose(run)}>${icon(symbol)}${text}</button>`;
  }

  link() {
    const status = till.status;
    if (!status) return html`<div class="link-state"></div>`;
    if (!till.reachable) return html`<div class="link-state" data-test="link-state"><span class="attention">${icon('plug dot-wide')}${t('status.away')}</span></div>`;
    const catalogue = status.indexVersion === 0
      ? t('status.catalogue.none')
      : status.catalogueAt
        ? t('status.catalogue.age', status.indexVersion, ago(status.catalogueAt))
        : t('status.catalogue', status.indexVersion);
    return html`<div class="link-state" data-test="link-state" data-linked=${status.linked}>
      ${status.printer === 'FAILING' ? html`<span class="attention" data-test="printer-failing">${icon('printer-fill')}${t('status.printer')}</span>` : nothing}
      ${status.care?.disk && status.care.disk !== 'AMPLE' ? html`<span class=${status.care.disk === 'LOW' ? 'attention' : 'stop'} data-test="disk-low">${icon('device-hdd-fill')}${t('status.disk')}</span>` : nothing}
      ${status.care?.backupFailing ? html`<span class="attention" data-test="backup-failing">${icon('archive-fill')}${t('status.backup')}</span>` : nothing}
      ${status.halted ? html`<span class="stop" data-test="halted" title=${status.halted}>${icon('exclamation-octagon-fill')}${t('status.halted')}</span>` : nothing}
      <span class=${status.linked ? 'good' : 'quiet'} title=${status.hubSeenAt ? t('status.seen', ago(status.hubSeenAt)) : ''}>
        ${icon(status.linked ? 'circle-fill dot' : 'circle dot')}${t(status.linked ? 'status.linked' : status.care?.locked ? 'status.alone.shut' : 'status.alone')}
      </span>
      ${status.waiting > 0 && !status.linked ? html`<span class="quiet" data-test="waiting">${tn('status.waiting', status.waiting)}</span>` : nothing}
      <span class="quiet" data-test="catalogue">${catalogue}</span>
    </div>`;
  }
}
customElements.define('top-line', TopLine);
