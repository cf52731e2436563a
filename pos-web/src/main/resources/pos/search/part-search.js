import { live } from 'lit/directives/live.js';
import { Piece, html, icon, nothing } from 'shared/piece.js';
import { count, t, tn } from 'shared/texts.js';
import { Follows, till } from '../shell/till.js';
import { server } from '../shell/server.js';
import { focusIfKeys, isField, isPrintable } from '../shell/keys.js';
import { askElsewhere, elsewhere } from '../stock/elsewhere.js';
import { ReturnNotes } from '../returns/return-notes.js';
import { lastOf } from './part-facets.js';

/** Keys closer to each other than this (in milliseconds) are a scanner's, or a hand's that rolls over them: asked about together. */
const BURST = 35;
/** How long (in milliseconds) a question on its way may keep the next one waiting before it is given up. */
const PATIENCE = 60;
/** How long (in milliseconds) nobody types before what stands beside the rows is asked for. */
const REST = 150;
/** The first rows are what a screen holds, so that they are painted soon; what follows comes when it is looked for. */
const FIRST = 24;
const MORE = 40;
/** The server lists no deeper. */
const DEEPEST = 1000;
/** So few rows before the end of the list the next ones are fetched. */
const AHEAD = 8;
/** Nobody types as much, but somebody pastes it: an address has no room for more. */
const LONGEST = 500;
/** A quantity in front: 3*, 2.5*BKR6E-11. */
const TIMES = /^\s*(\d{1,5}(?:[.,]\d{1,3})?)\s*[*×]\s*(.*)$/;
/** Digits that may yet turn out to be a quantity. */
const PERHAPS_TIMES = /^\s*\d{1,5}(?:[.,]\d{0,3})?\s*$/;
/** The selected line's quantity: =3, =2.5. Whatever else stands behind the sign is no quantity, and nothing to look for either. */
const EXACTLY = /^\s*=\s*(?:(\d{1,5}(?:[.,]\d{1,3})?)\s*$)?/;
/** What a note's barcode says; a scanner set to another keyboard makes ' of the dash. */
const isNote = text => /^nota[-' ]?\d{1,12}([-' ][0-9a-f]{4})?$/i.test(text.trim());
const looksLikeCode = text => /^\S{4,}$/.test(text) && /\d/.test(text);

/** The one box and what it finds. It decides what was meant: a row's number, a code, words. */
class PartSearch extends Piece {
  static properties = { text: { state: true }, found: { state: true }, lifted: { state: true }, filters: { state: true }, filtering: { state: true }, at: { state: true }, missing: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.notes = new ReturnNotes(this);
    this.text = '';
    this.asked = '';
    this.foundFor = '';
    this.lifted = [];
    this.filters = {};
    this.filtering = false;
    this.at = -1;
    this.turn = 0;
    this.growing = false;
    this.typedAt = -Infinity;
    this.onFocus = () => this.inBox && focusIfKeys(this.box);
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('focus', this.onFocus);
  }

  disconnectedCallback() {
    removeEventListener('focus', this.onFocus);
    clearTimeout(this.timer);
    clearTimeout(this.besideTimer);
    super.disconnectedCallback();
  }

  get inBox() {
    return till.mode === 'sale' && !till.locked && !document.querySelector('dialog[open]');
  }

  get box() {
    return this.querySelector('input');
  }

  get hits() {
    return this.found?.hits ?? [];
  }

  /** The hit that F12 is about. */
  get current() {
    return this.picked ?? this.rows[this.hits.length > 0 ? Math.max(0, this.at) : this.at];
  }

  /** The customer's vehicle as far as it is known: chosen, or read out of what was typed. */
  get vehicle() {
    const read = Object.fromEntries((this.found?.understood?.vehicle ?? []).map(term => [term.kind.toLowerCase(), term.value]));
    const { make, model, year, engine } = { ...read, ...till.vehicle };
    return { make, model, year: Number(year) || undefined, engine };
  }

  /** '3*rest' in its parts. */
  get typed() {
    const match = TIMES.exec(this.text);
    return match ? { times: Number(match[1].replace(',', '.')), rest: match[2] } : { rest: this.text };
  }

  /** One or two digits while rows are shown name a row. */
  get picked() {
    const rest = this.typed.rest.trim();
    return /^\d{1,2}$/.test(rest) && this.hits.length > 0 ? this.hits[Number(rest) - 1] : undefined;
  }

