import { html, nothing, svg } from 'lit';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, empty, filterBox, icon, loading, matches, state, toneOf, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { moment, number, orEmpty, routeName, t } from '../lib/text.js';
import { groupsOf, rowOf, rowsOf } from './route-groups.js';

/** As the style sheet lays it out: each node 44 high with 8 below, in columns of a hundred. */
const STEP = 52;
const MIDDLE = 22;
const STORES_END = 27;
const ROUTES_BEGIN = 38;
const ROUTES_END = 68;
const OUTSIDE_BEGIN = 79;
const SHOWN = 12;
const MINUTE = 60_000;
const INTAKE = 'document-intake';
const DOWN = 'down-send';
const WORST = ['frozen', 'cut_off', 'silent', 'claimed', 'parked', 'clock', 'lagging', 'new', 'fine'];

/** The live map: stores, the hub's routes, and what lies outside; and each route with its figures and its levers. */
class RoutesPage extends Piece {
  static properties = { may: {}, map: { state: true }, typed: { state: true }, store: { state: true }, chosen: { state: true }, ofStore: { state: true }, asking: { state: true }, busy: { state: true }, unfolded: { state: true } };

  constructor() {
    super();
    new Follows(this, 'stores');
    this.unfolded = new Set();
    this.typed = place().query.get('q') ?? '';
    this.chosen = place().query.get('route') ?? '';
    this.store = '';
    this.landed = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.look();
    this.open();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.source?.close();
    super.disconnectedCallback();
  }

  open() {
    this.source = new EventSource('/console/api/routes/events');
    this.source.addEventListener('map', event => { this.map = JSON.parse(event.data); });
    this.source.onerror = () => {
      if (this.source.readyState !== EventSource.CLOSED) return;
      this.timer = setTimeout(() => { if (this.isConnected) this.open(); }, 5000);
    };
  }

  async look() {
    const map = await this.attempt(() => api('GET', '/console/api/routes'));
    if (map) this.map = map;
  }

  tone(route) {
    return !route.running ? 'halted' : route.pace.failed ? 'failing' : 'moving';
  }

  /** Documents a minute, from what live rows said in the last one. */
  rate(store) {
    const now = performance.now();
    const told = this.landed.get(store.id) ?? [];
    if (!told.length || told.at(-1).landed !== store.landed) told.push({ landed: store.landed, at: now });
    while (told.length > 1 && told[1].at < now - MINUTE) told.shift();
    this.landed.set(store.id, told);
    return Math.max(0, store.landed - told[0].landed);
  }

  render() {
    const routes = this.map?.routes.filter(route => matches(this.typed, route.id, routeName(route.id), route.from, ...route.to, ...route.outside));
    return html`
      <header class="page-head"><div><h1>${t('routes.title')}</h1><p class="page-lead">${t('route.map.text')}</p></div></header>
      ${this.asking ? nothing : trouble(this.problem, () => this.look())}
      <div class="filters">
        ${filterBox('routes-filter', this.typed, t('routes.filter'), value => { this.typed = value; keep({ q: value }); })}
        ${filterBox('routes-store', this.store, t('route.map.search'), value => { this.store = value; })}
      </div>
      ${!routes ? (this.problem ? nothing : loading(8)) : !routes.length ? empty('search', t('list.nothing'), t('list.nothing.text')) : html`
        ${this.drawing(routes)}
        ${this.storeDetail()}
        ${this.detail()}
        <section aria-labelledby="routes-table"><h2 id="routes-table">${t('route.table')}</h2>${this.table(routes)}</section>
        ${this.queues()}`}
      ${this.dialog()}`;
  }

  /** The worst first; those that are well are one node. */
  stores() {
    const all = [...live.stores.values()].filter(store => matches(this.store, store.name, store.code))
      .toSorted((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state) || a.name.localeCompare(b.name));
    const shown = all.slice(0, SHOWN);
    return { shown, rest: all.slice(SHOWN) };
  }

