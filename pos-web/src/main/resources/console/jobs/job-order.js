import { html, nothing, svg } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { jobName, jobProblem, moment, orEmpty, parameterName, t } from '../lib/text.js';

const BOX = { width: 190, height: 44, across: 96, down: 20 };

/** How far each job is from one that follows nothing; there are no cycles. */
function ranks(followers) {
  const rank = {};
  const of = job => (rank[job] ??= Math.max(-1, ...followers.filter(one => one.job === job).map(one => of(one.after))) + 1);
  for (const { job, after } of followers) [job, after].forEach(of);
  return rank;
}

/** Where each job stands in the drawing: a column for each rank, from above by name. */
function places(followers) {
  const rank = ranks(followers);
  const rows = [];
  const at = {};
  for (const job of Object.keys(rank).sort()) {
    const row = (rows[rank[job]] = (rows[rank[job]] ?? -1) + 1);
    at[job] = { x: 1 + rank[job] * (BOX.width + BOX.across), y: 1 + row * (BOX.height + BOX.down) };
  }
  return { at, width: rows.length * (BOX.width + BOX.across) - BOX.across + 2, height: Math.max(...rows.map(row => row + 1)) * (BOX.height + BOX.down) - BOX.down + 2 };
}

/** Which job runs after which: drawn, told as a list, and changed. */
class JobOrder extends Piece {
  static properties = { may: {}, jobs: {}, followers: {}, job: { state: true }, after: { state: true }, onlyChanged: { state: true }, given: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.onlyChanged = true;
    this.given = {};
    this.act = uuid7();
  }

  render() {
    return html`
      <section aria-labelledby="order-title" data-test="job-order">
        <h2 id="order-title">${t('order.title')}</h2>
        ${this.followers.length ? html`${this.drawing()}<ul class="plain">${this.followers.map(one => this.line(one))}</ul>` : html`<p class="quiet">${t('order.none')}</p>`}
        ${trouble(this.problem)}
        ${this.may.has('jobs.run') ? this.entry() : nothing}
      </section>`;
  }

  drawing() {
    const { at, width, height } = places(this.followers);
    const box = job => svg`<g><rect x=${at[job].x} y=${at[job].y} width=${BOX.width} height=${BOX.height} rx="8"></rect>
      <text x=${at[job].x + BOX.width / 2} y=${at[job].y + BOX.height / 2 + 5}>${jobName(job)}</text></g>`;
    const arrow = ({ job, after, onlyChanged }) => {
      const [from, to] = [at[after], at[job]];
      const [x, y, u, v] = [from.x + BOX.width, from.y + BOX.height / 2, to.x - 7, to.y + BOX.height / 2];
      const bend = Math.max((u - x) / 2, 24);
      return svg`<path class=${onlyChanged ? 'if-changed' : ''} d="M${x} ${y} C${x + bend} ${y} ${u - bend} ${v} ${u} ${v}" marker-end="url(#order-tip)"></path>`;
    };
    return html`<div class="table-frame order-frame" tabindex="0"><svg class="order" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-label=${t('order.title')} data-test="order-drawing">
      <defs><marker id="order-tip" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z"></path></marker></defs>
      ${this.followers.map(arrow)}${Object.keys(at).map(box)}</svg></div>`;
  }

  line(one) {
    const parameters = Object.entries(one.parameters);
    return html`<li class="order-line" data-test="follower" data-job=${one.job} data-after=${one.after}>
      <div><strong>${t(one.onlyChanged ? 'order.line.changed' : 'order.line', jobName(one.job), jobName(one.after))}</strong>
        <p class="quiet">${parameters.map(([name, value]) => `${parameterName(one.job, name)}: ${value} · `).join('')}${t('schedule.by', one.madeBy)}${this.last(one.last)}</p></div>
      ${this.may.has('jobs.run') ? html`<button type="button" class="button quiet" data-test="follower-delete" ?disabled=${this.busy} aria-label=${t('order.delete.of', jobName(one.job), jobName(one.after))}
        @click=${() => this.tell('DELETE', one.id)}>${icon('trash')}${t('schedule.delete')}</button>` : nothing}</li>`;
  }

  last(last) {
    if (!last) return nothing;
    return last.started
      ? html` · ${moment(last.at)}: <a href="/console/runs/${last.started}">${t('schedule.last.run', String(last.started))}</a>`
      : html` · <span class="text-attention">${icon('exclamation-triangle-fill')} ${last.text}</span>`;
  }

  entry() {
    // Nobody is there to hand files over.
    const may = this.jobs.filter(job => job.parameters.every(one => one.kind !== 'file' && (!one.required || one.choices.length)));
    const chosen = may.find(job => job.name === this.job);
    const pick = (name, all) => html`<label class="field" for="order-${name}"><span class="field-label">${t(`order.${name}`)}</span><select id="order-${name}" data-test="order-${name}" required @change=${event => this.set(name, event.target.value)}>
      <option value="">–</option>${all.map(job => html`<option value=${job.name} ?selected=${job.name === this[name]}>${jobName(job.name)}</option>`)}</select></label>`;
    return html`<form class="filters" @submit=${event => this.keep(event)}>
      ${pick('job', may)}${pick('after', this.jobs)}
      ${(chosen?.parameters ?? []).filter(one => one.required).map(({ name, choices }) => html`<label class="field" for="order-parameter-${name}"><span class="field-label">${parameterName(this.job, name)}</span>
        <select id="order-parameter-${name}" data-test="order-parameter-${name}" @change=${event => { this.given = { ...this.given, [name]: event.target.value }; }}>${choices.map(choice => html`<option value=${choice} ?selected=${choice === this.given[name]}>${orEmpty(`job.${this.job}.${name}.${choice}`) || choice}</option>`)}</select></label>`)}
      <label class="field flag"><input type="checkbox" data-test="order-changed" .checked=${this.onlyChanged} @change=${event => { this.onlyChanged = event.target.checked; }}><span>${t('order.changed')}</span></label>
      <button class="button" data-test="order-save" ?disabled=${this.busy}>${icon('plus-lg')}${t('order.save')}</button></form>`;
  }

  set(name, value) {
    this[name] = value;
    this.act = uuid7();
    if (name === 'job') this.given = {};
  }

  keep(event) {
    event.preventDefault();
    const parameters = {};
    for (const { name, required, choices, preset } of this.jobs.find(job => job.name === this.job)?.parameters ?? [])
      if (required) parameters[name] = this.given[name] ?? (preset || choices[0]);
    this.tell('PUT', this.act, { job: this.job, after: this.after, onlyChanged: this.onlyChanged, parameters });
  }

  async tell(method, id, body) {
    this.busy = true;
    const done = await this.attempt(() => api(method, `/console/api/job-followers/${id}`, body));
    this.busy = false;
    if (!done) {
      if (this.problem) jobProblem(this.job, this.problem);
      this.requestUpdate();
      return;
    }
    this.set('job', '');
    this.set('after', '');
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
customElements.define('job-order', JobOrder);
