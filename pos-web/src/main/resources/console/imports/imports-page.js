import { html, nothing } from 'lit';
import { api, upload } from '../lib/api.js';
import { Follows, live } from '../lib/live.js';
import { Piece, bar, icon, state, trouble } from '../lib/pieces.js';
import { go, place } from '../lib/router.js';
import { bytes, columnName, fileName, jobName, moment, number, t } from '../lib/text.js';
import { took } from '../jobs/run-progress.js';
import { importTabs } from './import-tabs.js';
import { differing, guessed, known, lacking, look } from './looked-file.js';
import './column-table.js';

const KINDS = ['parts', 'barcodes', 'interchange', 'fitments', 'relations', 'removals', 'fitment-removals', 'pies', 'aces', 'vehicles', 'stock', 'suppliers', 'customers', 'cores'];
/** What a company begins with; loaded apart from the catalogue. */
const OPENING = ['stock', 'suppliers', 'customers', 'cores'];
const JOBS = ['catalogue-import', 'opening-stock', 'opening-undo', 'catalogue-undo'];

/** From a supplier's files to a run: what they are, how they call our columns, and whether somebody is asked before anything is published. */
class ImportsPage extends Piece {
  static properties = {
    may: {}, entries: { state: true }, suppliers: { state: true }, supplier: { state: true }, approve: { state: true }, lines: { state: true },
    over: { state: true }, sent: { state: true }, fault: { state: true }, again: { state: true }, most: { state: true },
  };

  constructor() {
    super();
    new Follows(this, 'runs');
    this.entries = [];
    this.suppliers = [];
    this.supplier = '';
    this.lines = '';
    this.approve = true;
    this.next = 1;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const again = place().query.get('again');
    const [known, jobs, runs, details] = await Promise.all([
      this.attempt(() => api('GET', '/console/api/mappings')),
      this.attempt(() => api('GET', '/console/api/jobs')),
      this.attempt(() => api('GET', '/console/api/runs?limit=100')),
      again ? this.attempt(() => api('GET', `/console/api/runs/${encodeURIComponent(again)}/details`)) : undefined,
    ]);
    this.suppliers = known?.mappings ?? [];
    this.most = jobs?.uploadFileBytes;
    for (const run of runs?.runs ?? []) live.put('runs', run);
    if (!details) return;
    this.again = details.run;
    this.supplier = details.parameters.mapping ?? '';
    this.lines = details.parameters.lines ?? '';
    this.approve = details.parameters.approve === 'true';
  }

  get mapping() {
    const wanted = this.supplier.trim().toLowerCase();
    return this.suppliers.find(one => one.supplier.toLowerCase() === wanted);
  }

  get job() {
    return this.entries.length && this.entries.every(entry => OPENING.includes(entry.kind)) ? 'opening-stock' : 'catalogue-import';
  }

  /** Takes files in one after the other; each is looked at by itself. */
  add(files) {
    for (const file of files) {
      const entry = { id: this.next++, file, percent: 0 };
      this.entries = [...this.entries, entry];
      this.look(entry);
    }
  }

  async look(entry, kind) {
    if (this.most && entry.file.size > this.most) {
      this.put(entry, { percent: undefined, problem: { title: t('import.too-large'), detail: t('import.too-large.text', bytes(this.most)) } });
      return;
    }
    this.put(entry, { percent: 0, problem: undefined });
    try {
      const found = await look(entry.file, kind, percent => this.put(entry, { percent }));
      const named = kind ?? found.file;
      const looked = { kind: named, found, percent: undefined, chosen: kind !== undefined };
      this.put(entry, { ...looked, means: this.mapping ? known(this.mapping, { ...entry, ...looked }) : guessed(found) });
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.put(entry, { percent: undefined, problem });
    }
  }

  put(entry, change) {
    this.entries = this.entries.map(one => (one.id === entry.id ? { ...one, ...change } : one));
  }

  rename(entry, kind) {
    // XML has no columns to look at, and a vehicle table is only looked things up in.
    if (kind === 'pies' || kind === 'aces' || kind === 'vehicles') this.put(entry, { kind, chosen: true, problem: undefined, found: undefined, means: undefined });
    else this.look(entry, kind);
  }

  named(supplier) {
    this.supplier = supplier;
    const { mapping } = this;
    if (mapping) this.entries = this.entries.map(entry => (entry.found ? { ...entry, means: known(mapping, entry) } : entry));
  }

  render() {
    const waiting = [...live.runs.values()].find(run => JOBS.includes(run.job) && run.status === 'waiting_for_approval');
    return html`
      ${importTabs('')}
      <header class="page-head"><div><h1>${t('import.title')}</h1><p class="page-lead">${t('import.lead')}</p></div></header>
      ${waiting ? html`<p class="notice" data-test="import-waiting">${icon('person-check-fill')}<span>${t('import.waiting', String(waiting.id))} <a href="/console/runs/${waiting.id}">${t('import.waiting.see')}</a></span></p>` : nothing}
      ${this.again ? html`<p class="notice" data-test="import-again">${icon('arrow-repeat')}<span>${t('import.again', String(this.again))} <a href="/console/runs/${this.again}">${t('import.again.see')}</a></span></p>` : nothing}
      ${trouble(this.problem)}
      ${this.may.has('jobs.run') ? this.form() : nothing}
      ${this.past()}`;
  }

