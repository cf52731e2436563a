import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { byShop } from '../shell/time.js';
import { stock } from './stock-server.js';

const PAUSE = 150;

/** What the shelf says of the ticket in hand: what other branches promise for a line, and the margin for who may see it. Asked for behind the ticket, never before it. */
let asked = '';
let known = { lines: [], margin: undefined, unknown: 0 };
let timer;

function keyOf(ticket) {
  return ticket && ticket.lines.length > 0 ? `${ticket.id} ${ticket.totals.total.minor} ${ticket.lines.map(line => `${line.id}:${line.quantity.text}`).join(' ')}` : '';
}

export function look(again = false) {
  const ticket = till.mode === 'done' ? undefined : till.ticket;
  const key = keyOf(ticket);
  if (key === asked && !again) return;
  asked = key;
  clearTimeout(timer);
  if (!key) {
    known = { lines: [], margin: undefined, unknown: 0 };
    return;
  }
  timer = setTimeout(async () => {
    try {
      const found = await stock.beside(ticket.id);
      if (key !== asked) return;
      known = found;
      till.dispatchEvent(new Event('change'));
    } catch {
      // Without it the ticket says what it says.
    }
  }, PAUSE);
}

till.addEventListener('change', () => look());

/** In words: asked for, set aside until, short, on its way. */
export function leaseText(lease) {
  const until = byShop(lease.expiresAt, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  if (lease.oversold) return t('lease.oversold.there', lease.otherCode);
  switch (lease.state) {
    case 'RESERVED': return t('lease.state.RESERVED', lease.otherCode, until);
    case 'SHORT': return t('lease.state.SHORT', lease.otherCode, lease.reserved.text, lease.quantity.text);
    case 'SENT': return t('lease.state.SENT', lease.otherCode, lease.number);
    case 'REFUSED': return t('lease.state.REFUSED', lease.otherCode);
    case 'LAPSED': return t('lease.state.LAPSED', lease.otherCode);
    case 'WITHDRAWN': return t('lease.state.WITHDRAWN', lease.otherCode);
    default: return t('lease.state.ASKED', lease.otherCode);
  }
}

export function besideLine(id) {
  const line = known.lines.find(each => each.line === id);
  if (!line) return nothing;
  return html`${line.leases.map(lease => html`<span class="each ${lease.needsSomebody ? 'attention' : 'quiet'}" data-test="line-lease" data-state=${lease.state}>${icon('truck')} ${leaseText(lease)}</span>`)}
    ${line.margin ? html`<span class="each quiet" data-test="line-margin">${t('margin.line', line.margin.amount.text, line.margin.percent ?? '—')}</span>` : nothing}`;
}

export function besideTotal() {
  const { margin, unknown } = known;
  if (!margin) return nothing;
  return html`<div class="quiet"><dt>${t('margin.total')}${unknown ? html` <span>${t('margin.unknown', unknown)}</span>` : nothing}</dt><dd class="num" data-test="margin">${margin.amount.text}${margin.percent ? ` · ${margin.percent} %` : ''}</dd></div>`;
}