  get picking() {
    return /^\d{1,2}$/.test(this.typed.rest.trim()) && this.hits.length > 0;
  }

  firstUpdated() {
    focusIfKeys(this.box);
  }

  updated() {
    const vehicle = JSON.stringify(till.vehicle);
    if (vehicle !== this.lastVehicle) {
      const first = this.lastVehicle === undefined;
      this.lastVehicle = vehicle;
      // An empty box asks for all that fits.
      if (!first) this.ask(this.picking ? '' : this.typed.rest.trim(), 0);
    }
    // What was asked while the catalogue was on its way is answered when it is here.
    if (this.found && this.unfilled && !this.underway && till.status?.indexVersion > 0) this.ask(this.foundFor, 0);
    if (till.ticket && till.ticket.id !== this.lastTicket) {
      const first = this.lastTicket === undefined;
      this.lastTicket = till.ticket.id;
      // The next customer begins with an empty desk, unless somebody has already begun to type.
      if (!first && !this.text) this.clear();
    }
    if (this.inBox && document.activeElement === document.body) focusIfKeys(this.box);
  }

  append(key) {
    this.change(this.text + key);
    this.updateComplete.then(() => {
      focusIfKeys(this.box);
      this.box.setSelectionRange(this.text.length, this.text.length);
    });
  }

  /** The selected line's quantity is typed next. Whoever touched it wants to type, so the tablet's own keys come up too. */
  askQuantity() {
    this.box.focus({ preventScroll: true });
    this.append('=');
  }

  change(text) {
    this.text = text;
    this.missing = undefined;
    const { times, rest } = this.typed;
    const isTimes = times !== undefined && !rest.trim();
    if (!PERHAPS_TIMES.test(text) && !isTimes) this.standing = undefined;
    else if (!isTimes && !this.picking) this.standing ??= this.list;
    this.lifted = this.lifted.filter(word => text.includes(word));
    // What narrowed one question does not hide the answers of the next.
    if (!this.picking && this.typed.rest.trim() && !sameQuestion(this.foundFor, this.typed.rest)) this.filters = {};
    this.at = -1;
    if (till.notice?.tone !== 'stop') till.hush();
    // The digits turn out to be a quantity: nobody wanted what is called like them, and a row of the list before may be meant.
    if (isTimes && this.asked && text.trim().startsWith(this.asked)) this.putBack();
    if (this.picking || !rest.trim() || rest.trim() === this.asked || EXACTLY.test(text)) return;
    const now = performance.now();
    this.ask(rest.trim(), now - this.typedAt > BURST ? 0 : BURST);
    this.typedAt = now;
  }

  /** What is shown and how it came about. */
  get list() {
    const { found, foundFor, question, filters, asked } = this;
    return { found, foundFor, question, filters, asked };
  }

  putBack() {
    const { standing } = this;
    this.standing = undefined;
    if (!standing?.found) return void this.ask('', 0);
    this.underway?.abort();
    clearTimeout(this.timer);
    this.next = undefined;
    this.turn++;
    Object.assign(this, standing);
    this.answered();
    this.beside(true);
  }

  /**
   * Searches, at once where nothing is on its way; else behind it, so that who types fast neither waits for a pause nor sets the server ten questions at a time. An answer
   * that a newer question has overtaken is dropped.
   */
  ask(text, delay) {
    clearTimeout(this.timer);
    clearTimeout(this.besideTimer);
    this.next = undefined;
    const turn = ++this.turn;
    this.asked = text;
    if (!text && !hasVehicle(till.vehicle)) {
      this.underway?.abort();
      this.found = undefined;
      this.answered();
      return;
    }
    // Who waits, waits for the last of the questions.
    this.pending ??= Promise.withResolvers();
    if (delay === 0 && !this.underway) return void this.send(text, turn);
    if (delay === 0) this.next = () => this.send(text, turn);
    this.timer = setTimeout(() => this.send(text, turn), delay || PATIENCE);
  }

