import { html, icon, nothing } from 'shared/piece.js';
import { t, tn } from 'shared/texts.js';
import { uuid7 } from 'shared/ids.js';
import { Over } from '../shell/dialog.js';
import { till } from '../shell/till.js';
import { focusIfKeys } from '../shell/keys.js';
import { moment } from '../shell/time.js';
import { shortTime } from './ages.js';
import { leaseText, look } from './beside.js';
import { stock } from './stock-server.js';

const HOURS = [4, 24, 48, 168];

/** Asks another branch to set a part aside. It says what that means: until the other has answered nothing is. */
class StockAsk extends Over {
  static properties = { ...Over.properties, wanted: { state: true }, quantity: { state: true }, hours: { state: true }, forWhom: { state: true }, problem: { state: true }, busy: { state: true } };

  /** @param wanted {part, name, branch: {store, code, free, asOf}, quantity} */
  async start(wanted) {
    this.wanted = wanted;
    this.quantity = wanted.quantity ?? '1';
    this.hours = 48;
    this.forWhom = till.ticket?.buyer?.name ?? '';
    this.problem = undefined;
    this.act = uuid7();
    await this.show();
    focusIfKeys(this.querySelector('[data-test=ask-quantity]'));
  }

  set(field, value) {
    this[field] = value;
    this.act = uuid7();
    this.problem = undefined;
  }

  /** The line of the ticket in hand that it is for. */
  get line() {
    const lines = till.ticket?.lines ?? [];
    return lines.find(line => line.partId === this.wanted.part && line.kind === 'PART' && line.id === till.selected) ?? lines.find(line => line.partId === this.wanted.part && line.kind === 'PART');
  }

  async send(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const { line } = this;
      const lease = await stock.ask({ act: this.act, giver: this.wanted.branch.store, part: this.wanted.part, quantity: this.quantity, hours: this.hours, forWhom: this.forWhom, ticket: line ? till.ticket.id : null, line: line?.id ?? null });
      till.say(t('lease.asked', lease.otherCode, lease.onHand.text, lease.asOf ? shortTime(lease.asOf) : t('lease.unheard')), 'attention');
      look(true);
      this.close();
      this.dispatchEvent(new Event('asked', { bubbles: true }));
    } catch (problem) {
      this.problem = problem;
      if (problem.code?.startsWith('stock-quantity')) this.fault('[data-test=ask-quantity]');
    } finally {
      this.busy = false;
    }
  }

  render() {
    return this.frame('stock-ask', t('lease.title'), () => html`
      <form @submit=${event => this.send(event)}>
        <p class="detail-head"><span class="mono">${this.wanted.name}</span> <span>${t('lease.of', this.wanted.branch.code)}</span></p>
        <p class="note attention" data-test="ask-only">${icon('info-circle')}<span>${t('lease.only', this.wanted.branch.free.text, this.wanted.branch.asOf ? shortTime(this.wanted.branch.asOf) : t('lease.unheard'))}</span></p>
        <div class="stock-head">
          <div><label class="form-label" for="ask-quantity">${t('stock.quantity')}</label>
            <input id="ask-quantity" class="form-control num" data-test="ask-quantity" inputmode="decimal" autocomplete="off" maxlength="20" .value=${this.quantity} @input=${event => this.set('quantity', event.target.value)}></div>
          <div><label class="form-label" for="ask-hours">${t('lease.hold')}</label>
            <select id="ask-hours" class="form-select" data-test="ask-hours" @change=${event => this.set('hours', Number(event.target.value))}>${HOURS.map(hours => html`<option value=${hours} ?selected=${hours === this.hours}>${hours < 24 ? tn('lease.hours', hours) : tn('lease.days', hours / 24)}</option>`)}</select></div>
          <div><label class="form-label" for="ask-forWhom">${t('lease.whom')}</label>
            <input id="ask-forWhom" class="form-control" data-test="ask-whom" autocomplete="off" maxlength="120" .value=${this.forWhom} @input=${event => this.set('forWhom', event.target.value)}></div></div>
        ${this.line ? html`<p class="form-hint">${t('lease.forline')}</p>` : nothing}
        <p class="field-problem follows" role="alert" data-test="ask-problem">${this.problem ? (this.problem.unreachable ? t('away.empty') : this.problem.detail) : ''}</p>
        <div class="over-foot"><span class="quiet">${t('lease.lapses')}</span><button type="submit" class="btn btn-main" data-test="ask-send" ?disabled=${this.busy}>${t('lease.send')}</button></div>
      </form>`, 'narrow');
  }
}
customElements.define('stock-ask', StockAsk);

/** What is promised from here and to here, and what was sold and is not there: each with its ways out. */
class StockLeases extends Over {
  static properties = { ...Over.properties, found: { state: true }, ending: { state: true }, why: { state: true }, problem: { state: true }, busy: { state: true } };

  constructor() {
    super();
    addEventListener('asked', () => this.opened && this.load());
  }

  async start() {
    this.found = undefined;
    this.ending = undefined;
    this.problem = undefined;
    await this.show();
    await this.load();
  }

  async load() {
    try {
      this.found = await till.read(() => stock.leases());
    } catch (problem) {
      this.problem = problem;
    }
  }

