import { LitElement, html, nothing } from 'lit';
import { ago, documentType, moment, number, t } from './text.js';

/** A part of the console. It renders into the page itself, so that one style sheet and the browser's own find reach everything. */
export class Piece extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** Runs an act and keeps what went wrong for the screen. */
  async attempt(act) {
    try {
      this.problem = undefined;
      return await act();
    } catch (problem) {
      if (!problem.status && problem.status !== 0) throw problem;
      this.problem = problem;
      return undefined;
    } finally {
      this.requestUpdate();
    }
  }
}

export const icon = name => html`<i class="bi bi-${name}" aria-hidden="true"></i>`;

const SIGNALS = {
  fine: ['good', 'check-circle-fill'],
  new: ['quiet', 'circle'],
  lagging: ['attention', 'hourglass-split'],
  clock: ['attention', 'clock-history'],
  parked: ['attention', 'inbox-fill'],
  silent: ['attention', 'wifi-off'],
  frozen: ['stop', 'snow'],
  claimed: ['stop', 'pc-display-horizontal'],
  cut_off: ['quiet', 'shield-lock'],
  landed: ['quiet', 'box-arrow-in-down'],
  applied: ['good', 'check-circle-fill'],
  waiting: ['attention', 'hourglass-split'],
  running: ['accent', 'arrow-repeat'],
  waiting_for_approval: ['attention', 'person-check-fill'],
  asked: ['quiet', 'person-check-fill'],
  discarded: ['quiet', 'x-circle'],
  stopping: ['attention', 'pause-circle'],
  stopped: ['attention', 'stop-circle-fill'],
  failed: ['stop', 'x-octagon-fill'],
  done: ['good', 'check-circle-fill'],
  moving: ['good', 'play-circle-fill'],
  halted: ['stop', 'stop-circle-fill'],
  idle: ['good', 'check-circle-fill'],
  busy: ['accent', 'arrow-repeat'],
  gone: ['stop', 'wifi-off'],
  failing: ['attention', 'exclamation-triangle-fill'],
};

/** A state is always a colour, an icon and a word. */
export function state(kind, name, text = t(`state.${kind}.${name}`)) {
  const [tone, symbol] = SIGNALS[name] ?? ['quiet', 'circle'];
  return html`<span class="state tone-${tone}" data-state=${name}>${icon(symbol)}<span>${text}</span></span>`;
}

/** What a document is called in a list: its folio or sentence, else its kind. */
export const documentTitle = one => one.summary || documentType(one.type);

export const toneOf = name => (SIGNALS[name] ?? ['quiet'])[0];

/** How long ago, kept right while the page stays open. */
class TimeAgo extends Piece {
  static properties = { at: { type: String } };

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => this.requestUpdate(), 10_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  render() {
    return this.at ? html`<time datetime=${this.at} title=${moment(this.at)}>${ago(this.at)}</time>` : html`<span class="quiet">–</span>`;
  }
}
customElements.define('time-ago', TimeAgo);

/** Rows that are still to come, in the room that they will take. */
export const loading = (rows = 6) => html`
  <div class="loading" role="status" aria-label=${t('list.loading')} data-test="loading">
    ${Array.from({ length: rows }, () => html`<div class="loading-row"></div>`)}
  </div>`;

export const empty = (symbol, title, text, action = nothing) => html`
  <div class="empty" data-test="empty">
    <div class="empty-icon">${icon(symbol)}</div>
    <h3>${title}</h3>
    <p>${text}</p>
    ${action}
  </div>`;

/** What went wrong in a sentence, and the next thing to do. */
export const trouble = (problem, retry) => problem
  ? html`
    <div class="trouble" role="alert" data-test="problem" data-code=${problem.code ?? ''}>
      ${icon('exclamation-octagon-fill')}
      <div><strong>${problem.title}</strong><span>${problem.detail}</span></div>
      ${retry ? html`<button type="button" class="button" @click=${retry}>${t('act.retry')}</button>` : nothing}
    </div>`
  : nothing;

/** @param percent undefined while the whole is unknown */
export const bar = (percent, label, tone = 'accent') => percent == null
  ? html`<progress class="bar tone-${tone}" max="100" aria-label=${label}></progress>`
  : html`<progress class="bar tone-${tone}" max="100" value=${percent} aria-label=${label}></progress>`;

export const figure = (label, value, hint = nothing) => html`
  <div class="figure"><span class="figure-label">${label}</span><span class="figure-value">${typeof value === 'number' ? number(value) : value}</span>${hint === nothing ? nothing : html`<span class="figure-hint">${hint}</span>`}</div>`;

/** A field that filters what is below while one types. */
export const filterBox = (id, value, placeholder, onInput) => html`
  <label class="filter-box">
    ${icon('funnel')}
    <span class="visually-hidden">${placeholder}</span>
    <input id=${id} data-test=${id} type="search" autocomplete="off" spellcheck="false" placeholder=${placeholder}
      .value=${value} @input=${event => onInput(event.target.value)}>
  </label>`;

/** Compares without accents and case, as people type. */
export const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const matches = (typed, ...texts) => {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const all = plain(texts.filter(Boolean).join(' '));
  return words.every(word => all.includes(word));
};