  async send(text, turn) {
    clearTimeout(this.timer);
    this.next = undefined;
    this.underway?.abort();
    const underway = (this.underway = new AbortController());
    const question = { q: text.slice(0, LONGEST), ...till.vehicle, ...this.filters, lifted: this.lifted.join(',') };
    try {
      const found = await till.read(() => server.search({ ...question, facets: this.filtering, limit: FIRST }, underway.signal));
      if (turn === this.turn) {
        this.found = found;
        this.foundFor = text;
        this.question = question;
        this.trouble = undefined;
        this.at = -1;
        this.querySelector('.results')?.scrollTo(0, 0);
        till.changed();
        this.beside(false);
      }
    } catch (problem) {
      if (turn === this.turn && problem.name !== 'AbortError') this.trouble = problem;
    }
    if (this.underway === underway) this.underway = undefined;
    if (turn === this.turn) this.answered();
    else if (!this.underway) this.next?.();
  }

  /** The next rows of a list that is longer than what came of it. */
  async grow() {
    const { found, question, turn } = this;
    if (this.growing || this.underway || !found || this.hits.length >= Math.min(found.total, DEEPEST)) return;
    this.growing = true;
    try {
      const { hits } = await till.read(() => server.search({ ...question, limit: MORE, offset: this.hits.length }));
      if (turn !== this.turn || this.found !== found) return;
      // Stock moves meanwhile, and with it the order of equals: nobody is told of a part twice.
      const shown = new Set(this.hits.map(hit => hit.partId));
      const fresh = hits.filter(hit => !shown.has(hit.partId));
      this.found = { ...found, hits: [...this.hits, ...fresh], total: fresh.length ? found.total : this.hits.length };
      this.beside(true);
    } catch {
      // The rows that are there stay; whoever goes on asks again.
    } finally {
      this.growing = false;
    }
  }

  /** What stands beside the rows is asked for when they are painted and nobody types any more. */
  beside(more) {
    clearTimeout(this.besideTimer);
    this.besideTimer = setTimeout(() => {
      // A screen so tall that nothing is to be scrolled has room for more.
      const list = this.querySelector('.results');
      if (list && list.scrollHeight <= list.clientHeight) void this.grow();
      void askElsewhere(this, this.rows);
      void this.notes.ask(this.hits.map(hit => hit.partId), till.vehicle, more);
    }, REST);
  }

  answered() {
    this.pending?.resolve();
    this.pending = undefined;
  }

  /** The words that are being looked for, without a row's number or a quantity; those of a hit are none. */
  get asking() {
    const found = this.found ? this.foundFor : '';
    return this.missing ?? (this.picking ? found : this.typed.rest.trim() || found);
  }

  /** What was looked for, by the field of a new part that it belongs to. */
  get looked() {
    const text = this.asking ?? '';
    if (!text) return {};
    if (this.missing && this.scannedLast) return { barcode: text };
    return looksLikeCode(text) ? { number: text } : { name: text };
  }

  /** The part that is on the clerk's mind: the row in hand, or the only one. */
  get meant() {
    return this.picked ?? (this.at >= 0 ? this.rows[this.at] : this.hits.length === 1 ? this.hits[0] : undefined);
  }

  /** The last part once more; as often as stands in the box. */
  again() {
    const { times, rest } = this.typed;
    if (times > 0 && !rest.trim()) {
      till.nextQuantity = times;
      this.text = '';
    }
    void till.again();
  }

  /** What was looked for has been dealt with in another way. */
  done() {
    this.clear();
    focusIfKeys(this.box);
  }

  clear() {
    this.text = '';
    this.missing = undefined;
    this.lifted = [];
    this.filters = {};
    this.ask('', 0);
    this.at = -1;
  }

  // ---- keys

  key(event) {
    const inBox = event.target === this.box;
    if (event.target instanceof Element && event.target.closest('part-facets')) {
      if (event.key === 'Escape') {
        event.preventDefault();
        focusIfKeys(this.box);
        return;
      }
      if (event.target.closest('part-facets').key(event)) return;
    }
    if (isField(event.target) && !inBox) return;
    const empty = this.text === '';
    const act = {
      Enter: () => event.target instanceof HTMLButtonElement ? false : this.enter(),
      ArrowDown: () => (event.altKey || this.rows.length === 0 ? till.move(1) : this.walk(1)),
      ArrowUp: () => (event.altKey || this.rows.length === 0 ? till.move(-1) : this.walk(-1)),
      PageDown: () => this.walk(8),
      PageUp: () => this.walk(-8),
      Escape: () => this.back(),
      Delete: () => (empty ? till.remove() : false),
      '+': () => (empty ? till.step(1) : false),
      '-': () => (empty ? till.step(-1) : false),
      '?': () => (empty ? this.closest('refahub-pos').open('key-map') : false),
    }[event.key];
    if (act && act() !== false) {
      event.preventDefault();
      return;
    }
    if (!inBox && isPrintable(event) && event.key !== ' ') {
      event.preventDefault();
      this.append(event.key);
    }
  }

