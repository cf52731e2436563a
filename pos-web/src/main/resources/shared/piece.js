import { LitElement, html, nothing } from 'lit';

/**
 * A part of a screen. It renders into the page itself, so that one style sheet, the browser's own find and a screen reader reach everything.
 * The strict content policy forbids style attributes: write `.style=${'width:40%'}`, which sets the property.
 */
export class Piece extends LitElement {
  createRenderRoot() {
    return this;
  }
}

export { html, nothing };

export const icon = name => html`<i class="bi bi-${name}" aria-hidden="true"></i>`;
