import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { Follows, till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { hour } from '../shell/time.js';

/** F4: puts the ticket in hand aside, and takes a waiting one up. */
class ParkedList extends Over {
  static properties = { ...Over.properties, rows: { state: true }, at: { state: true }, typed: { state: true }, wrong: { state: true }, sure: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.closed();
  }

  closed() {
    this.rows = undefined;
    this.at = 0;
    this.typed = '';
    this.wrong = undefined;
    this.sure = undefined;
  }

  async show() {
    await super.show();
    await this.load();
    await this.updateComplete;
    focusIfKeys(this.querySelector('#park-note') ?? this.querySelector('.parked-row'));
  }

  async load() {
    try {
      this.rows = await till.read(() => server.parked());
    } catch (problem) {
      this.wrong = problem.detail || t('away.empty');
    }
  }

  get mayPark() {
    return Boolean(till.ticket?.lines.length);
  }

  refused = problem => {
    this.wrong = problem.detail || t('problem.unknown');
    return true;
  };

  async park(event) {
    event.preventDefault();
    const close = this.closer();
    if (await till.park(this.typed, this.refused)) close();
  }

  async recall(ticket) {
    const close = this.closer();
    if (await till.recall(ticket, this.refused)) close();
    else await this.load();
  }

  async drop(ticket) {
    if (this.sure !== ticket) {
      this.sure = ticket;
      return;
    }
    this.sure = undefined;
    try {
      this.rows = await till.read(() => server.dropParked(ticket));
      this.at = Math.min(this.at, Math.max(0, this.rows.length - 1));
    } catch (problem) {
      this.refused(problem);
      await this.load();
    }
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = this.rows?.[this.at];
    if (step && this.rows?.length) {
      event.preventDefault();
      this.at = Math.min(this.rows.length - 1, Math.max(0, this.at + step));
      this.updateComplete.then(() => this.querySelectorAll('.parked-row')[this.at]?.focus());
    } else if (event.key === 'Delete' && row) {
      event.preventDefault();
      void this.drop(row.ticket);
    }
  }

  render() {
    return this.frame('parked-list', t('park.title'), () => html`
      ${this.mayPark
        ? html`<form class="park-form" @submit=${event => this.park(event)}>
            <label class="form-label" for="park-note">${t('park.note', till.ticket.totals.total.text)}</label>
            <div class="with-button">
              <input id="park-note" class="form-control" data-test="park-note" autofocus type="text" maxlength="60" autocomplete="off" placeholder=${t('park.note.hint')} .value=${live(this.typed)} @input=${event => (this.typed = event.target.value)}>
              <button type="submit" class="btn btn-main" data-test="park">${t('park.apply')} <kbd>Enter</kbd></button>
            </div>
          </form>`
        : nothing}
      <p class="field-problem follows" role="alert" data-test="park-wrong">${this.wrong ?? ''}</p>
      <h3>${t('park.waiting')}</h3>
      ${this.rows?.length === 0 ? html`<div class="empty">${icon('hourglass')}<p>${t('park.none')}</p></div>` : nothing}
      <ol class="plain parked" data-test="parked" @keydown=${event => this.key(event)}>
        ${this.rows?.map((row, index) => html`<li>
          <button type="button" class="parked-row ${index === this.at ? 'at' : ''}" data-test="parked-row" data-ticket=${row.ticket} @focus=${() => (this.at = index)} @click=${() => this.recall(row.ticket)}>
            <strong>${row.note || t('park.unnamed')}</strong><span class="quiet">${row.by}, ${hour(row.at)} · ${tn('ticket.pieces', row.lines)}</span><span class="num">${row.total.text}</span>
          </button>
          <button type="button" class="close ${this.sure === row.ticket ? 'sure' : ''}" data-test="parked-drop" aria-label=${t('park.drop')} @click=${() => this.drop(row.ticket)}>${this.sure === row.ticket ? t('park.drop.sure') : icon('trash3')}</button>
        </li>`)}
      </ol>`);
  }
}
customElements.define('parked-list', ParkedList);