  walk(step) {
    if (this.rows.length === 0) return;
    this.at = Math.min(this.rows.length - 1, Math.max(0, this.at < 0 ? (step > 0 ? 0 : 0) : this.at + step));
    this.updateComplete.then(() => this.querySelector('.hit.at')?.scrollIntoView({ block: 'nearest' }));
    if (this.at >= this.hits.length - AHEAD) void this.grow();
  }

  /** Near the end of the list its next rows are fetched. */
  scrolled({ scrollHeight, scrollTop, clientHeight }) {
    if (scrollTop > 0 && scrollHeight - scrollTop - clientHeight < clientHeight) void this.grow();
  }

  /** Steps back, never loses: first what is being typed, then what was found, then the vehicle. The ticket stays. */
  back() {
    if (this.missing) this.missing = undefined;
    else if (this.at >= 0) this.at = -1;
    else if (hasAny(this.filters)) this.narrow({});
    else if (this.text) {
      this.text = '';
      focusIfKeys(this.box);
    } else if (till.nextQuantity) {
      till.nextQuantity = undefined;
      till.changed();
    } else if (this.asked) this.ask('', 0);
    else if (hasVehicle(till.vehicle)) {
      till.vehicle = {};
      till.changed();
    } else till.hush();
  }

  async enter() {
    const exactly = EXACTLY.exec(this.text);
    if (exactly) {
      const line = till.selectedLine;
      if (!exactly[1] || !line || line.fixed) return till.say(t(exactly[1] ? 'quantity.noline' : 'quantity.missing'), 'attention');
      this.text = '';
      return void till.quantity(line.id, Number(exactly[1].replace(',', '.')));
    }
    const { times, rest } = this.typed;
    const text = rest.trim();
    if (!this.counts()) return;
    if (times !== undefined && !text) {
      this.text = '';
      till.changed();
      return;
    }
    if (this.picking) {
      if (this.picked) return this.take(this.picked);
      return till.say(t('search.row.none', text), 'attention');
    }
    if (this.at >= 0) return this.take(this.rows[this.at]);
    if (!text) return;
    await this.pending?.promise;
    // What was typed meanwhile is the clerk's next question.
    if (this.typed.rest.trim() !== text) return;
    // A question that got no answer leaves the hits of the one before: they are not meant.
    const answered = this.foundFor === text;
    const exact = !answered ? [] : this.hits.filter(hit => ['EXACT', 'WITHOUT_DASHES'].includes(hit.reason.kind));
    const only = answered && this.asked === text ? (exact.length === 1 ? exact[0] : this.found?.total === 1 ? this.hits[0] : undefined) : undefined;
    if (only) return this.take(only);
    if (exact.length === 0 && looksLikeCode(text)) {
      this.text = '';
      return this.code({ text });
    }
    this.commit();
  }

  /** What was typed is searched for and stays visible; the next key begins anew, so that a row's number can follow. */
  commit() {
    focusIfKeys(this.box);
    this.box.select();
    if (this.hits.length > 0) this.at = -1;
  }

  take(hit) {
    if (!hit.price) return till.say(t('search.no-price', hit.name), 'attention');
    this.text = '';
    this.at = -1;
    focusIfKeys(this.box);
    void till.add({ partId: hit.partId }, { name: hit.name });
  }

  /** For mouse and touch, where a row itself goes on the ticket; by key it is F12. */
  look(event, hit) {
    event.stopPropagation();
    document.querySelector('part-detail').show(hit);
  }

  clicked(event, hit) {
    // The second half of a double click is not a second piece.
    if (event.detail > 1) return;
    if (this.counts()) this.take(hit);
  }

  /** The quantity in front of what was typed counts for what is taken next, by key or touch. Not if it is none. */
  counts() {
    const { times } = this.typed;
    if (times === undefined) return true;
    if (times > 0) till.nextQuantity = times;
    else till.say(t('refusal.quantity-not-positive'), 'attention');
    return times > 0;
  }

