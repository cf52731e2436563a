import { html, nothing } from 'lit';
import { api, upload } from '../lib/api.js';
import { Piece, bar, empty, icon, loading, trouble } from '../lib/pieces.js';
import { moment, t } from '../lib/text.js';

const LOOK_AGAIN = 1500;

/** ZIPs of pictures: one is sent, and what became of each picture is told. */
class PictureBatches extends Piece {
  static properties = { may: {}, batches: { state: true }, chosen: { state: true }, sent: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    clearTimeout(this.timer);
    const told = await this.attempt(() => api('GET', '/console/api/image-batches'));
    if (told) {
      this.batches = told.batches;
      const open = this.chosen?.batch.id ?? told.batches[0]?.id;
      if (open) this.chosen = (await this.attempt(() => api('GET', `/console/api/image-batches/${open}`))) ?? this.chosen;
    }
    if (this.isConnected && this.batches?.some(batch => !batch.finishedAt)) this.timer = setTimeout(() => this.load(), LOOK_AGAIN);
  }

  async show(batch) {
    this.chosen = await this.attempt(() => api('GET', `/console/api/image-batches/${batch.id}`));
  }

  async send(event) {
    event.preventDefault();
    const file = this.querySelector('#many-zip').files[0];
    if (!file) return;
    const form = new FormData();
    form.set('zip', file);
    this.sent = 0;
    const batch = await this.attempt(() => upload('/console/api/image-batches', form, percent => { this.sent = percent; }));
    this.sent = undefined;
    if (!batch) return;
    this.chosen = { batch, files: [] };
    await this.load();
  }

  render() {
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/catalogue">${t('catalogue.title')}</a></nav>
      <header class="page-head"><div><h1>${t('many.title')}</h1><p class="page-lead">${t('many.lead')}</p></div></header>
      ${this.may.has('catalogue.mend') ? html`
        <form class="filters" @submit=${event => this.send(event)}>
          <label class="field"><span class="field-label">${t('many.choose')}</span><input type="file" id="many-zip" data-test="many-zip" accept=".zip,application/zip" required></label>
          <button type="submit" class="button primary" data-test="many-send" ?disabled=${this.sent != null}>${icon('upload')}${t('many.send')}</button>
        </form>
        ${this.sent == null ? nothing : html`<div class="sending" role="status">${bar(this.sent, t('many.send'))}</div>`}` : nothing}
      ${trouble(this.problem, () => this.load())}
      <section aria-labelledby="received-title"><h2 id="received-title">${t('many.received')}</h2>
        ${!this.batches ? loading(3) : !this.batches.length ? empty('file-earmark-zip', t('many.none'), t('many.none.text')) : html`
          <div class="table-frame" tabindex="0"><table class="table" data-test="many-batches">
            <thead><tr><th>${t('many.file')}</th><th>${t('many.who')}</th><th>${t('many.result')}</th></tr></thead>
            <tbody>${this.batches.map(batch => html`
              <tr data-test="many-batch" data-id=${batch.id} data-finished=${batch.finishedAt ? 'true' : 'false'}>
                <th scope="row"><button type="button" class="row-button" @click=${() => this.show(batch)}>${batch.fileName}</button><div class="quiet">${moment(batch.receivedAt)}</div></th>
                <td>${batch.receivedBy}</td>
                <td>${batch.trouble ?? (batch.finishedAt ? t('many.done') : t('many.working', batch.stored + batch.known + batch.refused, batch.files ?? '…'))}
                  <div class="quiet">${t('many.counts', batch.stored, batch.known, batch.refused)}</div></td>
              </tr>`)}</tbody></table></div>`}
      </section>
      ${this.chosen?.files.length ? html`
        <section aria-labelledby="files-title"><h2 id="files-title">${this.chosen.batch.fileName}</h2>
          <div class="table-frame" tabindex="0"><table class="table" data-test="many-files">
            <thead><tr><th>${t('many.file')}</th><th>${t('many.result')}</th><th>${t('many.reason')}</th></tr></thead>
            <tbody>${this.chosen.files.map(file => html`
              <tr data-test="many-file" data-result=${file.result}><th scope="row">${file.part ? html`<a href=${`/console/catalogue/${file.part}`}>${file.name}</a>` : file.name}</th><td>${t(`many.${file.result}`)}</td><td class="reason">${file.reason ?? ''}</td></tr>`)}</tbody>
          </table></div></section>` : nothing}`;
  }
}
customElements.define('picture-batches', PictureBatches);
