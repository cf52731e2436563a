import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { uuid7 } from 'shared/ids.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { mark } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { hour } from '../shell/time.js';

/** What lies beside the day's Zs: the card terminal's batch, and the slips of the bank. */
class DayPapers extends Over {
  static properties = { ...Over.properties, papers: { state: true }, form: { state: true }, wrong: { state: true }, said: { state: true }, refused: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.blank();
  }

  blank() {
    this.form = { bank: this.form?.bank ?? '', account: this.form?.account ?? '', pieces: {} };
    this.act = uuid7();
    this.wrong = undefined;
    this.refused = undefined;
    this.busy = false;
  }

  async start() {
    this.papers = undefined;
    this.said = undefined;
    this.blank();
    await this.show();
    try {
      await this.go((await till.read(() => server.day())).day);
    } catch (problem) {
      this.wrong = problem.detail || t('away.empty');
    }
  }

  async go(day) {
    if (!day) return;
    this.wrong = undefined;
    try {
      this.papers = await till.read(() => server.dayPapers(day));
    } catch (problem) {
      this.wrong = problem.detail || t('away.empty');
    }
  }

  set(field, value) {
    this.form = { ...this.form, [field]: value };
    this.act = uuid7();
    this.refused = undefined;
    this.said = undefined;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.refused = undefined;
    this.said = undefined;
    const { bank, account, pieces } = this.form;
    try {
      const slip = await till.ask(() => server.deposit({ act: this.act, bank, account, pieces: this.papers.denominations.map(kind => ({ form: kind.form, value: kind.value, count: pieces[kind.key] ?? '' })) }));
      this.blank();
      this.said = t('papers.deposit.done', slip.total.text);
      await this.go(this.papers.day);
    } catch (problem) {
      this.refused = problem.detail || t('problem.unknown');
      // Of pieces that are none, the first.
      const at = problem.code === 'deposit-empty' ? 0 : Math.min(...(problem.errors ?? []).map(error => /^pieces\[(\d+)\]/.exec(error.field)?.[1] ?? Infinity));
      if (at < Infinity) this.atField(`#deposit-${this.papers.denominations[at].key}`);
    } finally {
      this.busy = false;
    }
  }

  atField(selector) {
    const field = this.querySelector(selector);
    mark(field);
    focusIfKeys(field);
  }

  async print(slip) {
    try {
      await till.ask(() => server.reprintDeposit(slip.id));
      this.said = t('cash.printed');
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
    }
  }

  render() {
    const papers = this.papers;
    return this.frame('day-papers', t('action.cash-papers'), () => html`
      <p class="field-problem" role="alert" data-test="papers-wrong">${this.wrong ?? ''}</p>
      ${papers ? html`
        <label class="form-label" for="papers-day">${t('papers.day')}</label>
        <input id="papers-day" class="form-control" data-test="papers-day" type="date" .value=${papers.day} @change=${event => this.go(event.target.value)}>
        ${this.batch(papers)}${this.slips(papers)}` : nothing}`, 'wide ledger');
  }

  batch(papers) {
    return html`<section><h3>${t('papers.batch')}</h3>
      <table class="figures-table"><tbody>
        <tr><th scope="row">${t('papers.charged')}</th><td class="num" data-test="papers-charged" data-minor=${papers.charged.minor}>${papers.charged.text}</td></tr>
        <tr><th scope="row">${t('papers.ontickets')}</th><td class="num" data-test="papers-ontickets" data-minor=${papers.onTickets.minor}>${papers.onTickets.text}</td></tr>
      </tbody></table>
      <p class=${papers.agrees ? 'good' : 'attention'} data-test="papers-agrees" data-agrees=${papers.agrees}>${icon(papers.agrees ? 'check-circle' : 'exclamation-triangle')} ${t(papers.agrees ? 'papers.agrees' : 'papers.differs')}</p>
      ${papers.rows.length ? html`<table class="figures-table"><thead><tr><th>${t('papers.what')}</th><th>${t('papers.ticket')}</th><th class="num">${t('papers.ontickets')}</th><th class="num">${t('papers.charged')}</th></tr></thead>
        <tbody>${papers.rows.map(row => html`<tr data-test="papers-row" data-odd=${row.odd}><th scope="row">${t('papers.odd.' + row.odd)} <span class="quiet">${hour(row.at)}</span></th><td class="mono">${row.folio} ${row.authorization} ${row.lastFour}</td><td class="num">${row.onTicket.text}</td><td class="num">${row.terminal.text}</td></tr>`)}</tbody></table>` : nothing}
    </section>`;
  }

  slips(papers) {
    return html`<section><h3>${t('papers.deposits')}</h3>
      ${papers.deposits.length ? html`<ul class="plain">${papers.deposits.map(slip => html`<li data-test="papers-slip">${hour(slip.at)} ${slip.bank} ${slip.account} · ${slip.by} · <strong class="num">${slip.total.text}</strong>
        <button type="button" class="close" data-test="papers-print" aria-label=${t('papers.print', slip.total.text)} @click=${() => this.print(slip)}>${icon('printer')}</button></li>`)}</ul>` : html`<p class="quiet">${t('papers.deposits.none')}</p>`}
      <form class="stack" @submit=${event => this.submit(event)}>
        <div class="pair">
          <div><label class="form-label" for="papers-bank">${t('papers.bank')}</label><input id="papers-bank" class="form-control" data-test="papers-bank" type="text" maxlength="60" autocomplete="off" .value=${live(this.form.bank)} @input=${event => this.set('bank', event.target.value)}></div>
          <div><label class="form-label" for="papers-account">${t('papers.account')}</label><input id="papers-account" class="form-control" data-test="papers-account" type="text" maxlength="60" autocomplete="off" .value=${live(this.form.account)} @input=${event => this.set('account', event.target.value)}></div>
        </div>
        <div class="deposit-pieces">${papers.denominations.map(kind => html`<label for="deposit-${kind.key}">${kind.text} <span class="quiet">${t('papers.form.' + kind.form)}</span></label>
          <input id="deposit-${kind.key}" class="form-control num" data-test="deposit-${kind.key}" type="text" inputmode="numeric" autocomplete="off" placeholder="0" .value=${live(this.form.pieces[kind.key] ?? '')} @input=${event => this.set('pieces', { ...this.form.pieces, [kind.key]: event.target.value })}>`)}</div>
        <p role="status" data-test="papers-said">${this.said ?? ''}</p>
        <p class="field-problem follows" role="alert" data-test="deposit-refused">${this.refused ?? ''}</p>
        <div class="over-foot"><span class="quiet">${t('papers.deposit.lead')}</span><button type="submit" class="btn btn-main" data-test="papers-deposit" ?disabled=${this.busy}>${icon('printer')} ${t('papers.deposit')}</button></div>
      </form></section>`;
  }
}
customElements.define('day-papers', DayPapers);
