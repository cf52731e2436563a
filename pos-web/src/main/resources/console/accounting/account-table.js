import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { orEmpty, t } from '../lib/text.js';

/** Which account each role has in one target's chart; saved as a whole. */
class AccountTable extends Piece {
  static properties = { target: { type: String }, found: { state: true }, said: { state: true }, busy: { state: true } };

  willUpdate(changed) {
    if (changed.has('target')) this.load();
  }

  async load() {
    const asked = this.target;
    this.found = undefined;
    this.said = false;
    const found = await this.attempt(() => api('GET', `/console/api/accounting/${asked}/accounts`));
    if (found && asked === this.target) this.found = found;
  }

  change(row, name, value) {
    row[name] = value;
    this.said = false;
  }

  own(row) {
    const { rows } = this.found;
    rows.splice(rows.indexOf(row) + 1, 0, { role: row.role, kind: row.kind, store: this.found.branches[0].store, account: '', name: '', satGroup: '', used: row.used });
    this.requestUpdate();
  }

  async save(event) {
    event.preventDefault();
    this.busy = true;
    const { rows, branches } = this.found;
    const found = await this.attempt(() => api('PUT', `/console/api/accounting/${this.target}/accounts`, { rows, branches }));
    this.busy = false;
    if (!found) return;
    this.found = found;
    this.said = true;
  }

  field(row, name, label, test) {
    return html`<input class="input" aria-label=${label} data-test=${test} autocomplete="off" spellcheck="false" .value=${row[name]} @input=${event => this.change(row, name, event.target.value)}>`;
  }

  render() {
    if (!this.found) return this.problem ? trouble(this.problem, () => this.load()) : loading(6);
    const { rows, branches } = this.found;
    return html`<form @submit=${this.save}>
      <p class="quiet">${t('accounting.accounts.lead', t('accounting.target.' + this.target))}</p>
      ${trouble(this.problem)}
      <div class="table-frame" tabindex="0"><table class="table" data-test="accounts">
        <thead><tr><th>${t('accounting.role')}</th><th>${t('accounting.branch')}</th><th>${t('accounting.account')}</th><th>${t('accounting.name')}</th><th>${t('accounting.group')}</th><td></td></tr></thead>
        <tbody>${rows.map(row => this.row(row, branches))}</tbody></table></div>
      ${branches.length ? html`<h2>${t('accounting.centers')}</h2>
      <div class="filters">${branches.map(branch => html`<label class="field"><span class="field-label">${branch.name}</span>${this.field(branch, 'costCenter', `${t('accounting.center')} ${branch.name}`, 'cost-center')}</label>`)}</div>` : nothing}
      <div class="filters"><button class="button primary" data-test="accounts-save" ?disabled=${this.busy}>${icon('check-lg')}${t('accounting.save')}</button>
        ${this.said ? html`<span role="status" data-test="accounts-saved">${t('accounting.saved')}</span>` : nothing}</div>
    </form>`;
  }

  row(row, branches) {
    const role = t('account.role.' + row.role);
    const kind = row.kind ? orEmpty('account.kind.' + row.kind) || row.kind : '';
    const what = [role, kind].filter(Boolean).join(' · ');
    return html`<tr data-test="account-row" data-role=${row.role} data-kind=${row.kind}>
      <th scope="row">${what}</th>
      <td>${row.store
        ? html`<select aria-label="${t('accounting.branch')} ${what}" @change=${event => this.change(row, 'store', event.target.value)}>${branches.map(branch => html`<option value=${branch.store} ?selected=${branch.store === row.store}>${branch.name}</option>`)}</select>`
        : t('accounting.branch.all')}</td>
      <td>${this.field(row, 'account', `${t('accounting.account')} ${what}`, 'account')}</td>
      <td>${this.field(row, 'name', `${t('accounting.name')} ${what}`, 'account-name')}</td>
      <td>${this.field(row, 'satGroup', `${t('accounting.group')} ${what}`, 'account-group')}</td>
      <td>${row.store || branches.length === 0 ? nothing : html`<button type="button" class="button quiet" aria-label="${t('accounting.branch.own')}: ${what}" title=${t('accounting.branch.own')} @click=${() => this.own(row)}>${icon('plus-lg')}</button>`}</td>
    </tr>`;
  }
}
customElements.define('account-table', AccountTable);
