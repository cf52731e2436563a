import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { day, hour, shortDay } from '../shell/time.js';

/** This register's latest tickets, and any of the branch by folio, total, customer, part or day; to look at and to print again. */
class SalesList extends Over {
  static properties = { ...Over.properties, sales: { state: true }, at: { state: true }, trouble: { state: true }, wanted: { state: true } };

  async show() {
    this.sales = undefined;
    this.wanted = { q: '', from: '', to: '' };
    await super.show();
    await this.load(() => server.sales(till.register.id));
    this.querySelector('.sales-row')?.focus();
  }

  async load(call) {
    this.trouble = undefined;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    try {
      const found = (await till.read(call)).sales;
      if (turn !== this.turn) return;
      this.at = 0;
      this.sales = found;
      await this.updateComplete;
    } catch (problem) {
      if (turn !== this.turn) return;
      this.sales = undefined;
      this.trouble = problem;
    }
  }

  find(event) {
    event.preventDefault();
    void this.load(() => server.findSales(this.wanted));
  }

  set(field, value) {
    this.wanted = { ...this.wanted, [field]: value };
  }

  search() {
    return html`<form class="sales-search" @submit=${event => this.find(event)}>
      <div><label class="form-label" for="sales-q">${t('history.what')}</label><input id="sales-q" class="form-control" data-test="sales-q" type="text" maxlength="200" autocomplete="off" spellcheck="false" placeholder=${t('history.hint')} .value=${this.wanted?.q ?? ''} @input=${event => this.set('q', event.target.value)}></div>
      <div><label class="form-label" for="sales-from">${t('history.from')}</label><input id="sales-from" class="form-control" data-test="sales-from" type="date" .value=${this.wanted?.from ?? ''} @change=${event => this.set('from', event.target.value)}></div>
      <div><label class="form-label" for="sales-to">${t('history.to')}</label><input id="sales-to" class="form-control" data-test="sales-to" type="date" .value=${this.wanted?.to ?? ''} @change=${event => this.set('to', event.target.value)}></div>
      <button type="submit" class="btn btn-plain" data-test="sales-find">${icon('search')} ${t('return.find')}</button>
    </form>`;
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
      ${this.search()}
      ${this.trouble ? html`<div class="empty" role="alert" data-test="sales-wrong">${icon('plug')}<p>${this.trouble.detail || t('away.empty')}</p></div>` : nothing}
      ${this.sales?.length === 0 ? html`<div class="empty">${icon('receipt')}<p>${t(this.wanted?.q || this.wanted?.from || this.wanted?.to ? 'history.none' : 'sales.none')}</p></div>` : nothing}
      ${sale
        ? html`<div class="sales">
            <ol class="sales-rows" @keydown=${event => this.key(event)}>
              ${this.sales.map((row, index) => html`<li><button type="button" class="sales-row ${index === this.at ? 'at' : ''}" data-test="sales-row" data-folio=${row.folio} @click=${() => (this.at = index)} @focus=${() => (this.at = index)}>
                <span class="mono">${row.folio}</span><span class="quiet">${row.businessDay === this.sales[0].businessDay && !this.wanted?.q ? hour(row.soldAt) : shortDay(row.businessDay)}</span><span class="num">${row.totals.total.text}</span>
              </button></li>`)}
            </ol>
            <section class="sales-detail">
              <h3><span class="mono">${sale.folio}</span></h3>
              <p class="quiet">${t('sales.by', sale.cashier, `${day(sale.businessDay)}, ${hour(sale.soldAt)}`)}${sale.buyer ? ' · ' + sale.buyer.name : ''}${sale.invoiceable ? html` · ${t('sales.code')} <span class="mono">${sale.invoiceCode}</span>` : nothing}</p>
              <ul class="plain sold">
                ${sale.lines.map(line => html`<li><span class="num">${line.quantity.text}</span><span>${line.kind === 'CORE_DEPOSIT' ? t('ticket.core', line.quantity.text) : line.returnOf ? html`${t(line.kind === 'CORE_RETURN' ? 'ticket.core.back' : 'ticket.back', line.returnOf)} <span class="mono">${line.partNumber}</span>` : html`<span class="mono">${line.partNumber}</span> ${line.name}`}</span><span class="num">${line.total.text}</span></li>`)}
              </ul>
              <ul class="plain sold paid">
                ${sale.tenders.map(tender => html`<li><span></span><span>${t('tender.' + tender.kind)}${tender.reference ? html` <span class="quiet mono">${tender.reference}</span>` : nothing}</span><span class="num">${tender.received.text}</span></li>`)}
                ${sale.change.minor ? html`<li><span></span><span>${t('done.change')}</span><span class="num">${sale.change.text}</span></li>` : nothing}
              </ul>
              ${till.may('invoice.request') && sale.invoiceable ? html`<button type="button" class="btn btn-plain" data-test="sales-invoice" @click=${() => { this.close(); document.querySelector('invoice-dialog').show(sale.folio); }}>${icon('file-earmark-text')} ${t('action.invoice')}</button>` : nothing}
              ${till.may('sale.reprint') ? html`<button type="button" class="btn btn-plain" data-test="reprint" @click=${() => till.reprint(sale.id)}>${icon('printer')} ${t('sale.reprint')}</button>` : nothing}
            </section>
          </div>`
        : nothing}`, 'wide');
  }
}
customElements.define('sales-list', SalesList);
