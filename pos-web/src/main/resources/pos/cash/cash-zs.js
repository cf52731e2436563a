import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { figures, heading, moment, seal } from './report.js';

/** What was closed: to look at, to print again, and for a manager to open again. */
class CashZs extends Over {
  static properties = { ...Over.properties, zs: { state: true }, at: { state: true }, report: { state: true }, problem: { state: true }, verdict: { state: true }, reopening: { state: true }, reason: { state: true }, busy: { state: true } };

  async start() {
    Object.assign(this, { zs: undefined, at: 0, report: undefined, problem: undefined, verdict: undefined, reopening: false, reason: '' });
    await this.show();
    try {
      this.zs = (await till.read(() => server.zs())).zs;
      await this.pick(0);
      await this.updateComplete;
      focusIfKeys(this.querySelector('.sales-row'));
    } catch (problem) {
      this.problem = problem;
    }
  }

  async pick(index) {
    if (!this.zs[index]) return;
    Object.assign(this, { at: index, problem: undefined, verdict: undefined, reopening: false, reason: '' });
    const id = this.zs[index].id;
    if (this.report?.z === id) return;
    try {
      const report = await till.read(() => server.z(id));
      if (this.zs[this.at].id === id) this.report = report;
    } catch (problem) {
      this.problem = problem;
    }
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.min(this.zs.length - 1, Math.max(0, this.at + step));
    this.querySelectorAll('.sales-row')[next]?.focus();
  }

  async reprint() {
    try {
      await server.reprintZ(this.report.z);
      till.say(t('cash.printed'), 'good');
    } catch (problem) {
      this.problem = problem;
    }
  }

  async verify() {
    try {
      this.verdict = await server.journal(this.report.session);
    } catch (problem) {
      this.problem = problem;
    }
  }

  ask() {
    this.reopening = true;
    this.act = uuid7();
    this.updateComplete.then(() => focusIfKeys(this.querySelector('#reopen-reason')));
  }

  async reopen(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const drawer = await server.reopenCash(this.report.session, this.act, this.reason);
      till.say(t('cash.zs.reopened', drawer.registerName), 'good');
      this.close();
      void till.changeRegister();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return this.frame('cash-zs', t('cash.zs'), () => html`
      ${this.problem && !this.problem.field?.('reason') ? html`<div class="note stop" role="alert" data-test="zs-problem">${icon('exclamation-octagon')}<span>${this.problem.unreachable ? t('away.empty') : this.problem.detail}</span></div>` : nothing}
      ${this.zs?.length === 0 ? html`<div class="empty">${icon('journal-check')}<p>${t('cash.zs.none')}</p></div>` : nothing}
      ${this.zs?.length
        ? html`<div class="sales">
            <ol class="sales-rows" @keydown=${event => this.key(event)}>
              ${this.zs.map((row, index) => html`<li><button type="button" class="sales-row z-row ${index === this.at ? 'at' : ''}" data-test="z-row" data-number=${row.number} @click=${() => this.pick(index)} @focus=${() => this.pick(index)}>
                <span><strong>Z ${row.number}</strong> ${row.registerName}</span><span class="quiet">${row.superseded ? t('cash.zs.superseded') : row.sessionOpen ? t('cash.zs.open') : row.cashierName}</span><span class="num quiet">${moment(row.closedAt)}</span>
              </button></li>`)}
            </ol>
            <section class="sales-detail">${this.report ? this.detail(this.zs[this.at]) : nothing}</section>
          </div>`
        : nothing}`, 'wide ledger');
  }

  detail(row) {
    const wrong = this.problem?.field?.('reason');
    return html`<h3>${t('cash.z.done', this.report.number, this.report.registerName)}</h3>
      ${heading(this.report)}
      ${this.verdict ? html`<div class="note ${this.verdict.sound ? 'good' : 'stop'}" role="status" data-test="journal-verdict">${icon(this.verdict.sound ? 'shield-check' : 'shield-exclamation')}<span>${this.verdict.text}</span></div>` : nothing}
      ${this.reopening
        ? html`<form class="reopen" @submit=${event => this.reopen(event)} novalidate>
            <p class="quiet">${t('cash.zs.reopen.text')}</p>
            <label class="form-label" for="reopen-reason">${t('cash.zs.reopen.reason')}</label>
            <input id="reopen-reason" class="form-control" data-test="reopen-reason" type="text" autocomplete="off" maxlength="120" aria-invalid=${Boolean(wrong)} .value=${this.reason} @input=${event => { this.reason = event.target.value; this.problem = undefined; }}>
            <p class="field-problem" role="alert">${wrong ?? ''}</p>
            <button type="submit" class="btn btn-main" data-test="reopen-go" ?disabled=${this.busy}>${t('cash.zs.reopen.go')}</button>
          </form>`
        : html`<div class="acts">
            <button type="button" class="btn btn-plain" data-test="z-reprint" @click=${() => this.reprint()}>${icon('printer')} ${t('cash.zs.reprint')}</button>
            ${till.may('cash.see') ? html`<button type="button" class="btn btn-plain" data-test="z-verify" @click=${() => this.verify()}>${icon('shield-check')} ${t('cash.zs.verify')}</button>` : nothing}
            ${till.may('cash.reopen') && !row.superseded && !row.sessionOpen ? html`<button type="button" class="btn btn-plain" data-test="z-reopen" @click=${() => this.ask()}>${icon('unlock')} ${t('cash.zs.reopen')}</button>` : nothing}
          </div>`}
      ${figures(this.report)}${seal(this.report)}`;
  }
}
customElements.define('cash-zs', CashZs);
