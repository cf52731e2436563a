import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, trouble } from '../lib/pieces.js';
import { jobName, moment, t } from '../lib/text.js';
import { person } from './job-rule.js';

const ROLES = ['ADMIN', 'ACCOUNTANT', 'MANAGER', 'WAREHOUSE'];

/** What holds of a job: who is in charge, how long, how often again, who is told. A dialog: Esc leaves, nothing is sent before 'keep'. */
class JobRuleForm extends Piece {
  static properties = { rule: { state: true }, busy: { state: true } };

  open(rule) {
    this.rule = { ...rule, limited: rule.timeoutMinutes != null, addresses: rule.told.filter(one => one.includes('@')).join(', ') };
    this.problem = undefined;
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  put(change) {
    this.rule = { ...this.rule, ...change };
  }

  render() {
    return html`<dialog class="dialog broad" aria-labelledby="rule-form-title" data-test="rule-form">${this.rule ? this.form() : nothing}</dialog>`;
  }

  form() {
    const { rule } = this;
    const minutes = (name, field, least) => html`<label class="field" for="rule-${name}"><span class="field-label">${t(`rule.${name}`)}</span>
      <input id="rule-${name}" data-test="rule-${name}" type="number" min=${least} max="10080" step="1" required .value=${String(rule[field] ?? '')} @input=${event => this.put({ [field]: event.target.valueAsNumber })}></label>`;
    return html`
      <form @submit=${event => this.keep(event)}>
        <h2 id="rule-form-title">${t('rule.edit.of', jobName(rule.job))}</h2>
        <p class="quiet">${t('rule.one.text')}</p>
        <div class="schedule-fields">
          <label class="field two" for="rule-in-charge"><span class="field-label">${t('rule.in-charge')}</span>
            <input id="rule-in-charge" data-test="rule-in-charge" list="rule-roles" maxlength="80" required autocomplete="off" .value=${person(rule.inCharge)} @input=${event => this.put({ inCharge: event.target.value })}>
            <datalist id="rule-roles">${ROLES.map(role => html`<option value=${person(role)}></option>`)}</datalist></label>
          <label class="field flag"><input type="checkbox" data-test="rule-limited" .checked=${rule.limited} @change=${event => this.put({ limited: event.target.checked, timeoutMinutes: rule.timeoutMinutes ?? 60 })}><span>${t('rule.limited')}</span></label>
          ${rule.limited ? minutes('timeout', 'timeoutMinutes', 1) : nothing}
          <label class="field" for="rule-retries"><span class="field-label">${t('rule.retries')}</span>
            <input id="rule-retries" data-test="rule-retries" type="number" min="0" max="20" step="1" required .value=${String(rule.retries)} @input=${event => this.put({ retries: event.target.valueAsNumber })}></label>
          ${rule.retries > 0 ? minutes('retry-after', 'retryAfterMinutes', 1) : nothing}
        </div>
        <fieldset class="field run-choices"><legend>${t('rule.told')}</legend><div class="checks">${ROLES.map(role => html`
          <label class="field flag"><input type="checkbox" data-test="rule-told" value=${role} .checked=${rule.told.includes(role)}
            @change=${event => this.put({ told: event.target.checked ? [...rule.told, role] : rule.told.filter(one => one !== role) })}><span>${person(role)}</span></label>`)}</div>
          <label class="field" for="rule-addresses"><span class="field-label">${t('rule.addresses')}</span>
            <input id="rule-addresses" data-test="rule-addresses" maxlength="1000" autocomplete="off" .value=${rule.addresses} @input=${event => this.put({ addresses: event.target.value })}></label></fieldset>
        ${rule.changedBy ? html`<p class="quiet">${t('rule.changed', rule.changedBy, moment(rule.changedAt))}</p>` : html`<p class="quiet">${t('rule.own')}</p>`}
        ${trouble(this.problem)}
        <div class="dialog-acts">
          ${rule.changedBy ? html`<button type="button" class="button quiet" data-test="rule-reset" ?disabled=${this.busy} @click=${() => this.tell('DELETE')}>${icon('arrow-counterclockwise')}${t('rule.reset')}</button>` : nothing}
          <button type="button" class="button quiet" @click=${() => this.querySelector('dialog').close()}>${t('act.cancel')}</button>
          <button type="submit" class="button primary" data-test="rule-save" ?disabled=${this.busy}>${t('schedule.save')}</button>
        </div>
      </form>`;
  }

  keep(event) {
    event.preventDefault();
    const { inCharge, limited, timeoutMinutes, retries, retryAfterMinutes, told, addresses } = this.rule;
    const role = ROLES.find(one => person(one) === inCharge.trim());
    this.tell('PUT', {
      inCharge: role ?? inCharge, timeoutMinutes: limited ? timeoutMinutes : null, retries, retryAfterMinutes: Math.max(retryAfterMinutes || 1, 1),
      told: [...told.filter(one => !one.includes('@')), ...addresses.split(/[\s,;]+/).filter(Boolean)],
    });
  }

  async tell(method, body) {
    this.busy = true;
    const kept = await this.attempt(() => api(method, `/console/api/job-rules/${encodeURIComponent(this.rule.job)}`, body));
    this.busy = false;
    if (!kept) return;
    this.querySelector('dialog').close();
    this.dispatchEvent(new CustomEvent('kept'));
  }
}
customElements.define('job-rule-form', JobRuleForm);
