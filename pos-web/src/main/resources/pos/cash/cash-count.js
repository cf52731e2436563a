import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { difference, figures, heading, seal, tenderName } from './report.js';

const DRAFT = 'refahub.count';
const PAUSE = 150;
const GROUPS = [
  ['bills', kind => kind.currency === 'MXN' && kind.form === 'BILL'],
  ['coins', kind => kind.currency === 'MXN' && kind.form === 'COIN'],
  ['dollars', kind => kind.currency === 'USD'],
];

/** Closing in three steps: count without knowing, see what it comes to and say why, Z. What was typed survives a reload until it is handed in. */
class CashCount extends Over {
  static properties = { ...Over.properties, step: { state: true }, drawer: { state: true }, typed: { state: true }, tally: { state: true }, problem: { state: true }, sure: { state: true }, result: { state: true }, reasons: { state: true }, z: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.typed = {};
    this.reasons = {};
  }

  async start(session) {
    Object.assign(this, { session, step: 1, drawer: undefined, tally: undefined, problem: undefined, sure: false, result: undefined, reasons: {}, z: undefined });
    const draft = stored();
    this.typed = draft?.session === session ? draft.typed : {};
    // One count and one closing, however often they are sent.
    this.act = draft?.session === session ? draft.act : uuid7();
    this.closing = uuid7();
    await this.show();
    try {
      this.drawer = await till.read(() => server.drawer(session));
      if (this.drawer.counted) return this.see(await till.read(() => server.counted(session)));
      void this.add();
    } catch (problem) {
      this.problem = problem;
    }
    await this.updateComplete;
    focusIfKeys(this.querySelector('.piece'));
  }

  closed() {
    clearTimeout(this.timer);
    if (this.z || this.result) void till.changeRegister();
  }

  // ---- step 1

  get rows() {
    return this.drawer.denominations.map(kind => ({ currency: kind.currency, form: kind.form, value: kind.value, count: this.typed[kind.key] ?? '' }));
  }

  type(key, value) {
    this.typed = { ...this.typed, [key]: value };
    this.problem = undefined;
    localStorage.setItem(DRAFT, JSON.stringify({ session: this.session, act: this.act, typed: this.typed }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.add(), PAUSE);
  }

  /** The sums come from the server; an older answer never overtakes a newer one. */
  async add() {
    this.adding?.abort();
    this.adding = new AbortController();
    try {
      this.tally = await server.tally(this.rows, this.adding.signal);
      if (this.problem?.ofTally) this.problem = undefined;
    } catch (problem) {
      if (problem.name === 'AbortError') return;
      problem.ofTally = true;
      this.problem = problem;
    }
  }

  wrong(kind) {
    const index = this.drawer.denominations.indexOf(kind);
    return this.problem?.field?.(`pieces[${index}].count`);
  }

  walk(event) {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const fields = [...this.querySelectorAll('.piece, .voucher'), this.querySelector('[data-test="count-send"]')];
    const next = fields[Math.min(fields.length - 1, Math.max(0, fields.indexOf(event.target) + step))];
    next.focus();
    next.select?.();
  }

  ask(event) {
    event.preventDefault();
    if (this.busy || !this.tally || this.problem?.errors?.length) return;
    this.sure = true;
    this.updateComplete.then(() => focusIfKeys(this.querySelector('[data-test="count-sure"]')));
  }

  async hand() {
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const vouchers = this.drawer.vouchers.map(tender => ({ tender, amount: this.typed[tender] ?? '' }));
      const result = await server.count(this.session, { act: this.act, pieces: this.rows, vouchers });
      localStorage.removeItem(DRAFT);
      this.see(result);
    } catch (problem) {
      this.sure = false;
      this.problem = problem;
      await this.updateComplete;
      focusIfKeys(this.querySelector('[aria-invalid="true"]'));
    } finally {
      this.busy = false;
    }
  }

  // ---- step 2

  see(result) {
    if (result.number) return this.close3(result);
    this.result = result;
    this.step = 2;
    this.sure = false;
    this.updateComplete.then(() => focusIfKeys(this.querySelector('.reason-field') ?? this.querySelector('[data-test="count-close"]')));
  }

