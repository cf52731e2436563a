import { html, nothing } from 'lit';
import { api, upload } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, bar, empty, icon, state, trouble } from '../lib/pieces.js';
import { bytes, fileName, moment, t } from '../lib/text.js';
import { importTabs } from './import-tabs.js';

const JOB = 'catalogue-export';
const FILES = ['parts', 'barcodes', 'interchange', 'fitments', 'relations'];
const FORMATS = ['csv', 'xlsx', 'xml'];
const SHOWN = 10;

/** The catalogue as files that an import takes: chosen, written, downloaded. */
class ExportPage extends Piece {
  static properties = { may: {}, chosen: { state: true }, format: { state: true }, made: { state: true }, busy: { state: true }, fault: { state: true } };

  constructor() {
    super();
    new Follows(this, 'runs');
    this.chosen = new Set(FILES);
    this.format = FORMATS[0];
    this.made = new Map();
  }

  async connectedCallback() {
    super.connectedCallback();
    const runs = await this.attempt(() => api('GET', `/console/api/runs?job=${JOB}&limit=${SHOWN}`));
    for (const run of runs?.runs ?? []) live.put('runs', run);
  }

  get runs() {
    return [...live.runs.values()].filter(run => run.job === JOB).sort((a, b) => b.id - a.id).slice(0, SHOWN);
  }

  /** What a run has made does not change: it is asked for once, when it is done. */
  updated() {
    for (const run of this.runs)
      if (run.status === 'done' && !this.made.has(run.id)) {
        this.made.set(run.id, undefined);
        this.look(run.id);
      }
  }

  async look(id) {
    const answer = await this.attempt(() => api('GET', `/console/api/runs/${id}/files`));
    if (answer) this.made = new Map(this.made).set(id, answer.files);
  }

  render() {
    return html`
      ${importTabs('export')}
      <header class="page-head"><div><h1>${t('export.title')}</h1><p class="page-lead">${t('export.lead')}</p></div></header>
      ${this.may.has('jobs.run') ? this.form() : nothing}
      ${trouble(this.problem)}
      <section aria-labelledby="exports-title">
        <h2 id="exports-title">${t('export.past')}</h2>
        ${this.runs.length ? html`<ul class="plain" data-test="exports">${this.runs.map(run => this.one(run))}</ul>` : empty('box-arrow-up', t('export.none'), t('export.none.text'))}
      </section>`;
  }

  form() {
    return html`
      <form class="export-form" novalidate @submit=${event => this.run(event)}>
        <fieldset><legend>${t('export.what')}</legend><div class="checks">${FILES.map(file => html`
          <label class="field flag"><input type="checkbox" data-test="export-file" value=${file} .checked=${this.chosen.has(file)} @change=${event => this.choose(file, event.target.checked)}><span>${fileName(file)}</span></label>`)}</div></fieldset>
        <fieldset><legend>${t('export.format')}</legend><div class="checks">${FORMATS.map(format => html`
          <label class="field flag"><input type="radio" name="format" data-test="export-format" value=${format} .checked=${this.format === format} @change=${() => { this.format = format; }}><span>${t(`export.format.${format}`)}</span></label>`)}</div>
          ${this.format === 'xml' ? html`<p class="quiet">${t('export.xml')}</p>` : nothing}</fieldset>
        <label class="field" for="export-line"><span class="field-label">${t('export.line')} <span class="quiet">${t('field.optional')}</span></span><input id="export-line" data-test="export-line" maxlength="10" autocomplete="off" spellcheck="false"><span class="field-hint">${t('export.line.text')}</span></label>
        ${this.fault ? html`<p class="field-fault" role="alert">${icon('exclamation-octagon-fill')} ${t('export.fault')}</p>` : nothing}
        <div class="acts start"><button type="submit" class="button primary" data-test="export-run" ?disabled=${this.busy}>${icon('play-fill')}${t('export.run')}</button></div>
      </form>`;
  }

  choose(file, on) {
    const chosen = new Set(this.chosen);
    if (on) chosen.add(file);
    else chosen.delete(file);
    this.chosen = chosen;
    this.fault = false;
  }

  one(run) {
    const files = this.made.get(run.id);
    const step = run.steps.at(-1);
    return html`
      <li class="export-one" data-test="export" data-id=${run.id} data-status=${run.status}>
        <div class="export-head"><a href="/console/runs/${run.id}">${t('export.one', String(run.id))}</a>${state('run', run.status)}<span class="quiet">${run.startedBy} · ${moment(run.startedAt)}</span></div>
        ${run.status === 'running' ? bar(step?.percent ?? undefined, t('export.title')) : nothing}
        ${files?.length
          ? html`<div class="acts start">${files.map(file => html`<a class="button" href="/console/api/runs/${run.id}/file?name=${encodeURIComponent(file.name)}" download data-test="export-file-made" data-name=${file.name}>${icon('download')}${file.name} <span class="quiet">${bytes(file.bytes)}</span></a>`)}</div>`
          : files ? html`<p class="quiet">${t('export.gone')}</p>` : nothing}
      </li>`;
  }

  async run(event) {
    event.preventDefault();
    this.fault = this.chosen.size === 0;
    if (this.fault) return;
    this.busy = true;
    const form = new FormData();
    if (this.chosen.size < FILES.length) form.set('files', FILES.filter(file => this.chosen.has(file)).join(','));
    form.set('format', this.format);
    const line = this.querySelector('#export-line').value.trim();
    if (line) form.set('line', line);
    const run = await this.attempt(() => upload(`/console/api/jobs/${JOB}/runs`, form, () => {}));
    if (run) live.put('runs', run);
    this.busy = false;
  }
}
customElements.define('export-page', ExportPage);