  async end(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    const { lease, act } = this.ending;
    try {
      await (act === 'refuse' ? stock.refuseLease(lease.id, this.why) : stock.withdrawLease(lease.id, this.why));
      this.ending = undefined;
      look(true);
      await this.load();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  async begin(lease, act) {
    this.ending = { lease, act };
    this.why = '';
    await this.updateComplete;
    focusIfKeys(this.querySelector('[data-test=lease-why]'));
  }

  send(lease) {
    this.close();
    setTimeout(() => document.querySelector('stock-sending').start(lease));
  }

  away(name, ...given) {
    this.close();
    setTimeout(() => document.querySelector(name).start?.(...given));
  }

  part(part) {
    return html`<span class="part"><span class="line-code">${part.lineCode}</span> <span class="number">${part.partNumber}</span></span> <span class="quiet">${part.name}</span>`;
  }

  who(lease) {
    return [lease.forWhom, lease.askedBy, moment(lease.askedAt), lease.why].filter(Boolean).join(' · ');
  }

  acts(lease) {
    if (this.ending?.lease === lease)
      return html`<form class="stock-scan" @submit=${event => this.end(event)}>
        <input class="form-control" data-test="lease-why" maxlength="120" autocomplete="off" aria-label=${t('lease.why')} placeholder=${t('lease.why')} .value=${this.why} @input=${event => { this.why = event.target.value; }}>
        <button type="submit" class="btn btn-main" data-test="lease-end" ?disabled=${this.busy}>${t(this.ending.act === 'refuse' ? 'lease.refuse' : 'lease.withdraw')}</button></form>`;
    return lease.asking
      ? html`<button type="button" class="btn btn-plain" data-test="lease-withdraw" @click=${() => this.begin(lease, 'withdraw')}>${t(lease.needsSomebody ? 'lease.seen' : 'lease.withdraw')}</button>`
      : html`${lease.reserved?.value > 0 ? html`<button type="button" class="btn btn-main" data-test="lease-send" @click=${() => this.send(lease)}>${icon('truck')} ${t('lease.dispatch')}</button>` : nothing}
        <button type="button" class="btn btn-plain" data-test="lease-refuse" @click=${() => this.begin(lease, 'refuse')}>${t('lease.refuse')}</button>`;
  }

  row(lease) {
    return html`<li class="lease-row" data-test="lease" data-state=${lease.state} data-asking=${lease.asking}>
      <div><strong class="num">${lease.quantity.text}</strong> ${this.part(lease.part)}
        <div class=${lease.needsSomebody ? 'attention' : 'quiet'}>${lease.needsSomebody ? icon('exclamation-triangle') : nothing} ${lease.asking ? leaseText(lease) : lease.oversold ? t('lease.oversold', lease.otherCode) : t('lease.for.' + lease.state, lease.otherCode, lease.reserved?.text ?? '0', moment(lease.expiresAt))}</div>
        ${lease.asking && lease.state === 'ASKED' ? html`<div class="quiet" data-test="lease-only">${t('lease.only', lease.onHand.text, lease.asOf ? shortTime(lease.asOf) : t('lease.unheard'))}</div>` : nothing}
        <div class="quiet">${this.who(lease)}</div>
        ${lease.asking && lease.needsSomebody ? html`<div class="quiet">${t('lease.ways')}</div>` : nothing}</div>
      <div class="lease-acts">${this.acts(lease)}</div></li>`;
  }

  gone(one) {
    return html`<li class="lease-row" data-test="missing">
      <div><strong class="num stop">${one.onHand.text}</strong> ${this.part(one.part)}
        <div class="attention">${icon('exclamation-triangle')} ${t('missing.text', moment(one.since))}</div>
        <div class="quiet">${t('missing.ways')}</div></div>
      <div class="lease-acts">${one.elsewhere.map(at => html`<button type="button" class="btn btn-plain" data-test="missing-ask" @click=${() => document.querySelector('stock-ask').start({ part: one.part.part, name: `${one.part.lineCode} ${one.part.partNumber}`, branch: at, quantity: one.onHand.text.replace('-', '') })}>${t('missing.ask', at.code, at.free.text)}</button>`)}
        ${till.may('stock.count') ? html`<button type="button" class="btn btn-plain" @click=${() => this.away('stock-count')}>${t('stock.menu.count')}</button>` : nothing}</div></li>`;
  }

  list(name, items, row) {
    return items.length ? html`<h3>${t(name)}</h3><ul class="plain lease-list">${items.map(item => row.call(this, item))}</ul>` : nothing;
  }

  render() {
    return this.frame('stock-leases', t('stock.menu.leases'), () => {
      const leases = this.found?.leases ?? [];
      const missing = this.found?.missing ?? [];
      const cases = leases.filter(lease => lease.needsSomebody);
      const rest = leases.filter(lease => !lease.needsSomebody);
      return html`
        ${this.problem ? html`<div class="note stop" role="alert">${icon('exclamation-octagon')}<span>${this.problem.unreachable ? t('away.empty') : this.problem.detail}</span></div>` : nothing}
        ${!this.found && !this.problem ? html`<p class="quiet stock-empty" role="status">${t('entry.loading')}</p>` : nothing}
        ${this.found && !leases.length && !missing.length ? html`<p class="quiet stock-empty" data-test="leases-none">${t('lease.none')}</p>` : nothing}
        ${this.list('lease.cases', cases, this.row)}
        ${this.list('lease.missing', missing, this.gone)}
        ${this.list('lease.give', rest.filter(lease => !lease.asking), this.row)}
        ${this.list('lease.wait', rest.filter(lease => lease.asking), this.row)}`;
    }, 'count');
  }
}
customElements.define('stock-leases', StockLeases);
