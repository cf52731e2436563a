import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { hour } from '../shell/time.js';

/** This register's latest tickets, to look at and to print again. */
class SalesList extends Over {
  static properties = { ...Over.properties, sales: { state: true }, at: { state: true }, trouble: { state: true } };

  async show() {
    this.sales = undefined;
    this.trouble = undefined;
    this.at = 0;
    await super.show();
    try {
      this.sales = (await till.read(() => server.sales(till.register.id))).sales;
      await this.updateComplete;
      this.querySelector('.sales-row')?.focus();
    } catch (problem) {
      this.trouble = problem;
    }
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.at = Math.min(this.sales.length - 1, Math.max(0, this.at + step));
    this.updateComplete.then(() => this.querySelectorAll('.sales-row')[this.at]?.focus());
  }

  render() {
    const sale = this.sales?.[this.at];
    return this.frame('sales-list', t('sales.title', till.register?.name ?? ''), () => html`
      ${this.trouble ? html`<div class="empty">${icon('plug')}<p>${this.trouble.detail || t('away.empty')}</p></div>` : nothing}
      ${this.sales?.length === 0 ? html`<div class="empty">${icon('receipt')}<p>${t('sales.none')}</p></div>` : nothing}
      ${sale
        ? html`<div class="sales">
            <ol class="sales-rows" @keydown=${event => this.key(event)}>
              ${this.sales.map((row, index) => html`<li><button type="button" class="sales-row ${index === this.at ? 'at' : ''}" data-test="sales-row" data-folio=${row.folio} @click=${() => (this.at = index)} @focus=${() => (this.at = index)}>
                <span class="mono">${row.folio}</span><span class="quiet">${hour(row.soldAt)}</span><span class="num">${row.totals.total.text}</span>
              </button></li>`)}
            </ol>
            <section class="sales-detail">
              <h3><span class="mono">${sale.folio}</span></h3>
              <p class="quiet">${t('sales.by', sale.cashier, hour(sale.soldAt))} · ${t('sales.code')} <span class="mono">${sale.invoiceCode}</span></p>
              <ul class="plain sold">
                ${sale.lines.map(line => html`<li><span class="num">${line.quantity.text}</span><span>${line.kind === 'CORE_DEPOSIT' ? t('ticket.core', line.quantity.text) : line.returnOf ? html`${t(line.kind === 'CORE_RETURN' ? 'ticket.core.back' : 'ticket.back', line.returnOf)} <span class="mono">${line.partNumber}</span>` : html`<span class="mono">${line.partNumber}</span> ${line.name}`}</span><span class="num">${line.total.text}</span></li>`)}
              </ul>
              <ul class="plain sold paid">
                ${sale.tenders.map(tender => html`<li><span></span><span>${t('tender.' + tender.kind)}${tender.reference ? html` <span class="quiet mono">${tender.reference}</span>` : nothing}</span><span class="num">${tender.received.text}</span></li>`)}
                ${sale.change.minor ? html`<li><span></span><span>${t('done.change')}</span><span class="num">${sale.change.text}</span></li>` : nothing}
              </ul>
              ${till.may('invoice.request') && sale.totals.total.minor > 0 ? html`<button type="button" class="btn btn-plain" data-test="sales-invoice" @click=${() => { this.close(); document.querySelector('invoice-dialog').show(sale.folio); }}>${icon('file-earmark-text')} ${t('action.invoice')}</button>` : nothing}
              ${till.may('sale.reprint') ? html`<button type="button" class="btn btn-plain" data-test="reprint" @click=${() => till.reprint(sale.id)}>${icon('printer')} ${t('sale.reprint')}</button>` : nothing}
            </section>
          </div>`
        : nothing}`, 'wide');
  }
}
customElements.define('sales-list', SalesList);
