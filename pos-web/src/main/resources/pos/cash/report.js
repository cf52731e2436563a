import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { byShop, hour } from '../shell/time.js';

export const tenderName = row => t(`cash.tender.${row.tender}.${row.currency}`);

const SIGNS = { even: 'check-circle', short: 'arrow-down-circle', over: 'arrow-up-circle' };
const TONES = { even: 'good', short: 'stop', over: 'attention' };

/** A difference: its sign, its word and its figure, so that colour is never alone. */
export const difference = row =>
  row.difference
    ? html`<span class=${TONES[row.state]} data-test="difference" data-minor=${row.difference.minor}>${icon(SIGNS[row.state])} ${t('cash.state.' + row.state)}${row.difference.minor ? html` ${row.difference.text}` : nothing}</span>`
    : nothing;

const line = (name, amount, className = '') => (amount ? html`<div class=${className}><dt>${name}</dt><dd class="num">${amount.text}</dd></div>` : nothing);
const moved = (name, amount) => (amount?.minor ? line(name, amount) : nothing);

const drawer = row => html`<section>
  <h3>${tenderName(row)}</h3>
  <dl class="figures">
    ${line(t('cash.report.opening'), row.opening)}
    ${moved(t('cash.report.received'), row.received)}
    ${moved(t('cash.report.change'), row.change)}
    ${moved(t('cash.report.in'), row.paidIn)}
    ${moved(t('customer.report.payments.of'), row.accountPayments)}
    ${moved(t('cash.report.out'), row.paidOut)}
    ${moved(t('cash.report.drops'), row.drops)}
    ${line(t('cash.report.expected'), row.expected, 'strong')}
  </dl>
</section>`;

const counted = tenders => html`<section class="whole">
  <table class="figures-table">
    <thead><tr><th scope="col">${t('cash.report.tender')}</th><th scope="col" class="num">${t('cash.report.expected')}</th><th scope="col" class="num">${t('cash.report.counted')}</th><th scope="col" class="num">${t('cash.report.difference')}</th></tr></thead>
    <tbody>${tenders.filter(row => row.counted).map(row => html`<tr data-test="tender-row" data-tender="${row.tender}-${row.currency}">
      <th scope="row">${tenderName(row)}${row.reason ? html`<span class="quiet because">${row.reason}</span>` : nothing}</th>
      <td class="num" data-test="expected" data-minor=${row.expected?.minor}>${row.expected?.text}</td><td class="num">${row.counted?.text}</td><td class="num">${difference(row)}</td>
    </tr>`)}</tbody>
  </table>
</section>`;

const sales = (of, tenders) => html`<section>
  <h3>${t('cash.report.sales')}</h3>
  <p class="quiet">${tn('cash.report.tickets', of.count)}${of.firstFolio ? html` · ${t('cash.report.folios', of.firstFolio, of.lastFolio)}` : nothing}</p>
  <dl class="figures">
    ${tenders.filter(row => row.currency === 'MXN' || row.sold.minor).map(row => line(tenderName(row), row.sold))}
    ${moved(t('cash.report.discount'), of.discount)}
    ${line(t('cash.report.cores'), of.cores)}
    ${line(t('cash.report.vouchers'), of.vouchers)}
    ${line(t('cash.report.total'), of.total, 'strong')}
  </dl>
</section>`;

/** What customers paid on their accounts, by tender. */
const accountPayments = tenders => {
  const paid = tenders.filter(row => row.accountPayments);
  return paid.length
    ? html`<section data-test="account-payments">
        <h3>${t('customer.report.payments')}</h3>
        <dl class="figures">${paid.map(row => line(tenderName(row), row.accountPayments))}</dl>
      </section>`
    : nothing;
};

/** Deposits for layaways and special orders: what came in, and what went back. */
const deposits = rows =>
  rows.length
    ? html`<section data-test="report-deposits">
        <h3>${t('cash.deposits')}</h3>
        <dl class="figures">${rows.flatMap(row => [
          row.taken ? line(tenderName(row), row.taken) : nothing,
          row.back ? line(t('cash.deposits.back', tenderName(row)), row.back) : nothing,
        ])}</dl>
      </section>`
    : nothing;

const taxes = rows =>
  rows.length
    ? html`<section>
        <h3>${t('cash.report.taxes')}</h3>
        <table class="figures-table">
          <thead><tr><th scope="col"></th><th scope="col" class="num">${t('cash.report.base')}</th><th scope="col" class="num">${t('cash.report.tax')}</th></tr></thead>
          <tbody>${rows.map(row => html`<tr><th scope="row">${row.name}</th><td class="num">${row.base.text}</td><td class="num">${row.tax.text}</td></tr>`)}</tbody>
        </table>
      </section>`
    : nothing;

const movements = rows =>
  rows.length
    ? html`<section>
        <h3>${t('cash.report.movements')}</h3>
        <ul class="plain moved">${rows.map(row => html`<li data-test="movement-row">
          <span class="quiet">${hour(row.at)}</span>
          <span>${t('cash.reason.' + row.reason)}${row.note ? html` · ${row.note}` : nothing}${row.reference ? html` · <span class="mono">${row.reference}</span>` : nothing}
            <span class="quiet">${row.byName}${row.approvedByName ? html`, ${t('cash.report.approved', row.approvedByName)}` : nothing}</span></span>
          <span class="num">${row.amount.text}</span>
        </li>`)}</ul>
      </section>`
    : nothing;

const pieces = rows =>
  rows.length
    ? html`<section>
        <h3>${t('cash.report.pieces')}</h3>
        <dl class="figures">${rows.map(row => html`<div><dt>${row.pieces} × ${row.text} <span class="quiet">${t('cash.piece.' + row.form)}</span></dt><dd class="num">${row.amount.text}</dd></div>`)}</dl>
      </section>`
    : nothing;

/** An X, a Z, or the sum of a day, on screen. */
export const figures = report => html`<div class="report" data-test="report">
  ${report.tenders.some(row => row.counted) ? counted(report.tenders) : nothing}
  ${sales(report.sales, report.tenders)}
  ${report.tenders.filter(row => row.tender === 'CASH' && row.expected).map(drawer)}
  ${report.withExpected === false ? html`<section><div class="note">${icon('eye-slash')}<span>${t('cash.x.hidden')}</span></div></section>` : nothing}
  ${accountPayments(report.tenders)}
  ${deposits(report.deposits ?? [])}
  ${taxes(report.taxes)}
  ${movements(report.movements ?? [])}
  ${pieces(report.pieces ?? [])}
</div>`;

export const heading = report => html`<p class="quiet">${t('cash.report.opened', report.openedByName, moment(report.openedAt))} · ${t('cash.report.cashier', report.cashierName)}
  ${report.number ? html` · ${t('cash.report.closed', report.closedByName, moment(report.at))}` : nothing}
  ${report.supersedes ? html` · ${t('cash.report.supersedes', report.supersedes)}` : nothing}</p>`;

export const seal = report =>
  report.number ? html`<p class="quiet mono seal">${t('cash.report.journal', report.journalRows, report.journalHash.slice(0, 16))}</p>` : nothing;

/** Day and hour. */
export const moment = instant => byShop(instant, { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' });
export const dayName = day => new Intl.DateTimeFormat(document.documentElement.lang, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(day + 'T00:00:00Z'));
