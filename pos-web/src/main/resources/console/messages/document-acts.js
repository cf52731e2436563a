import { html, nothing } from 'lit';
import { uuid7 } from 'shared/ids.js';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { moment, orEmpty, t } from '../lib/text.js';
import './amendment-card.js';
import { pretty } from './pretty.js';

/** What a person can do about a document that is not applied, and what was done about any. */
class DocumentActs extends Piece {
  static properties = { may: {}, document: {}, body: {}, history: {}, asked: { state: true }, said: { state: true } };

  render() {
    const { document: one, history } = this;
    if (!history) return nothing;
    const open = history.amendments.some(amendment => !amendment.verdict);
    const mend = this.may?.has('messages.mend') && !open;
    const parked = one.state === 'parked';
    return html`
      ${mend && (parked || one.state === 'waiting') ? html`
        <div class="acts" data-test="document-acts">
          ${parked ? html`
            <button type="button" class="button primary" data-test="message-retry" @click=${() => this.retry()}>${icon('arrow-repeat')}${t('messages.retry')}</button>
            <button type="button" class="button" data-test="message-edit" @click=${() => this.ask('edit')}>${icon('pencil-square')}${t('messages.edit')}</button>` : nothing}
          <button type="button" class="button" data-test="message-discard" @click=${() => this.ask('discard')}>${icon('x-circle')}${t('messages.discard')}</button>
        </div>` : nothing}
      ${this.asked ? nothing : trouble(this.problem)}
      ${this.said ? html`<p class="said" role="status" data-test="message-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      ${history.amendments.length || history.acts.length ? html`
        <section aria-labelledby="acts-title"><h2 id="acts-title">${t('messages.history')}</h2>
          ${history.amendments.map(one => html`<amendment-card .may=${this.may} .one=${one} .me=${history.me}></amendment-card>`)}
          <ol class="acts-done" data-test="acts-done">${history.acts.map(act => html`<li><span class="quiet">${moment(act.at, true)}</span> ${orEmpty(`messages.act.${act.what}`) || act.what} · ${act.who}${act.reason ? html` · ${act.reason}` : nothing}</li>`)}</ol>
        </section>` : nothing}
      ${this.dialog()}`;
  }

  dialog() {
    const edits = this.asked === 'edit';
    const second = this.history.needsSecond;
    return html`
      <dialog class="dialog broad" aria-labelledby="act-title" data-test="message-dialog" @close=${() => { this.asked = undefined; this.problem = undefined; }}>
        ${this.asked ? html`
          <form @submit=${event => this.send(event)}>
            <h2 id="act-title">${t(`messages.${this.asked}.title`)}</h2>
            <p>${t(`messages.${this.asked}.text`)}</p>
            ${second ? html`<p class="text-attention" data-test="message-second">${icon('people-fill')} ${t('messages.second')}</p>` : nothing}
            ${edits ? html`<label class="field" for="message-body"><span class="field-label">${t('messages.edit.body')}</span>
              <textarea id="message-body" data-test="message-body" name="body" rows="16" spellcheck="false" class="code-area" .value=${pretty(this.present())}></textarea></label>` : nothing}
            <label class="field" for="message-reason"><span class="field-label">${t('messages.reason')}</span>
              <input id="message-reason" data-test="message-reason" name="reason" required maxlength="500" autocomplete="off">
              <span class="field-hint">${t('messages.reason.help')}</span></label>
            ${trouble(this.problem)}
            <div class="dialog-acts">
              <button type="button" class="button" @click=${() => this.querySelector('dialog').close()}>${t('act.close')}</button>
              <button type="submit" class="button primary" data-test="message-send">${t(`messages.${this.asked}.${second ? 'send' : 'do'}`)}</button>
            </div>
          </form>` : nothing}
      </dialog>`;
  }

  /** What would be applied now: what somebody amended before, else the document's own. */
  present() {
    const last = this.document.amended ? this.history.amendments.find(one => one.kind === 'EDIT' && one.verdict === 'APPROVED') : undefined;
    return last?.body ?? this.body;
  }

  async ask(act) {
    this.said = undefined;
    this.problem = undefined;
    this.asked = act;
    // The id of the act: a second press, or one whose answer was lost, is the same act.
    this.act = uuid7();
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  async retry() {
    const done = await this.attempt(() => api('POST', `/console/api/documents/${this.document.id}/retry`));
    if (!done) return;
    this.said = t('messages.retried');
    this.changed();
  }

  async send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const done = await this.attempt(() => api('POST', `/console/api/documents/${this.document.id}/${this.asked}`, { id: this.act, body: form.get('body'), reason: form.get('reason') }));
    if (!done) return;
    this.querySelector('dialog').close();
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('changed', { bubbles: true }));
  }
}
customElements.define('document-acts', DocumentActs);
