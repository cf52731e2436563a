import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

const SYSTEMS = [[/Windows/, 'Windows'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Mac OS/, 'macOS'], [/Linux/, 'Linux']];
const BROWSERS = [[/Edg\//, 'Edge'], [/Firefox\//, 'Firefox'], [/Chrom(e|ium)\//, 'Chrome'], [/Safari\//, 'Safari']];

/** What a person recognises of how a browser calls itself; else its own words. */
const device = text => {
  const found = list => list.find(([pattern]) => pattern.test(text))?.[1];
  const browser = found(BROWSERS);
  return browser ? [browser, found(SYSTEMS)].filter(Boolean).join(' · ') : text.slice(0, 60) || t('sessions.unknown');
};

/** Where somebody has signed in; each can be ended. */
class SessionList extends Piece {
  static properties = { all: { type: Boolean }, rows: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    this.rows = (await this.attempt(() => api('GET', this.all ? '/console/api/all-sessions' : '/console/api/sessions')))?.sessions ?? this.rows;
  }

  async end(one) {
    if (await this.attempt(() => api('DELETE', `/console/api/sessions/${one.id}`))) await this.load();
  }

  async endOthers() {
    if (await this.attempt(() => api('POST', '/console/api/sessions/end-others'))) await this.load();
  }

  render() {
    return html`${trouble(this.problem)}${!this.rows ? (this.problem ? nothing : loading(3)) : html`<div class="table-frame" tabindex="0"><table class="table" data-test="sessions">
      <thead><tr>${this.all ? html`<th>${t('staff.name')}</th>` : nothing}<th>${t('sessions.device')}</th><th>${t('sessions.address')}</th><th>${t('sessions.since')}</th><th>${t('sessions.seen')}</th><th><span class="visually-hidden">${t('sessions.end')}</span></th></tr></thead>
      <tbody>${this.rows.map(one => html`<tr data-test="session" data-kind=${one.kind} data-here=${one.here}>
        ${this.all ? html`<th scope="row">${one.name}<div class="quiet code">${one.user}</div></th>` : nothing}
        <td title=${one.device}>${icon(one.kind === 'TOKEN' ? 'key' : 'display')} ${one.kind === 'TOKEN' ? t('sessions.token', moment(one.expiresAt)) : device(one.device)}${one.here ? html` <span class="state tone-good"><span>${t('sessions.here')}</span></span>` : nothing}</td>
        <td class="code nowrap">${one.address}</td><td>${moment(one.begunAt)}</td><td><time-ago at=${one.seenAt}></time-ago></td>
        <td class="row-acts">${one.here ? nothing : html`<button type="button" class="button" data-test="session-end" @click=${() => this.end(one)}>${t('sessions.end')}</button>`}</td></tr>`)}</tbody></table></div>
      ${!this.all && this.rows.length > 1 ? html`<div class="acts start"><button type="button" class="button" data-test="sessions-end-others" @click=${() => this.endOthers()}>${icon('box-arrow-right')}${t('sessions.end.others')}</button></div>` : nothing}`}`;
  }
}
customElements.define('session-list', SessionList);
