import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { inZone, jobName, moment, parameterName, parameterValue, t } from '../lib/text.js';
import './schedule-form.js';

/** Jobs that run by themselves: when, what became of the last time, and the next five. */
class SchedulePage extends Piece {
  static properties = { may: {}, rows: { state: true }, jobs: { state: true }, sure: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
    // What a fired schedule has done is seen without anybody asking.
    this.timer = setInterval(() => document.hidden || this.refresh(), 15_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    const [answer, jobs] = await Promise.all([
      this.attempt(() => api('GET', '/console/api/schedules')),
      this.attempt(() => api('GET', '/console/api/jobs')),
    ]);
    this.rows = answer?.schedules;
    // Nobody is there to hand files over, or to say which run is to be taken back.
    this.jobs = jobs?.jobs.filter(job => job.parameters.every(one => one.kind !== 'file' && !one.required));
  }

  async refresh() {
    try {
      this.rows = (await api('GET', '/console/api/schedules')).schedules;
    } catch (problem) {
      if (problem.status === undefined) throw problem;
    }
  }

  render() {
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/jobs">${t('jobs.title')}</a></nav>
      <header class="page-head"><div><h1>${t('schedule.title')}</h1><p class="page-lead">${t('schedule.lead')}</p></div>
        <div class="acts"><a class="button" href="/console/jobs/days-off" data-test="days-off">${icon('calendar-x')}${t('days-off.title')}</a></div>
        ${this.may.has('jobs.run') && this.jobs ? html`<div class="acts"><button type="button" class="button primary" data-test="schedule-new" @click=${() => this.open()}>${icon('plus-lg')}${t('schedule.new')}</button></div>` : nothing}</header>
      ${trouble(this.problem, () => this.load())}
      ${this.rows
        ? this.rows.length ? html`<ul class="plain schedules" data-test="schedules">${this.rows.map(row => this.one(row))}</ul><p class="quiet schedule-note">${t('schedule.busy')}</p>` : empty('calendar-week', t('schedule.none'), t('schedule.none.text'))
        : this.problem ? nothing : loading(4)}
      <schedule-form @kept=${() => this.load()}></schedule-form>`;
  }

  open(row) {
    this.querySelector('schedule-form').open(this.jobs, row);
  }

  one(row) {
    const parameters = Object.entries(row.parameters);
    return html`
      <li class="schedule" data-test="schedule" data-id=${row.id} data-job=${row.job} data-paused=${row.paused}>
        <div class="schedule-what">
          <h2>${jobName(row.job)}</h2>
          <p class="schedule-when" data-test="schedule-sentence">${row.sentence}</p>
          <p class="quiet"><span class="code">${row.cron}</span> · ${row.zone} · ${t(`schedule.missed.${row.missed}`)}${row.onDayOff === 'run' ? nothing : html` · ${t('schedule.day-off')}: ${t(`schedule.day-off.${row.onDayOff}`)}`}</p>
          ${parameters.length ? html`<p class="quiet">${parameters.map(([name, value]) => `${parameterName(row.job, name)}: ${parameterValue(row.job, name, value)}`).join(' · ')}</p>` : nothing}
          <p class="quiet">${t('schedule.by', row.madeBy)}</p>
        </div>
        <div><h3>${t('schedule.next')}</h3>${row.paused
          ? html`<p class="state tone-attention">${icon('pause-circle')}<span>${t('schedule.next.none')}</span></p>`
          : html`<ol class="times" data-test="schedule-next">${row.next.map(at => html`<li><time datetime=${at}>${inZone(at, row.zone)}</time></li>`)}</ol>`}</div>
        <div><h3>${t('schedule.last')}</h3>${this.last(row.last)}</div>
        ${this.may.has('jobs.run') ? this.acts(row) : nothing}
      </li>`;
  }

  last(last) {
    if (!last) return html`<p class="quiet">${t('schedule.last.none')}</p>`;
    return html`
      <p>${moment(last.at)}</p>
      ${last.run ? html`<a href="/console/runs/${last.run}" data-test="schedule-run">${t('schedule.last.run', String(last.run))}</a>` : html`<p class="text-attention">${icon('exclamation-triangle-fill')} ${last.text}</p>`}`;
  }

  acts(row) {
    if (this.sure === row.id)
      return html`<div class="trouble tone-attention wide" role="alertdialog" aria-label=${t('schedule.delete')}>${icon('question-circle-fill')}<div><span>${t('schedule.delete.sure')}</span></div>
        <button type="button" class="button quiet" @click=${() => { this.sure = undefined; }}>${t('act.cancel')}</button>
        <button type="button" class="button" data-test="schedule-delete-sure" ?disabled=${this.busy} @click=${() => this.tell('DELETE', row.id)}>${t('schedule.delete')}</button></div>`;
    return html`
      <div class="acts start wide">
        <button type="button" class="button" data-test="schedule-edit" @click=${() => this.open(row)}>${icon('pencil')}${t('schedule.edit')}</button>
        ${row.paused
          ? html`<button type="button" class="button" data-test="schedule-resume" ?disabled=${this.busy} @click=${() => this.tell('POST', `${row.id}/resume`)}>${icon('play-fill')}${t('schedule.resume')}</button>`
          : html`<button type="button" class="button" data-test="schedule-pause" ?disabled=${this.busy} @click=${() => this.tell('POST', `${row.id}/pause`)}>${icon('pause-fill')}${t('schedule.pause')}</button>`}
        <button type="button" class="button quiet" data-test="schedule-delete" @click=${() => { this.sure = row.id; }}>${icon('trash')}${t('schedule.delete')}</button>
      </div>`;
  }

  async tell(method, what) {
    this.busy = true;
    this.sure = undefined;
    await this.attempt(() => api(method, `/console/api/schedules/${what}`));
    this.busy = false;
    await this.refresh();
  }
}
customElements.define('schedule-page', SchedulePage);