  form() {
    return html`
      <form class="import-form" novalidate @submit=${event => this.start(event)}>
        <section aria-labelledby="files-title">
          <h2 id="files-title"><span class="step-number">1</span>${t('import.files')}</h2>
          <label class="drop ${this.over ? 'over' : ''}" data-test="drop"
            @dragover=${event => { event.preventDefault(); this.over = true; }} @dragleave=${() => { this.over = false; }}
            @drop=${event => { event.preventDefault(); this.over = false; this.add(event.dataTransfer.files); }}>
            ${icon('cloud-arrow-up')}<span><strong>${t('import.drop')}</strong><span class="quiet">${t('import.drop.text')}</span></span>
            <input type="file" multiple id="import-files" data-test="import-files" aria-label=${t('import.drop')} accept=".csv,.txt,.xlsx,.xlsm,.xml,text/csv,text/plain,text/xml"
              @change=${event => { this.add(event.target.files); event.target.value = ''; }}>
          </label>
          ${this.entries.length ? html`<ul class="plain files-in" data-test="files-in">${this.entries.map(entry => this.one(entry))}</ul>` : nothing}
        </section>
        ${this.entries.some(entry => entry.found?.ours.length) ? this.columns() : nothing}
        ${this.entries.length ? this.options() : nothing}
      </form>`;
  }

  one(entry) {
    return html`
      <li class="file-in" data-test="file-in" data-kind=${entry.kind ?? ''}>
        <div class="file-name"><strong>${entry.file.name}</strong><span class="quiet">${bytes(entry.file.size)}</span></div>
        <div class="file-kind">${entry.percent !== undefined
          ? html`<div class="sending" role="status">${bar(entry.percent < 100 ? entry.percent : undefined, t('import.looking'))}<span>${t('import.looking')}</span></div>`
          : html`<label class="pick">${t('import.kind')}<select data-test="file-kind" @change=${event => this.rename(entry, event.target.value)}>
              ${entry.kind ? nothing : html`<option value="" selected disabled>${t('import.kind.choose')}</option>`}
              ${KINDS.map(kind => html`<option value=${kind} ?selected=${entry.kind === kind}>${fileName(kind)}</option>`)}</select></label>`}</div>
        <button type="button" class="button quiet small" data-test="file-out" aria-label=${t('import.out', entry.file.name)} title=${t('import.out', entry.file.name)} @click=${() => { this.entries = this.entries.filter(one => one !== entry); }}>${icon('x-lg')}</button>
        ${entry.problem ? trouble(entry.problem) : entry.percent === undefined && !entry.kind ? html`<p class="text-attention">${icon('question-circle')} ${t('import.kind.unknown')}</p>` : nothing}
      </li>`;
  }

  columns() {
    return html`
      <section aria-labelledby="columns-title">
        <h2 id="columns-title"><span class="step-number">2</span>${t('import.columns')}</h2>
        <p class="quiet">${t('import.columns.text')}</p>
        ${this.entries.filter(entry => entry.found?.ours.length).map(entry => {
          const lacks = lacking(entry).length;
          const own = !lacks && !differing(entry).length;
          return html`
            <details class="preview-kind" data-test="file-columns" data-kind=${entry.kind} ?open=${!own}>
              <summary>${fileName(entry.kind)} <span class="quiet">${entry.file.name}</span>
                ${lacks ? html`<span class="state tone-attention">${icon('exclamation-triangle-fill')}<span>${t('import.lacking', number(lacks))}</span></span>`
                  : html`<span class="state tone-good">${icon('check-circle-fill')}<span>${own ? t('import.own') : t('import.mapped')}</span></span>`}</summary>
              <column-table .entry=${entry} .at=${entry.id} @means=${event => this.put(entry, { means: event.detail })}></column-table>
            </details>`;
        })}
        <label class="field supplier-name" for="supplier">
          <span class="field-label">${t('import.supplier')}</span>
          <input id="supplier" data-test="supplier" list="suppliers" maxlength="80" autocomplete="off" .value=${this.supplier} aria-invalid=${this.fault === 'supplier' ? 'true' : nothing} @change=${event => this.named(event.target.value)} @input=${event => { this.supplier = event.target.value; }}>
          <datalist id="suppliers">${this.suppliers.map(one => html`<option value=${one.supplier}></option>`)}</datalist>
          <span class="field-hint">${this.mapping ? t('import.supplier.known') : t('import.supplier.text')}</span>
        </label>
      </section>`;
  }