  /** A code: the server knows whether it is a barcode or a number. */
  code(what) {
    const text = what.barcode ?? what.text;
    if (isNote(text)) {
      this.text = '';
      void till.collect(text);
      return;
    }
    const left = this.text;
    // Where the words of the search did not know it and the ticket does, «nothing found» is answered and goes.
    const unknown = this.found;
    void till.add(what, {
      onRefused: problem => {
        if (problem.code !== 'code-unknown' && problem.code !== 'code-ambiguous') return false;
        // What was typed meanwhile is the next question and stays; the till says what was wrong with this one.
        if (this.text !== left) return false;
        if (till.mode === 'pay') return false;
        this.missing = problem.code === 'code-unknown' ? text : undefined;
        this.scannedLast = what.barcode !== undefined;
        this.text = text;
        if (this.asked !== text) this.ask(text, 0);
        this.updateComplete.then(() => this.commit());
        return true;
      },
    }).then(ticket => {
      if (!ticket || this.found !== unknown || unknown?.total !== 0) return;
      this.found = undefined;
      this.foundFor = '';
      if (!this.text) this.asked = '';
    });
  }

  scanned(code) {
    // Where no field had the focus, the burst has gone into the box.
    let before = this.text.endsWith(code) ? this.text.slice(0, -code.length) : this.text;
    const times = TIMES.exec(before) ?? TIMES.exec(code);
    if (times) till.nextQuantity = Number(times[1].replace(',', '.'));
    if (TIMES.test(before) || before === this.missing) before = '';
    clearTimeout(this.timer);
    this.next = undefined;
    this.turn++;
    this.answered();
    this.asked = this.found ? this.foundFor : '';
    this.text = before;
    this.missing = undefined;
    this.code({ barcode: (TIMES.exec(code)?.[2] ?? code).trim() });
  }

  // ---- looks

  render() {
    return html`
      <div class="box">
        ${icon('search')}
        <input id="box" data-test="box" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
          aria-label=${t('search.label')} placeholder=${t('search.placeholder')}
          .value=${live(this.text)} @input=${event => this.change(event.target.value)}>
        ${till.nextQuantity ? html`<span class="times" data-test="next-quantity">${till.nextQuantity} ×</span>` : nothing}
        ${this.text ? html`<button type="button" class="clear" tabindex="-1" aria-label=${t('act.clear')} @click=${() => { this.text = ''; this.box.focus(); }}>${icon('x-lg')}</button>` : nothing}
        <button type="button" class="vehicle" tabindex="-1" data-test="vehicle-open" @click=${() => this.closest('refahub-pos').open('vehicle-picker')}><kbd>F2</kbd>${icon('car-front')}<span>${t('action.vehicle')}</span></button>
      </div>
      <div class="chips">
        ${['year', 'make', 'model', 'engine', 'category'].filter(field => till.vehicle[field]).map(field => this.chip(field))}
        ${(this.found?.understood?.vehicle ?? []).map(term => this.readChip(term))}
        ${this.foundFor ? this.lifted.map(word => this.liftedChip(word)) : nothing}
        ${FILTERS.filter(kind => this.filters[kind]).map(kind => this.filterChip(kind))}
        <span class="quiet" data-test="found" aria-live="polite">${this.summary()}</span>
        ${this.found && !this.unfilled ? html`<button type="button" class="chip filter-open" data-test="filter-open" aria-expanded=${this.filtering} title="Ctrl+F" @click=${() => this.filter()}>${icon('funnel')}${t('facets.open')}</button>` : nothing}
      </div>
      ${this.missing ? html`<div class="note attention missing" data-test="code-unknown">${icon('upc-scan')}<span>${t('refusal.code-unknown', this.missing)} ${this.hits.length ? t('search.closest') : ''}</span></div>` : nothing}
      <div class="found-area ${this.filtering && this.found ? 'filtering' : ''}">
        ${this.results()}
        ${this.filtering && this.found ? html`<part-facets .facets=${this.found.facets} .chosen=${this.filters} @choose=${event => this.choose(event.detail)}></part-facets>` : nothing}
      </div>`;
  }

