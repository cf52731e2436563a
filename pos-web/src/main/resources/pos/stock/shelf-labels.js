import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Over } from '../shell/dialog.js';
import { till } from '../shell/till.js';
import { stock } from './stock-server.js';

/** Shelf labels of changed prices: all of the list with Enter, or the chosen ones; what was printed is printed again only when asked for. */
class ShelfLabels extends Over {
  static properties = { ...Over.properties, rows: { state: true }, chosen: { state: true }, printed: { state: true }, problem: { state: true }, busy: { state: true } };

  async start() {
    this.rows = undefined;
    this.printed = false;
    this.problem = undefined;
    void this.load();
    await super.show();
  }

  async load() {
    this.chosen = new Set();
    this.act = uuid7();
    try {
      this.rows = (await till.read(() => stock.shelfLabels(this.printed))).labels;
    } catch (problem) {
      this.problem = problem;
    }
    await this.updateComplete;
    this.querySelector('[data-test=labels-print]')?.focus();
  }

  choose(row, on) {
    const chosen = new Set(this.chosen);
    if (on) chosen.add(row.part);
    else chosen.delete(row.part);
    this.chosen = chosen;
    this.act = uuid7();
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy || !this.wanted().length) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const { labels, waiting } = await till.ask(() => stock.printShelfLabels({ act: this.act, parts: this.wanted().map(row => row.part), again: this.printed }));
      till.say(t('shelf.done', String(labels), String(waiting)), 'good');
      await this.load();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  /** The chosen ones; none chosen, all that are not printed. */
  wanted() {
    const rows = this.rows ?? [];
    return this.chosen?.size ? rows.filter(row => this.chosen.has(row.part)) : rows.filter(row => !row.printedAt);
  }

  render() {
    return this.frame('shelf-labels', t('stock.menu.labels'), () => html`<form class="stack" @submit=${event => this.submit(event)}>
      <label class="form-hint"><input type="checkbox" data-test="labels-printed" .checked=${this.printed} @change=${event => { this.printed = event.target.checked; void this.load(); }}> ${t('shelf.printed.show')}</label>
      ${this.rows ? this.table() : nothing}
      ${this.problem ? html`<div class="note stop" role="alert" data-test="labels-problem">${icon('exclamation-octagon')}<span>${this.problem.unreachable ? t('away.empty') : this.problem.detail}</span></div>` : nothing}
      <div class="over-foot stays"><span class="quiet">${t('shelf.hint')}</span>
        <button type="submit" class="btn btn-main" data-test="labels-print" ?disabled=${this.busy || !this.wanted().length}>${tn('shelf.print', this.wanted().length)} <kbd>Enter</kbd></button></div>
    </form>`, 'count');
  }

  table() {
    if (!this.rows.length) return html`<p class="quiet stock-empty" data-test="labels-none">${t('shelf.none')}</p>`;
    return html`<table class="figures-table stock-lines" data-test="shelf-rows">
      <thead><tr><th><span class="visually-hidden">${t('shelf.choose')}</span></th><th scope="col">${t('stock.bin')}</th><th scope="col">${t('stock.part')}</th><th scope="col" class="num">${t('shelf.price')}</th><th scope="col">${t('shelf.from')}</th></tr></thead>
      <tbody>${this.rows.map(row => html`<tr data-test="shelf-row"><td><input type="checkbox" aria-label="${t('shelf.choose')} ${row.partNumber}" .checked=${this.chosen.has(row.part)} @change=${event => this.choose(row, event.target.checked)}></td>
        <td class="mono">${row.bin}</td><td><span class="part"><span class="line-code">${row.lineCode}</span> <span class="number">${row.partNumber}</span></span><div class="quiet">${row.name}</div></td>
        <td class="num">${row.price}</td><td>${row.starts}${row.printedAt ? html`<div class="quiet">${t('shelf.printed', row.printedBy)}</div>` : nothing}</td></tr>`)}</tbody></table>`;
  }
}
customElements.define('shelf-labels', ShelfLabels);
