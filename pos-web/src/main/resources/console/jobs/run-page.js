import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, icon, loading, state, trouble } from '../lib/pieces.js';
import { bytes, jobName, moment, number, parameterName, parameterValue, t } from '../lib/text.js';
import { runLog, steps, stoppedAt, took } from './run-progress.js';
import './run-preview.js';
import './run-stores.js';
import './run-undo.js';
import { TAKEN_BACK } from './run-take-back.js';
import '../workers/run-slices.js';
import '../prices/price-run-files.js';

const LOOKS = { stop: 'stop-fill', restart: 'arrow-clockwise', approve: 'check-lg', discard: 'trash', abandon: 'x-circle' };

/** Jobs that publish parts, and what they published can be taken back. */
const UNDONE = ['catalogue-import', 'classify'];

/** One run, live while it moves: what it does, what it would change, what a person may decide, and what it has left behind. */
class RunPage extends Piece {
  static properties = { may: {}, run: {}, busy: { state: true }, details: { state: true }, files: { state: true }, sure: { state: true } };

  constructor() {
    super();
    new Follows(this, 'runs');
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  get row() {
    return live.runs.get(Number(this.run));
  }

  willUpdate(changed) {
    if (changed.has('run') && changed.get('run')) {
      this.details = this.files = this.told = this.sure = undefined;
      this.load();
    }
    // What was decided and written down changes with the state and the steps alone.
    const { row } = this;
    const told = row && `${row.id} ${row.status} ${row.steps.map(step => step.status)}`;
    if (told && told !== this.told) {
      this.told = told;
      this.look(row);
    }
  }

  async load() {
    const run = await this.attempt(() => api('GET', `/console/api/runs/${this.run}`));
    if (run) live.put('runs', run);
  }

  async look(row) {
    const [details, made] = await Promise.all([
      this.attempt(() => api('GET', `/console/api/runs/${row.id}/details`)),
      row.status === 'done' ? this.attempt(() => api('GET', `/console/api/runs/${row.id}/files`)) : undefined,
    ]);
    if (row.id !== Number(this.run)) return;
    if (details) this.details = details;
    this.files = made?.files;
  }

  render() {
    const run = this.row;
    if (!run) return html`${trouble(this.problem, () => this.load())}${this.problem ? nothing : loading(4)}`;
    const failed = run.status === 'failed';
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
      ${run.message ? html`<div class=${failed ? 'trouble' : 'notice'} role="status" data-test="run-message">${icon(failed ? 'x-octagon-fill' : 'info-circle')}<span>${run.message}</span></div>` : nothing}
      ${stoppedAt(run)}
      ${this.sure ? this.ask(run) : nothing}
      ${this.details?.approvalAskedAt ? html`<run-preview .run=${run.id} .waiting=${run.status === 'waiting_for_approval'}></run-preview>` : nothing}
      <section aria-labelledby="steps-title">
        <h2 id="steps-title">${t('run.steps')}</h2>
        ${run.steps.length ? steps(run) : html`<p class="quiet">${t('run.steps.none')}</p>`}
      </section>
      <run-slices .run=${run.id} .moving=${run.status === 'running' || run.status === 'stopping'}></run-slices>
      ${run.job === 'reconciliation' ? html`<run-stores .run=${run.id} .moving=${run.status === 'running' || run.status === 'stopping'}></run-stores>` : nothing}
      ${run.job === 'price-sync' && this.details?.approvalAskedAt !== undefined && run.status !== 'failed' ? html`<price-run-files .run=${run.id}></price-run-files>` : nothing}
      ${run.rejected ? this.rejects(run) : nothing}
      ${this.files?.length ? this.made(run) : nothing}
      <div class="columns">
        <section aria-labelledby="facts-title">
          <h2 id="facts-title">${t('run.facts')}</h2>
          <dl class="facts" data-test="run-facts">
            <div><dt>${t('run.started')}</dt><dd>${moment(run.startedAt, true)}</dd></div>
            <div><dt>${t('run.ended')}</dt><dd>${run.endedAt ? moment(run.endedAt, true) : '–'}</dd></div>
            <div><dt>${t('run.took')}</dt><dd>${took(run)}</dd></div>
            <div><dt>${t('run.rejected')}</dt><dd data-test="run-rejected">${number(run.rejected)}</dd></div>
            ${this.decided()}
          </dl>
        </section>
        ${UNDONE.includes(run.job) && run.status === 'done' ? html`<run-undo .run=${run.id} .may=${this.may} .undoneBy=${this.details?.undoneBy}></run-undo>` : nothing}
        ${TAKEN_BACK[run.job] && run.status === 'done' && this.may.has('jobs.run') ? html`<run-take-back .run=${run.id} .job=${run.job}></run-take-back>` : nothing}
      </div>
      ${this.details?.log.length ? runLog(this.details.log, run) : nothing}`;
  }

  decided() {
    const { details } = this;
    if (!details) return nothing;
    return html`
      ${Object.entries(details.parameters).map(([name, value]) => html`<div><dt>${parameterName(this.row.job, name)}</dt><dd>${value === 'true' ? t('run.yes') : parameterValue(this.row.job, name, value)}</dd></div>`)}
      ${details.approvedAt ? html`<div><dt>${t('run.approved')}</dt><dd data-test="run-approved">${t('run.approved.by', details.approvedBy, moment(details.approvedAt, true))}</dd></div>` : nothing}
      ${details.undoneBy ? html`<div><dt>${t('run.undone')}</dt><dd><a href="/console/runs/${details.undoneBy}">#${details.undoneBy}</a></dd></div>` : nothing}`;
  }

  rejects(run) {
    return html`
      <section aria-labelledby="rejects-title" data-test="run-mend">
        <h2 id="rejects-title">${t('run.rejects.title', number(run.rejected))}</h2>
        <p class="quiet">${t('run.rejects.text')}</p>
        <div class="acts start">
          <a class="button" href="/console/api/runs/${run.id}/rejects" download id="run-rejects" data-test="run-rejects">${icon('download')}${t('run.rejects')}</a>
          ${this.may.has('jobs.run') && (run.job === 'catalogue-import' || run.job === 'opening-stock')
            ? html`<a class="button" href="/console/imports?again=${run.id}" data-test="run-feed-again">${icon('arrow-repeat')}${t('run.rejects.again')}</a>`
            : nothing}
        </div>
      </section>`;
  }

  made(run) {
    return html`
      <section aria-labelledby="made-title">
        <h2 id="made-title">${t('run.files')}</h2>
        <ul class="plain" data-test="run-files">${this.files.map(file => html`
          <li class="file-line"><a href="/console/api/runs/${run.id}/file?name=${encodeURIComponent(file.name)}" download data-test="run-file" data-name=${file.name}>${icon('file-earmark-arrow-down')} ${file.name}</a>
            <span class="quiet">${bytes(file.bytes)}</span></li>`)}</ul>
      </section>`;
  }

  /** What cannot be taken back is asked twice. */
  ask(run) {
    return html`
      <div class="trouble tone-attention" role="alertdialog" aria-labelledby="sure-text" data-test="sure">
        ${icon('question-circle-fill')}<div><span id="sure-text">${t(`run.${this.sure}.sure`)}</span></div>
        <button type="button" class="button quiet" data-test="sure-no" @click=${() => { this.sure = undefined; }}>${t('act.cancel')}</button>
        <button type="button" class="button" data-test="sure-yes" @click=${() => this.tell(run, this.sure)}>${t(`run.${this.sure}`)}</button>
      </div>`;
  }

  act(run, act) {
    // They have a place of their own.
    if (act === 'rejects') return nothing;
    if (!this.may.has('jobs.run')) return nothing;
    const sure = act === 'discard' || act === 'abandon';
    return html`<button type="button" class="button ${act === 'restart' || act === 'approve' ? 'primary' : ''}" id="run-${act}" data-test="run-${act}" ?disabled=${this.busy}
      @click=${() => (sure ? this.askFirst(act) : this.tell(run, act))}>${icon(LOOKS[act])}${t(`run.${act}`)}</button>`;
  }

  askFirst(act) {
    this.sure = act;
    this.updateComplete.then(() => this.querySelector('[data-test=sure-no]')?.focus());
  }

  async tell(run, act) {
    this.busy = true;
    this.sure = undefined;
    const answered = await this.attempt(() => api('POST', `/console/api/runs/${run.id}/${act}`));
    if (answered) live.put('runs', answered);
    this.busy = false;
  }
}
customElements.define('run-page', RunPage);
