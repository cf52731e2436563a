import { html, nothing } from 'lit';
import { upload } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { go } from '../lib/router.js';
import { t } from '../lib/text.js';

/** Jobs whose runs another job takes back, by the number of the run. */
export const TAKEN_BACK = { 'price-sync': 'price-undo', 'opening-stock': 'opening-undo' };

/** Takes back what a run published, asked twice; what comes of it is a run of its own. */
class RunTakeBack extends Piece {
  static properties = { run: {}, job: {}, sure: { state: true }, busy: { state: true } };

  async begin() {
    this.sure = true;
    await this.updateComplete;
    this.querySelector('[data-test=takeback-no]').focus();
  }

  async take() {
    this.busy = true;
    const form = new FormData();
    form.set('of', this.run);
    const run = await this.attempt(() => upload(`/console/api/jobs/${TAKEN_BACK[this.job]}/runs`, form, () => {}));
    this.busy = false;
    this.sure = false;
    if (run) go(`/console/runs/${run.id}`);
  }

  render() {
    return html`
      <section aria-labelledby="takeback-title" data-test="takeback">
        <h2 id="takeback-title">${t('undo.title')}</h2>
        <p class="quiet">${t(`takeback.${this.job}`)}</p>
        ${trouble(this.problem)}
        <div class="acts start">${this.sure
          ? html`<button type="button" class="button quiet" data-test="takeback-no" @click=${() => { this.sure = false; }}>${t('act.cancel')}</button>
            <button type="button" class="button primary" data-test="takeback-yes" ?disabled=${this.busy} @click=${() => this.take()}>${t('undo.run')}</button>`
          : html`<button type="button" class="button" data-test="takeback-begin" ?disabled=${this.busy} @click=${() => this.begin()}>${icon('arrow-counterclockwise')}${t('undo.run')}</button>`}</div>
        ${this.sure ? html`<p class="quiet" role="status">${t('undo.sure')}</p>` : nothing}
      </section>`;
  }
}
customElements.define('run-take-back', RunTakeBack);
