import { Piece, html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { shortTime } from './ages.js';
import { stock } from './stock-server.js';

/** What the other branches have of a part, with the age of each figure. Quiet where nobody has any. */
class BranchStock extends Piece {
  static properties = { part: { attribute: false }, branches: { state: true } };

  willUpdate(changed) {
    if (changed.has('part')) {
      this.branches = undefined;
      if (this.part) void this.load(this.part);
    }
  }

  async load(part) {
    let branches = [];
    try {
      branches = (await stock.byBranch([part])).parts[0]?.branches ?? [];
    } catch {
      branches = [];
    }
    if (this.part === part) this.branches = branches.filter(at => !at.own);
  }

  render() {
    if (!this.branches) return nothing;
    return html`<h3>${t('stock.elsewhere')}</h3>
      ${this.branches.length
        ? html`<ul class="plain" data-test="branch-stock">${this.branches.map(at => html`<li><strong class="num">${at.quantity.text}</strong> ${at.code} <span class="quiet">${shortTime(at.asOf)}</span></li>`)}</ul>`
        : html`<p class="quiet">${t('stock.elsewhere.none')}</p>`}`;
  }
}
customElements.define('branch-stock', BranchStock);