  drawing(routes) {
    const { shown, rest } = this.stores();
    const names = [...new Set([...this.map.outside.map(one => one.name), ...routes.flatMap(route => route.outside)])];
    const rows = rowsOf(groupsOf(routes), group => this.isUnfolded(group), route => this.tone(route) !== 'moving');
    const height = Math.max(shown.length + (rest.length ? 1 : 0), rows.length, names.length) * STEP;
    const at = id => rowOf(rows, id);
    const worst = rest.toSorted((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state))[0];
    const restTone = worst && toneOf(worst.state);
    const unwell = rest.filter(store => toneOf(store.state) !== 'good').length;
    const lines = [];
    const intake = at(INTAKE);
    const line = (x1, row1, x2, row2, rate, tone, dashed = false) => lines.push(svg`<path class="map-line tone-${tone}" data-dashed=${dashed} stroke-width=${1 + Math.min(8, Math.log2(1 + rate))}
      d="M ${x1} ${row1 * STEP + MIDDLE} C ${(x1 + x2) / 2} ${row1 * STEP + MIDDLE}, ${(x1 + x2) / 2} ${row2 * STEP + MIDDLE}, ${x2} ${row2 * STEP + MIDDLE}"></path>`);
    const rates = shown.map(store => this.rate(store));
    const restRate = rest.reduce((sum, store) => sum + this.rate(store), 0);
    if (intake >= 0) {
      shown.forEach((store, row) => line(STORES_END, row, ROUTES_BEGIN, intake, rates[row], toneOf(store.state), store.state === 'silent'));
      if (rest.length) line(STORES_END, shown.length, ROUTES_BEGIN, intake, restRate, restTone);
    }
    const down = at(DOWN);
    const downward = routes.find(route => route.id === DOWN);
    const each = shown.length + rest.length;
    // What goes down is counted for all together: each has its share.
    if (down >= 0) shown.forEach((store, row) => line(STORES_END, row, ROUTES_BEGIN, down, (downward.pace.perSecond * 60) / each, toneOf(this.tone(downward))));
    routes.forEach(route => route.outside.forEach(name => line(ROUTES_END, at(route.id), OUTSIDE_BEGIN, names.indexOf(name), route.pace.perSecond * 60, toneOf(this.tone(route)), !route.running)));
    return html`
      <section class="map-frame" aria-label=${t('route.map')} tabindex="0" data-test="map">
        <div class="map">
          <svg class="map-lines" viewBox="0 0 100 ${height}" height=${height} preserveAspectRatio="none" aria-hidden="true">${lines}</svg>
          <div class="map-column"><h2>${t('route.map.stores')}</h2><ul>
            ${shown.map((store, row) => html`<li><button type="button" class="map-node tone-${toneOf(store.state)}" aria-pressed=${this.ofStore?.id === store.id} data-test="map-store" data-state=${store.state} @click=${() => this.chooseStore(store)}>
              <span class="map-name">${store.name}</span><span class="map-figure">${state('store', store.state)} ${t('route.store.rate', number(rates[row]))}</span></button></li>`)}
            ${rest.length ? html`<li><a class="map-node tone-${restTone}" href="/console/stores" data-test="map-rest"><span class="map-name">${unwell ? t('route.map.more.some', number(rest.length), number(unwell)) : t('route.map.more', number(rest.length))}</span><span class="map-figure">${t('route.store.rate', number(restRate))}</span></a></li>` : nothing}
            ${shown.length ? nothing : html`<li class="quiet">${t('route.map.none')}</li>`}
          </ul></div>
          <div class="map-column routes"><h2>${t('route.map.routes')}</h2><ul>
            ${rows.map(row => (row.route ? this.routeNode(row.route) : this.groupNode(row)))}
          </ul></div>
          <div class="map-column"><h2>${t('route.map.outside')}</h2><ul>
            ${names.map(name => {
              const known = this.map.outside.find(one => one.name === name)?.state ?? 'UNKNOWN';
              return html`<li><span class="map-node tone-${{ UP: 'good', DOWN: 'stop', UNKNOWN: 'quiet' }[known]}" data-test="map-outside"><span class="map-name">${this.outsideName(name)}</span><span class="map-figure">${icon({ UP: 'check-circle-fill', DOWN: 'x-octagon-fill', UNKNOWN: 'circle' }[known])} ${t(`route.state.${known}`)}</span></span></li>`;
            })}
          </ul></div>
        </div>
      </section>`;
  }

  /** What is looked for is shown. */
  isUnfolded(group) {
    return Boolean(this.typed) || this.unfolded.has(group.id) || group.routes.some(route => route.id === this.chosen);
  }

  fold(group) {
    const unfolded = new Set(this.unfolded);
    if (!unfolded.delete(group.id)) unfolded.add(group.id);
    this.unfolded = unfolded;
  }

  groupNode({ group, unfolded }) {
    const perSecond = group.routes.reduce((sum, route) => sum + route.pace.perSecond, 0);
    const failed = group.routes.reduce((sum, route) => sum + route.pace.failed, 0);
    const tones = group.routes.map(route => toneOf(this.tone(route)));
    const tone = ['stop', 'attention'].find(one => tones.includes(one)) ?? tones[0];
    return html`<li><button type="button" class="map-node group tone-${tone}" aria-expanded=${unfolded} data-test="map-group" data-group=${group.id} @click=${() => this.fold(group)}>
      <span class="map-name">${icon(unfolded ? 'chevron-down' : 'chevron-right')} ${t(`route.group.${group.id}`)} <span class="quiet">${number(group.routes.length)}</span></span>
      <span class="map-figure">${this.perSecond({ pace: { perSecond } })}${this.failed(failed)}</span></button></li>`;
  }

