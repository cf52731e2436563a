import { Piece, html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { shortTime } from './ages.js';
import { stock } from './stock-server.js';

/** What the other branches have of a part, with the age of each figure, what of it is promised, and a way to ask for it. Quiet where nobody has any. */
class BranchStock extends Piece {
  static properties = { part: { attribute: false }, name: { attribute: false }, branches: { state: true } };

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
    if (this.part === part) this.branches = branches;
  }

  ask(at) {
    document.querySelector('stock-ask').start({ part: this.part, name: this.name, branch: at });
  }

  row(at) {
    return html`<li><strong class="num">${at.quantity.text}</strong> ${at.code} <span class="quiet">${shortTime(at.asOf)}</span>
      ${at.promised.value > 0 ? html`<span class="attention">${t('lease.promised', at.promised.text)}</span>` : nothing}
      ${at.free.value > 0 && till.may('stock.transfer') ? html`<button type="button" class="link" data-test="branch-ask" data-branch=${at.code} @click=${() => this.ask(at)}>${icon('hand-index')} ${t('lease.ask')}</button>` : nothing}</li>`;
  }

  render() {
    if (!this.branches) return nothing;
    const own = this.branches.find(at => at.own);
    const others = this.branches.filter(at => !at.own);
    return html`${own?.promised.value > 0 ? html`<p class="attention" data-test="own-promised">${t('lease.own', own.promised.text, own.free.text)}</p>` : nothing}
      <h3>${t('stock.elsewhere')}</h3>
      ${others.length
        ? html`<ul class="plain" data-test="branch-stock">${others.map(at => this.row(at))}</ul>`
        : html`<p class="quiet">${t('stock.elsewhere.none')}</p>`}`;
  }
}
customElements.define('branch-stock', BranchStock);
