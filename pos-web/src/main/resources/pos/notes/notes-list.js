import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { Follows, till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { hour, moment } from '../shell/time.js';

/** Ctrl+B: issues the ticket in hand as a note, and collects one that waits. */
class NotesList extends Over {
  static properties = { ...Over.properties, rows: { state: true }, typed: { state: true }, at: { state: true }, wrong: { state: true }, sure: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.closed();
  }

  closed() {
    this.rows = undefined;
    this.typed = '';
    this.at = 0;
    this.wrong = undefined;
    this.sure = undefined;
  }

  async show() {
    await super.show();
    await this.load();
    await this.updateComplete;
    focusIfKeys(this.querySelector('#note-code') ?? this.querySelector('[data-test=note-issue]'));
  }

  async load() {
    try {
      this.rows = (await till.read(() => server.notes())).notes;
    } catch (problem) {
      this.wrong = problem.detail || t('away.empty');
    }
  }

  refused = problem => {
    this.wrong = problem.detail || t('problem.unknown');
    return true;
  };

  get hasDrawer() {
    return Boolean(till.register?.session) && till.may('cash.run');
  }

  async issue() {
    const close = this.closer();
    if (await till.issueNote(this.refused)) close();
  }

  async collect(code) {
    const close = this.closer();
    if (await till.collect(code, this.refused)) return close();
    if (this.typed.trim()) this.fault('#note-code', this.wrong);
    await this.load();
  }

  submit(event) {
    event.preventDefault();
    const typed = this.typed.trim();
    if (typed === '') return this.fault('#note-code', t('notes.code.missing'));
    void this.collect(/^\d+$/.test(typed) ? 'NOTA-' + typed : typed);
  }

  async print(row) {
    try {
      await till.ask(() => server.reprintNote(row.ticket));
      till.say(t('notes.printed', row.number), 'good');
    } catch (problem) {
      this.refused(problem);
    }
  }

  async cancel(row) {
    if (this.sure !== row.ticket) {
      this.sure = row.ticket;
      return;
    }
    this.sure = undefined;
    try {
      this.rows = (await till.ask(() => server.cancelNote(row.ticket))).notes;
    } catch (problem) {
      this.refused(problem);
      await this.load();
    }
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !this.rows?.length) return;
    event.preventDefault();
    this.at = Math.min(this.rows.length - 1, Math.max(0, this.at + step));
    this.updateComplete.then(() => this.querySelectorAll('.parked-row')[this.at]?.focus());
  }

  render() {
    const lines = till.ticket?.lines.length ?? 0;
    return this.frame('notes-list', t('notes.title'), () => html`
      ${lines > 0
        ? html`<div class="over-foot"><span>${t('notes.inhand', tn('ticket.pieces', lines), till.ticket.totals.total.text)}</span><button type="button" class="btn btn-main" data-test="note-issue" @click=${() => this.issue()}>${icon('card-list')} ${t('notes.issue')}</button></div>`
        : nothing}
      ${this.hasDrawer
        ? html`<form @submit=${event => this.submit(event)}>
            <label class="form-label" for="note-code">${t('notes.code')}</label>
            <div class="with-button">
              <input id="note-code" class="form-control mono" data-test="note-code" type="text" maxlength="40" autocomplete="off" spellcheck="false" placeholder="NOTA-12" .value=${this.typed} @input=${event => { this.typed = event.target.value; this.wrong = undefined; }}>
              <button type="submit" class="btn btn-plain" data-test="note-collect">${t('notes.collect')} <kbd>Enter</kbd></button>
            </div>
          </form>`
        : html`<p class="quiet">${t('notes.nodrawer')}</p>`}
      <p class="field-problem follows" role="alert" data-test="note-wrong">${this.wrong ?? ''}</p>
      <h3>${t('notes.waiting')}</h3>
      ${this.rows?.length === 0 ? html`<div class="empty">${icon('card-list')}<p>${t('notes.none')}</p></div>` : nothing}
      <ol class="plain parked notes" data-test="notes" @keydown=${event => this.key(event)}>
        ${this.rows?.map((row, index) => html`<li>
          <button type="button" class="parked-row ${index === this.at ? 'at' : ''}" data-test="note-row" data-number=${row.number} ?disabled=${!this.hasDrawer} @focus=${() => (this.at = index)} @click=${() => this.collect(row.code)}>
            <strong>${t('notes.number', row.number)}${row.buyer ? ' · ' + row.buyer : ''}</strong><span class="quiet">${row.by}, ${hour(row.at)} · ${tn('ticket.pieces', row.lines)} · ${t('notes.until', moment(row.expiresAt))}</span><span class="num">${row.total.text}</span>
          </button>
          <span class="row-acts">
            <button type="button" class="close" data-test="note-print" aria-label=${t('notes.print', row.number)} @click=${() => this.print(row)}>${icon('printer')}</button>
            <button type="button" class="close ${this.sure === row.ticket ? 'sure' : ''}" data-test="note-cancel" aria-label=${t('notes.cancel', row.number)} @click=${() => this.cancel(row)}>${this.sure === row.ticket ? t('notes.cancel.sure') : icon('trash3')}</button>
          </span>
        </li>`)}
      </ol>`);
  }
}
customElements.define('notes-list', NotesList);
