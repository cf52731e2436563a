import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { uuid7 } from 'shared/ids.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { moment } from '../shell/time.js';

const QUANTITY = /^\d{1,6}([.,]\d{1,3})?$/;

/** Ctrl+Shift+E: what was paid by a note goes over the counter, all of it or some. */
class HandOver extends Over {
  static properties = { ...Over.properties, code: { state: true }, rows: { state: true }, due: { state: true }, given: { state: true }, wrong: { state: true }, said: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.closed();
  }

  closed() {
    this.code = '';
    this.rows = undefined;
    this.wrong = undefined;
    this.said = undefined;
    this.busy = false;
    this.hold(undefined);
  }

  /** Everything that is left is offered; who hands over less changes the figure. */
  hold(due) {
    this.due = due;
    this.given = Object.fromEntries((due?.lines ?? []).map(line => [line.line, line.left.value > 0 ? line.left.text : '']));
    this.act = uuid7();
  }

  async show() {
    await super.show();
    await this.load();
    focusIfKeys(this.querySelector('#handover-code'));
  }

  async load() {
    try {
      this.rows = (await till.read(() => server.handOvers())).tickets;
    } catch (problem) {
      this.wrong = problem.detail || t('away.empty');
    }
  }

  async find(event) {
    event.preventDefault();
    const typed = this.code.trim();
    if (typed === '') return this.fault('#handover-code', t('return.code.missing'));
    this.wrong = undefined;
    this.said = undefined;
    try {
      this.hold(await till.read(() => server.lookHandOver(typed)));
      this.code = '';
      await this.updateComplete;
      focusIfKeys(this.querySelector('[data-test=handover-apply]'));
    } catch (problem) {
      this.hold(undefined);
      this.fault('#handover-code', problem.detail || t('away.empty'));
    }
  }

  choose(due) {
    this.wrong = undefined;
    this.said = undefined;
    this.hold(due);
  }

  set(line, text) {
    this.given = { ...this.given, [line]: text };
    this.act = uuid7();
    this.wrong = undefined;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const chosen = this.due.lines.filter(line => !['', '0'].includes((this.given[line.line] ?? '').trim()));
    if (chosen.length === 0) return void (this.wrong = t('handover.choose'));
    const odd = chosen.find(line => !QUANTITY.test(this.given[line.line].trim()));
    if (odd) return this.fault(`[data-line="${odd.line}"]`, t('return.quantity.wrong'));
    this.busy = true;
    try {
      const lines = chosen.map(line => ({ line: line.line, quantity: Number(this.given[line.line].trim().replace(',', '.')) }));
      const due = await till.ask(() => server.handOver(this.due.sale, { act: this.act, lines }));
      this.said = due.settled ? t('handover.all', due.folio) : t('handover.some', due.folio);
      this.hold(due.settled ? undefined : due);
      await this.load();
      focusIfKeys(this.querySelector('#handover-code'));
    } catch (problem) {
      this.wrong = problem.detail || t('problem.unknown');
    } finally {
      this.busy = false;
    }
  }

  render() {
    return this.frame('hand-over', t('handover.title'), () => html`
      <form @submit=${event => this.find(event)}>
        <label class="form-label" for="handover-code">${t('handover.code')}</label>
        <div class="with-button">
          <input id="handover-code" class="form-control mono" data-test="handover-code" autofocus type="text" maxlength="200" autocomplete="off" spellcheck="false" .value=${live(this.code)} @input=${event => { this.code = event.target.value; this.wrong = undefined; }}>
          <button type="submit" class="btn btn-plain" data-test="handover-find">${icon('search')} ${t('return.find')}</button>
        </div>
      </form>
      <p class="field-problem follows" role="alert" data-test="handover-wrong">${this.wrong ?? ''}</p>
      <p role="status" data-test="handover-said">${this.said ?? ''}</p>
      ${this.due ? this.lines(this.due) : this.owed()}`, 'wide');
  }

  lines(due) {
    return html`<form class="stack" @submit=${event => this.submit(event)}>
      <p class="quiet" data-test="handover-ticket"><span class="mono">${due.folio}</span> · ${t('notes.number', due.note)}${due.buyer ? ' · ' + due.buyer : ''} · ${moment(due.soldAt)}</p>
      <table class="return-lines">
        <thead><tr><th>${t('return.line')}</th><th class="num">${t('return.sold')}</th><th class="num">${t('handover.given')}</th><th class="num">${t('handover.left')}</th><th>${t('handover.now')}</th></tr></thead>
        <tbody>
          ${due.lines.map(line => html`<tr class=${line.left.value > 0 ? '' : 'quiet'} data-test="handover-line">
            <td><span class="mono">${line.code}</span> <span class="quiet">${line.name}</span></td>
            <td class="num">${line.sold.text}</td><td class="num">${line.given.text}</td><td class="num" data-test="handover-left">${line.left.text}</td>
            <td class="back-cell"><input class="form-control num back-quantity" data-test="handover-quantity" data-line=${line.line} type="text" inputmode="decimal" autocomplete="off" aria-label=${t('handover.now.of', line.code)} placeholder="0"
              ?disabled=${line.left.value <= 0} .value=${live(this.given[line.line] ?? '')} @input=${event => this.set(line.line, event.target.value)}></td>
          </tr>`)}
        </tbody>
      </table>
      <div class="over-foot"><button type="button" class="btn btn-plain" data-test="handover-back" @click=${() => this.hold(undefined)}>${t('handover.back')}</button>
        ${due.settled ? html`<span class="good">${icon('check-circle')} ${t('handover.settled')}</span>` : html`<button type="submit" class="btn btn-main" data-test="handover-apply" ?disabled=${this.busy}>${t('handover.apply')} <kbd>Enter</kbd></button>`}</div>
    </form>`;
  }

  owed() {
    return html`<h3>${t('handover.owed')}</h3>
      ${this.rows?.length === 0 ? html`<div class="empty">${icon('box2-heart')}<p>${t('handover.none')}</p></div>` : nothing}
      <ol class="plain parked" data-test="handover-owed">
        ${this.rows?.map(due => html`<li><button type="button" class="parked-row" data-test="handover-row" data-note=${due.note} @click=${() => this.choose(due)}>
          <strong>${t('notes.number', due.note)}${due.buyer ? ' · ' + due.buyer : ''}</strong><span class="quiet"><span class="mono">${due.folio}</span> · ${moment(due.soldAt)}</span><span class="num">${due.lines.filter(line => line.left.value > 0).length}</span>
        </button></li>`)}
      </ol>`;
  }
}
customElements.define('hand-over', HandOver);
