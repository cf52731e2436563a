import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, icon, loading, state, trouble } from '../lib/pieces.js';
import { jobName, moment, number, t } from '../lib/text.js';
import { steps, took } from './run-progress.js';

/** One run, live while it moves. */
class RunPage extends Piece {
  static properties = { may: {}, run: {}, busy: { state: true } };

  constructor() {
    super();
    new Follows(this, 'runs');
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const run = await this.attempt(() => api('GET', `/console/api/runs/${this.run}`));
    if (run) live.put('runs', run);
  }

  render() {
    const run = live.runs.get(Number(this.run));
    if (!run) return html`${trouble(this.problem, () => this.load())}${this.problem ? nothing : loading(4)}`;
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/jobs">${t('jobs.title')}</a></nav>
      <header class="page-head">
        <div>
          <h1>${jobName(run.job)} <span class="quiet">#${run.id}</span></h1>
          <p class="page-lead" data-test="run-status" data-status=${run.status}>${state('run', run.status)}<span>${t('run.lead', run.startedBy, moment(run.startedAt))}</span></p>
        </div>
        <div class="acts">${run.may.map(act => this.act(run, act))}</div>
      </header>
      ${trouble(this.problem)}
      ${run.message ? html`<div class="${run.status === 'failed' ? 'trouble' : 'notice'}" role="status" data-test="run-message">${icon(run.status === 'failed' ? 'x-octagon-fill' : 'info-circle')}<span>${run.message}</span></div>` : nothing}
      <section aria-labelledby="steps-title">
        <h2 id="steps-title">${t('run.steps')}</h2>
        ${run.steps.length ? steps(run) : html`<p class="quiet">${t('run.steps.none')}</p>`}
      </section>
      <dl class="facts wide">
        <div><dt>${t('run.started')}</dt><dd>${moment(run.startedAt, true)}</dd></div>
        <div><dt>${t('run.ended')}</dt><dd>${run.endedAt ? moment(run.endedAt, true) : '–'}</dd></div>
        <div><dt>${t('run.took')}</dt><dd>${took(run)}</dd></div>
        <div><dt>${t('run.rejected')}</dt><dd data-test="run-rejected">${number(run.rejected)}</dd></div>
      </dl>
      ${run.rejected ? html`<p class="notice">${icon('file-earmark-x')}<span>${t('run.rejects.text')}</span></p>` : nothing}`;
  }

  act(run, act) {
    if (act === 'rejects')
      return html`<a class="button" id="run-rejects" data-test="run-rejects" href="/console/api/runs/${run.id}/rejects" download>${icon('download')}${t('run.rejects')}</a>`;
    if (!this.may.has('jobs.run')) return nothing;
    return html`<button type="button" class="button ${act === 'restart' ? 'primary' : ''}" id="run-${act}" data-test="run-${act}" ?disabled=${this.busy} @click=${() => this.tell(act)}>
      ${icon(act === 'stop' ? 'stop-fill' : 'arrow-clockwise')}${t(`run.${act}`)}</button>`;
  }

  async tell(act) {
    this.busy = true;
    const run = await this.attempt(() => api('POST', `/console/api/runs/${this.run}/${act}`));
    if (run) live.put('runs', run);
    this.busy = false;
  }
}
customElements.define('run-page', RunPage);