  chip(field) {
    const path = till.vehicle[field];
    const text = field === 'category' ? String(path).split('/').at(-1) : path;
    return html`<button type="button" class="chip" data-test="chip-${field}" title=${t('search.chip.remove')}
      @click=${() => { const { [field]: _, ...rest } = till.vehicle; till.vehicle = rest; till.changed(); focusIfKeys(this.box); }}>${text}${icon('x')}</button>`;
  }

  /** What was typed and taken for a vehicle: lifted, it is looked for as a word. */
  readChip(term) {
    const name = term.value.toLowerCase() === term.typed.toLowerCase() ? term.value : `${term.value} («${term.typed}»)`;
    return html`<button type="button" class="chip read" data-test="read-${term.kind.toLowerCase()}" title=${t('search.chip.lift')}
      @click=${() => this.lift([...this.lifted, term.typed])}>${name}${icon('x')}</button>`;
  }

  liftedChip(word) {
    return html`<button type="button" class="chip lifted" data-test="lifted" title=${t('search.chip.lifted')}
      @click=${() => this.lift(this.lifted.filter(each => each !== word))}>«${word}»</button>`;
  }

  lift(words) {
    this.lifted = [...new Set(words)];
    this.ask(this.foundFor, 0);
    focusIfKeys(this.box);
  }

  // ---- narrowing

  /** Opens the list of what can be chosen, or closes it; counted only while it is open. */
  filter() {
    this.filtering = !this.filtering;
    if (!this.filtering) return focusIfKeys(this.box);
    this.ask(this.foundFor, 0);
    this.updateComplete.then(() => this.pending?.promise).then(() => this.updateComplete).then(() => this.querySelector('part-facets')?.updateComplete)
      .then(() => this.querySelector('part-facets')?.focusFirst());
  }

  choose({ kind, value }) {
    const { [kind]: _, ...rest } = this.filters;
    this.narrow(value === undefined ? rest : { ...rest, [kind]: value });
  }

  narrow(filters) {
    this.filters = filters;
    this.ask(this.foundFor, 0);
  }

  filterChip(kind) {
    const value = this.filters[kind];
    const name = kind === 'stocked' ? t('facets.stocked') : kind === 'category' ? lastOf(value) : value;
    return html`<button type="button" class="chip" data-test="filter-${kind}" title=${t('search.chip.remove')}
      @click=${() => { this.choose({ kind }); focusIfKeys(this.box); }}>${name}${icon('x')}</button>`;
  }

  /** Nothing to search in has come yet: that nothing is found says nothing. */
  get unfilled() {
    return (this.found ?? till.status)?.indexVersion === 0;
  }

  summary() {
    if (!this.found || this.unfilled) return '';
    const { total, more } = this.found;
    const of = this.foundFor ? 'search.found' : 'search.fits';
    return more ? t(of + '.more', count(total), this.foundFor) : tn(of, total, this.foundFor);
  }

  results() {
    if (this.trouble && !this.trouble.unreachable)
      return html`<div class="empty" data-test="search-trouble">${icon('exclamation-triangle')}<p>${this.trouble.detail || t('problem.unknown')}</p></div>`;
    if (this.unfilled) return html`<div class="empty" data-test="no-catalogue">${icon('box-seam')}<h2>${t('search.nocatalogue')}</h2><p>${t('search.nocatalogue.text')}</p></div>`;
    if (!this.found)
      return html`<div class="empty" data-test="search-empty">${icon('upc-scan')}<h2>${t('search.start')}</h2><p>${t('search.start.text')}</p></div>`;
    if (this.hits.length === 0)
      return html`<div class="empty" data-test="search-none">
        ${icon('search')}<h2>${t('search.none', this.foundFor)}</h2><p>${t(hasAny(this.filters) ? 'facets.none' : hasVehicle(till.vehicle) ? 'search.none.vehicle' : 'search.none.text')}</p>
        ${hasAny(this.filters) ? html`<button type="button" class="btn btn-plain" data-test="filters-drop" @click=${() => this.narrow({})}>${t('facets.drop')}</button>` : nothing}
        ${hasVehicle(till.vehicle) ? html`<button type="button" class="btn btn-plain" @click=${() => { till.vehicle = {}; till.changed(); }}>${t('search.none.drop')}</button>` : nothing}
        ${this.ways()}
        ${this.tried()}
        ${this.nearest()}
      </div>`;
    return html`<ol class="results" data-test="results" role="listbox" tabindex="0" aria-label=${t('search.results')} @scroll=${event => this.scrolled(event.target)}>
      ${this.hits.map((hit, index) => this.row(hit, index))}
      ${this.found.more || this.found.total > this.hits.length ? html`<li class="more quiet" role="presentation" data-test="more">${t(this.hits.length < DEEPEST ? 'search.more' : 'search.deepest', this.hits.length)}</li>` : nothing}
    </ol>`;
  }

