import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { Follows, till } from '../shell/till.js';
import { besideLine, besideTotal } from '../stock/beside.js';
import { linePolicy } from '../returns/line-policies.js';

/** The ticket in hand. On a tablet it is a sheet that comes up from below. */
class TicketPanel extends Piece {
  static properties = { open: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.open = false;
  }

  updated() {
    if (till.selected !== this.lastSelected) {
      this.lastSelected = till.selected;
      this.querySelector('.ticket-line.at')?.scrollIntoView({ block: 'nearest' });
    }
    this.toggleAttribute('open', this.open);
  }

  get lines() {
    return till.ticket?.lines ?? [];
  }

  render() {
    const sale = till.mode === 'done' ? till.sale : undefined;
    const lines = sale?.lines ?? this.lines;
    const totals = sale?.totals ?? till.ticket?.totals;
    const parts = lines.filter(line => ['PART', 'MISC', 'VOUCHER'].includes(line.kind));
    return html`<aside class="ticket" data-test="ticket" aria-label=${t('ticket.title')}>
      <button type="button" class="handle" data-test="ticket-handle" aria-expanded=${this.open} @click=${() => (this.open = !this.open)}>
        ${icon(this.open ? 'chevron-down' : 'chevron-up')}<span>${tn('ticket.pieces', parts.length)}</span>
        <strong class="num">${totals?.total.text ?? ''}</strong>
      </button>
      <header class="ticket-head">
        <h2>${sale ? html`${t('ticket.title')} <span class="mono" data-test="folio">${sale.folio}</span>` : t('ticket.title')}</h2>
        ${this.buyer(sale)}
        ${!sale && till.ticket?.promised ? this.promised(till.ticket.promised) : nothing}
      </header>
      ${lines.length === 0
        ? html`<div class="empty" data-test="ticket-empty">${icon('receipt')}<p>${t('ticket.empty')}</p></div>`
        : html`<ol class="ticket-lines" data-test="ticket-lines">${lines.map((line, i) => html`${this.kit(line, lines, i)}${this.line(line, Boolean(sale))}`)}</ol>`}
      ${totals && lines.length > 0 ? this.totals(totals, sale) : html`<footer class="ticket-foot"></footer>`}
    </aside>`;
  }

  /** Who it is sold to; a press leads to the customers. */
  buyer(sale) {
    const buyer = sale ? sale.buyer : till.ticket?.buyer;
    if (sale || till.mode !== 'sale') return html`<span class="quiet" data-test="ticket-buyer">${buyer?.name ?? t('ticket.public')}</span>`;
    return html`<span class="ticket-who"><button type="button" class="link" data-test="ticket-buyer" @click=${() => document.querySelector('customer-dialog').show()}>${icon('person')} <span class="words">${buyer?.name ?? t('ticket.public')}</span> <kbd>F3</kbd></button>
      ${till.may('sale.make') ? html`<button type="button" class="link" data-test="ticket-promise" aria-label=${t('action.promises')} title=${t('action.promises')} @click=${() => document.querySelector('promise-dialog').show()}>${icon('bag-check')}</button><market-badge></market-badge>` : nothing}</span>`;
  }

  /** Above the first piece of a kit: the kit, as the customer sees it. */
  kit(line, lines, i) {
    const kit = line.returnOf ? undefined : line.kit;
    if (!kit || lines.findIndex(one => one.kit?.id === kit.id && !one.returnOf) !== i) return nothing;
    return html`<li class="ticket-line kit" data-test="kit-line" data-number=${kit.partNumber} data-quantity=${kit.quantity.text}>
      <span class="qty num">${kit.quantity.text}</span>
      <span class="what"><span class="part"><span class="quiet">${t('kit.word')}</span> <span class="line-code">${kit.lineCode}</span> <span class="number">${kit.partNumber}</span></span>
        <span class="name">${kit.name}</span>
        ${kit.saved ? html`<span class="each good" data-test="kit-saved" data-minor=${kit.saved.minor}>${t('kit.saved', kit.saved.text)}</span>` : nothing}</span>
      <span class="num amount" data-test="kit-total" data-minor=${kit.total.minor}>${kit.total.text}</span>
    </li>`;
  }

