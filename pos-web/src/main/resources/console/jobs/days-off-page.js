import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { day as dayLong, now, t } from '../lib/text.js';
import { weekDay } from './week-day.js';

/** On which days the company does not work: official ones, days of every week, and its own. */
class DaysOffPage extends Piece {
  static properties = { may: {}, shown: { state: true }, date: { state: true }, name: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.date = '';
    this.name = '';
    this.year = Number(place().query.get('year')) || now().getFullYear();
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const shown = await this.attempt(() => api('GET', `/console/api/days-off?year=${this.year}`));
    if (shown) this.shown = shown;
  }

  turn(by) {
    this.year += by;
    keep({ year: String(this.year) });
    this.load();
  }

  async tell(method, what, body) {
    this.busy = true;
    await this.attempt(() => api(method, `/console/api/days-off/${what}`, body));
    this.busy = false;
    const { problem } = this;
    await this.load();
    if (problem) this.problem = problem;
    return !problem;
  }

  render() {
    const { shown } = this;
    const may = this.may.has('jobs.run');
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/jobs">${t('jobs.title')}</a><a href="/console/jobs/schedule">${t('schedule.title')}</a></nav>
      <header class="page-head"><div><h1>${t('days-off.title')}</h1><p class="page-lead">${t('days-off.lead')}</p></div>
        <div class="acts"><button type="button" class="button" data-test="year-before" aria-label=${t('days-off.before')} @click=${() => this.turn(-1)}>${icon('chevron-left')}</button>
          <strong data-test="year">${this.year}</strong>
          <button type="button" class="button" data-test="year-after" aria-label=${t('days-off.after')} @click=${() => this.turn(1)}>${icon('chevron-right')}</button></div></header>
      ${trouble(this.problem, () => this.load())}
      ${shown ? html`
        <fieldset class="field run-choices"><legend>${t('days-off.week')}</legend><div class="checks">${[1, 2, 3, 4, 5, 6, 7].map(day => html`
          <label class="field flag"><input type="checkbox" data-test="week-day" value=${day} .checked=${shown.week.includes(day)} ?disabled=${!may || this.busy}
            @change=${event => this.tell('PUT', 'week', { days: event.target.checked ? [...shown.week, day] : shown.week.filter(one => one !== day) })}><span>${weekDay(day)}</span></label>`)}</div></fieldset>
        <div class="table-frame" tabindex="0"><table class="table" data-test="days-off">
          <thead><tr><th>${t('days-off.day')}</th><th>${t('days-off.name')}</th><th>${t('days-off.kind')}</th><th>${t('days-off.by')}</th><th><span class="visually-hidden">${t('days-off.change')}</span></th></tr></thead>
          <tbody>${shown.days.map(one => this.row(one, may))}</tbody></table></div>
        ${may ? this.entry() : nothing}` : this.problem ? nothing : loading(6)}`;
  }

  row(one, may) {
    const change = one.official && !one.worked ? ['days-off.work', () => this.tell('PUT', one.day, { worked: true })] : [one.official ? 'days-off.rest' : 'schedule.delete', () => this.tell('DELETE', one.day)];
    return html`<tr data-test="day-off" data-day=${one.day} data-worked=${one.worked}>
      <th scope="row">${dayLong(new Date(`${one.day}T12:00`))}</th><td>${one.official ? t(`days-off.official.${one.official}`) : one.name}</td>
      <td>${one.worked ? html`<span class="state tone-attention">${icon('briefcase')}<span>${t('days-off.worked')}</span></span>` : one.official ? t('days-off.official') : t('days-off.own')}</td><td>${one.decidedBy ?? ''}</td>
      <td class="row-acts">${may ? html`<button type="button" class="button" data-test="day-off-change" ?disabled=${this.busy} @click=${change[1]}>${t(change[0])}</button>` : nothing}</td></tr>`;
  }

  entry() {
    return html`<form class="filters" @submit=${event => this.add(event)}>
      <label class="field" for="day-off-day"><span class="field-label">${t('days-off.day')}</span><input type="date" id="day-off-day" data-test="day-off-day" required .value=${this.date} @input=${event => { this.date = event.target.value; }}></label>
      <label class="field" for="day-off-name"><span class="field-label">${t('days-off.name')}</span><input id="day-off-name" data-test="day-off-name" required maxlength="80" autocomplete="off" .value=${this.name} @input=${event => { this.name = event.target.value; }}></label>
      <button class="button" data-test="day-off-add" ?disabled=${this.busy}>${icon('plus-lg')}${t('days-off.add')}</button></form>`;
  }

  async add(event) {
    event.preventDefault();
    this.year = Number(this.date.slice(0, 4)) || this.year;
    if (await this.tell('PUT', this.date, { name: this.name })) this.date = this.name = '';
  }
}
customElements.define('days-off-page', DaysOffPage);
