import { uuid7 } from 'shared/ids.js';
import { t } from 'shared/texts.js';
import { server } from './server.js';

const REGISTER = 'refahub.register';
const HELD = 'refahub.ticket';
const PAYING = 'refahub.paying';
/** Pieces that the connector has not answered yet: {register, ticket, line}; without a ticket while the next one is not there yet. */
const UNSENT = 'refahub.unsent';
const KNOCK = 1500;

/**
 * What this page knows: who, which drawer, the ticket in hand, the store's status. Every change of the ticket goes through one line, in the order of
 * the keys, and is repeated with the same act until the connector has answered it: nothing is lost while it is away, and nothing counts twice.
 */
class Till extends EventTarget {
  /** loading | setup | entry | drawer | sale | pay | done */
  mode = 'loading';
  person;
  permissions = new Set();
  storeName = '';
  registers = [];
  register;
  ticket;
  selected;
  sale;
  offers = [];
  vehicle = {};
  nextQuantity;
  /** What was sold last, to be sold once more by one key; on the next ticket, too. */
  lastPart;
  reachable = true;
  /** The session ended while work was in hand: the same person's PIN goes on from here. */
  locked = false;
  /** Locked by hand, not because the session ran out. */
  lockedByHand = false;
  /** While a PIN is being checked: who types on types for the search box. */
  entering = false;
  early = '';
  waiting = 0;
  busy = false;
  /** While the payment waits for what is on its way to the ticket: ends when it is open. */
  toPay;
  status;
  skew = 0;
  notice;
  sheets = [];
  #line = Promise.resolve();
  #back;
  #events;
  #eventsTimer;
  #leaving = false;
  #noticeTimer;

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  may(permission) {
    return this.permissions.has(permission);
  }

  get now() {
    return Date.now() + this.skew;
  }

  // ---- arriving

  async begin() {
    // A page loaded anew while the connector is away shows what it held.
    this.ticket = stored(HELD);
    this.#watchSleep();
    const { needed } = await this.#until(() => server.setup());
    if (needed) return this.#go('setup');
    await this.#arrive();
  }