  /** What can be done where nothing was found, each with its key. */
  ways() {
    const actions = this.closest('refahub-pos').actions;
    return html`<div class="ways" role="group" aria-label=${t('search.none.acts')} data-test="search-ways">
      ${['newpart', 'misc', 'lost'].map(id => actions.find(action => action.id === id)).filter(action => action.when).map(
        action => html`<button type="button" class="btn btn-plain" data-test="way-${action.id}" @click=${action.run}><kbd>${action.key}</kbd>${icon(action.icon)} ${t('action.' + action.id)}</button>`,
      )}
      ${this.found.nearest?.length ? html`<button type="button" class="btn btn-plain" data-test="way-nearest" @click=${() => this.toNearest()}><kbd>↓</kbd>${icon('list-ul')} ${t('search.none.nearest')}</button>` : nothing}
    </div>`;
  }

  toNearest() {
    this.walk(1);
    this.updateComplete.then(() => this.querySelector('.nearest .hit.at')?.scrollIntoView({ block: 'nearest' }));
  }

  /** What the arrows walk through: the hits, or what comes nearest where there are none. */
  get rows() {
    return this.hits.length > 0 ? this.hits : this.found?.nearest ?? [];
  }

  tried() {
    const tried = this.found.understood?.tried ?? [];
    if (tried.length === 0) return nothing;
    return html`<p class="quiet" data-test="tried">${t('search.tried', tried.map(word => `${word.typed} → ${word.instead.slice(0, 3).join(', ')}`).join('; '))}</p>`;
  }

  /** No hits, and so without a number to pick them by: arrows and Enter, or a click, take one. */
  nearest() {
    const nearest = this.found.nearest ?? [];
    if (nearest.length === 0) return nothing;
    return html`<p class="quiet nearest-title">${t('search.nearest')}</p>
      <ol class="results nearest" data-test="nearest" role="listbox" aria-label=${t('search.nearest')}>${nearest.map((hit, index) => this.row(hit, undefined, this.at === index))}</ol>`;
  }

  row(hit, index, near = false) {
    const picked = near || index !== undefined && (this.picked === hit || this.at === index);
    const stock = hit.stock.value;
    return html`<li class="hit ${picked ? 'at' : ''}" role="option" aria-selected=${picked} data-test="hit" data-part=${hit.partId} data-number=${hit.partNumber}
      @click=${event => this.clicked(event, hit)}>
      <span class="no mono">${index === undefined || index > 98 ? '' : String(index + 1).padStart(2, '0')}</span>
      <span class="part"><span class="line-code">${hit.lineCode}</span> <span class="number">${hit.partNumber}</span></span>
      <span class="name">${hit.name}</span>
      <span class="price num">${hit.price ? hit.price.text : html`<span class="attention">${t('search.price.none')}</span>`}</span>
      <span class="stock num ${stock > 0 ? 'good' : 'quiet'}">${stock > 0 ? html`${icon('circle-fill dot')}${hit.stock.text}` : t('search.stock.none')}</span>
      <span class="why quiet">${hit.reason.text}<span class="brand-name"> · ${hit.brand}</span>${elsewhere(hit.partId)} ${this.notes.words(hit.partId)}</span>
      <span class="core quiet num">${hit.core ? t('search.core', hit.core.text) : ''}</span>
      <span class="look" aria-hidden="true" title=${t('search.look')} data-test="hit-look" @click=${event => this.look(event, hit)}>${icon('info-circle')}</span>
    </li>`;
  }
}

const FILTERS = ['stocked', 'brand', 'category', 'position'];
const hasAny = fields => Object.values(fields).some(Boolean);
const hasVehicle = hasAny;
const firstWord = text => text.trim().split(/\s+/, 1)[0].toLowerCase();
/** The same question written on: it still begins with the word that it began with. */
const sameQuestion = (before, now) => Boolean(before) && firstWord(now).startsWith(firstWord(before));

customElements.define('part-search', PartSearch);
