import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { letterState } from '../alerts/mail-letters.js';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

/** The order as a letter to its supplier, with PDF and CSV, and what became of it. */
class OrderMail extends Piece {
  static properties = { order: {}, may: {}, standing: { state: true }, to: { state: true }, text: { state: true }, open: { state: true }, note: { state: true }, busy: { state: true } };

  willUpdate(changed) {
    if (changed.has('order') && this.order && changed.get('order')?.id !== this.order.id) void this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    this.standing = (await this.attempt(() => api('GET', `/console/api/purchase-orders/${this.order.id}/mail`))) ?? this.standing;
    clearTimeout(this.timer);
    // On its way: look again until it has left.
    if (this.standing?.letters.some(letter => letter.state === 'WAITING') && this.isConnected) this.timer = setTimeout(() => this.load(), 3000);
  }

  begin() {
    this.to = this.order.mail.to;
    this.text = this.order.mail.text;
    // One letter for each time that the form was opened, however often it is sent.
    this.letter = uuid7();
    this.note = '';
    this.open = true;
  }

  async send(event) {
    event.preventDefault();
    this.busy = true;
    const sent = await this.attempt(() => api('POST', `/console/api/purchase-orders/${this.order.id}/mail`, { id: this.letter, to: this.to, text: this.text }));
    this.busy = false;
    if (!sent) return;
    this.open = false;
    this.standing = sent;
    this.note = sent.note;
    this.dispatchEvent(new CustomEvent('sent'));
    await this.load();
  }

  render() {
    const sends = this.standing?.on && this.may?.has('purchase.make') && ['APPROVED', 'SENT', 'PARTLY_RECEIVED'].includes(this.order?.state);
    return html`${trouble(this.problem)}
      ${sends && !this.open ? html`<div class="acts start"><button type="button" class="button ${this.order.state === 'APPROVED' ? 'primary' : ''}" data-test="order-mail-open" @click=${() => this.begin()}>${icon('envelope-paper')}${t('purchase.mail.send')}</button></div>` : nothing}
      ${this.open ? html`<form data-test="order-mail-form" @submit=${event => this.send(event)}>
        <label class="field" for="order-mail-to"><span class="field-label">${t('purchase.mail.to')}</span><input id="order-mail-to" data-test="order-mail-to" type="email" required maxlength="254" .value=${live(this.to)} @input=${event => { this.to = event.target.value; }}></label>
        <label class="field" for="order-mail-text"><span class="field-label">${t('purchase.mail.text')}</span><textarea id="order-mail-text" class="letter-text" rows="8" maxlength="20000" .value=${live(this.text)} @input=${event => { this.text = event.target.value; }}></textarea></label>
        <p class="field-hint">${t('purchase.mail.files')}</p>${this.standing.letters.length ? html`<p class="note attention" role="status" data-test="order-mail-second">${icon('envelope-exclamation')}${t('purchase.mail.second', moment(this.standing.letters[0].writtenAt), this.standing.letters[0].recipient)}</p>` : nothing}
        <div class="acts start"><button type="submit" class="button primary" data-test="order-mail-send" ?disabled=${this.busy}>${icon('send')}${t('purchase.mail.do')}</button><button type="button" class="button quiet" @click=${() => { this.open = false; }}>${t('act.cancel')}</button></div></form>` : nothing}
      ${this.note ? html`<p class="field-hint" role="status" data-test="order-mail-note">${this.note}</p>` : nothing}${this.standing?.letters.length ? html`<ul class="plain" data-test="order-letters">${this.standing.letters.map(letter => html`<li data-state=${letter.state}>${letterState(letter.state)} ${letter.recipient} · ${moment(letter.sentAt ?? letter.writtenAt)}${letter.failure ? html` <span class="quiet">${letter.failure}</span>` : nothing}</li>`)}</ul>` : nothing}`;
  }
}
customElements.define('order-mail', OrderMail);
