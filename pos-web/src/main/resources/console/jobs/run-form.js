import { html, nothing } from 'lit';
import { upload } from '../lib/api.js';
import { Piece, bar, icon, trouble } from '../lib/pieces.js';
import { bytes, jobName, jobProblem, orEmpty, parameterName, t } from '../lib/text.js';

/** The form of a job, made from its parameters. A dialog: Esc leaves, nothing is sent before 'run'. */
class RunForm extends Piece {
  static properties = { job: { state: true }, sent: { state: true } };

  open(job) {
    this.job = job;
    this.problem = undefined;
    this.sent = undefined;
    this.updateComplete.then(() => {
      this.querySelector('form').reset();
      this.querySelector('dialog').showModal();
    });
  }

  render() {
    return html`
      <dialog class="dialog" aria-labelledby="run-form-title" data-test="run-form" @cancel=${event => { if (this.sent != null) event.preventDefault(); }}>
        ${this.job ? this.form() : nothing}
      </dialog>`;
  }

  form() {
    const { job } = this;
    return html`
      <form @submit=${event => this.run(event)}>
        <h2 id="run-form-title">${t('jobs.run.of', jobName(job.name))}</h2>
        ${orEmpty(`job.${job.name}.text`) ? html`<p class="quiet">${orEmpty(`job.${job.name}.text`)}</p>` : nothing}
        ${job.parameters.length === 0 ? html`<p>${t('jobs.run.plain')}</p>` : job.parameters.map(parameter => this.field(parameter))}
        ${trouble(this.problem)}
        ${this.sent == null ? nothing : html`<div class="sending" role="status">${bar(this.sent, t('jobs.sending'))}<span>${this.sent < 100 ? t('jobs.sending') : t('jobs.checking')}</span></div>`}
        <div class="dialog-acts">
          <button type="button" class="button quiet" ?disabled=${this.sent != null} @click=${() => this.querySelector('dialog').close()}>${t('act.cancel')}</button>
          <button type="submit" class="button primary" id="run-start" data-test="run-start" ?disabled=${this.sent != null}>${icon('play-fill')}${t('jobs.run')}</button>
        </div>
      </form>`;
  }

  field({ name, kind, required, choices, preset }) {
    const id = `parameter-${name}`;
    const label = parameterName(this.job.name, name);
    if (kind === 'flag')
      return html`<label class="field flag"><input type="checkbox" id=${id} name=${name} value="true" data-test=${id}><span>${label}</span></label>`;
    if (kind === 'choices')
      return html`<fieldset class="field run-choices"><legend>${label}</legend><div class="checks">${choices.map(choice => html`
        <label class="field flag"><input type="checkbox" name=${name} value=${choice} data-test=${id}><span>${this.choiceName(name, choice)}</span></label>`)}</div><span class="field-hint">${t('jobs.choices')}</span></fieldset>`;
    if (kind === 'choice')
      return html`<label class="field" for=${id}><span class="field-label">${label}</span><select id=${id} name=${name} data-test=${id} ?required=${required}>
        ${preset || required ? nothing : html`<option value="">–</option>`}${choices.map(choice => html`<option value=${choice} ?selected=${choice === preset}>${this.choiceName(name, choice)}</option>`)}</select></label>`;
    return html`
      <label class="field" for=${id}>
        <span class="field-label">${label}${required ? nothing : html` <span class="quiet">${t('field.optional')}</span>`}</span>
        ${kind === 'file'
          ? html`<input type="file" id=${id} name=${name} data-test=${id} ?required=${required} accept=".csv,.txt,.xlsx,.xlsm,.xml,text/csv,text/plain,text/xml" @change=${() => this.requestUpdate()}>`
          : kind === 'number'
            ? html`<input type="text" inputmode="numeric" pattern="[1-9][0-9]{0,17}" title=${t('jobs.number')} id=${id} name=${name} data-test=${id} ?required=${required} value=${preset} autocomplete="off">`
            : html`<input type="text" id=${id} name=${name} data-test=${id} ?required=${required} value=${preset} autocomplete="off">`}
        ${kind === 'file' ? html`<span class="field-hint">${this.chosen(id)}</span>` : nothing}
      </label>`;
  }

  choiceName(name, choice) {
    return orEmpty(`job.${this.job.name}.${name}.${choice}`) || choice;
  }

  chosen(id) {
    const file = this.querySelector(`#${CSS.escape(id)}`)?.files[0];
    return file ? bytes(file.size) : t('jobs.file.hint');
  }

  async run(event) {
    event.preventDefault();
    const fields = new FormData();
    for (const { name, kind } of this.job.parameters) {
      if (kind === 'choices') {
        const picked = [...this.querySelectorAll(`[data-test="parameter-${CSS.escape(name)}"]:checked`)].map(box => box.value);
        if (picked.length) fields.set(name, picked.join(','));
        continue;
      }
      const input = this.querySelector(`#${CSS.escape(`parameter-${name}`)}`);
      if (kind === 'file' && input.files[0]) fields.set(name, input.files[0]);
      else if (kind === 'flag' && input.checked) fields.set(name, 'true');
      else if (kind !== 'file' && kind !== 'flag' && input.value.trim()) fields.set(name, input.value.trim());
    }
    this.sent = 0;
    const run = await this.attempt(() => upload(`/console/api/jobs/${encodeURIComponent(this.job.name)}/runs`, fields, percent => { this.sent = percent; }));
    this.sent = undefined;
    if (!run) {
      if (this.problem) jobProblem(this.job.name, this.problem);
      this.requestUpdate();
      return;
    }
    this.querySelector('dialog').close();
    this.dispatchEvent(new CustomEvent('started', { detail: run }));
  }
}
customElements.define('run-form', RunForm);
