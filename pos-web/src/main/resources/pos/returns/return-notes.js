import { html, icon, nothing } from 'shared/piece.js';
import { till } from '../shell/till.js';
import { server } from '../shell/server.js';

const MOST = 60;

/** What is known of how parts come back, asked for beside the rest and never before it. One for a host that is shown again when it has come. */
export class ReturnNotes {
  #host;
  #notes = new Map();
  #asked = new Set();
  #turn = 0;

  constructor(host) {
    this.#host = host;
  }

  of(part) {
    return this.#notes.get(part);
  }

  /** @param parts ids; @param vehicle in hand, or none; @param more whether the list has only grown */
  async ask(parts, vehicle = {}, more = false) {
    if (!more) {
      this.#turn++;
      this.#asked = new Set();
    }
    const turn = this.#turn;
    const asked = this.#asked;
    const wanted = [...new Set(parts)].filter(part => !asked.has(part)).slice(0, MOST);
    wanted.forEach(part => asked.add(part));
    if (wanted.length === 0) return;
    const { make, model, engine } = vehicle;
    const year = Number(vehicle.year) || undefined;
    try {
      const { notes } = await till.read(() => server.returnNotes({ parts: wanted, make, model, year, engine }));
      if (turn !== this.#turn) return;
      this.#notes = new Map([...(more ? this.#notes : []), ...notes.map(note => [note.part, note])]);
      this.#host.requestUpdate();
    } catch {
      // Without it nothing is missing.
    }
  }

  /** A line of words, or nothing. */
  words(part) {
    const note = this.of(part);
    if (!note || (!note.misfits && !note.policy)) return nothing;
    return html`<span class="return-note">
      ${note.misfits ? html`<span class="attention" data-test="misfit-warning">${icon('exclamation-triangle')} ${note.misfits}</span>` : nothing}
      ${note.policy ? html`<span class="quiet" data-test="return-policy">${note.misfits ? ' · ' : ''}${note.policy.text}</span>` : nothing}
    </span>`;
  }
}