  routeNode(route) {
    return html`<li class="map-inner"><button type="button" class="map-node tone-${toneOf(this.tone(route))}" aria-pressed=${this.chosen === route.id} data-test="map-route" data-route=${route.id} data-running=${route.running} @click=${() => this.choose(route.id)}>
      <span class="map-name">${routeName(route.id)}</span><span class="map-figure">${route.running ? this.perSecond(route) : state('route', 'halted')}${this.failed(route.pace.failed)}</span></button></li>`;
  }

  failed(count) {
    return count ? html` · ${icon('exclamation-triangle-fill')} ${number(count)}` : nothing;
  }

  perSecond(route) {
    const rate = route.pace.perSecond;
    return t('route.per-second', rate < 10 ? rate.toFixed(1) : number(Math.round(rate)));
  }

  millis(value) {
    return t('route.millis', value < 10 ? value.toFixed(1) : number(Math.round(value)));
  }

  choose(id) {
    this.chosen = this.chosen === id ? '' : id;
    keep({ route: this.chosen });
    if (this.chosen) this.reveal('route-detail');
  }

  /** What was asked for stands below a map that is longer than the window. */
  async reveal(what) {
    await this.updateComplete;
    this.querySelector(`[data-test=${what}]`)?.scrollIntoView({ block: 'nearest' });
  }

  /** A kind of system by its name in words, a connection by its own. */
  outsideName(name) {
    return orEmpty(`route.outside.${name}`) || name;
  }

  detail() {
    const route = this.map.routes.find(one => one.id === this.chosen);
    if (!route) return nothing;
    const commands = this.may?.has('routes.command');
    return html`
      <section class="route-detail" aria-labelledby="route-title" data-test="route-detail" data-route=${route.id} data-running=${route.running}>
        <div class="section-head"><h2 id="route-title">${routeName(route.id)} <span class="code quiet">${route.id}</span></h2>
          ${commands ? route.running
            ? html`<button type="button" class="button" data-test="route-stop" ?disabled=${this.busy} @click=${() => this.ask(route.id)}>${icon('stop-circle')}${t('route.stop')}</button>`
            : html`<button type="button" class="button primary" data-test="route-start" ?disabled=${this.busy} @click=${() => this.move(route.id, 'start')}>${icon('play-circle')}${t('route.start')}</button>` : nothing}</div>
        <dl class="facts wide">
          <div><dt>${t('route.state')}</dt><dd>${state('route', this.tone(route))}</dd></div>
          <div><dt>${t('route.rate')}</dt><dd>${this.perSecond(route)}</dd></div>
          <div><dt>${t('route.mean')} · ${t('route.p95')}</dt><dd>${this.millis(route.pace.meanMillis)} · ${this.millis(route.pace.p95Millis)}</dd></div>
          <div><dt>${t('route.total')} · ${t('route.failed')} · ${t('route.in-flight')}</dt><dd>${number(route.total)} · ${number(route.failed)} · ${number(route.inFlight)}</dd></div>
          <div><dt>${t('route.way')}</dt><dd class="code way-of-route"><span>${route.from}</span>${route.to.map(to => html`<span>→ ${to}</span>`)}</dd></div>
          ${route.outside.length ? html`<div><dt>${t('route.outside')}</dt><dd>${route.outside.map(name => this.outsideName(name)).join(', ')}</dd></div>` : nothing}
        </dl>
        <h3>${t('route.recent')}</h3>
        ${route.troubles.length ? html`<ol class="acts-done" data-test="route-troubles">${route.troubles.map(one => html`<li><span class="quiet">${moment(one.at, true)}</span> ${one.reason}</li>`)}</ol>` : html`<p class="quiet">${t('route.recent.none')}</p>`}
      </section>`;
  }

  async chooseStore(store) {
    if (this.ofStore?.id === store.id) {
      this.ofStore = undefined;
      return;
    }
    const found = await this.attempt(() => api('GET', `/console/api/stores/${store.id}/routes`));
    if (!found) return;
    this.ofStore = { id: store.id, name: store.name, routes: found.routes };
    this.reveal('store-routes');
  }

