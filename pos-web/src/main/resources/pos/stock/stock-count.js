import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { till } from '../shell/till.js';
import { mark } from '../shell/field-faults.js';
import { focusIfKeys } from '../shell/keys.js';
import { LinesDialog } from './lines-dialog.js';
import { stock } from './stock-server.js';

/** A blind count: each scan goes to the server at once, so that a tablet that dies loses nothing. */
class StockCount extends LinesDialog {
  static properties = { ...LinesDialog.properties, counts: { state: true }, count: { state: true }, bin: { state: true }, abc: { state: true }, entered: { state: true }, review: { state: true }, nothingThere: { state: true } };

  async start() {
    this.count = undefined;
    this.review = undefined;
    this.bin = '';
    this.abc = '';
    this.entered = [];
    this.counts = [];
    await super.start();
    focusIfKeys(this.querySelector('[data-test=count-bin]'));
    try {
      this.counts = (await till.read(() => stock.counts())).counts;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async try(work) {
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      await work();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  async begin(event) {
    event.preventDefault();
    await this.try(async () => this.choose(await stock.startCount(this.act, this.abc ? '' : this.bin, this.abc)));
    this.toCode();
  }

  async choose(count) {
    this.count = count;
    this.entered = (await till.read(() => stock.entered(count.id))).lines;
    await this.updateComplete;
    this.toCode();
  }

  /** A scan counts what its code stands for. */
  take(found) {
    const quantity = this.times ?? found.pack.text;
    this.times = undefined;
    return this.enter(found.part, quantity, false);
  }

  /** @param field where it was typed, if it was: what is refused stays there to be mended */
  async enter(part, quantity, replaces, field) {
    const line = { id: uuid7(), part: part.part, quantity, bin: '', cost: '', lost: '' };
    this.problem = undefined;
    try {
      const { line: counted, refused } = await till.ask(() => stock.enter(this.count.id, line, replaces));
      if (refused) this.problem = { detail: refused.text };
      else this.entered = [counted, ...this.entered.filter(each => each.part.part !== counted.part.part || each.bin !== counted.bin)];
    } catch (problem) {
      this.problem = problem;
    }
    if (!field || !this.problem) return this.toCode();
    await this.updateComplete;
    mark(field);
    focusIfKeys(field);
  }

  /** 12*CODE counts twelve at once. */
  async find(code) {
    const typed = /^(\d+(?:\.\d+)?)\s*\*\s*(.+)$/.exec(code);
    this.times = typed?.[1];
    await super.find(typed?.[2] ?? code);
    this.times = undefined;
  }

  lookOver() {
    return this.try(async () => {
      await this.scans;
      this.review = await till.read(() => stock.review(this.count.id));
      this.nothingThere = false;
    });
  }

  finish() {
    return this.try(async () => {
      const closed = await stock.closeCount(this.count.id, { uncountedIsNothing: Boolean(this.nothingThere), note: '' });
      till.say(t('stock.count.done', closed.counted, closed.differing), 'good');
      this.close();
    });
  }

  render() {
    return this.frame('stock-count', t('stock.menu.count'), () => html`${this.review ? this.reviewing() : this.count ? this.counting() : this.choosing()}`, 'count');
  }

  choosing() {
    return html`<form class="stock-scan" @submit=${event => this.begin(event)}>
        <input class="form-control mono" data-test="count-bin" ?disabled=${Boolean(this.abc)} maxlength="40" autocomplete="off" aria-label=${t('stock.count.bin')} placeholder=${t('stock.count.bin')} .value=${this.bin} @input=${event => { this.bin = event.target.value; this.act = uuid7(); }}>
        <button type="submit" class="btn btn-main" data-test="count-start" ?disabled=${this.busy}>${t('stock.count.start')}</button></form>
      <fieldset><legend class="form-label">${t('stock.count.class')}</legend><div class="chips-radio">${['', 'A', 'B', 'C'].map(abc => html`<label class="chip-radio ${abc === this.abc ? 'on' : ''}">
        <input type="radio" name="count-class" data-test="count-class-${abc || 'all'}" .checked=${abc === this.abc} @change=${() => { this.abc = abc; this.act = uuid7(); }}>${abc ? t('stock.count.class.' + abc) : t('stock.count.class.all')}</label>`)}</div></fieldset>
      <p class="form-hint">${t('stock.count.hint')}</p>
      ${this.trouble()}
      ${this.counts.length ? html`<h3>${t('stock.count.open')}</h3><ul class="plain">${this.counts.map(count => html`<li><button type="button" class="menu-row" @click=${() => this.try(() => this.choose(count))}>
        <span>${this.scope(count)}</span><span class="quiet">${count.byName} · ${tn('stock.lines', count.parts)}</span></button></li>`)}</ul>` : nothing}`;
  }

  scope(count) {
    if (count.abc) return t('stock.count.class.' + count.abc);
    return count.bin ? t('stock.count.inbin', count.bin) : t('stock.count.whole');
  }

  counting() {
    return html`<p class="quiet" data-test="count-scope">${this.scope(this.count)}</p>
      ${this.box()}
      <table class="figures-table stock-lines" data-test="count-lines"><thead><tr><th scope="col">${t('stock.part')}</th><th scope="col">${t('stock.bin')}</th><th scope="col" class="num">${t('stock.counted')}</th></tr></thead>
        <tbody>${this.entered.map(line => html`<tr><td><span class="part"><span class="line-code">${line.part.lineCode}</span> <span class="number">${line.part.partNumber}</span></span> <span class="quiet">${line.part.name}</span></td><td class="mono">${line.bin || '—'}</td>
          <td><input class="form-control num" data-test="count-quantity" aria-label="${t('stock.counted')} ${line.part.partNumber}" inputmode="decimal" maxlength="20" .value=${line.quantity.text} @input=${() => (this.problem = undefined)} @change=${event => this.enter(line.part, event.target.value, true, event.target)}></td></tr>`)}</tbody></table>
      ${this.trouble()}
      <div class="over-foot stays"><span class="quiet">${tn('stock.lines', this.entered.length)}</span>
        ${till.may('stock.close') ? html`<button type="button" class="btn btn-main" data-test="count-review" ?disabled=${this.busy} @click=${() => this.lookOver()}>${t('stock.count.review')}</button>` : html`<span>${t('stock.count.handin')}</span>`}</div>`;
  }

  reviewing() {
    const review = this.review;
    return html`<p data-test="count-result">${t('stock.count.result', review.counted, review.differing, review.uncounted)} ${review.value ? html`<strong class="num">${review.value.text}</strong>` : nothing}</p>
      ${review.differences.length
        ? html`<table class="figures-table stock-lines"><thead><tr><th scope="col">${t('stock.part')}</th><th scope="col">${t('stock.bin')}</th><th scope="col" class="num">${t('stock.expected')}</th><th scope="col" class="num">${t('stock.counted')}</th><th scope="col" class="num">${t('stock.difference')}</th></tr></thead>
            <tbody>${review.differences.map(line => html`<tr><td><span class="part"><span class="line-code">${line.part.lineCode}</span> <span class="number">${line.part.partNumber}</span></span> <span class="quiet">${line.part.name}</span></td><td class="mono">${line.bin || '—'}</td>
              <td class="num">${line.expected.text}</td><td class="num">${line.counted?.text ?? t('stock.count.nobody')}</td><td class="num"><strong>${line.difference.text}</strong></td></tr>`)}</tbody></table>`
        : html`<p class="note good">${icon('check-circle')}<span>${t('stock.count.fits')}</span></p>`}
      ${review.uncounted ? html`<label class="form-check"><input type="checkbox" class="form-check-input" data-test="count-nothing" .checked=${Boolean(this.nothingThere)} @change=${event => { this.nothingThere = event.target.checked; }}> ${t('stock.count.nothing')}</label>` : nothing}
      ${this.trouble()}
      <div class="over-foot stays"><button type="button" class="btn btn-plain" @click=${() => { this.review = undefined; this.updateComplete.then(() => this.toCode()); }}>${t('stock.count.goon')}</button>
        <button type="button" class="btn btn-main" data-test="count-close" ?disabled=${this.busy} @click=${() => this.finish()}>${t('stock.count.close')}</button></div>`;
  }
}
customElements.define('stock-count', StockCount);
