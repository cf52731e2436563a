import { html } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { till } from '../shell/till.js';
import { deviceServer } from './device-server.js';

/** Labels of the part at hand. */
class PrintLabels extends Over {
  static properties = { ...Over.properties, part: { state: true }, design: { state: true }, copies: { state: true }, place: { state: true }, problem: { state: true }, busy: { state: true } };

  /** @param part a row of the search or of the ticket */
  async show(part) {
    this.part = part;
    this.design = 'PART';
    this.copies = '1';
    this.place = '';
    this.problem = undefined;
    await super.show();
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const { waiting } = await till.read(() => deviceServer.labels(this.part.partId, this.design, Number(this.copies) || 0, this.place));
      this.close();
      till.say(t('labels.done', String(waiting)), 'good');
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return this.frame('print-labels', t('labels.title', this.part?.name ?? ''), () => html`
      <form class="device-form" @submit=${event => this.submit(event)}>
        <div class="field"><label class="form-label" for="label-design">${t('labels.design')}</label>
          <select id="label-design" class="form-select" data-test="label-design" autofocus @change=${event => (this.design = event.target.value)}>
            ${['PART', 'SHELF', 'BIN'].map(design => html`<option value=${design} ?selected=${design === this.design}>${t('labels.design.' + design)}</option>`)}
          </select></div>
        <div class="field"><label class="form-label" for="label-copies">${t('labels.copies')}</label>
          <input id="label-copies" class="form-control num" data-test="label-copies" inputmode="numeric" autocomplete="off" .value=${this.copies ?? '1'} @input=${event => { this.copies = event.target.value; this.problem = undefined; }}></div>
        <div class="field"><label class="form-label" for="label-location">${t('labels.place')}</label>
          <input id="label-location" class="form-control mono" data-test="label-place" maxlength="40" autocomplete="off" .value=${this.place ?? ''} @input=${event => { this.place = event.target.value; this.problem = undefined; }}></div>
        <p class="field-problem follows" role="alert" data-test="label-problem">${this.problem ? this.problem.detail || t('away.empty') : ''}</p>
        <div class="device-acts"><button type="submit" class="btn btn-main" data-test="label-print" ?disabled=${this.busy}>${t('labels.print')} <kbd>Enter</kbd></button></div>
      </form>`);
  }
}
customElements.define('print-labels', PrintLabels);
