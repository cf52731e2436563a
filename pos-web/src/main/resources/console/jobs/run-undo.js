import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { go } from '../lib/router.js';
import { number, t } from '../lib/text.js';

/** Taking an import back: first what that would restore, or why it cannot be and where to go. */
class RunUndo extends Piece {
  static properties = { run: {}, may: {}, undoneBy: {}, look: { state: true }, busy: { state: true } };

  willUpdate(changed) {
    if (changed.has('run')) this.look = this.problem = undefined;
  }

  render() {
    if (this.undoneBy) return nothing;
    return html`
      <section aria-labelledby="undo-title" data-test="undo">
        <h2 id="undo-title">${t('undo.title')}</h2>
        ${this.problem ? this.refused() : this.look ? this.restores() : html`
          <p class="quiet">${t('undo.text')}</p>
          <button type="button" class="button" data-test="undo-look" ?disabled=${this.busy} @click=${() => this.see()}>${icon('arrow-counterclockwise')}${t('undo.look')}</button>`}
      </section>`;
  }

  refused() {
    const { code, arguments: [, named] } = this.problem;
    const where = code === 'run-undo-overtaken'
      ? html`<a class="button" href="/console/runs/${named}" data-test="undo-there">${t('undo.there.run', named)}</a>`
      : code === 'run-undo-mended'
        ? html`<a class="button" href="/console/catalogue?q=${encodeURIComponent(named)}" data-test="undo-there">${t('undo.there.part', named)}</a>`
        : nothing;
    return html`
      <div data-test="undo-refused" data-code=${code}>${trouble(this.problem)}</div>
      <div class="acts start">${where}<button type="button" class="button quiet" @click=${() => this.see()}>${t('act.retry')}</button></div>`;
  }

  restores() {
    const { look } = this;
    const rows = [['undo.parts.removed', look.partsRemoved], ['undo.parts.restored', look.partsRestored], ['undo.prices', look.pricesRestored], ['undo.rows', look.rowsRestored]];
    return html`
      <dl class="facts" data-test="undo-restores">${rows.map(([key, count]) => html`<div><dt>${t(key)}</dt><dd>${number(count)}</dd></div>`)}</dl>
      <p class="quiet">${t('undo.sure')}</p>
      ${this.may.has('jobs.run') ? html`<div class="acts start">
        <button type="button" class="button" data-test="undo-run" ?disabled=${this.busy} @click=${() => this.undo()}>${icon('arrow-counterclockwise')}${t('undo.run')}</button>
        <button type="button" class="button quiet" @click=${() => { this.look = undefined; }}>${t('act.cancel')}</button></div>` : nothing}`;
  }

  async see() {
    this.busy = true;
    this.look = await this.attempt(() => api('GET', `/console/api/runs/${this.run}/undo`));
    this.busy = false;
  }

  async undo() {
    this.busy = true;
    const run = await this.attempt(() => api('POST', `/console/api/runs/${this.run}/undo`));
    this.busy = false;
    if (run) go(`/console/runs/${run.id}`);
  }
}
customElements.define('run-undo', RunUndo);
