import { html, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { till } from '../shell/till.js';
import { LinesDialog } from './lines-dialog.js';
import { stock } from './stock-server.js';

/** Old pieces that go back to a supplier: what lies here is offered, and nothing of the shelf moves. */
class StockCores extends LinesDialog {
  static properties = { ...LinesDialog.properties, lying: { state: true }, supplier: { state: true }, reference: { state: true }, note: { state: true } };

  async start() {
    this.supplier = '';
    this.reference = '';
    this.note = '';
    this.lying = undefined;
    void this.load();
    await super.start();
  }

  async load() {
    try {
      this.lying = (await till.read(() => stock.coresLying())).parts;
    } catch (problem) {
      this.problem = problem;
    }
  }

  /** All that lies here and is not among the lines. */
  all() {
    this.changed();
    const there = new Set(this.lines.map(line => line.part.part));
    this.lines = [...this.lines, ...this.lying.filter(one => !there.has(one.part.part)).map(one => ({ id: uuid7(), part: one.part, quantity: String(one.quantity.value), bin: '', cost: '', lost: '', stock: one.quantity }))];
    this.toCode();
  }

  async send() {
    const written = await stock.giveCores({ act: this.act, supplier: this.supplier, reference: this.reference, note: this.note, lines: this.typed() });
    void this.load();
    return written;
  }

  said(document) {
    return tn('cores.given.done', document.lines);
  }

  render() {
    const lying = this.lying ?? [];
    return this.frame('stock-cores', t('stock.menu.cores'), () => html`
      <div class="stock-head">${this.input('supplier', t('stock.supplier'))}${this.input('reference', t('purchase.back.reference'))}</div>
      ${this.input('note', t('stock.note'))}
      ${this.lying ? html`<p class="form-hint" data-test="cores-lying">${lying.length ? tn('cores.lying', lying.length) : t('cores.lying.none')}
        ${lying.length ? html`<button type="button" class="btn btn-plain" data-test="cores-all" @click=${() => this.all()}>${t('cores.lying.all')}</button>` : nothing}</p>` : nothing}
      ${this.box()}
      ${this.table([['quantity', t('stock.quantity')]])}
      <p class="form-hint">${t('cores.given.hint')}</p>
      ${this.trouble()}${this.foot(t('cores.given.save'))}`, 'count');
  }
}
customElements.define('stock-cores', StockCores);
