import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, empty, filterBox, icon, loading, matches, state, trouble } from '../lib/pieces.js';
import { go, keep, place } from '../lib/router.js';
import { jobName, moment, number, orEmpty, span, t, tn } from '../lib/text.js';
import { steps, took } from './run-progress.js';
import './run-form.js';
import './job-rule-form.js';
import './job-changes.js';
import './job-order.js';
import { ruleLine } from './job-rule.js';
import '../workers/workers-panel.js';

const STATES = ['waiting_for_approval', 'done', 'failed', 'stopped', 'discarded'];

const sum = (run, figure) => run.steps.reduce((all, step) => all + step[figure], 0);

/** What runs now, every job with its form, and what ran. */
class JobsPage extends Piece {
  static properties = { may: {}, tab: {}, jobs: { state: true }, rules: { state: true }, ids: { state: true }, chosen: { state: true }, typed: { state: true }, job: { state: true }, status: { state: true } };

  constructor() {
    super();
    new Follows(this, 'runs');
    const { query } = place();
    this.typed = query.get('q') ?? '';
    this.job = query.get('job') ?? '';
    this.status = query.get('state') ?? '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const [jobs, runs, rules] = await Promise.all([
      this.attempt(() => api('GET', '/console/api/jobs')),
      this.attempt(() => api('GET', '/console/api/runs?limit=200')),
      this.attempt(() => api('GET', '/console/api/job-rules')),
    ]);
    this.rules = rules;
    this.jobs = jobs?.jobs;
    for (const run of runs?.runs ?? []) live.put('runs', run);
    if (this.job) this.older();
  }

  /** Of a job that runs seldom the newest of all jobs may hold none. */
  async older() {
    const runs = await this.attempt(() => api('GET', `/console/api/runs?limit=200&job=${encodeURIComponent(this.job)}`));
    for (const run of runs?.runs ?? []) live.put('runs', run);
  }

  filter(name, value) {
    this[name] = value;
    keep({ job: this.job, state: this.status });
    if (name === 'job' && value) this.older();
  }

  render() {
    const all = [...live.runs.values()].sort((a, b) => b.id - a.id);
    const moving = all.filter(run => run.status === 'running' || run.status === 'stopping');
    const past = all.filter(run => !moving.includes(run)).filter(run => (!this.job || run.job === this.job) && (!this.status || run.status === this.status) && matches(this.typed, jobName(run.job), run.startedBy, run.message, t(`state.run.${run.status}`)));
    return html`
      <header class="page-head"><div><h1>${t('jobs.title')}</h1><p class="page-lead">${t('jobs.lead')}</p></div>
        <div class="acts"><a class="button" href="/console/jobs/schedule" data-test="schedule">${icon('calendar-week')}${t('schedule.see')}</a></div></header>
      ${trouble(this.problem, () => this.load())}
      ${this.tabs(all, moving)}
      ${moving.length
        ? html`<section aria-labelledby="moving-title"><h2 id="moving-title">${t('jobs.moving')}</h2>${moving.map(run => this.moving(run))}</section>`
        : nothing}
      ${this.tab === 'runs' ? this.runs(all, past) : this.all(all)}
      <run-form id="run-form" @started=${event => go(`/console/runs/${event.detail.id}`)}></run-form>
      <job-rule-form @kept=${() => this.load()}></job-rule-form>`;
  }

  /** What ran is one click away, however many jobs there are; how many run, and the newest run of how many jobs failed, stands on it. */
  tabs(all, moving) {
    const newest = new Map();
    for (const run of all) if (!newest.has(run.job)) newest.set(run.job, run);
    const failed = [...newest.values()].filter(run => run.status === 'failed').length;
    const said = [moving.length ? tn('jobs.tab.moving', moving.length) : '', failed ? tn('jobs.tab.failed', failed) : ''].filter(Boolean).join(', ');
    return html`<nav class="tabs" aria-label=${t('jobs.title')}>
      <a href="/console/jobs" data-test="jobs-tab-all" aria-current=${this.tab === 'runs' ? nothing : 'page'}>${t('jobs.all')}</a>
      <a href="/console/jobs/runs" data-test="jobs-tab-runs" aria-current=${this.tab === 'runs' ? 'page' : nothing}>${t('jobs.past')}${said ? html`<span class="count" data-test="jobs-tab-count">${said}</span>` : nothing}</a></nav>`;
  }

  all(runs) {
    if (!this.jobs) return this.problem ? nothing : loading(4);
    return html`
      <section aria-label=${t('jobs.all')}><ul class="jobs" data-test="jobs">${this.jobs.map(job => this.one(job, runs))}</ul></section>
      ${this.rules ? html`<job-order .may=${this.may} .jobs=${this.jobs} .followers=${this.rules.followers} @changed=${() => this.load()}></job-order><job-changes></job-changes>` : nothing}
      <workers-panel></workers-panel>`;
  }

  runs(all, past) {
    if (!this.jobs && !this.problem) return loading(6);
    return html`<section aria-label=${t('jobs.past')}>
        <div class="filters">
          <label class="pick">${t('jobs.filter.job')}<select data-test="filter-job" @change=${event => this.filter('job', event.target.value)}>
            <option value="">${t('jobs.filter.all')}</option>${[...new Set(all.map(run => run.job).concat(this.job || []))].map(job => html`<option value=${job} ?selected=${job === this.job}>${jobName(job)}</option>`)}</select></label>
          <label class="pick">${t('jobs.filter.state')}<select data-test="filter-state" @change=${event => this.filter('status', event.target.value)}>
            <option value="">${t('jobs.filter.all')}</option>${STATES.map(one => html`<option value=${one} ?selected=${one === this.status}>${t(`state.run.${one}`)}</option>`)}</select></label>
          ${filterBox('runs-filter', this.typed, t('jobs.filter'), value => { this.typed = value; keep({ q: value }); })}</div>
        ${past.length
          ? this.past(past)
          : this.typed || this.job || this.status
            ? empty('search', t('list.nothing'), t('list.nothing.text'))
            : empty('moon-stars', t('jobs.past.empty'), t('jobs.past.empty.text'))}
      </section>`;
  }

  moving(run) {
    return html`
      <article class="moving" data-test="moving-run" data-id=${run.id}>
        <header><h3><a href="/console/runs/${run.id}">${jobName(run.job)} <span class="quiet">#${run.id}</span></a></h3>${state('run', run.status)}
          <span class="quiet">${run.startedBy} · <time-ago at=${run.startedAt}></time-ago></span></header>
        ${steps(run)}
      </article>`;
  }

  one(job, runs) {
    const last = runs.find(run => run.job === job.name);
    const rule = this.rules?.rules.find(one => one.job === job.name);
    return html`
      <li class="job" data-test="job" data-job=${job.name}>
        <div class="job-text"><strong>${jobName(job.name)}</strong><span>${orEmpty(`job.${job.name}.text`)}</span>
          ${rule ? html`<span class="job-rule" data-test="job-rule">${ruleLine(rule)}</span>` : nothing}${this.views(job)}</div>
        <div class="job-last">${last
          ? html`<a href="/console/runs/${last.id}">${state('run', last.status)}</a><time-ago class="quiet" at=${last.endedAt ?? last.startedAt}></time-ago>`
          : html`<span class="quiet">${t('jobs.never')}</span>`}</div>
        ${this.may.has('jobs.run')
          ? html`${rule ? html`<button type="button" class="button quiet" data-test="job-rule-edit" data-job=${job.name} aria-label=${t('rule.edit.of', jobName(job.name))}
              @click=${() => this.querySelector('job-rule-form').open(rule)}>${icon('sliders')}${t('rule.edit')}</button>` : nothing}<button type="button" class="button" data-test="job-run" data-job=${job.name} aria-label=${t('jobs.run.of', jobName(job.name))}
              @click=${() => this.querySelector('run-form').open(job)}>${icon('play-fill')}${t('jobs.run')}</button>`
          : nothing}
      </li>`;
  }

  /** What the job keeps computed, and how old that is. */
  views(job) {
    if (job.name !== 'view-refresh') return nothing;
    return (this.rules?.views ?? []).map(view => html`<span class="job-rule" data-test="view-age" data-view=${view.view}>${t(`view.${view.view}`)}: ${view.refreshedAt
      ? html`<time-ago at=${view.refreshedAt}></time-ago> · ${t('view.rows', number(view.rows))} · ${t('view.took', span(view.tookMillis / 1000))}`
      : t('view.unknown')}</span>`);
  }

  past(runs) {
    return html`
      <div class="table-frame" tabindex="0"><table class="table" data-test="runs">
        <thead><tr><th>${t('run.job')}</th><th>${t('run.state')}</th><th>${t('run.started')}</th><th class="figures">${t('run.took')}</th>
          <th class="figures">${t('jobs.read')}</th><th class="figures">${t('jobs.written')}</th><th class="figures">${t('run.rejected')}</th><th>${t('run.by')}</th></tr></thead>
        <tbody>${runs.map(run => html`
          <tr data-test="run" data-id=${run.id} data-status=${run.status} @click=${event => { if (!event.target.closest('a')) go(`/console/runs/${run.id}`); }}>
            <th scope="row"><a href="/console/runs/${run.id}">${jobName(run.job)} <span class="quiet">#${run.id}</span></a></th>
            <td>${state('run', run.status)}${run.message ? html`<div class="reason">${run.message}</div>` : nothing}</td>
            <td>${moment(run.startedAt)}</td><td class="figures">${took(run)}</td>
            <td class="figures">${number(sum(run, 'read'))}</td><td class="figures">${number(sum(run, 'written'))}</td>
            <td class="figures ${run.rejected ? 'text-attention' : ''}">${number(run.rejected)}</td><td>${run.startedBy}</td>
          </tr>`)}</tbody></table></div>`;
  }
}
customElements.define('jobs-page', JobsPage);
