import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, documentTitle, empty, figure, icon, loading, state, trouble } from '../lib/pieces.js';
import { go } from '../lib/router.js';
import './store-claims.js';
import './store-health.js';
import './store-trust.js';
import './store-cut-off.js';
import './store-closing.js';
import { frozenWords, documentType, moment, number, seconds, t } from '../lib/text.js';

const COMMANDS = [['force_sync', 'arrow-repeat'], ['status', 'activity'], ['backup', 'device-hdd'], ['restart_services', 'bootstrap-reboot'], ['reconcile', 'check2-all'],
  ['test_hardware', 'printer'], ['verify', 'clipboard-check'], ['backups', 'archive'], ['support_bundle', 'file-earmark-zip']];
const LATEST = 8;

/** One store: how it is, how far its documents have come, what it has received, and what it may be told to do. */
class StorePage extends Piece {
  static properties = { may: {}, store: {}, latest: { state: true }, missing: { state: true }, sent: { state: true }, sending: { state: true } };

  constructor() {
    super();
    new Follows(this, 'stores');
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const store = await this.attempt(() => api('GET', `/console/api/stores/${this.store}`));
    if (store) live.put('stores', store);
    if (this.may.has('documents.read'))
      this.latest = (await this.attempt(() => api('GET', `/console/api/documents?store=${this.store}&limit=${LATEST}`)))?.documents;
  }

  render() {
    const store = live.stores.get(this.store);
    if (!store) return html`${trouble(this.problem, () => this.load())}${this.problem ? nothing : loading()}`;
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/stores">${t('stores.title')}</a></nav>
      <header class="page-head">
        <div>
          <h1>${store.name} <span class="code">${store.code}</span></h1>
          <p class="page-lead">${state('store', store.state)}<span>${t(`store.says.${store.state}`)}</span></p>
        </div>
        ${this.may.has('stores.command') ? this.commands() : nothing}
      </header>
      ${trouble(this.problem, () => this.load())}
      ${store.frozen ? html`<div class="trouble" role="alert">${icon('snow')}<div><strong>${t('store.frozen')}</strong><span>${frozenWords(store.frozen)}</span></div></div>` : nothing}
      <store-claims .may=${this.may} .store=${this.store} .turn=${store.state}></store-claims>
      ${this.sent ? html`<p class="notice" role="status" data-test="command-sent">${icon('send-check')}${t(`command.${this.sent}.sent`)}</p>` : nothing}
      <section aria-labelledby="way-title">
        <h2 id="way-title">${t('store.way')}</h2>
        ${this.way(store)}
      </section>
      <div class="columns">
        <section aria-labelledby="link-title">
          <h2 id="link-title">${t('store.link')}</h2>
          <dl class="facts">
            <div><dt>${t('store.heartbeat')}</dt><dd><time-ago at=${store.heartbeatAt ?? nothing}></time-ago></dd></div>
            <div><dt>${t('store.last')}</dt><dd><time-ago at=${store.lastDocumentAt ?? nothing}></time-ago></dd></div>
            <div><dt>${t('store.clock')}</dt><dd>${seconds(store.clockOffsetMillis / 1000)}</dd></div>
            <div><dt>${t('store.version')}</dt><dd class="code">${store.version || '–'}</dd></div>
            <div><dt>${t('store.slug')}</dt><dd class="code">${store.slug}</dd></div>
            <div><dt>${t('store.registered')}</dt><dd>${moment(store.registeredAt)}</dd></div>
          </dl>
        </section>
        <section aria-labelledby="streams-title">
          <h2 id="streams-title">${t('store.streams')}</h2>
          ${Object.keys(store.streams).length === 0
            ? html`<p class="quiet">${t('store.streams.none')}</p>`
            : html`<dl class="facts">${Object.entries(store.streams).map(([name, version]) => html`
                <div data-stream=${name}><dt>${t(`stream.${name}`)}</dt><dd>v${number(version)}</dd></div>`)}</dl>`}
        </section>
      </div>
      <store-health .may=${this.may} .store=${this.store} .asked=${this.sent}></store-health>
      <store-trust .may=${this.may} .store=${this.store}></store-trust>
      <store-cut-off .may=${this.may} .store=${this.store}></store-cut-off>
      <store-closing .may=${this.may} .store=${this.store}></store-closing>
      ${this.may.has('documents.read') ? this.documents() : nothing}`;
  }

  /** Written at the store → landed → applied: where documents stand now. */
  way(store) {
    return html`
      <ol class="way" data-test="store-way">
        <li>${figure(t('store.way.written'), store.outboxLast)}</li>
        <li class=${store.lag ? 'way-held' : ''}>${icon('arrow-right')}<span>${store.lag ? t('store.way.coming', number(store.lag)) : t('store.way.none')}</span></li>
        <li>${figure(t('store.way.landed'), store.landed)}</li>
        <li class=${store.parked || store.waiting ? 'way-held' : ''}>${icon('arrow-right')}<span>
          ${store.waiting ? html`<span>${t('store.way.waiting', number(store.waiting))}</span>` : nothing}
          ${store.parked ? html`<a href="/console/documents?store=${store.id}&state=parked">${t('store.way.parked', number(store.parked))}</a>` : nothing}
          ${store.waiting || store.parked ? nothing : t('store.way.none')}</span></li>
        <li>${figure(t('store.way.applied'), store.applied)}</li>
      </ol>`;
  }

  commands() {
    return html`<div class="acts">${COMMANDS.map(([kind, symbol]) => html`
      <button type="button" class="button" id="command-${kind}" data-test="command-${kind}" ?disabled=${this.sending === kind}
        @click=${() => this.command(kind)}>${icon(symbol)}${t(`command.${kind}`)}</button>`)}</div>`;
  }

  async command(kind) {
    this.sending = kind;
    this.sent = undefined;
    const done = await this.attempt(() => api('POST', `/console/api/stores/${this.store}/commands`, { kind }));
    this.sent = done ? kind : undefined;
    this.sending = undefined;
  }

  documents() {
    return html`
      <section aria-labelledby="latest-title">
        <div class="section-head"><h2 id="latest-title">${t('store.latest')}</h2><a href="/console/documents?store=${this.store}">${t('store.latest.all')}</a></div>
        ${!this.latest
          ? loading(4)
          : this.latest.length === 0
            ? empty('receipt', t('documents.empty'), t('documents.empty.store'))
            : html`<div class="table-frame" tabindex="0"><table class="table"><tbody>${this.latest.map(one => html`
                <tr @click=${event => { if (!event.target.closest('a')) go(`/console/documents/${one.id}`); }}>
                  <th scope="row"><a href="/console/documents/${one.id}">${documentTitle(one)}</a></th>
                  <td>${documentType(one.type)}</td>
                  <td>${state('document', one.state)}</td>
                  <td><time-ago at=${one.landedAt}></time-ago></td>
                </tr>`)}</tbody></table></div>`}
      </section>`;
  }
}
customElements.define('store-page', StorePage);
