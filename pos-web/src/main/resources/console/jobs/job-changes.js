import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, loading, trouble } from '../lib/pieces.js';
import { hasText, jobName, moment, parameterName, parameterValue, span, t } from '../lib/text.js';
import { person } from './job-rule.js';
import { weekDay } from './week-day.js';

const SPANS = ['timeout', 'retry-after'];
const CHOICES = ['missed', 'on-day-off', 'worked', 'only-changed'];
const DAYS = ['day_off_put', 'day_off_forgotten', 'week_put'];

/** Who decided what of the jobs, from what to what, as the audit trail has it. Asked for when it is opened. */
class JobChanges extends Piece {
  static properties = { rows: { state: true }, open: { state: true } };

  async look(event) {
    this.open = event.target.open;
    if (!this.open) return;
    this.rows = (await this.attempt(() => api('GET', '/console/api/job-rules/changes')))?.changes;
  }

  render() {
    return html`
      <details class="job-changes" data-test="job-changes" @toggle=${event => this.look(event)}>
        <summary>${t('changes.title')}</summary>
        <p class="quiet">${t('changes.text')}</p>
        ${trouble(this.problem)}
        ${this.rows ? this.table() : this.problem || !this.open ? nothing : loading(3)}
      </details>`;
  }

  table() {
    if (!this.rows.length) return html`<p class="quiet">${t('changes.none')}</p>`;
    return html`<div class="table-frame" tabindex="0"><table class="table">
      <thead><tr><th>${t('changes.at')}</th><th>${t('changes.who')}</th><th>${t('changes.what')}</th><th>${t('changes.from-to')}</th></tr></thead>
      <tbody>${this.rows.map(row => html`
        <tr data-test="job-change" data-act=${row.act}>
          <td>${moment(row.at, true)}</td><td>${row.who}</td>
          <td>${t(`changes.act.${row.act}`)}${row.about ? html`<div class="quiet">${DAYS.includes(row.act) ? row.about : jobName(row.about)}</div>` : nothing}</td>
          <td>${row.differences.map(one => this.difference(row, one))}</td>
        </tr>`)}</tbody></table></div>`;
  }

  difference(row, { what, before, after }) {
    const name = what.startsWith('parameter ') ? parameterName(row.about, what.slice(10)) : t(`changes.field.${what}`);
    const [was, is] = [before, after].map(value => this.value(row, what, value));
    return html`<div data-test="job-change-line">${name}: ${before === after ? is : html`<span class="quiet">${was}</span> → ${is}`}</div>`;
  }

  value(row, what, value) {
    if (value === '') return t('changes.nothing');
    if (what.startsWith('parameter ')) return parameterValue(row.about, what.slice(10), value);
    if (SPANS.includes(what)) return span(Number(value));
    if (what === 'in-charge' || what === 'told') return value.split(', ').map(person).join(', ');
    if (what === 'after' || what === 'job') return jobName(value);
    if (what === 'week') return value.split(',').map(day => weekDay(Number(day))).join(', ');
    if (CHOICES.includes(what) && hasText(`changes.value.${value}`)) return t(`changes.value.${value}`);
    return value;
  }
}
customElements.define('job-changes', JobChanges);