  line(line, done) {
    if (line.kind === 'CORE_DEPOSIT')
      return html`<li class="ticket-line deposit" data-test="core-line">
        <span class="qty"></span><span class="what quiet">${t('ticket.core', line.quantity.text)}</span><span class="num amount">${line.total.text}</span>
      </li>`;
    const at = !done && line.id === till.selected;
    const back = Boolean(line.returnOf);
    return html`<li class="ticket-line ${at ? 'at' : ''} ${back ? 'back' : ''} ${line.kit && !back ? 'piece' : ''}" data-test="ticket-line" data-part=${line.partId} data-number=${line.partNumber} data-quantity=${line.quantity.text}
      aria-current=${at ? 'true' : 'false'} @click=${() => !done && till.select(line.id)}>
      ${at && till.mode === 'sale' && !line.fixed ? html`<button type="button" tabindex="-1" class="qty num link" data-test="line-quantity" aria-label=${t('quantity.change', line.quantity.text)} @click=${event => this.act(event, () => document.querySelector('part-search').askQuantity())}>${line.quantity.text}</button>` : html`<span class="qty num">${line.quantity.text.replace('-', '−')}</span>`}
      <span class="what">
        <span class="part">${line.kind.startsWith('MISC') || line.kind === 'VOUCHER' ? html`<span class="quiet">${t(line.kind === 'VOUCHER' ? 'action.voucher' : 'action.misc')}</span>` : html`<span class="line-code">${line.lineCode}</span> <span class="number">${line.partNumber}</span>`}</span>
        <span class="name">${line.name}</span>
        ${back && line.kit ? html`<span class="each quiet">${t('kit.of', line.kit.partNumber)}</span>` : nothing}
        ${back ? html`<span class="each quiet" data-test="line-back">${t(line.kind === 'CORE_RETURN' ? 'ticket.core.back' : 'ticket.back', line.returnOf)}${line.fee ? html` · <span data-test="line-fee" data-minor=${line.fee.minor}>${t('ticket.fee', line.fee.text)}</span>` : nothing}</span>` : nothing}
        ${line.quantity.value === 1 || back ? nothing : html`<span class="each quiet">${t('ticket.each', line.price.text)}</span>`}
        ${line.priced ? html`<span class="each good" data-test="line-priced">${this.priced(line.priced)}</span>` : nothing}
        ${line.discount ? html`<span class="each good" data-test="line-discount" title=${`${line.discount.reason} · ${line.discount.by}`}>${t('ticket.discount', line.discount.percent, line.discount.amount.text)}</span>` : nothing}
        ${line.coreGiven === 'NOW' || line.coreGiven === 'NEVER' ? html`<span class="each quiet" data-test="line-core">${t(`cores.${line.coreGiven}.line`)}</span>` : nothing}
        ${line.serials?.length ? html`<span class="each quiet" data-test="line-serials">${t('serials.of', line.serials.join(', '))}</span>` : nothing}
        ${done ? nothing : besideLine(line.id)}
        ${linePolicy(line, at)}
        ${line.note ? html`<span class="each quiet" data-test="line-note-text">${icon('pencil')} ${line.note}</span>` : nothing}
      </span>
      <span class="num amount">${line.total.text}</span>
      ${at && till.mode === 'sale'
        ? html`<span class="line-acts">
            ${back || line.kind === 'VOUCHER' ? nothing : html`${line.agreed ? nothing : html`<button type="button" tabindex="-1" data-test="line-minus" aria-label=${t('action.minus')} ?disabled=${(line.kit ?? line).quantity.value <= 1} @click=${event => this.act(event, () => till.step(-1))}>${icon('dash-lg')}</button>
            <button type="button" tabindex="-1" data-test="line-plus" aria-label=${t('action.plus')} @click=${event => this.act(event, () => till.step(1))}>${icon('plus-lg')}</button>
            <button type="button" tabindex="-1" data-test="line-discount-open" aria-label=${t('action.discount')} @click=${event => this.act(event, () => document.querySelector('discount-dialog').show())}>${icon('percent')}</button>`}
            <button type="button" tabindex="-1" data-test="line-note-open" aria-label=${t('action.note')} @click=${event => this.act(event, () => document.querySelector('note-dialog').show())}>${icon('pencil')}</button>`}
            ${line.kit && !back && !line.agreed ? html`<button type="button" tabindex="-1" data-test="line-piece-remove" aria-label=${t('kit.piece.remove')} title=${t('kit.piece.remove')} @click=${event => this.act(event, () => till.removePiece(line.id))}>${icon('box-arrow-up')}</button>` : nothing}
            <button type="button" tabindex="-1" data-test="line-remove" aria-label=${t('action.remove')} @click=${event => this.act(event, () => till.remove(line.id))}>${icon('trash3')}<span>${t('action.remove.short')}</span></button>
          </span>`
        : nothing}
    </li>`;
  }

  /** What was promised before, and the deposit that pays of it. */
  promised({ kind, number, deposit, due }) {
    if (kind === 'MARKET') return html`<p class="quiet" data-test="ticket-promised" data-due=${due.minor}>${icon('shop')} ${t('market.on.ticket', number)}</p>`;
    return html`<p class="quiet" data-test="ticket-promised" data-due=${due.minor}>${icon('bag-check')} ${deposit ? t('promise.on.ticket', number, deposit.text, due.text) : t('promise.on.ticket.quote', number)}</p>`;
  }

  /** Level, break or promotion, and what it saves. */
  priced({ level, from, promotion, saved }) {
    const words = promotion ? [t('line.promotion', promotion)] : [level && t('line.level', level), from && t('line.break', from)];
    return [...words, saved.minor > 0 && t('line.saved', saved.text)].filter(Boolean).join(' · ');
  }

  act(event, run) {
    event.stopPropagation();
    void run();
  }

  totals(totals, sale) {
    return html`<footer class="ticket-foot">
      <dl class="sums">
        <div><dt>${t('totals.net')}</dt><dd class="num">${totals.net.text}</dd></div>
        <div><dt>${t('totals.tax')}</dt><dd class="num" data-test="tax">${totals.tax.text}</dd></div>
        ${totals.cores ? html`<div><dt>${t('totals.cores')}</dt><dd class="num" data-test="cores">${totals.cores.text}</dd></div>` : nothing}
        ${totals.discount?.minor ? html`<div><dt>${t('totals.discount')}</dt><dd class="num" data-test="discount-sum">−${totals.discount.text}</dd></div>` : nothing}
        ${sale ? nothing : besideTotal()}
        ${totals.savings ? html`<div class="good"><dt>${t('totals.savings')}</dt><dd class="num">${totals.savings.text}</dd></div>` : nothing}
      </dl>
      <div class="total"><span>${t('totals.total')}</span><strong class="num" data-test="total" data-minor=${totals.total.minor}>${totals.total.text}</strong></div>
      ${sale || till.mode === 'pay'
        ? nothing
        : html`<button type="button" class="btn btn-main pay" data-test="pay-open" ?disabled=${till.mode !== 'sale'} @click=${() => till.startPay()}><kbd>F10</kbd> ${t(!till.register?.session ? 'notes.issue' : totals.total.minor < 0 ? 'action.refund' : 'action.pay')}</button>`}
    </footer>`;
  }
}
customElements.define('ticket-panel', TicketPanel);
