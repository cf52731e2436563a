import { html, nothing, svg } from 'lit';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, bar, empty, icon, loading, state, trouble, toneOf } from '../lib/pieces.js';
import './sales-curve.js';
import { clock, day, frozenWords, jobName, moment, number, orEmpty, routeName, span, t, tn, now } from '../lib/text.js';

const REFRESH = 5000;
const NIGHT_HOURS = 24;

/** Where the eye goes first: what needs a person; then every store at a glance; then the jobs of the night. */
class HomePage extends Piece {
  static properties = { may: {}, attention: { state: true }, runs: { state: true } };

  constructor() {
    super();
    new Follows(this, 'stores', 'runs');
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
    this.timer = setInterval(() => this.refresh(), REFRESH);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async refresh() {
    const [attention, runs] = await Promise.all([
      this.attempt(() => api('GET', '/console/api/attention')),
      this.may.has('jobs.read') ? api('GET', '/console/api/runs?limit=100').catch(() => undefined) : undefined,
    ]);
    this.attention = attention?.attention ?? this.attention;
    this.runs = runs?.runs ?? this.runs;
  }

  render() {
    const stores = [...live.stores.values()];
    return html`
      <header class="page-head">
        <div>
          <h1>${t('home.title')}</h1>
          <p class="page-lead">${day(now())}${stores.length || this.attention ? html` · ${this.summary(stores)}` : nothing}</p>
        </div>
      </header>
      ${trouble(this.problem, () => this.refresh())}
      <section aria-labelledby="attention-title">
        <h2 id="attention-title">${t('home.attention')}${this.attention?.length ? html` <span class="count" data-test="attention-count">${this.attention.length}</span>` : nothing}</h2>
        ${this.attention ? this.needs() : loading(3)}
      </section>
      <section aria-labelledby="stores-title">
        <div class="section-head"><h2 id="stores-title">${t('home.stores')}</h2><a href="/console/stores">${t('home.stores.all')}</a></div>
        ${stores.length ? this.grid(stores) : live.state === 'connecting' ? loading(3) : this.noStores()}
      </section>
      ${this.may.has('reports.read') ? html`<sales-curve></sales-curve>` : nothing}
      ${this.may.has('jobs.read')
        ? html`
          <section aria-labelledby="night-title">
            <div class="section-head"><h2 id="night-title">${t('home.night')}</h2><a href="/console/jobs/runs">${t('home.night.all')}</a></div>
            ${this.runs ? this.night() : loading(2)}
          </section>`
        : nothing}`;
  }

  summary(stores) {
    const linked = stores.filter(store => !['silent', 'new', 'cut_off'].includes(store.state)).length;
    return `${tn('home.summary', stores.length)}, ${tn('home.linked', linked)}`;
  }

  needs() {
    if (this.attention.length === 0)
      return html`<div class="calm" data-test="all-well">${icon('check-circle')}<div><strong>${t('home.calm')}</strong><span>${t('home.calm.text')}</span></div></div>`;
    return html`<ul class="needs" data-test="attention">${this.attention.map(one => this.need(one))}</ul>`;
  }

  need(one) {
    const subject = one.kind === 'job_failed' || one.kind === 'import_waiting' ? jobName(one.subject) : one.kind === 'route_stopped' ? routeName(one.subject) : one.subject;
    const count = one.kind === 'store_clock' ? span(one.count) : number(one.count);
    return html`
      <li class="need tone-${one.stop ? 'stop' : 'attention'}" data-test="need" data-kind=${one.kind} data-id=${one.id}>
        ${icon(one.stop ? 'x-octagon-fill' : 'exclamation-triangle-fill')}
        <div class="need-text">
          <strong>${t(`need.${one.kind}.title`, subject, count)}</strong>
          <span>${(one.kind === 'route_stopped' && orEmpty(`route.stop.hold.${one.id}`)) || t(`need.${one.kind}.effect`, subject, count)}${one.frozen || one.detail ? html` <q class="need-detail">${one.frozen ? frozenWords(one.frozen) : one.detail}</q>` : nothing}</span>
        </div>
        <span class="need-since">${one.since ? html`<time-ago at=${one.since}></time-ago>` : nothing}</span>
        <a class="button" href=${this.way(one)}>${t(`need.${one.kind}.act`)}</a>
      </li>`;
  }

  way(one) {
    switch (one.kind) {
      case 'documents_parked': return `/console/documents?store=${one.id}&state=parked`;
      case 'unreadable': return '/console/messages?tab=asides';
      case 'dead_letters': return '/console/messages?tab=letters';
      case 'job_failed':
      case 'import_waiting': return `/console/runs/${one.id}`;
      case 'route_stopped': return `/console/routes?q=${encodeURIComponent(one.id)}`;
      default: return `/console/stores/${one.id}`;
    }
  }

  grid(stores) {
    return html`
      <ul class="tiles" data-test="store-grid">
        ${stores.toSorted((a, b) => a.name.localeCompare(b.name)).map(store => html`
          <li class="tile tone-${toneOf(store.state)}" data-test="store-tile" data-id=${store.id}>
            <a href="/console/stores/${store.id}">
              <span class="tile-name">${store.name}</span>
              ${state('store', store.state)}
              <dl>
                <div><dt>${t('store.lag')}</dt><dd>${number(store.lag)}</dd></div>
                <div><dt>${t('store.outbox')}</dt><dd>${number(store.outboxLast)}</dd></div>
                <div class="tile-last"><dt>${t('store.last')}</dt><dd><time-ago at=${store.lastDocumentAt ?? nothing}></time-ago></dd></div>
              </dl>
            </a>
          </li>`)}
      </ul>`;
  }

  noStores() {
    return empty('shop', t('stores.empty'), t('stores.empty.text'),
      this.may.has('stores.add') ? html`<a class="button primary" href="/console/stores?add=1">${t('stores.add')}</a>` : nothing);
  }

  /** The last 24 hours from left to right, a line for each job. */
  night() {
    const end = now().getTime();
    const start = end - NIGHT_HOURS * 3_600_000;
    const told = this.runs.map(run => live.runs.get(run.id) ?? run);
    const recent = told.filter(run => new Date(run.endedAt ?? end).getTime() > start);
    if (recent.length === 0) return empty('moon-stars', t('home.night.empty'), t('home.night.empty.text'));
    const jobs = [...new Set(recent.map(run => run.job))].sort();
    const at = time => Math.min(100, Math.max(0, ((time - start) / (end - start)) * 100));
    const hours = [];
    for (let hour = new Date(start).setMinutes(0, 0, 0) + 3_600_000; hour < end; hour += 3_600_000)
      if (new Date(hour).getHours() % 3 === 0) hours.push(hour);
    const grid = height => hours.map(hour => svg`<line class="night-hour" x1="${at(hour)}%" x2="${at(hour)}%" y1="0" y2=${height}></line>`);
    return html`
      <div class="night" data-test="night">
        ${jobs.map(job => html`
          <span class="night-name">${jobName(job)}</span>
          <svg class="night-line" width="100%" height="32" role="group" aria-label=${jobName(job)}>
            ${grid(32)}
            ${recent.filter(run => run.job === job).map(run => {
              const from = at(new Date(run.startedAt).getTime());
              const width = at(new Date(run.endedAt ?? end).getTime()) - from;
              return svg`
                <a href="/console/runs/${run.id}" aria-label=${this.told(run)}>
                  <rect class="night-run tone-${toneOf(run.status)}" x="${from}%" y="10" width="${Math.max(0.2, width)}%" height="12" rx="1"><title>${this.told(run)}</title></rect>
                </a>`;
            })}
          </svg>
          <span class="night-state">${this.lastOf(recent, job)}</span>`)}
        <svg class="night-line" width="100%" height="20" aria-hidden="true">
          ${hours.map(hour => svg`<text class="night-label" x="${at(hour)}%" y="14" text-anchor="middle">${clock(hour)}</text>`)}
        </svg>
      </div>`;
  }

  lastOf(runs, job) {
    const last = runs.find(run => run.job === job);
    const step = last.steps.at(-1);
    return last.status === 'running' && step ? bar(step.percent, jobName(job)) : state('run', last.status);
  }

  told(run) {
    const took = run.endedAt ? span((new Date(run.endedAt) - new Date(run.startedAt)) / 1000) : '';
    return [jobName(run.job), t(`state.run.${run.status}`), moment(run.startedAt), took].filter(Boolean).join(' · ');
  }
}
customElements.define('home-page', HomePage);
