import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { dayName, difference, figures } from './report.js';

/** Corte general: all drawers of a day. */
class CashDay extends Over {
  static properties = { ...Over.properties, day: { state: true }, problem: { state: true } };

  async start() {
    this.day = undefined;
    await this.show();
    await this.go();
  }

  async go(day) {
    this.problem = undefined;
    try {
      this.day = await till.read(() => server.day(day));
    } catch (problem) {
      this.problem = problem;
    }
  }

  async print() {
    try {
      await server.printDay(this.day.day);
      till.say(t('cash.printed'), 'good');
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    const day = this.day;
    return this.frame('cash-day', day ? t('cash.day', dayName(day.day)) : t('action.cash-day'), () => html`
      ${this.problem ? html`<div class="note stop" role="alert">${icon('exclamation-octagon')}<span>${this.problem.unreachable ? t('away.empty') : this.problem.detail}</span></div>` : nothing}
      ${day
        ? html`<nav class="day-nav">
              <button type="button" class="btn btn-plain" data-test="day-before" @click=${() => this.go(day.before)}>${icon('chevron-left')} ${t('cash.day.before')}</button>
              <button type="button" class="btn btn-plain" data-test="day-after" ?disabled=${!day.after} @click=${() => this.go(day.after)}>${t('cash.day.after')} ${icon('chevron-right')}</button>
            </nav>
            ${day.sessions.length === 0
              ? html`<div class="empty">${icon('calendar-x')}<p>${t('cash.day.none')}</p></div>`
              : html`${day.complete ? nothing : html`<div class="note attention" data-test="day-open">${icon('exclamation-triangle')}<span>${t('cash.day.open')}</span></div>`}
                  <section><h3>${t('cash.day.registers')}</h3>
                    <table class="figures-table"><tbody>${day.sessions.map(session => html`<tr data-test="day-session">
                      <th scope="row">${session.registerName} <span class="quiet">${session.number ? t('cash.z', session.number) : t('cash.day.still')}</span></th>
                      <td>${session.cashierName}</td><td class="num quiet">${tn('cash.report.tickets', session.sales.count)}</td><td class="num">${session.sales.total.text}</td>
                      <td class="num">${session.tenders.filter(row => row.difference?.minor).map(row => difference(row))}</td></tr>`)}</tbody></table></section>
                  ${figures({ ...day, tenders: day.complete ? day.tenders : day.tenders.map(row => ({ ...row, counted: undefined, difference: undefined })) })}`}
            <footer class="over-foot"><span></span><button type="button" class="btn btn-main" data-test="day-print" ?disabled=${day.sessions.length === 0} @click=${() => this.print()}>${icon('printer')} ${t('cash.day.print')}</button></footer>`
        : nothing}`, 'wide ledger');
  }
}
customElements.define('cash-day', CashDay);
