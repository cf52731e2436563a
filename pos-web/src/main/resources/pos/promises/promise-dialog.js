import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { focusIfKeys } from '../shell/keys.js';
import { till } from '../shell/till.js';
import { promises } from './promise-server.js';
import { stateOf, untilOf } from './promise-words.js';
import './promise-form.js';
import './promise-sheet.js';

const DEBOUNCE = 80;
const KINDS = [['QUOTE', 'file-earmark-text'], ['LAYAWAY', 'bag-check'], ['ORDER', 'truck']];

/** Ctrl+O: quotes, layaways and special orders: makes one of the ticket in hand, finds one, and opens it. */
class PromiseDialog extends Over {
  static properties = { ...Over.properties, page: { state: true }, kind: { state: true }, typed: { state: true }, found: { state: true }, at: { state: true }, chosen: { state: true }, wrong: { state: true } };

  constructor() {
    super();
    this.turn = 0;
    this.closed();
  }

  closed() {
    clearTimeout(this.timer);
    this.turn++;
    this.page = 'find';
    this.kind = undefined;
    this.typed = '';
    this.found = undefined;
    this.at = 0;
    this.chosen = undefined;
    this.wrong = undefined;
  }

  /** @param number of a paper that was scanned, to be opened at once */
  async show(number) {
    await super.show();
    if (typeof number !== 'string') return this.look();
    this.typed = number;
    await this.look();
    if (this.found?.promises.length === 1) this.open(this.found.promises[0].id);
  }

  type(text) {
    this.typed = text;
    clearTimeout(this.timer);
    const turn = ++this.turn;
    this.timer = setTimeout(() => this.look(turn), DEBOUNCE);
  }

  async look(turn = ++this.turn) {
    try {
      const found = await till.read(() => promises.find(this.typed));
      if (turn !== this.turn) return;
      this.found = found;
      this.at = 0;
      this.wrong = undefined;
    } catch (problem) {
      if (turn === this.turn) this.wrong = problem.unreachable ? t('away.empty') : problem.detail;
    }
  }

  async key(event) {
    const rows = this.found?.promises ?? [];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.at = (this.at + (event.key === 'ArrowDown' ? 1 : Math.max(rows.length, 1) - 1)) % Math.max(rows.length, 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      clearTimeout(this.timer);
      if (this.typed.trim()) await this.look();
      const one = this.found?.promises[this.at];
      if (one) this.open(one.id);
    }
  }

  open(id) {
    this.chosen = id;
    this.page = 'sheet';
  }

  make(kind) {
    this.kind = kind;
    this.page = 'form';
  }

  back() {
    this.page = 'find';
    this.updateComplete.then(() => focusIfKeys(this.querySelector('#promise-search')));
    void this.look();
  }

  made(promise) {
    till.say(t('promise.made', promise.row.number), 'good');
    this.open(promise.row.id);
  }

  sold() {
    this.close();
  }

  render() {
    return this.frame('promise-dialog', t('promise.title'), () => {
      if (this.page === 'form') return html`<promise-form .kind=${this.kind} .rules=${this.found?.rules} @made=${event => this.made(event.detail)} @back=${() => this.back()}></promise-form>`;
      if (this.page === 'sheet') return html`<promise-sheet .promise=${this.chosen} @sold=${() => this.sold()} @back=${() => this.back()}></promise-sheet>`;
      return this.find();
    }, 'wide');
  }

  get promisable() {
    const ticket = till.ticket;
    return till.mode === 'sale' && ticket?.lines.length > 0 && !ticket.promised && ticket.totals.total.minor > 0;
  }

  find() {
    return html`
      <div class="promise-kinds" role="group" aria-label=${t('promise.make')}>
        ${KINDS.map(([kind, symbol]) => html`<button type="button" class="btn btn-plain" data-test="promise-make-${kind}" ?disabled=${!this.promisable || !this.found} @click=${() => this.make(kind)}>${icon(symbol)} ${t('promise.make.' + kind)}</button>`)}
      </div>
      ${this.promisable ? nothing : html`<p class="quiet">${t('promise.make.none')}</p>`}
      <input id="promise-search" class="form-control" data-test="promise-search" autofocus type="text" maxlength="200" autocomplete="off" spellcheck="false"
        aria-label=${t('promise.search')} placeholder=${t('promise.search')} aria-describedby="promise-wrong" .value=${live(this.typed)}
        @input=${event => this.type(event.target.value)} @keydown=${event => this.key(event)}>
      <p class="field-problem" id="promise-wrong" role="alert">${this.wrong ?? ''}</p>
      ${this.found?.toTell.length && !this.typed.trim() ? html`<h3 class="attention">${icon('telephone')} ${t('promise.totell')}</h3>${this.list(this.found.toTell, 'promise-totell')}<h3>${t('promise.open')}</h3>` : nothing}
      ${this.found?.promises.length === 0 ? html`<p class="quiet" data-test="promise-none">${t(this.typed.trim() ? 'promise.none' : 'promise.open.none')}</p>` : nothing}
      ${this.list(this.found?.promises ?? [], 'promise-row', this.at)}`;
  }

  list(rows, test, at) {
    return html`<ul class="plain customers">${rows.map((one, index) => html`<li class="customer ${index === at ? 'at' : ''}" data-test=${test} data-number=${one.number}>
      <button type="button" class="link" data-test="promise-open" @click=${() => this.open(one.id)}>
        <strong><span class="mono">${one.number}</span> ${one.customer}</strong>
        <span class=${one.expired ? 'stop' : 'quiet'}>${t('promise.kind.' + one.kind)} · ${stateOf(one)} · ${untilOf(one)}</span>
      </button>
      <span class="num">${one.kind === 'QUOTE' || one.state === 'SOLD' || one.state === 'CANCELLED' ? one.total.text : t('promise.left.of', one.left.text, one.total.text)}</span>
    </li>`)}</ul>`;
  }
}
customElements.define('promise-dialog', PromiseDialog);
