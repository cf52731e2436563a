import { Piece, html, icon, nothing } from 'shared/piece.js';
import { count, t } from 'shared/texts.js';

const FEW = 7;
const KINDS = [['brand', 'brands'], ['category', 'categories'], ['position', 'positions']];
export const lastOf = path => String(path).split('/').at(-1);

/**
 * What the results can be narrowed by, beside them, with how many parts each choice leaves. Arrows walk, Enter chooses, Escape goes back to the box. It knows
 * nothing of searching: whoever holds it hears 'choose' and gives it new counts.
 */
class PartFacets extends Piece {
  static properties = { facets: { attribute: false }, chosen: { attribute: false }, whole: { state: true } };

  constructor() {
    super();
    this.whole = new Set();
  }

  get buttons() {
    return [...this.querySelectorAll('button')];
  }

  focusFirst() {
    (this.querySelector('[aria-pressed="true"]') ?? this.buttons[0])?.focus();
  }

  /** @return whether the key was meant for it */
  key(event) {
    const buttons = this.buttons;
    const at = buttons.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      buttons[Math.min(buttons.length - 1, Math.max(0, to))]?.focus();
      return true;
    }
    // The browser presses the button.
    return event.key === 'Enter' || event.key === ' ';
  }

  choose(kind, value) {
    this.dispatchEvent(new CustomEvent('choose', { detail: { kind, value } }));
  }

  more(kind) {
    this.whole = new Set([...this.whole, kind]);
  }

  render() {
    const { facets, chosen } = this;
    if (!facets) return html`<aside class="facets" data-test="facets" aria-label=${t('facets.title')} aria-busy="true"></aside>`;
    return html`<aside class="facets" data-test="facets" aria-label=${t('facets.title')}>
      ${facets.stocked === null ? nothing : this.option('stocked', true, t('facets.stocked'), facets.stocked, Boolean(chosen.stocked))}
      ${KINDS.map(([kind, list]) => this.group(kind, facets[list] ?? [], chosen[kind]))}
    </aside>`;
  }

  group(kind, counts, chosen) {
    // What was chosen stays where it can be taken back, even if it is far down or gone.
    const all = !chosen || counts.some(each => each.value === chosen) ? counts : [{ value: chosen, parts: 0 }, ...counts];
    if (all.length === 0) return nothing;
    const whole = this.whole.has(kind);
    const shown = whole ? all : all.filter((each, index) => index < FEW || each.value === chosen);
    return html`<section>
      <h3>${t('facets.' + kind)}</h3>
      ${shown.map(each => this.option(kind, each.value, kind === 'category' ? lastOf(each.value) : each.value, each.parts, each.value === chosen))}
      ${shown.length < all.length ? html`<button type="button" class="facet-more" data-test="facet-more-${kind}" @click=${() => this.more(kind)}>${t('facets.more', all.length - shown.length)}</button>` : nothing}
    </section>`;
  }

  option(kind, value, name, parts, chosen) {
    return html`<button type="button" class="facet" aria-pressed=${chosen} title=${kind === 'category' ? value : nothing} data-test="facet-${kind}" data-value=${value}
      @click=${() => this.choose(kind, chosen ? undefined : value)}>
      ${icon(chosen ? 'check-square-fill' : 'square')}<span>${name}</span><span class="num quiet">${count(parts)}</span>
    </button>`;
  }
}
customElements.define('part-facets', PartFacets);
