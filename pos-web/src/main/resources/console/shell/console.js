import { html, nothing } from 'lit';
import { chooseLanguage, currentLanguage } from 'shared/texts.js';
import { nextTheme, theme } from 'shared/theme-choice.js';
import { api, gone, session, take } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, icon, loading } from '../lib/pieces.js';
import { followLinks, go, onChange, place } from '../lib/router.js';
import { setClock, t } from '../lib/text.js';
import '../entry/entry-page.js';
import '../home/home-page.js';
import '../stores/stores-page.js';
import '../stores/store-page.js';
import '../catalogue/part-page.js';
import '../catalogue/picture-batches.js';
import '../catalogue/removed-parts.js';
import '../documents/documents-page.js';
import '../documents/document-page.js';
import '../jobs/jobs-page.js';
import '../jobs/run-page.js';
import '../routes/routes-page.js';
import '../catalogue/catalogue-page.js';
import '../staff/staff-page.js';
import '../proposals/proposals-page.js';
import '../jobs/schedule-page.js';
import '../jobs/days-off-page.js';
import '../imports/imports-page.js';
import '../imports/suppliers-page.js';
import '../imports/export-page.js';
import '../stock/stock-page.js';
import '../account/account-page.js';
import '../customers/customers-page.js';
import '../customers/customer-page.js';
import '../rates/rates-page.js';
import '../cores/cores-page.js';
import '../commissions/commissions-page.js';
import '../cores/serials-page.js';
import '../cores/part-tracking.js';
import '../prices/prices-page.js';
import '../purchasing/purchasing-page.js';
import '../accounting/accounting-page.js';
import '../reports/reports-page.js';
import '../connections/connections-page.js';
import '../marketplaces/marketplaces-page.js';
import '../promises/promises-page.js';
import '../returns/returns-page.js';
import '../creditnotes/credit-notes-page.js';
import '../messages/messages-page.js';
import '../alerts/alerts-page.js';
import '../alerts/alert-bell.js';

/** Where one can go, with the permission that the place needs. */
const PLACES = [
  ['', 'house', 'stores.read'],
  ['stores', 'shop', 'stores.read'],
  ['documents', 'receipt', 'documents.read'],
  ['messages', 'inboxes', 'documents.read'],
  ['catalogue', 'box-seam', 'catalogue.read'],
  ['proposals', 'patch-question', 'catalogue.read'],
  ['prices', 'tags', 'catalogue.read'],
  ['returns', 'arrow-return-left', 'catalogue.read'],
  ['creditnotes', 'file-earmark-minus', 'accounting.export'],
  ['imports', 'box-arrow-in-down', 'jobs.read'],
  ['stock', 'boxes', 'stock.read'],
  ['customers', 'person-lines-fill', 'customers.read'],
  ['cores', 'recycle', 'customers.read'],
  ['promises', 'bag-check', 'customers.read'],
  ['serials', 'upc', 'documents.read'],
  ['rates', 'currency-exchange', 'rates.read'],
  ['purchasing', 'cart', 'purchase.read'],
  ['reports', 'graph-up', 'reports.read'],
  ['commissions', 'percent', 'reports.read'],
  ['accounting', 'journal-check', 'accounting.export'],
  ['connections', 'plug', 'connections.manage'],
  ['marketplaces', 'bag', 'markets.manage'],
  ['jobs', 'gear-wide-connected', 'jobs.read'],
  ['routes', 'diagram-3', 'routes.read'],
  ['alerts', 'bell', 'alerts.read'],
  ['staff', 'people', 'staff.manage'],
];

/** The whole console: who is here, where they are, and the page for it. */
class Console extends Piece {
  static properties = { who: { state: true }, away: { state: true } };

  constructor() {
    super();
    new Follows(this, 'state');
    onChange(() => this.requestUpdate());
    followLinks();
    gone.addEventListener('gone', () => this.begin());
    addEventListener('refahub-theme', () => this.requestUpdate());
  }

  connectedCallback() {
    super.connectedCallback();
    this.begin();
  }

  async begin() {
    for (;;) {
      try {
        this.entered(await session());
        this.away = false;
        return;
      } catch {
        this.away = true;
        await new Promise(resolve => setTimeout(resolve, 1500));
      }
    }
  }

  entered(who) {
    take(who);
    setClock(who.now);
    this.may = new Set(who.may);
    this.who = who;
    if (who.signedIn) live.open();
    else live.close();
  }

  async leave() {
    const who = await this.attempt(() => api('DELETE', '/console/api/session'));
    if (!who) return;
    history.replaceState(null, '', '/console');
    this.entered(who);
  }