  /** A store's own routes, as its last heartbeat told them. */
  storeDetail() {
    const one = this.ofStore;
    if (!one) return nothing;
    return html`
      <section class="route-detail" aria-labelledby="store-routes" data-test="store-routes">
        <div class="section-head"><h2 id="store-routes">${t('route.of-store', one.name)}</h2><a class="button" href="/console/stores/${one.id}">${icon('shop')}${t('route.of-store.page')}</a></div>
        ${one.routes.length ? html`<div class="table-frame" tabindex="0"><table class="table">
          <thead><tr><th>${t('route.name')}</th><th>${t('route.state')}</th><th class="figures">${t('route.rate')}</th><th class="figures">${t('route.mean')}</th><th class="figures">${t('route.p95')}</th><th class="figures">${t('route.failed')}</th></tr></thead>
          <tbody>${one.routes.map(route => html`<tr data-id=${route.route}>
            <th scope="row">${routeName(route.route)}<div class="code quiet">${route.route}</div></th>
            <td>${state('route', !route.running ? 'halted' : route.failed ? 'failing' : 'moving')}${route.trouble && route.failed ? html`<div class="reason">${route.trouble}</div>` : nothing}</td>
            <td class="figures">${this.perSecond({ pace: route })}</td><td class="figures">${this.millis(route.meanMillis)}</td><td class="figures">${this.millis(route.p95Millis)}</td><td class="figures">${number(route.failed)}</td>
          </tr>`)}</tbody></table></div>` : html`<p class="quiet">${t('route.of-store.none')}</p>`}
      </section>`;
  }

  table(routes) {
    return html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="routes">
        <thead><tr><th>${t('route.name')}</th><th>${t('route.state')}</th><th class="figures">${t('route.rate')}</th><th class="figures">${t('route.mean')}</th><th class="figures">${t('route.p95')}</th>
          <th class="figures">${t('route.total')}</th><th class="figures">${t('route.failed')}</th><th class="figures">${t('route.in-flight')}</th></tr></thead>
        <tbody>${routes.map(route => html`
          <tr data-test="route" data-id=${route.id} @click=${event => { if (!event.target.closest('button')) this.choose(route.id); }}>
            <th scope="row"><button type="button" class="row-button" data-test="route-open" @click=${() => this.choose(route.id)}>${routeName(route.id)}</button><div class="code quiet">${route.id}</div></th>
            <td>${state('route', this.tone(route))}${route.pace.failed && route.lastFailure ? html`<div class="reason">${route.lastFailure}</div>` : nothing}</td>
            <td class="figures">${this.perSecond(route)}</td><td class="figures">${this.millis(route.pace.meanMillis)}</td><td class="figures">${this.millis(route.pace.p95Millis)}</td>
            <td class="figures">${number(route.total)}</td><td class="figures ${route.failed ? 'text-attention' : ''}">${number(route.failed)}</td><td class="figures">${number(route.inFlight)}</td>
          </tr>`)}</tbody></table></div>`;
  }

  /** The deepest first; the many that are empty are not worth a line each. */
  queues() {
    const all = Object.entries(this.map.queues).toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b));
    const shown = all.filter(([name, depth], at) => depth > 0 || (at < SHOWN && !name.startsWith('refahub.down.')));
    return html`
      <section aria-labelledby="queues-title"><h2 id="queues-title">${t('route.queues')}</h2>
        ${all.length ? html`<div class="table-frame" tabindex="0"><table class="table narrow" data-test="queues">
          <thead><tr><th>${t('route.queue')}</th><th class="figures">${t('route.depth')}</th></tr></thead>
          <tbody>${shown.slice(0, 50).map(([name, depth]) => html`<tr data-queue=${name}><th scope="row" class="code">${name}</th><td class="figures">${number(depth)}</td></tr>`)}</tbody></table></div>`
          : html`<p class="quiet">${t('route.queues.unknown')}</p>`}
      </section>`;
  }

  dialog() {
    const id = this.asking;
    const hold = id ? t(`route.stop.hold.${id}`) : '';
    return html`
      <dialog class="dialog" aria-labelledby="stop-title" data-test="stop-dialog" @close=${() => { this.asking = undefined; this.problem = undefined; }}>
        ${id ? html`
          <h2 id="stop-title">${t('route.stop.title', routeName(id))}</h2>
          <p data-test="stop-hold">${hold.startsWith('route.stop.') ? t('route.stop.hold') : hold}</p><p class="quiet">${t('route.stop.again')}</p>
          ${trouble(this.problem)}
          <div class="dialog-acts">
            <button type="button" class="button" @click=${() => this.querySelector('dialog').close()}>${t('act.close')}</button>
            <button type="button" class="button primary" data-test="route-stop-do" ?disabled=${this.busy} @click=${() => this.move(id, 'stop')}>${t('route.stop')}</button>
          </div>` : nothing}
      </dialog>`;
  }

  async ask(id) {
    this.problem = undefined;
    this.asking = id;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  async move(id, verb) {
    this.busy = true;
    const moved = await this.attempt(() => api('POST', `/console/api/routes/${encodeURIComponent(id)}/${verb}`));
    this.busy = false;
    if (!moved) return;
    this.map = { ...this.map, routes: this.map.routes.map(route => (route.id === id ? moved : route)) };
    if (this.asking) this.querySelector('dialog').close();
  }
}
customElements.define('routes-page', RoutesPage);