  options() {
    const standard = this.entries.some(entry => entry.kind === 'pies' || entry.kind === 'aces');
    return html`
      <section aria-labelledby="start-title">
        <h2 id="start-title"><span class="step-number">3</span>${t('import.start')}</h2>
        ${standard ? html`<label class="field supplier-name" for="lines"><span class="field-label">${t('import.lines')}</span>
          <input id="lines" data-test="lines" autocomplete="off" placeholder="BBTB=GLK, ZZZZ=ACM" .value=${this.lines} @input=${event => { this.lines = event.target.value; }}><span class="field-hint">${t('import.lines.text')}</span></label>` : nothing}
        ${this.job ? html`<label class="field flag"><input type="checkbox" id="approve" data-test="approve" .checked=${this.approve} @change=${event => { this.approve = event.target.checked; }}>
          <span>${t('import.approve')}<span class="field-hint">${t('import.approve.text')}</span></span></label>` : nothing}
        ${this.fault ? html`<div class="trouble" role="alert" data-test="import-fault">${icon('exclamation-octagon-fill')}<div><span>${this.faultText()}</span></div></div>` : nothing}
        ${this.sent == null ? nothing : html`<div class="sending" role="status">${bar(this.sent, t('jobs.sending'))}<span>${this.sent < 100 ? t('jobs.sending') : t('jobs.checking')}</span></div>`}
        <div class="acts start"><button type="submit" class="button primary" data-test="import-start" ?disabled=${this.sent != null}>${icon('play-fill')}${t('import.run')}</button></div>
      </section>`;
  }

  faultText() {
    if (this.fault === 'supplier') return t('import.fault.supplier');
    if (this.fault === 'kinds') return t('import.fault.kinds');
    if (this.fault === 'twice') return t('import.fault.twice');
    if (this.fault === 'stock') return t('import.fault.stock');
    return t('import.fault.columns', lacking(this.entries.find(entry => lacking(entry).length) ?? {}).map(columnName).join(', '));
  }

  check() {
    const { entries } = this;
    const kinds = entries.map(entry => entry.kind);
    if (kinds.some(kind => !kind) || entries.some(entry => entry.percent !== undefined || entry.problem)) return 'kinds';
    if (new Set(kinds).size < kinds.length) return 'twice';
    if (kinds.some(kind => OPENING.includes(kind)) && !kinds.every(kind => OPENING.includes(kind))) return 'stock';
    if (entries.some(entry => entry.found && lacking(entry).length)) return 'columns';
    if (entries.some(entry => differing(entry).length) && !this.supplier.trim()) return 'supplier';
    return undefined;
  }

  async start(event) {
    event.preventDefault();
    this.fault = this.check();
    if (this.fault) {
      if (this.fault === 'supplier') this.querySelector('#supplier')?.focus();
      return;
    }
    this.sent = 0;
    const run = await this.attempt(() => this.send());
    this.sent = undefined;
    if (run) {
      live.put('runs', run);
      go(`/console/runs/${run.id}`);
    } else scrollTo(0, 0);
  }

  async send() {
    const differs = this.entries.flatMap(differing);
    const form = new FormData();
    if (differs.length) {
      // What is known of the supplier's other files stays.
      const here = new Set(this.entries.map(entry => entry.kind));
      const others = (this.mapping?.columns ?? []).filter(column => !here.has(column.file));
      const saved = await api('POST', '/console/api/mappings', { supplier: this.supplier.trim(), columns: [...others, ...differs] });
      form.set('mapping', saved.supplier);
    }
    if (this.approve) form.set('approve', 'true');
    if (this.lines.trim() && this.job === 'catalogue-import') form.set('lines', this.lines.replace(/\s+/g, ''));
    for (const entry of this.entries) form.set(entry.kind, entry.file, entry.file.name);
    return upload(`/console/api/jobs/${this.job}/runs`, form, percent => { this.sent = percent; });
  }

  past() {
    const runs = [...live.runs.values()].filter(run => JOBS.includes(run.job)).sort((a, b) => b.id - a.id).slice(0, 10);
    if (!runs.length) return nothing;
    return html`
      <section aria-labelledby="past-title">
        <div class="section-head"><h2 id="past-title">${t('import.past')}</h2><a href="/console/jobs/runs?job=catalogue-import">${t('import.past.all')}</a></div>
        <div class="table-frame" tabindex="0"><table class="table" data-test="imports-past">
          <thead><tr><th>${t('run.job')}</th><th>${t('run.state')}</th><th>${t('run.started')}</th><th class="figures">${t('run.took')}</th><th class="figures">${t('run.rejected')}</th><th>${t('run.by')}</th></tr></thead>
          <tbody>${runs.map(run => html`
            <tr data-test="run" data-id=${run.id} data-status=${run.status} @click=${event => { if (!event.target.closest('a')) go(`/console/runs/${run.id}`); }}>
              <th scope="row"><a href="/console/runs/${run.id}">${jobName(run.job)} <span class="quiet">#${run.id}</span></a></th>
              <td>${state('run', run.status)}</td><td>${moment(run.startedAt)}</td><td class="figures">${took(run)}</td><td class="figures ${run.rejected ? 'text-attention' : ''}">${number(run.rejected)}</td><td>${run.startedBy}</td></tr>`)}</tbody></table></div>
      </section>`;
  }
}
customElements.define('imports-page', ImportsPage);
