import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { moment } from '../shell/time.js';
import { shortTime } from './ages.js';
import { LinesDialog } from './lines-dialog.js';
import { stock } from './stock-server.js';

/** What moved a part here, where it lies, and what the other branches have. */
class StockKardex extends LinesDialog {
  static properties = { ...LinesDialog.properties, kardex: { state: true }, branches: { state: true } };

  async start(hit) {
    this.kardex = undefined;
    this.branches = [];
    await super.start();
    if (hit) await this.open(hit.partId);
  }

  take(found) {
    this.found = [];
    void this.open(found.part.part);
  }

  async open(part) {
    try {
      const [kardex, everywhere] = await Promise.all([till.read(() => stock.movements(part)), till.read(() => stock.byBranch([part]))]);
      this.kardex = kardex;
      this.branches = everywhere.parts[0]?.branches ?? [];
    } catch (problem) {
      this.problem = problem;
    }
    this.toCode();
  }

  render() {
    return this.frame('stock-kardex', t('stock.menu.kardex'), () => html`${this.box(t('return.find'))}${this.trouble()}${this.kardex ? this.page(this.kardex) : nothing}`, 'count');
  }

  page(kardex) {
    const costs = Boolean(kardex.average);
    const known = money => (money.minor === 0 ? '—' : money.text);
    const elsewhere = this.branches.filter(at => !at.own);
    return html`
      <p class="detail-head"><span class="part"><span class="line-code">${kardex.part.lineCode}</span> <span class="number">${kardex.part.partNumber}</span></span> <span>${kardex.part.name}</span></p>
      <dl class="stock-figures"><div><dt>${t('stock.here')}</dt><dd class="num large" data-test="kardex-stock">${kardex.stock.text}</dd></div>
        <div><dt>${t('stock.bins')}</dt><dd>${kardex.bins.map(bin => html`<span class="chip">${bin.bin ? html`<span class="mono">${bin.bin}</span>` : t('stock.bin.none')} ${bin.quantity.text}</span> `)}</dd></div>
        ${costs ? html`<div><dt>${t('stock.average')}</dt><dd class="num">${known(kardex.average)}</dd></div><div><dt>${t('stock.lastcost')}</dt><dd class="num">${known(kardex.lastCost)}</dd></div>` : nothing}
        <div><dt>${t('stock.elsewhere')}</dt><dd data-test="kardex-elsewhere">${elsewhere.length === 0 ? html`<span class="quiet">${t('stock.elsewhere.none')}</span>` : nothing}${elsewhere.map(at => html`<span class="chip">${at.code} <strong>${at.quantity.text}</strong> <span class="quiet">${shortTime(at.asOf)}</span></span> `)}</dd></div></dl>
      <table class="figures-table stock-lines" data-test="kardex-lines"><thead><tr><th scope="col">${t('stock.when')}</th><th scope="col">${t('stock.what')}</th><th scope="col">${t('stock.bin')}</th><th scope="col" class="num">${t('stock.quantity')}</th><th scope="col" class="num">${t('stock.after')}</th>${costs ? html`<th scope="col" class="num">${t('stock.value')}</th>` : nothing}</tr></thead>
        <tbody>${kardex.movements.map(move => html`<tr><td>${moment(move.at)}</td><td>${move.kindText} <span class="mono quiet">${move.number}</span> <span class="quiet">${move.byName}</span></td><td class="mono">${move.bin || '—'}</td><td class="num">${move.quantity.text}</td><td class="num">${move.after.text}</td>${costs ? html`<td class="num">${move.value.text}</td>` : nothing}</tr>`)}</tbody></table>
      ${kardex.movements.length === 0 ? html`<p class="quiet stock-empty">${t('stock.kardex.none')}</p>` : nothing}`;
  }
}
customElements.define('stock-kardex', StockKardex);
