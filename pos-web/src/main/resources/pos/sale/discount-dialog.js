import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { Follows, till } from '../shell/till.js';
import { centavos } from '../shell/amounts.js';
import { focusIfKeys } from '../shell/keys.js';
import { Approval } from './approval-fields.js';

const REASONS = ['regular', 'volume', 'match', 'damaged'];

/** F5: sells the line in hand for less, or the whole ticket. */
class DiscountDialog extends Over {
  static properties = { ...Over.properties, way: { state: true }, typed: { state: true }, reason: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.approval = new Approval(this);
    this.way = 'percent';
    this.closed();
  }

  closed() {
    this.typed = '';
    this.reason = '';
    this.wrong = undefined;
    this.busy = false;
    this.approval.reset();
  }

  /** A kit is let off a percentage alone. */
  get priced() {
    const line = till.selectedLine;
    return Boolean(line) && (!line.kit || Boolean(line.returnOf));
  }

  async show() {
    if (this.way === 'price' && !this.priced) this.way = 'percent';
    await super.show();
  }

  choose(way) {
    this.way = way;
    this.typed = '';
    this.wrong = undefined;
    this.approval.reset();
    this.updateComplete.then(() => focusIfKeys(this.querySelector('#discount')));
  }

  /** The next Enter applies it, or says what is missing. */
  because(reason) {
    this.reason = reason;
    focusIfKeys(this.querySelector(this.typed.trim() ? '#discount-reason' : '#discount'));
  }

  /** @returns what is asked of the server; undefined with a sentence at the field when it cannot be read */
  get wanted() {
    if (this.way === 'price') {
      const unitPrice = centavos(this.typed);
      return unitPrice === undefined ? undefined : { unitPrice };
    }
    const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(this.typed.trim());
    const percent = match ? Number(match[1] + '.' + (match[2] ?? '0')) : 0;
    return percent > 0 && percent <= 100 ? { percent } : undefined;
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const wanted = this.wanted;
    if (!wanted) {
      this.fault('#discount', t(this.way === 'price' ? 'pay.amount.wrong' : 'discount.percent.wrong'));
      return;
    }
    await this.send({ ...wanted, reason: this.reason.trim() });
  }

  async send(discount) {
    this.busy = true;
    this.wrong = undefined;
    const refused = problem => {
      this.busy = false;
      this.wrong = problem.detail || t('problem.unknown');
      void this.approval.take(problem);
      if (problem.code?.startsWith('reason')) this.fault('#discount-reason', this.wrong);
      return true;
    };
    const close = this.closer();
    const body = { ...discount, approval: this.approval.given };
    const done = this.way === 'ticket' ? await till.discountAll(body, refused) : await till.discount(till.selected, body, refused);
    this.busy = false;
    if (done) close();
  }

  render() {
    const line = till.selectedLine;
    const has = this.way === 'ticket' ? till.ticket?.lines.some(l => l.discount) : line?.discount;
    return this.frame('discount-dialog', t('discount.title'), () => html`
      <form class="stack" @submit=${event => this.submit(event)}>
        <div class="segment three" role="radiogroup" aria-label=${t('discount.way')}>
          ${['percent', 'price', 'ticket'].map(way => html`<button type="button" role="radio" aria-checked=${this.way === way} class=${this.way === way ? 'on' : ''}
            data-test="discount-${way}" ?disabled=${way === 'price' ? !this.priced : way === 'percent' && !line} @click=${() => this.choose(way)}>${t('discount.way.' + way)}</button>`)}
        </div>
        <p class="quiet" data-test="discount-what">${this.way === 'ticket' ? t('discount.all') : line ? line.kit && !line.returnOf ? html`${t('kit.word')} <span class="mono">${line.kit.lineCode} ${line.kit.partNumber}</span> ${line.kit.name} · ${line.kit.total.text}` : html`<span class="mono">${line.lineCode} ${line.partNumber}</span> ${line.name} · ${line.price.text}` : t('discount.noline')}</p>
        <div>
          <label class="form-label" for="discount">${t(this.way === 'price' ? 'discount.price' : 'discount.percent')}</label>
          <input id="discount" class="form-control num large" data-test="discount" autofocus type="text" inputmode="decimal" autocomplete="off"
            .value=${live(this.typed)}
            @input=${event => { this.typed = event.target.value; this.wrong = undefined; }}>
        </div>
        <div>
          <label class="form-label" for="discount-reason">${t('discount.reason')}</label>
          <input id="discount-reason" class="form-control" data-test="discount-reason" type="text" maxlength="120" autocomplete="off" .value=${live(this.reason)}
            @input=${event => { this.reason = event.target.value; this.wrong = undefined; }}>
          <div class="quick">${REASONS.map(reason => html`<button type="button" class="btn btn-plain" data-test="reason-${reason}" @click=${() => this.because(t('discount.reason.' + reason))}>${t('discount.reason.' + reason)}</button>`)}</div>
        </div>
        ${this.approval.render()}
        <p class="field-problem follows" id="discount-wrong" role="alert" data-test="discount-wrong">${this.wrong ?? ''}</p>
        <div class="over-foot">
          ${has ? html`<button type="button" class="btn btn-plain" data-test="discount-none" ?disabled=${this.busy} @click=${() => this.send({ reason: '' })}>${icon('x-circle')} ${t('discount.none')}</button>` : html`<span></span>`}
          <button type="submit" class="btn btn-main" data-test="discount-apply" ?disabled=${this.busy}>${t('discount.apply')} <kbd>Enter</kbd></button>
        </div>
      </form>`);
  }
}
customElements.define('discount-dialog', DiscountDialog);

/** A few words to a line: they stand on the ticket and on the paper. */
class NoteDialog extends Over {
  static properties = { ...Over.properties, typed: { state: true }, wrong: { state: true } };

  async show() {
    this.typed = till.selectedLine?.note ?? '';
    this.wrong = undefined;
    await super.show();
  }

  async submit(event) {
    event.preventDefault();
    const close = this.closer();
    const done = await till.note(till.selected, this.typed, problem => {
      this.wrong = problem.detail || t('problem.unknown');
      return true;
    });
    if (done) close();
  }

  render() {
    const line = till.selectedLine;
    return this.frame('note-dialog', t('note.title'), () => html`
      <form class="stack" @submit=${event => this.submit(event)}>
        ${line ? html`<p class="quiet"><span class="mono">${line.lineCode} ${line.partNumber}</span> ${line.name}</p>` : nothing}
        <label class="visually-hidden" for="line-note">${t('note.title')}</label>
        <input id="line-note" class="form-control" data-test="line-note" autofocus type="text" maxlength="120" autocomplete="off" .value=${live(this.typed ?? '')} @input=${event => { this.typed = event.target.value; this.wrong = undefined; }}>
        <p class="field-problem follows" role="alert">${this.wrong ?? ''}</p>
        <div class="over-foot"><span></span><button type="submit" class="btn btn-main" data-test="note-apply">${t('note.apply')} <kbd>Enter</kbd></button></div>
      </form>`, 'narrow');
  }
}
customElements.define('note-dialog', NoteDialog);
