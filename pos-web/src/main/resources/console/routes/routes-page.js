import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, filterBox, loading, matches, state, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { number, routeName, t } from '../lib/text.js';

const LOOK = 3000;

/** The running routes of the hub: from where to where, how much and how well. Rates are what came between two looks. */
class RoutesPage extends Piece {
  static properties = { rows: { state: true }, typed: { state: true } };

  constructor() {
    super();
    this.typed = place().query.get('q') ?? '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.look();
    this.timer = setInterval(() => this.look(), LOOK);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async look() {
    const answer = await this.attempt(() => api('GET', '/console/api/routes'));
    if (!answer) return;
    const at = performance.now();
    const before = new Map((this.rows ?? []).map(row => [row.id, row]));
    this.rows = answer.routes.map(route => {
      const known = before.get(route.id);
      const rate = known ? Math.max(0, route.total - known.total) / ((at - known.at) / 1000) : undefined;
      return { ...route, at, rate };
    });
  }

  state(route) {
    return !route.running ? 'halted' : route.lastFailure ? 'failing' : 'moving';
  }

  render() {
    const shown = this.rows?.filter(route => matches(this.typed, route.id, routeName(route.id), route.from, ...route.to));
    return html`
      <header class="page-head"><div><h1>${t('routes.title')}</h1><p class="page-lead">${t('routes.lead')}</p></div></header>
      ${trouble(this.problem, () => this.look())}
      <div class="filters">${filterBox('routes-filter', this.typed, t('routes.filter'), value => { this.typed = value; keep({ q: value }); })}</div>
      ${!shown ? (this.problem ? nothing : loading(8)) : shown.length === 0 ? empty('search', t('list.nothing'), t('list.nothing.text')) : this.table(shown)}`;
  }

  table(routes) {
    return html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="routes">
        <thead><tr><th>${t('route.name')}</th><th>${t('route.state')}</th><th>${t('route.way')}</th>
          <th class="figures">${t('route.rate')}</th><th class="figures">${t('route.total')}</th><th class="figures">${t('route.failed')}</th><th class="figures">${t('route.in-flight')}</th></tr></thead>
        <tbody>${routes.map(route => html`
          <tr data-test="route" data-id=${route.id}>
            <th scope="row">${routeName(route.id)}<div class="code quiet">${route.id}</div></th>
            <td>${state('route', this.state(route))}${route.lastFailure ? html`<div class="reason">${route.lastFailure}</div>` : nothing}</td>
            <td class="code way-of-route"><span>${route.from}</span>${route.to.map(to => html`<span>→ ${to}</span>`)}</td>
            <td class="figures">${route.rate == null ? '–' : t('route.per-second', route.rate < 10 ? route.rate.toFixed(1) : number(Math.round(route.rate)))}</td>
            <td class="figures">${number(route.total)}</td>
            <td class="figures ${route.failed ? 'text-attention' : ''}">${number(route.failed)}</td>
            <td class="figures">${number(route.inFlight)}</td>
          </tr>`)}</tbody></table></div>`;
  }
}
customElements.define('routes-page', RoutesPage);