  render() {
    if (!this.who) return html`<main class="page">${this.away ? this.lost() : loading(8)}</main>`;
    if (!this.who.signedIn) return html`<entry-page .setup=${this.who.needsSetup} @entered=${event => this.entered(event.detail)}></entry-page>`;
    const { parts } = place();
    return html`
      <a class="visually-hidden-focusable skip" href="#main">${t('nav.skip')}</a>
      <header class="top">
        <a class="brand" href="/console" @click=${this.home}>RefaHub</a>
        <nav class="nav" aria-label=${t('nav.title')}>
          ${PLACES.filter(([, , needs]) => this.may.has(needs)).map(([name, symbol]) => html`
            <a href=${name ? `/console/${name}` : '/console'} data-test="nav-${name || 'home'}" aria-current=${(this.here(parts) === name) ? 'page' : nothing} @click=${name ? nothing : this.home}>${icon(symbol)}<span>${t(`nav.${name || 'home'}`)}</span></a>`)}
        </nav>
        <div class="me">
          ${this.may.has('alerts.read') ? html`<alert-bell></alert-bell>` : nothing}
          <button type="button" class="button quiet" data-test="theme" aria-label=${t(`theme.${theme()}`)} title=${t(`theme.${theme()}`)} @click=${nextTheme}>${icon({ system: 'circle-half', light: 'sun', dark: 'moon' }[theme()])}</button>
          <button type="button" class="button quiet" data-test="language" @click=${() => chooseLanguage(currentLanguage() === 'en' ? 'es-MX' : 'en')}>${t(`language.other`)}</button>
          <a class="button quiet me-name" data-test="me" href="/console/account" title=${t('nav.account')}>${this.who.name}</a>
          <button type="button" class="button quiet" id="leave" data-test="leave" @click=${this.leave}>${icon('box-arrow-right')}<span>${t('nav.leave')}</span></button>
        </div>
      </header>
      ${live.state === 'lost' || this.away ? this.lost() : nothing}
      <main class="page" id="main" tabindex="-1">${this.page(parts)}</main>`;
  }

  home = event => {
    event.preventDefault();
    go('/console');
  };

  /** Where one is stays in sight in a list of places that is longer than the window. */
  updated() {
    this.querySelector('.nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  here(parts) {
    return parts[0] === 'runs' ? 'jobs' : (parts[0] ?? '');
  }

  lost() {
    return html`<div class="lost" role="status" data-test="lost">${icon('plug')}<span>${t('live.lost')}</span></div>`;
  }

  page([name, id, further]) {
    const { may } = this;
    switch (name) {
      case undefined: return html`<home-page .may=${may}></home-page>`;
      case 'stores': return id ? html`<store-page .may=${may} .store=${id}></store-page>` : html`<stores-page .may=${may}></stores-page>`;
      case 'documents': return id ? html`<document-page .may=${may} .document=${id}></document-page>` : html`<documents-page></documents-page>`;
      case 'jobs': return id === 'schedule' ? html`<schedule-page .may=${may}></schedule-page>` : id === 'days-off' ? html`<days-off-page .may=${may}></days-off-page>` : html`<jobs-page .may=${may} .tab=${id}></jobs-page>`;
      case 'runs': return html`<run-page .may=${may} .run=${id}></run-page>`;
      case 'routes': return html`<routes-page .may=${may}></routes-page>`;
      case 'messages': return html`<messages-page .may=${may}></messages-page>`;
      case 'proposals': return html`<proposals-page .may=${may}></proposals-page>`;
      case 'prices': return html`<prices-page .may=${may}></prices-page>`;
      case 'reports': return html`<reports-page></reports-page>`;
      case 'marketplaces': return html`<marketplaces-page .tab=${id ?? ''}></marketplaces-page>`;
      case 'connections': return html`<connections-page></connections-page>`;
      case 'accounting': return html`<accounting-page .may=${may}></accounting-page>`;
      case 'stock': return html`<stock-page .may=${may}></stock-page>`;
      case 'customers': return id ? html`<customer-page .may=${may} .customer=${id}></customer-page>` : html`<customers-page></customers-page>`;
      case 'serials': return html`<serials-page></serials-page>`;
      case 'cores': return html`<cores-page .may=${may}></cores-page>`;
      case 'commissions': return html`<commissions-page .may=${may}></commissions-page>`;
      case 'promises': return html`<promises-page .may=${may} .promise=${id}></promises-page>`;
      case 'creditnotes': return html`<credit-notes-page .may=${may}></credit-notes-page>`;
      case 'returns': return html`<returns-page .may=${may}></returns-page>`;
      case 'rates': return html`<rates-page .may=${may}></rates-page>`;
      case 'purchasing': return html`<purchasing-page .may=${may} .tab=${id ?? ''} .id=${further}></purchasing-page>`;
      case 'alerts': return html`<alerts-page .may=${may} .tab=${id ?? ''}></alerts-page>`;
      case 'staff': return html`<staff-page></staff-page>`;
      case 'account': return html`<account-page></account-page>`;
      case 'imports': switch (id) {
        case 'suppliers': return html`<suppliers-page .may=${may}></suppliers-page>`;
        case 'export': return html`<export-page .may=${may}></export-page>`;
        default: return html`<imports-page .may=${may}></imports-page>`;
      }
      case 'catalogue': switch (id) {
        case undefined: return html`<catalogue-page .may=${may}></catalogue-page>`;
        case 'new': return html`<part-new></part-new>`;
        case 'removed': return html`<removed-parts></removed-parts>`;
        case 'pictures': return html`<picture-batches .may=${may}></picture-batches>`;
        default: return html`<part-page .may=${may} .part=${id}></part-page>`;
      }
      default: return html`<p>${t('nav.nowhere')} <a href="/console/stores">${t('nav.stores')}</a></p>`;
    }
  }
}
customElements.define('refahub-console', Console);
