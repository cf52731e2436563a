import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

/** What letters say, by event and language, with a look before it is kept. */
class MailTemplates extends Piece {
  static properties = { templates: { state: true }, edited: { state: true }, preview: { state: true }, said: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  async load() {
    const found = await this.attempt(() => api('GET', '/console/api/mail/templates'));
    if (!found) return;
    this.templates = found.templates;
    this.edited ??= this.templates[0];
  }

  choose(event, language) {
    this.edited = this.templates.find(one => one.event === event && one.language === language);
    this.preview = undefined;
    this.problem = undefined;
    this.said = undefined;
  }

  get path() {
    return `/console/api/mail/templates/${this.edited.event}/${this.edited.language}`;
  }

  body() {
    return { subject: this.edited.subject, body: this.edited.body };
  }

  async look() {
    this.preview = await this.attempt(() => api('POST', `${this.path}/preview`, this.body()));
  }

  async save(event) {
    event.preventDefault();
    this.kept(await this.attempt(() => api('PUT', this.path, this.body())), 'mail.template.kept');
  }

  async reset() {
    this.kept(await this.attempt(() => api('DELETE', this.path)), 'mail.template.reset.done');
  }

  kept(template, text) {
    if (!template) return;
    this.edited = template;
    this.templates = this.templates.map(one => (one.event === template.event && one.language === template.language ? template : one));
    this.said = t(text);
    void this.look();
  }

  render() {
    const one = this.edited;
    if (!one) return this.problem ? trouble(this.problem, () => this.load()) : loading(6);
    const events = [...new Set(this.templates.map(each => each.event))];
    return html`<p class="quiet">${t('mail.templates.lead')}</p>
      ${this.said ? html`<p class="said" role="status" data-test="template-said">${icon('check-circle-fill')} ${this.said}</p>` : nothing}
      <div class="filters">
        <label class="field" for="template-event"><span class="field-label">${t('mail.template.event')}</span><select id="template-event" data-test="template-event" @change=${event => this.choose(event.target.value, one.language)}>${events.map(name => html`<option value=${name} ?selected=${name === one.event}>${t('mail.event.' + name)}</option>`)}</select></label>
        <label class="field" for="template-language"><span class="field-label">${t('alerts.rule.language')}</span><select id="template-language" data-test="template-language" @change=${event => this.choose(one.event, event.target.value)}>${['es', 'en'].map(code => html`<option value=${code} ?selected=${code === one.language}>${t('mail.language.' + code)}</option>`)}</select></label></div>
      <form @submit=${event => this.save(event)}>
        <label class="field" for="template-subject"><span class="field-label">${t('mail.template.subject')}</span><input id="template-subject" data-test="template-subject" required maxlength="200" .value=${live(one.subject)} @input=${event => { this.edited = { ...one, subject: event.target.value }; }}></label>
        <label class="field" for="template-body"><span class="field-label">${t('mail.template.body')}</span><textarea id="template-body" class="letter-text" data-test="template-body" required rows="10" maxlength="20000" .value=${live(one.body)} @input=${event => { this.edited = { ...one, body: event.target.value }; }}></textarea></label>
        <p class="field-hint">${t('mail.template.places')} ${one.places.map(place => html`<code>{{${place}}}</code> `)}</p>
        ${trouble(this.problem)}
        <div class="acts start"><button type="submit" class="button primary" data-test="template-save">${t('mail.save')}</button>
          <button type="button" class="button" data-test="template-preview" @click=${() => this.look()}>${icon('eye')}${t('mail.template.preview')}</button>
          ${one.changed ? html`<button type="button" class="button quiet" data-test="template-reset" @click=${() => this.reset()}>${t('mail.template.reset')}</button>` : nothing}</div></form>
      ${this.preview ? html`<section class="letter" aria-labelledby="letter-title" data-test="template-shown"><h2 id="letter-title">${this.preview.subject}</h2>${this.preview.paragraphs.map(block => html`<p class="letter-block">${block}</p>`)}</section>` : nothing}`;
  }
}
customElements.define('mail-templates', MailTemplates);
