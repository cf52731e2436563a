import { Piece, html, icon } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { mark } from './field-faults.js';
import { focusIfKeys, takesText } from './keys.js';

/** Something that opens over the work and goes with Esc. The browser's own dialog keeps the focus inside and gives it back. */
export class Over extends Piece {
  static properties = { opened: { state: true } };

  async show() {
    // Closed by Esc and asked for again before the browser has said so.
    if (this.opened && !this.querySelector('dialog').open) this.left();
    this.opened = true;
    this.times = (this.times ?? 0) + 1;
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    if (!dialog.open) dialog.showModal();
    focusIfKeys(dialog.querySelector('[autofocus]') ?? dialog.querySelector('.over-body'));
  }

  close() {
    this.querySelector('dialog')?.close();
    this.left();
  }

  /** For behind a request: closes what was open when it was sent, and not what somebody has opened since. */
  closer() {
    const times = this.times;
    return () => {
      if (times === this.times) this.close();
    };
  }

  /** Once for each time it was open: the browser tells of a closing later, when it may be open again. */
  left() {
    if (!this.opened || this.querySelector('dialog')?.open) return;
    this.opened = false;
    this.closed?.();
    takesText(document.activeElement);
  }

  /** The page's own 'no', at the field that it is about. */
  fault(selector, text) {
    this.wrong = text;
    const field = this.querySelector(selector);
    if (!field) return;
    mark(field);
    focusIfKeys(field);
  }

  frame(name, title, body, className = '') {
    return html`<dialog
      class="over ${className}"
      data-test=${name}
      aria-label=${title}
      @close=${() => this.left()}
      @click=${event => event.target.localName === 'dialog' && this.close()}
    >
      ${this.opened
        ? html`<div class="over-body" tabindex="-1">
            <header class="over-head">
              <h2>${title}</h2>
              <button type="button" class="close" aria-label=${t('act.close')} @click=${() => this.close()}><kbd>Esc</kbd>${icon('x-lg')}</button>
            </header>
            ${body()}
          </div>`
        : ''}
    </dialog>`;
  }
}
