import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { promises } from './promise-server.js';

/** How many pieces of a part stand apart for customers of this branch. */
class PromiseReserved extends Piece {
  static properties = { part: { attribute: false }, pieces: { state: true } };

  willUpdate(changed) {
    if (!changed.has('part')) return;
    this.pieces = undefined;
    if (this.part) void this.load(this.part);
  }

  async load(part) {
    try {
      const { pieces } = await till.read(() => promises.reserved(part));
      if (part === this.part) this.pieces = pieces;
    } catch {
      // The rest of the page says when the connector is away.
    }
  }

  render() {
    return this.pieces ? html`<p class="attention" data-test="part-reserved">${icon('bag-check')} ${t('promise.reserved', this.pieces.text)}</p>` : nothing;
  }
}
customElements.define('promise-reserved', PromiseReserved);