  async finish(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const reasons = this.counted.map(row => ({ tender: row.tender, currency: row.currency, reason: this.reasons[row.tender + row.currency] ?? '' }));
      this.close3(await server.closeCash(this.session, { act: this.closing, reasons }));
    } catch (problem) {
      this.problem = problem;
      await this.updateComplete;
      focusIfKeys([...this.querySelectorAll('.reason-field')].find(field => !field.value.trim()) ?? this.querySelector('.reason-field'));
    } finally {
      this.busy = false;
    }
  }

  // ---- step 3

  close3(z) {
    this.z = z;
    this.step = 3;
    this.updateComplete.then(() => focusIfKeys(this.querySelector('[data-test="count-finish"]')));
  }

  render() {
    const name = this.drawer?.registerName ?? '';
    return this.frame('cash-count', t('cash.count', name), () => html`
      <ol class="count-steps" aria-label=${t('cash.count.step', this.step)}>${[1, 2, 3].map(step => html`<li class=${step === this.step ? 'now' : step < this.step ? 'past' : ''} aria-current=${step === this.step ? 'step' : nothing}><span>${step}</span> ${t('cash.count.step.' + step)}</li>`)}</ol>
      ${this.problem && !this.problem.errors?.length ? html`<div class="note stop" role="alert" data-test="count-problem">${icon('exclamation-octagon')}<span>${this.problem.unreachable ? t('away.empty') : this.problem.detail}</span></div>` : nothing}
      ${!this.drawer ? nothing : this.step === 1 ? this.counting() : this.step === 2 ? this.explaining() : this.done()}`, 'wide count');
  }

  counting() {
    return html`<form @submit=${event => this.ask(event)} novalidate>
      <p class="form-hint">${t('cash.count.hint')}</p>
      <div class="count-columns" @keydown=${event => this.walk(event)}>
        ${GROUPS.map(([group, belongs]) => html`<section><h3>${t('cash.count.' + group)}</h3>${this.drawer.denominations.filter(belongs).map(kind => this.piece(kind))}</section>`)}
        <section><h3>${t('cash.count.vouchers')}</h3><p class="form-hint">${t('cash.count.vouchers.hint')}</p>
          ${this.drawer.vouchers.map((tender, index) => this.voucher(tender, index))}</section>
      </div>
      <footer class="over-foot count-foot">
        <dl class="sums-row">
          <div><dt>${t('cash.count.total')}</dt><dd class="num" data-test="count-total" data-minor=${this.tally?.pesos.minor ?? ''}>${this.tally?.pesos.text ?? ''}</dd></div>
          <div><dt>${t('cash.count.total.usd')}</dt><dd class="num" data-test="count-total-usd">${this.tally?.dollars.text ?? ''}</dd></div>
        </dl>
        ${this.sure
          ? html`<div class="sure" role="alertdialog" aria-label=${t('cash.count.send')}><p>${icon('exclamation-triangle')} ${t('cash.count.sure')}</p>
              <button type="button" class="btn btn-plain" data-test="count-back" @click=${() => (this.sure = false)}>${t('cash.count.sure.back')}</button>
              <button type="button" class="btn btn-main" data-test="count-sure" ?disabled=${this.busy} @click=${() => this.hand()}>${t('cash.count.sure.go')} <kbd>Enter</kbd></button></div>`
          : html`<button type="submit" class="btn btn-main" data-test="count-send" ?disabled=${this.busy}>${t('cash.count.send')} <kbd>Enter</kbd></button>`}
      </footer>
    </form>`;
  }

  piece(kind) {
    const wrong = this.wrong(kind);
    const amount = this.tally?.rows.find(row => row.key === kind.key)?.amount;
    return html`<div class="count-row">
      <label for="piece-${kind.key}">${kind.text}</label>
      <input id="piece-${kind.key}" class="form-control num piece" data-test="piece-${kind.key}" type="text" inputmode="numeric" autocomplete="off" maxlength="12" aria-label=${t('cash.count.piece', t('cash.piece.' + kind.form) + ' ' + kind.text)} aria-invalid=${Boolean(wrong)}
        .value=${this.typed[kind.key] ?? ''} @input=${event => this.type(kind.key, event.target.value)}>
      <span class="num ${amount?.minor ? '' : 'quiet'}">${amount?.minor ? amount.text : '—'}</span>
      ${wrong ? html`<p class="field-problem" role="alert" data-test="piece-wrong">${wrong}</p>` : nothing}
    </div>`;
  }

  voucher(tender, index) {
    const wrong = this.problem?.field?.(`vouchers[${index}].amount`);
    return html`<div class="count-row voucher-row">
      <label for="voucher-${tender}">${tenderName({ tender, currency: 'MXN' })}</label>
      <input id="voucher-${tender}" class="form-control num voucher" data-test="voucher-${tender}" type="text" inputmode="decimal" autocomplete="off" placeholder="0.00" aria-invalid=${Boolean(wrong)}
        .value=${this.typed[tender] ?? ''} @input=${event => this.type(tender, event.target.value)}>
      ${wrong ? html`<p class="field-problem" role="alert">${wrong}</p>` : nothing}
    </div>`;
  }

  /** What lies in the drawer: slips, deposits and what is owed are not counted. */
  get counted() {
    return this.result.tenders.filter(row => row.counted);
  }

  explaining() {
    const even = this.counted.every(row => !row.difference.minor);
    return html`<form @submit=${event => this.finish(event)} novalidate>
      <p class="verdict ${even ? 'good' : 'attention'}" data-test="result-verdict">${icon(even ? 'check-circle' : 'exclamation-triangle')} ${t(even ? 'cash.result.even' : 'cash.result.off')}</p>
      <table class="figures-table result">
        <thead><tr><th scope="col">${t('cash.report.tender')}</th><th scope="col" class="num">${t('cash.report.expected')}</th><th scope="col" class="num">${t('cash.report.counted')}</th><th scope="col" class="num">${t('cash.report.difference')}</th></tr></thead>
        <tbody>${this.counted.map(row => html`
          <tr data-test="result-row" data-tender="${row.tender}-${row.currency}"><th scope="row">${tenderName(row)}</th><td class="num">${row.expected.text}</td><td class="num">${row.counted.text}</td><td class="num">${difference(row)}</td></tr>
          ${row.difference.minor
            ? html`<tr class="why"><td colspan="4"><label class="form-label" for="why-${row.tender}${row.currency}">${t('cash.result.reason')} ${row.needsReason ? html`<span class="attention">${t('cash.result.reason.needed')}</span>` : html`<span class="quiet">${t('cash.move.optional')}</span>`}</label>
                <input id="why-${row.tender}${row.currency}" class="form-control reason-field" data-test="why-${row.tender}-${row.currency}" type="text" autocomplete="off" maxlength="120" aria-required=${row.needsReason} .value=${this.reasons[row.tender + row.currency] ?? ''}
                  @input=${event => { this.reasons = { ...this.reasons, [row.tender + row.currency]: event.target.value }; this.problem = undefined; }}></td></tr>`
            : nothing}`)}</tbody>
      </table>
      ${this.problem?.errors?.length ? html`<p class="field-problem" role="alert">${this.problem.errors[0].text}</p>` : nothing}
      <footer class="over-foot"><span></span><button type="submit" class="btn btn-main" data-test="count-close" ?disabled=${this.busy}>${t('cash.result.close')} <kbd>Enter</kbd></button></footer>
    </form>`;
  }

  done() {
    return html`<p class="verdict good" data-test="z-done" data-number=${this.z.number}>${icon('check-circle')} ${t('cash.z.done', this.z.number, this.z.registerName)}</p>
      <p class="quiet">${t('cash.z.paper')}</p>
      ${heading(this.z)}${figures(this.z)}${seal(this.z)}
      <footer class="over-foot"><span></span><button type="button" class="btn btn-main" data-test="count-finish" @click=${() => this.close()}>${t('cash.z.finish')} <kbd>Enter</kbd></button></footer>`;
  }
}
customElements.define('cash-count', CashCount);

function stored() {
  try {
    return JSON.parse(localStorage.getItem(DRAFT) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
