import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { inZone, jobName, orEmpty, parameterName, t } from '../lib/text.js';

const OFTEN = ['daily', 'weekdays', 'weekly', 'monthly', 'hourly', 'cron'];
/** A Monday, to name the days of the week by. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const MEXICO = ['America/Mexico_City', 'America/Cancun', 'America/Chihuahua', 'America/Hermosillo', 'America/Mazatlan', 'America/Tijuana', 'America/Monterrey', 'America/Merida', 'America/Matamoros', 'America/Ojinaga', 'UTC'];

const dayName = day => new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' }).format(MONDAY + (day - 1) * 86_400_000);

/** The line of cron that a choice stands for. */
function cronOf({ often, time, minute, weekDay, monthDay, cron }) {
  const [hours, minutes] = time.split(':').map(Number);
  switch (often) {
    case 'daily': return `${minutes} ${hours} * * *`;
    case 'weekdays': return `${minutes} ${hours} * * 1-5`;
    case 'weekly': return `${minutes} ${hours} * * ${weekDay}`;
    case 'monthly': return `${minutes} ${hours} ${monthDay} * *`;
    case 'hourly': return `${minute} * * * *`;
    default: return cron;
  }
}

/** The choice that a line of cron is; a line of its own where it is none. */
function choiceOf(cron) {
  const [minute, hour, monthDay, month, weekDay] = cron.split(' ');
  const plain = /^\d+$/;
  const time = plain.test(minute) && plain.test(hour) ? `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` : undefined;
  if (month === '*' && time) {
    if (monthDay === '*' && weekDay === '*') return { often: 'daily', time };
    if (monthDay === '*' && weekDay === '1-5') return { often: 'weekdays', time };
    if (monthDay === '*' && /^[1-7]$/.test(weekDay)) return { often: 'weekly', time, weekDay };
    if (weekDay === '*' && (monthDay === 'L' || plain.test(monthDay))) return { often: 'monthly', time, monthDay };
  }
  if (plain.test(minute) && [hour, monthDay, month, weekDay].every(one => one === '*')) return { often: 'hourly', minute };
  return { often: 'cron' };
}

/** When a job runs: chosen in words or written as cron, with what that means and the next five times before anything is kept. */
class ScheduleForm extends Piece {
  static properties = { jobs: { state: true }, plan: { state: true }, times: { state: true }, fault: { state: true }, busy: { state: true } };

