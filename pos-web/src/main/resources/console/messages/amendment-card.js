import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { documentType, moment, t } from '../lib/text.js';
import { difference, pretty } from './pretty.js';

const AROUND = 3;

/** One amendment: who, why, what changes; and, while it waits, the word of a second person. */
class AmendmentCard extends Piece {
  static properties = { may: {}, one: {}, me: {}, linked: { type: Boolean }, refusing: { state: true } };

  render() {
    const { one } = this;
    const mine = one.proposedBy === this.me;
    return html`
      <article class="amendment" data-test="amendment" data-id=${one.id} data-verdict=${one.verdict ?? 'open'}>
        <header><h3>${icon(one.kind === 'EDIT' ? 'pencil-square' : 'x-circle')} ${t(`messages.kind.${one.kind}`)}${this.linked ? html` · <a href="/console/documents/${one.document}">${documentType(one.documentType)}</a> · ${one.storeName}` : nothing}</h3>
          <p class="quiet">${t('messages.proposed', one.proposedByName)} · ${moment(one.proposedAt)} · ${one.verdict
            ? `${t(`messages.verdict.${one.verdict}`)} · ${one.decidedByName} · ${moment(one.decidedAt)}${one.verdictReason ? ` · ${one.verdictReason}` : ''}`
            : t('messages.verdict.open')}</p>
          <p><strong>${one.reason}</strong></p></header>
        ${one.kind === 'EDIT' ? this.changes() : nothing}
        ${trouble(this.problem)}
        ${one.verdict || !this.may?.has('messages.approve') ? nothing : html`
          <form class="verdict" @submit=${event => this.refuse(event)}>
            ${mine && one.needsSecond ? html`<span class="quiet">${t('messages.yours')}</span>`
              : html`<button type="button" class="button primary" data-test="amendment-approve" @click=${() => this.decide('approve', {})}>${icon('check2')}${t('messages.approve')}</button>`}
            ${this.refusing ? html`
              <label class="field inline" for="why-${one.id}"><span class="field-label">${t('messages.reason')}</span><input id="why-${one.id}" data-test="amendment-why" name="reason" required maxlength="500" autocomplete="off"></label>
              <button type="submit" class="button" data-test="amendment-refuse-do">${t(mine ? 'messages.withdraw.do' : 'messages.refuse.do')}</button>`
              : html`<button type="button" class="button quiet" data-test="amendment-refuse" @click=${() => { this.refusing = true; }}>${t(mine ? 'messages.withdraw' : 'messages.refuse')}</button>`}
          </form>`}
      </article>`;
  }

  changes() {
    const lines = difference(pretty(this.one.bodyBefore), pretty(this.one.body));
    const near = new Set();
    lines.forEach(([sign], at) => { if (sign !== ' ') for (let i = at - AROUND; i <= at + AROUND; i++) near.add(i); });
    let skipped = false;
    return html`<pre class="body diff" tabindex="0" aria-label=${t('messages.diff')} data-test="diff">${lines.map(([sign, line], at) => {
      if (!near.has(at)) {
        const first = !skipped;
        skipped = true;
        return first ? html`<span class="diff-skip">⋯\n</span>` : nothing;
      }
      skipped = false;
      return sign === '-' ? html`<del>- ${line}\n</del>` : sign === '+' ? html`<ins>+ ${line}\n</ins>` : html`<span>  ${line}\n</span>`;
    })}</pre>`;
  }

  refuse(event) {
    event.preventDefault();
    this.decide('refuse', { reason: new FormData(event.target).get('reason') });
  }

  async decide(verb, body) {
    const done = await this.attempt(() => api('POST', `/console/api/amendments/${this.one.id}/${verb}`, body));
    if (done) this.dispatchEvent(new Event('changed', { bubbles: true }));
  }
}
customElements.define('amendment-card', AmendmentCard);
