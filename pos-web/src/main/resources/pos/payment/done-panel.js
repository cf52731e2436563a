import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Follows, till } from '../shell/till.js';
import '../paper/paper-sheet.js';

/** The sale is on record: the change, large; the paper; one key to the next customer. */
class DonePanel extends Piece {
  constructor() {
    super();
    new Follows(this);
  }

  get sheet() {
    return till.sheets.find(sheet => Date.parse(sheet.at) >= Date.parse(till.sale.soldAt) - 1000);
  }

  /** Where all of it went to one place that is not the drawer, the words say which. */
  back(sale) {
    const kinds = new Set(sale.tenders.filter(tender => tender.kind !== 'ROUNDING').map(tender => tender.kind));
    const [kind] = kinds;
    return kinds.size === 1 && (kind === 'ON_ACCOUNT' || kind === 'STORE_CREDIT') ? 'done.refund.' + kind : 'done.refund';
  }

  render() {
    const sale = till.sale;
    const sheet = this.sheet;
    return html`<div class="done-panel" data-test="done">
      <div class="done-words">
        <p class="done-mark good">${icon('check-circle-fill')} ${t(sale.totals.total.minor < 0 ? 'done.title.refund' : 'done.title')} <span class="mono" data-test="done-folio">${sale.folio}</span></p>
        ${sale.change.minor
          ? html`<p class="due-label quiet">${t('done.change')}</p><p class="due num" data-test="done-change" data-minor=${sale.change.minor}>${sale.change.text}</p>`
          : html`<p class="due-label quiet">${t(sale.totals.total.minor < 0 ? this.back(sale) : 'done.exact')}</p><p class="due num" data-test="done-total">${sale.totals.total.text}</p>`}
        <ul class="plain sold paid">
          ${sale.tenders.map(tender => html`<li><span>${t('tender.' + tender.kind)}${tender.lastFour ? html` <span class="mono quiet">*${tender.lastFour}</span>` : nothing}${tender.kind === 'STORE_CREDIT' ? html` <span class="mono quiet" data-test="credit-code">${tender.reference}</span>` : nothing}${tender.foreign ? html` <span class="quiet">${tender.foreign.text} ${t('done.rate', tender.rate)}</span>` : nothing}</span><span class="num">${tender.received.text}</span></li>`)}
        </ul>
        <p class="quiet">${sale.invoiceable ? html`${t('done.code')} <span class="mono" data-test="invoice-code">${sale.invoiceCode}</span>` : t(sale.lines.every(line => line.kind === 'VOUCHER') ? 'done.voucher' : 'done.creditnote')}</p>
        ${till.status?.printer === 'FAILING' ? html`<div class="note attention">${icon('printer')}${t('done.printer')}</div>` : nothing}
        <div class="done-acts">
          <button type="button" class="btn btn-main" data-test="next" @click=${() => till.next()}>${t('done.next')} <kbd>Enter</kbd></button>
          ${till.may('sale.reprint') ? html`<button type="button" class="btn btn-plain" data-test="done-reprint" @click=${() => till.reprint(sale.id)}>${icon('printer')} ${t('sale.reprint')}</button>` : nothing}
          ${till.may('invoice.request') && sale.invoiceable ? html`<button type="button" class="btn btn-plain" data-test="done-invoice" @click=${() => document.querySelector('invoice-dialog').show(sale.folio)}>${icon('file-earmark-text')} ${t('action.invoice')} <kbd>Ctrl+I</kbd></button>` : nothing}
        </div>
      </div>
      <div class="done-paper" data-test="done-paper" role="region" tabindex="0" aria-label=${t('paper.title')}>${sheet ? html`<paper-sheet .sheet=${sheet}></paper-sheet>` : nothing}</div>
    </div>`;
  }
}
customElements.define('done-panel', DonePanel);