  open(jobs, row) {
    this.jobs = jobs;
    this.problem = this.fault = this.times = undefined;
    const cron = row?.cron ?? '0 3 * * *';
    this.plan = {
      known: row !== undefined, id: row?.id ?? uuid7(), job: row?.job ?? jobs[0]?.name, parameters: { ...row?.parameters }, missed: row?.missed ?? 'run_once', onDayOff: row?.onDayOff ?? 'run',
      zone: row?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? MEXICO[0],
      time: '03:00', minute: '0', weekDay: '1', monthDay: '1', cron, ...choiceOf(cron),
    };
    this.look();
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  put(change) {
    this.plan = { ...this.plan, ...change };
    if (this.plan.often !== 'cron') this.plan.cron = cronOf(this.plan);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), 200);
  }

  asked() {
    return `${this.plan.cron} ${this.plan.zone} ${this.plan.onDayOff}`;
  }

  /** The server says what it means; an answer to what was written before is none any more. */
  async look() {
    const asked = this.asked();
    try {
      const times = await api('POST', '/console/api/schedules/times', { cron: this.plan.cron, zone: this.plan.zone, onDayOff: this.plan.onDayOff });
      if (asked === this.asked()) [this.times, this.fault] = [times, undefined];
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      if (asked === this.asked()) [this.times, this.fault] = [undefined, problem];
    }
  }

  render() {
    return html`<dialog class="dialog broad" aria-labelledby="schedule-form-title" data-test="schedule-form">${this.plan ? this.form() : nothing}</dialog>`;
  }

  form() {
    const { plan } = this;
    const job = this.jobs.find(one => one.name === plan.job);
    return html`
      <form novalidate @submit=${event => this.keep(event)}>
        <h2 id="schedule-form-title">${plan.known ? t('schedule.change') : t('schedule.new')}</h2>
        <div class="schedule-fields">
          <label class="field" for="schedule-job"><span class="field-label">${t('schedule.job')}</span><select id="schedule-job" data-test="schedule-job" @change=${event => this.put({ job: event.target.value, parameters: {} })}>
            ${this.jobs.map(one => html`<option value=${one.name} ?selected=${one.name === plan.job}>${jobName(one.name)}</option>`)}</select></label>
          ${(job?.parameters ?? []).map(one => this.parameter(one))}
        </div>
        <div class="schedule-fields">
          <label class="field" for="schedule-often"><span class="field-label">${t('schedule.often')}</span><select id="schedule-often" data-test="schedule-often" @change=${event => this.put({ often: event.target.value })}>
            ${OFTEN.map(one => html`<option value=${one} ?selected=${one === plan.often}>${t(`schedule.often.${one}`)}</option>`)}</select></label>
          ${this.which()}
          <label class="field" for="schedule-zone"><span class="field-label">${t('schedule.zone')}</span><select id="schedule-zone" data-test="schedule-zone" @change=${event => this.put({ zone: event.target.value })}>
            ${[...new Set([...MEXICO, plan.zone])].map(zone => html`<option value=${zone} ?selected=${zone === plan.zone}>${zone}</option>`)}</select></label>
          <label class="field two" for="schedule-missed"><span class="field-label">${t('schedule.missed')}</span><select id="schedule-missed" data-test="schedule-missed" @change=${event => this.put({ missed: event.target.value })}>
            ${['run_once', 'skip'].map(one => html`<option value=${one} ?selected=${one === plan.missed}>${t(`schedule.missed.${one}`)}</option>`)}</select></label>
          <label class="field two" for="schedule-day-off"><span class="field-label">${t('schedule.day-off')}</span><select id="schedule-day-off" data-test="schedule-day-off" @change=${event => this.put({ onDayOff: event.target.value })}>
            ${['run', 'skip', 'next_working_day'].map(one => html`<option value=${one} ?selected=${one === plan.onDayOff}>${t(`schedule.day-off.${one}`)}</option>`)}</select></label>
        </div>
        <div class="schedule-means" role="status" data-test="schedule-means">
          ${this.times ? html`<p class="schedule-when">${this.times.sentence}</p><ol class="times">${this.times.next.map(at => html`<li><time datetime=${at}>${inZone(at, this.times.zone)}</time></li>`)}</ol>` : nothing}
          ${this.fault ? html`<p class="field-fault">${icon('exclamation-octagon-fill')} ${this.fault.detail}</p>` : nothing}
        </div>
        ${trouble(this.problem)}
        <div class="dialog-acts">
          <button type="button" class="button quiet" @click=${() => this.querySelector('dialog').close()}>${t('act.cancel')}</button>
          <button type="submit" class="button primary" data-test="schedule-save" ?disabled=${this.busy || this.fault !== undefined}>${t('schedule.save')}</button>
        </div>
      </form>`;
  }

  which() {
    const { plan } = this;
    const time = html`<label class="field" for="schedule-time"><span class="field-label">${t('schedule.time')}</span><input type="time" id="schedule-time" data-test="schedule-time" required .value=${plan.time} @input=${event => event.target.value && this.put({ time: event.target.value })}></label>`;
    switch (plan.often) {
      case 'daily':
      case 'weekdays': return time;
      case 'weekly': return html`<label class="field" for="schedule-day"><span class="field-label">${t('schedule.day')}</span><select id="schedule-day" data-test="schedule-day" @change=${event => this.put({ weekDay: event.target.value })}>
          ${[1, 2, 3, 4, 5, 6, 7].map(day => html`<option value=${day} ?selected=${String(day) === plan.weekDay}>${dayName(day)}</option>`)}</select></label>${time}`;
      case 'monthly': return html`<label class="field" for="schedule-day"><span class="field-label">${t('schedule.day')}</span><select id="schedule-day" data-test="schedule-day" @change=${event => this.put({ monthDay: event.target.value })}>
          ${Array.from({ length: 28 }, (_, i) => String(i + 1)).map(day => html`<option value=${day} ?selected=${day === plan.monthDay}>${day}</option>`)}<option value="L" ?selected=${plan.monthDay === 'L'}>${t('schedule.day.last')}</option></select></label>${time}`;
      case 'hourly': return html`<label class="field" for="schedule-minute"><span class="field-label">${t('schedule.minute')}</span><input type="number" min="0" max="59" id="schedule-minute" data-test="schedule-minute" .value=${plan.minute} @input=${event => this.put({ minute: event.target.value })}></label>`;
      default: return html`<label class="field" for="schedule-cron"><span class="field-label">${t('schedule.cron')}</span><input class="code" id="schedule-cron" data-test="schedule-cron" autocomplete="off" spellcheck="false" maxlength="200" aria-invalid=${this.fault ? 'true' : nothing} .value=${plan.cron} @input=${event => this.put({ cron: event.target.value })}><span class="field-hint">${t('schedule.cron.text')}</span></label>`;
    }
  }

  parameter({ name, kind, choices, preset }) {
    const id = `schedule-parameter-${name}`;
    const value = this.plan.parameters[name] ?? preset;
    const set = given => this.put({ parameters: { ...this.plan.parameters, [name]: given } });
    const label = html`<span class="field-label">${parameterName(this.plan.job, name)}</span>`;
    const named = choice => orEmpty(`job.${this.plan.job}.${name}.${choice}`) || choice;
    if (kind === 'flag') return html`<label class="field flag"><input type="checkbox" id=${id} data-test=${id} .checked=${value === 'true'} @change=${event => set(event.target.checked ? 'true' : '')}>${label}</label>`;
    if (kind === 'choice') return html`<label class="field" for=${id}>${label}<select id=${id} data-test=${id} @change=${event => set(event.target.value)}>${preset ? nothing : html`<option value="">–</option>`}${choices.map(choice => html`<option value=${choice} ?selected=${choice === value}>${named(choice)}</option>`)}</select></label>`;
    if (kind === 'choices') {
      const chosen = new Set((value || '').split(',').filter(Boolean));
      return html`<fieldset class="field run-choices"><legend>${parameterName(this.plan.job, name)}</legend><div class="checks">${choices.map(choice => html`<label class="field flag"><input type="checkbox" data-test=${id} .checked=${chosen.has(choice)}
        @change=${event => set(choices.filter(one => (one === choice ? event.target.checked : chosen.has(one))).join(','))}><span>${named(choice)}</span></label>`)}</div><span class="field-hint">${t('jobs.choices')}</span></fieldset>`;
    }
    return html`<label class="field" for=${id}>${label}<input id=${id} data-test=${id} autocomplete="off" .value=${value ?? ''} @input=${event => set(event.target.value)}></label>`;
  }

  async keep(event) {
    event.preventDefault();
    const { id, job, parameters, cron, zone, missed, onDayOff } = this.plan;
    this.busy = true;
    const kept = await this.attempt(() => api('PUT', `/console/api/schedules/${id}`, { job, parameters, cron, zone, missed, onDayOff }));
    this.busy = false;
    if (!kept) return;
    this.querySelector('dialog').close();
    this.dispatchEvent(new CustomEvent('kept'));
  }
}
customElements.define('schedule-form', ScheduleForm);