  async #arrive() {
    const session = await this.#until(() => server.session());
    this.#know(session);
    if (!this.person) return this.#go('entry');
    await this.#enter();
  }

  async setupDone() {
    await this.#arrive();
  }

  #know(session) {
    this.person = session.person ?? undefined;
    this.permissions = new Set(session.permissions);
    this.storeName = session.storeName;
    this.zone = session.zone;
  }

  async signedIn(session) {
    this.#know(session);
    const goesOn = this.locked;
    this.locked = false;
    this.lockedByHand = false;
    this.#listen();
    if (goesOn && this.register) {
      if (this.register.session) await this.#standAt(this.register.session).catch(problem => this.say(problem.detail || t('problem.unknown'), 'stop'));
      this.#unlocked?.();
      this.changed();
    } else {
      await this.#enter();
    }
  }

  #unlocked;

  async #enter() {
    this.#listen();
    await this.#load();
    const remembered = localStorage.getItem(REGISTER);
    const choices = this.registers;
    this.register = choices.find(r => r.id === remembered) ?? (choices.length === 1 ? choices[0] : undefined);
    // A station has no drawer to open or to take over.
    if (this.register?.station) return this.work(this.register);
    const session = this.register?.session;
    // Somebody else's drawer is taken over by a word, not by the way; a counted one waits for its Z.
    if (!session || session.counted || session.cashier !== this.person.id) return this.#go('drawer');
    await this.#takeUp();
  }

  async #load() {
    // The warehouse has no till to stand at.
    this.registers = this.may('sales.see') ? (await this.#until(() => server.registers())).registers : [];
  }

  async openDrawer(register, openingFloat, act) {
    const session = await server.openDrawer(register.id, act, openingFloat);
    await this.work(register, session);
  }

  /** Works at a register; without a drawer, to write notes. */
  async work(register, session = register.session) {
    this.register = { ...register, session };
    localStorage.setItem(REGISTER, register.id);
    if (session) await this.#standAt(session);
    await this.#takeUp();
  }

  /** Whoever works at a drawer is on record as its cashier. */
  async #standAt(session) {
    if (session.cashier === this.person.id || !this.may('cash.run')) return;
    const before = session.cashierName;
    const act = uuid7();
    const drawer = await this.#until(() => server.takeOver(session.id, act));
    this.register = { ...this.register, session: { ...session, cashier: drawer.cashier, cashierName: drawer.cashierName } };
    this.say(t('cash.takenover', this.register.name, before), 'good');
  }

  /** Ends the session but keeps the work: a PIN goes on, of the same person or of who takes the drawer over. */
  async lock() {
    this.lockedByHand = true;
    await server.signOut().catch(() => undefined);
    void this.#lock();
  }

  changeRegister() {
    return this.#load().then(() => this.#go('drawer'));
  }

  async #takeUp() {
    const held = stored(HELD);
    if (held?.register === this.register.id) this.ticket = held;
    // Scanned before the page was loaded anew, and never answered.
    const unsent = this.#unsent;
    // What is scanned before the first ticket is there waits for it.
    const { promise: there, resolve: arrived } = Promise.withResolvers();
    if (!this.ticket) this.#line = this.#line.then(() => there);
    this.#go('sale');
    try {
      // A payment whose answer never came: the sale has the ticket's id.
      const paying = stored(PAYING);
      if (paying?.register === this.register.id) {
        const sale = await this.#until(() => server.sale(paying.ticket).catch(unlessUnreachable));
        localStorage.removeItem(PAYING);
        if (sale) return this.#sold(sale);
      }
      this.#hold(await this.#until(() => server.inHand(this.register.id)));
    } finally {
      arrived();
    }
    // Sent once more, as the same acts. What was scanned for the next customer is for a ticket with nothing on it.
    const mine = ({ register, ticket }) => (ticket ? ticket === this.ticket.id : register === this.register.id && this.ticket.lines.length === 0);
    const again = unsent.filter(mine);
    this.#answered(unsent);
    for (const { line } of again) void this.#send(line);
  }

  async signOut() {
    this.#events?.close();
    this.#events = undefined;
    this.#leaving = true;
    await server.signOut().catch(() => undefined);
    this.#leaving = false;
    this.person = undefined;
    this.permissions = new Set();
    this.ticket = undefined;
    this.sheets = [];
    localStorage.removeItem(HELD);
    this.#unsent = [];
    this.#go('entry');
  }

  // ---- the ticket

  #hold(ticket) {
    const before = new Map(this.ticket?.id === ticket.id ? this.ticket.lines.map(line => [line.id, line.quantity.text]) : []);
    this.ticket = ticket;
    const touched = ticket.lines.filter(line => selectable(line) && before.get(line.id) !== line.quantity.text);
    // All pieces of a kit are one touch.
    if (new Set(touched.map(head)).size === 1) this.selected = touched[0].id;
    if (touched.length === 1 && touched[0].kind === 'PART' && !touched[0].fixed) this.lastPart = { partId: touched[0].partId, name: touched[0].name };
    if (!ticket.lines.some(line => line.id === this.selected)) this.selected = ticket.lines.filter(selectable).at(-1)?.id;
    localStorage.setItem(HELD, JSON.stringify(ticket));
    // What was scanned for it before it was there.
    if (this.#unsent.some(each => !each.ticket)) this.#unsent = this.#unsent.map(each => ({ ...each, ticket: each.ticket ?? ticket.id }));
    this.changed();
  }

  get selectedLine() {
    return this.ticket?.lines.find(line => line.id === this.selected);
  }

  select(id) {
    this.selected = id;
    this.changed();
  }

  /** The line above or below the selected one. */
  move(step) {
    const lines = this.ticket?.lines.filter(selectable) ?? [];
    if (lines.length === 0) return;
    const at = lines.findIndex(line => line.id === this.selected);
    this.select(lines[Math.min(lines.length - 1, Math.max(0, at + step))].id);
  }

  /** Puts a change at the end of the line. The answer is the ticket, or undefined where it was refused. */
  #change(act, onRefused, onAway) {
    if (this.mode === 'done') this.next();
    this.waiting++;
    this.changed();
    const stood = this.notice;
    const result = this.#line.then(async () => {
      try {
        const ticket = await this.#until(act, onAway);
        // What was refused before is mended, or given up; what was said meanwhile stands.
        if (stood?.tone === 'stop' && this.notice === stood) this.hush();
        this.#hold(ticket);
        return ticket;
      } catch (problem) {
        if (problem.code === 'ticket-finished' || problem.code === 'ticket-unknown') {
          // Charged from another page of this till: go on with the register's present ticket.
          this.#hold(await this.#until(() => server.inHand(this.register.id)));
        }
        if (!onRefused?.(problem)) this.say(problem.detail || t('problem.unknown'), 'stop');
        return undefined;
      } finally {
        this.waiting--;
        this.changed();
      }
    });
    this.#line = result.catch(() => undefined);
    return result;
  }

  /** @param what {partId} or {barcode} or {text} */
  add(what, { name = '', onRefused } = {}) {
    const line = { act: uuid7(), quantity: this.nextQuantity ?? 1, ...what };
    this.nextQuantity = undefined;
    const kept = () => this.say(t('away.kept', name || what.barcode || what.text || ''), 'attention');
    if (!this.reachable) kept();
    return this.#send(line, onRefused, kept);
  }

  #send(line, onRefused, onAway) {
    const piece = { register: this.register.id, ticket: this.ticket?.id, line };
    this.#unsent = [...this.#unsent, piece];
    const sent = this.#change(() => server.add(this.ticket.id, line), onRefused, onAway);
    const answered = () => this.#answered([piece]);
    void sent.then(answered, answered);
    return sent;
  }

  #answered(pieces) {
    const acts = new Set(pieces.map(each => each.line.act));
    this.#unsent = this.#unsent.filter(each => !acts.has(each.line.act));
  }

  get #unsent() {
    return stored(UNSENT) ?? [];
  }

  set #unsent(lines) {
    if (lines.length) localStorage.setItem(UNSENT, JSON.stringify(lines));
    else localStorage.removeItem(UNSENT);
  }

  /** The last part once more, or as many as were typed in front. */
  again() {
    return this.lastPart && this.add({ partId: this.lastPart.partId }, { name: this.lastPart.name });
  }

  /** @param line {act, description, price, quantity, …}: something that no catalogue knows */
  misc(line, onRefused) {
    return this.#change(() => server.misc(this.ticket.id, line), onRefused);
  }

  /** @param voucher {act, amount}: a gift voucher */
  voucher(voucher, onRefused) {
    return this.#change(() => server.voucher(this.ticket.id, voucher), onRefused);
  }

  /** @param given NOW, LATER or NEVER: when the old piece comes */
  core(id, given, onRefused) {
    return this.#change(() => server.core(this.ticket.id, id, given), onRefused);
  }

  serials(id, serials, onRefused) {
    return this.#change(() => server.serials(this.ticket.id, id, serials), onRefused);
  }

  step(by) {
    const line = this.selectedLine;
    if (!line || line.fixed) return Promise.resolve();
    return this.#change(() => {
      const now = this.ticket.lines.find(l => l.id === line.id) ?? line;
      const quantity = Math.round(((now.kit ?? now).quantity.value + by) * 1000) / 1000;
      if (quantity <= 0) return this.ticket;
      return server.quantity(this.ticket.id, head(now), quantity);
    });
  }

  quantity(id, quantity) {
    return this.#change(() => server.quantity(this.ticket.id, this.#head(id), quantity));
  }

  note(id, note, onRefused) {
    return this.#change(() => server.note(this.ticket.id, id, note), onRefused);
  }

  discount(id, discount, onRefused) {
    return this.#change(() => server.discount(this.ticket.id, this.#head(id), discount), onRefused);
  }

  /** What acts on a piece of a kit acts on the kit. */
  #head(id) {
    const line = this.ticket?.lines.find(l => l.id === id);
    return line ? head(line) : id;
  }

  discountAll(discount, onRefused) {
    return this.#change(() => server.discountAll(this.ticket.id, discount), onRefused);
  }

  bringBack(back, onRefused) {
    return this.#change(() => server.bringBack(this.ticket.id, back), onRefused);
  }

  bringBackUnproven(back, onRefused) {
    return this.#change(() => server.bringBackUnproven(this.ticket.id, back), onRefused);
  }

  /** @param customer id; null for nobody in particular */
  sellTo(customer, onRefused) {
    return this.#change(() => server.sellTo(this.ticket.id, customer), onRefused);
  }

  /** What stands on the ticket is promised; the register goes on with a new one. @returns the promise, or undefined where it was refused */
  async promise(make, onRefused) {
    const id = this.ticket.id;
    let made;
    const done = await this.#change(async () => {
      made = await make(id);
      return server.inHand(this.register.id);
    }, onRefused);
    return done && made;
  }

  /** A promise comes back as the ticket in hand. @returns what was said of it */
  async promised(load, onRefused) {
    let loaded;
    const done = await this.#change(async () => {
      loaded = await load();
      return loaded.ticket;
    }, onRefused);
    return done && loaded;
  }

  /** Puts the ticket aside; the register goes on with a new one. */
  async park(note, onRefused) {
    const done = await this.#change(async () => {
      const id = this.ticket.id;
      // Asked again after silence it says the same, so that the new ticket is opened once.
      await server.park(id, note);
      return server.inHand(this.register.id);
    }, onRefused);
    if (done) this.say(t('park.done', note || t('park.unnamed')), 'good');
    return done;
  }

  recall(ticket, onRefused) {
    return this.#change(() => server.recall(this.register.id, ticket), onRefused);
  }

  /** Issues the ticket as a note, for a till to collect; the register goes on with a new one. */
  async issueNote(onRefused) {
    let note;
    const done = await this.#change(async () => {
      // Asked again after silence it is the same note.
      note = await server.issueNote(this.ticket.id);
      return server.inHand(this.register.id);
    }, onRefused);
    if (done) this.say(t('notes.issued', note.number, note.total.text), 'good');
    return done;
  }

  /** @param code of a note, as scanned or typed */
  async collect(code, onRefused) {
    const done = await this.#change(() => server.collectNote(this.register.id, code), onRefused);
    if (done) this.say(t('notes.collected'), 'good');
    return done;
  }

  /** Takes a piece out of its kit, which is none without it: the others cost what they cost by themselves. */
  async removePiece(id) {
    const line = this.ticket?.lines.find(l => l.id === id);
    if (!line?.kit) return;
    const done = await this.#change(() => server.remove(this.ticket.id, id));
    if (done) this.say(t('kit.opened', line.kit.partNumber), 'attention');
  }

  async remove(id = this.selected) {
    const line = this.ticket?.lines.find(l => l.id === id);
    if (!line || (line.fixed && !line.returnOf && line.kind !== 'VOUCHER' && !line.agreed)) return;
    const kit = line.returnOf || line.agreed ? undefined : line.kit;
    const done = await this.#change(() => server.remove(this.ticket.id, kit?.id ?? id));
    if (done && kit)
      this.say(t('ticket.removed', kit.name), 'quiet', { label: t('act.undo'), run: () => this.add({ partId: kit.partId, quantity: kit.quantity.value }, { name: kit.name }) });
    else if (done && (line.returnOf || line.agreed))
      this.say(t('ticket.removed', line.agreed && line.kit ? line.kit.name : line.name), 'quiet');
    else if (done)
      this.say(t('ticket.removed', line.name), 'quiet', {
        label: t('act.undo'),
        run: () => {
          if (line.kind === 'VOUCHER') this.voucher({ act: uuid7(), amount: line.total.minor });
          else if (line.misc) this.misc({ ...line.misc, act: uuid7(), quantity: line.quantity.value });
          else this.add({ partId: line.partId, quantity: line.quantity.value }, { name: line.name });
        },
      });
  }

  // ---- payment

  startPay() {
    if (!this.register?.session) return void this.#line.then(() => this.issueNote());
    // What is still on its way to the ticket belongs to its total; keys that come meanwhile are for the payment.
    const toPay = this.#line.then(() => {
      if (this.toPay === toPay) this.toPay = undefined;
      if (this.mode !== 'sale') return;
      if (!this.ticket?.lines.length) {
        this.say(t('ticket.empty.pay'), 'attention');
        return;
      }
      this.offers = [];
      this.notice = undefined;
      this.#go('pay');
    });
    this.toPay = toPay;
  }

  backToSale() {
    this.#go('sale');
  }

  /** Charges. The same payment again is the same sale, so asking again after silence is safe. */
  async pay(offers, approval) {
    if (this.busy) return;
    this.busy = true;
    this.changed();
    const ticket = this.ticket;
    localStorage.setItem(PAYING, JSON.stringify({ register: this.register.id, ticket: ticket.id }));
    try {
      const sale = await this.#until(() => server.pay(ticket.id, ticket.totals.total.minor, offers, approval));
      this.#sold(sale);
    } catch (problem) {
      if (problem.code === 'payment-differs') {
        this.#sold(await this.#until(() => server.sale(ticket.id)));
        this.say(problem.detail, 'attention');
        return;
      }
      if (problem.code === 'ticket-changed') this.#hold(await this.#until(() => server.ticket(ticket.id)));
      throw problem;
    } finally {
      localStorage.removeItem(PAYING);
      this.busy = false;
      this.changed();
    }
  }

  /** A marketplace's order is sold in one act. Refused for what is to be typed still, its ticket is in hand then. */
  async collectOrder(collect) {
    if (this.busy) return;
    this.busy = true;
    this.changed();
    try {
      this.#sold(await this.#until(collect));
    } catch (problem) {
      this.#hold(await this.#until(() => server.inHand(this.register.id)));
      throw problem;
    } finally {
      this.busy = false;
      this.changed();
    }
  }

  #sold(sale) {
    this.sale = sale;
    this.offers = [];
    this.ticket = undefined;
    this.selected = undefined;
    this.vehicle = {};
    localStorage.removeItem(HELD);
    this.notice = undefined;
    this.#go('done');
  }

  /** The next customer. */
  next() {
    if (this.mode !== 'done') return;
    this.#line = this.#line.then(async () => this.#hold(await this.#until(() => server.inHand(this.register.id))));
    this.#go('sale');
  }

  async reprint(id) {
    try {
      await this.#until(() => server.reprint(id));
      this.say(t('sale.reprinted'), 'good');
    } catch (problem) {
      this.say(problem.detail, 'stop');
    }
  }

  // ---- the connector

  /** Asks until somebody answers: a 'no' is an answer, silence is not. */
  async #until(call, onAway) {
    for (;;) {
      try {
        const answer = await call();
        this.#here();
        return answer;
      } catch (problem) {
        if (problem.unreachable || problem.code === 'try-again') {
          if (this.reachable) onAway?.();
          this.#away();
          await this.#back.promise;
        } else if (problem.code === 'not-signed-in' && this.person) {
          await this.#lock();
        } else {
          if (problem.status) this.#here();
          throw problem;
        }
      }
    }
  }

  /** For changes beside the ticket that may be repeated: asked until the connector has answered. */
  ask(call) {
    return this.#until(call);
  }

  /** For reads that may be dropped: tells whether the connector is there, and passes everything on. */
  async read(call) {
    try {
      const answer = await call();
      this.#here();
      return answer;
    } catch (problem) {
      if (problem.unreachable) this.#away();
      else if (problem.code === 'not-signed-in' && this.person && !this.locked) void this.#lock();
      throw problem;
    }
  }

  #lock() {
    if (!this.locked) {
      this.locked = true;
      this.#lockedUntil = new Promise(resolve => (this.#unlocked = resolve));
      this.changed();
    }
    return this.#lockedUntil;
  }

  #lockedUntil = Promise.resolve();

  #here() {
    if (this.reachable) return;
    this.reachable = true;
    this.#back?.resolve();
    this.#back = undefined;
    this.say(t('away.back'), 'good');
    this.changed();
  }

  #away() {
    if (!this.#back) this.#back = Promise.withResolvers();
    if (!this.reachable) return;
    this.reachable = false;
    this.changed();
    void this.#knock();
  }

  async #knock() {
    while (!this.reachable) {
      await new Promise(resolve => setTimeout(resolve, KNOCK));
      try {
        await server.health();
        this.#here();
      } catch (problem) {
        if (!problem.unreachable) this.#here();
      }
    }
  }

  #listen() {
    if (this.#events) return;
    const events = new EventSource('/pos/api/events');
    this.#events = events;
    events.addEventListener('status', event => {
      this.status = JSON.parse(event.data);
      this.skew = Date.parse(this.status.now) - Date.now();
      this.#here();
      this.changed();
    });
    events.addEventListener('paper', event => {
      const sheet = JSON.parse(event.data);
      this.sheets = [sheet, ...this.sheets.filter(s => s.id !== sheet.id)].slice(0, 20);
      this.changed();
    });
    events.onerror = () => {
      // Only this line, or the connector: one call tells, and so the page says it before anybody needs it.
      this.#look();
      if (events.readyState !== EventSource.CLOSED) return;
      this.#events = undefined;
      clearTimeout(this.#eventsTimer);
      this.#eventsTimer = setTimeout(() => this.person && this.#listen(), 3000);
    };
  }

  /** Whether the connector is there and knows who stands here: one that was started anew asks for the PIN before anybody scans. */
  #look() {
    const stands = this.person;
    // Somebody who has signed in while this was on its way is not meant by an answer from before.
    const known = session => session.person || !stands || this.person !== stands || this.#leaving || this.#lock();
    void this.read(() => server.session(3000)).then(known).catch(() => undefined);
  }

  /** After a sleep the line of news may be dead without a word, and what it said last is old. */
  #wake() {
    if (!this.#events) return;
    this.#events.close();
    this.#events = undefined;
    this.#listen();
    this.#look();
  }

  #watchSleep() {
    document.addEventListener('resume', () => this.#wake());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#wake());
    addEventListener('online', () => this.#wake());
    addEventListener('offline', () => this.#look());
  }

  // ---- what the page says

  /** One sentence at a time; the next act or a few seconds take it away. */
  say(text, tone = 'quiet', act) {
    clearTimeout(this.#noticeTimer);
    this.notice = { text, tone, act };
    this.#noticeTimer = setTimeout(() => this.hush(), tone === 'stop' ? 12000 : 6000);
    this.changed();
  }

  hush() {
    if (!this.notice) return;
    this.notice = undefined;
    this.changed();
  }

  #go(mode) {
    this.mode = mode;
    this.changed();
  }
}

/** A deposit goes with its line; a line that comes back can be taken off. */
/** The id that what is done to a line is done to: a piece of a kit follows its kit. */
const head = line => (line.returnOf || line.agreed ? line.id : (line.kit?.id ?? line.id));

const selectable = line => !line.fixed || Boolean(line.returnOf) || line.agreed && line.kind !== 'CORE_DEPOSIT';

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** No such sale is an answer; silence is not. */
function unlessUnreachable(problem) {
  if (problem.status === 404) return undefined;
  throw problem;
}

export const till = new Till();

/** Renders its element anew whenever the till changed. */
export class Follows {
  constructor(host) {
    this.host = host;
    this.listener = () => host.requestUpdate();
    host.addController(this);
  }

  hostConnected() {
    till.addEventListener('change', this.listener);
  }

  hostDisconnected() {
    till.removeEventListener('change', this.listener);
  }
}
