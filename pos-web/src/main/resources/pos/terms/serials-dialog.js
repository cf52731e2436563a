import { live } from 'lit/directives/live.js';
import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { Follows, till } from '../shell/till.js';
import { server } from '../shell/server.js';
import { shortDay } from '../shell/time.js';

/** Serial numbers of the line in hand, one a line of text: a scanner's Enter goes on to the next. And which ticket sold one. */
class SerialsDialog extends Over {
  static properties = { ...Over.properties, text: { state: true }, looked: { state: true }, found: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    new Follows(this);
    this.closed();
  }

  closed() {
    this.text = '';
    this.looked = '';
    this.found = undefined;
    this.wrong = undefined;
    this.busy = false;
  }

  get line() {
    const line = till.selectedLine;
    return ['PART', 'RETURN'].includes(line?.kind) ? line : undefined;
  }

  async show() {
    this.text = (this.line?.serials ?? []).join('\n');
    await super.show();
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy || !this.line) return;
    this.busy = true;
    const close = this.closer();
    const serials = this.text.split(/\r?\n/).map(one => one.trim()).filter(Boolean);
    const done = await till.serials(this.line.id, serials, problem => {
      this.wrong = problem.detail || t('problem.unknown');
      return true;
    });
    this.busy = false;
    if (done) close();
  }

  async find(event) {
    event.preventDefault();
    if (!this.looked.trim()) return this.fault('#serial-find', t('serials.find.missing'));
    this.wrong = undefined;
    try {
      this.found = await till.read(() => server.serialsSold(this.looked.trim()));
    } catch (problem) {
      this.found = undefined;
      this.fault('#serial-find', problem.detail || t('problem.unknown'));
    }
  }

  render() {
    const line = this.line;
    return this.frame('serials-dialog', t('serials.title'), () => html`<div class="stack">
      ${line ? html`<form class="stack" @submit=${event => this.submit(event)}>
        <div>
          <label class="form-label" for="serials">${t('serials.line', `${line.lineCode} ${line.partNumber}`)}</label>
          <textarea id="serials" class="form-control mono" data-test="serials" autofocus rows="4" autocomplete="off" spellcheck="false" .value=${live(this.text)} @input=${event => { this.text = event.target.value; this.wrong = undefined; }}></textarea>
        </div>
        <div class="over-foot"><span class="quiet">${t('serials.hint')}</span><button type="submit" class="btn btn-main" data-test="serials-apply" ?disabled=${this.busy}>${t('serials.apply')}</button></div>
      </form>` : html`<p class="quiet">${t('serials.choose')}</p>`}
      <form @submit=${event => this.find(event)}>
        <label class="form-label" for="serial-find">${t('serials.find')}</label>
        <div class="with-button">
          <input id="serial-find" class="form-control mono" data-test="serial-find" ?autofocus=${!line} type="text" maxlength="40" autocomplete="off" spellcheck="false" .value=${live(this.looked)} @input=${event => { this.looked = event.target.value; this.wrong = undefined; }}>
          <button type="submit" class="btn btn-plain" data-test="serial-search">${icon('search')} ${t('serials.search')}</button>
        </div>
      </form>
      ${this.found ? (this.found.length === 0 ? html`<p class="quiet" data-test="serial-none">${t('serials.none')}</p>` : html`<ul>${this.found.map(one => html`<li data-test="serial-found">${t('serials.found', one.serial, one.folio, shortDay(one.day), one.partNumber, one.name)}${one.back ? html` <strong>${t('serials.back')}</strong>` : nothing}</li>`)}</ul>`) : nothing}
      <p class="field-problem follows" role="alert" data-test="serials-wrong">${this.wrong ?? ''}</p>
    </div>`);
  }
}
customElements.define('serials-dialog', SerialsDialog);
