import { html, nothing } from 'lit';
import { api, upload } from '../lib/api.js';
import { Piece, empty, icon, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

/** The pictures of a part in their order: seen, added, moved and removed. */
class PartPictures extends Piece {
  static properties = { part: {}, may: {}, images: { state: true }, sending: { state: true }, over: { state: true }, large: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const told = await this.attempt(() => api('GET', `/api/v1/catalog/parts/${this.part}/images`));
    if (told) this.images = told.images;
  }

  get mends() {
    return this.may.has('catalogue.mend');
  }

  /** One after another, so that they keep the order in which they were chosen. */
  async send(files) {
    for (const file of files) {
      this.sending = file.name;
      const form = new FormData();
      form.set('image', file);
      const done = await this.attempt(() => upload(`/console/api/parts/${this.part}/images`, form, () => {}));
      if (!done) break;
      const problem = this.problem;
      await this.load();
      this.problem = problem;
    }
    this.sending = undefined;
  }

  async fetchFrom(event) {
    event.preventDefault();
    const input = this.querySelector('#picture-address');
    const address = input.value.trim();
    if (!address) return;
    this.sending = address;
    const done = await this.attempt(() => api('POST', `/console/api/parts/${this.part}/images/address`, { address }));
    this.sending = undefined;
    if (!done) return;
    input.value = '';
    await this.load();
  }

  async move(from, to) {
    const order = this.images.map(image => image.hash);
    order.splice(to, 0, ...order.splice(from, 1));
    if (await this.attempt(() => api('PUT', `/console/api/parts/${this.part}/images`, { order }))) await this.load();
  }

  async drop(image) {
    if (!confirm(t('picture.remove.sure', image.n))) return;
    if (await this.attempt(() => api('DELETE', `/console/api/parts/${this.part}/images/${image.hash}`))) await this.load();
  }

  async enlarge(image) {
    this.large = image;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  render() {
    const images = this.images ?? [];
    return html`
      <div class=${'pictures' + (this.over ? ' over' : '')} data-test="pictures"
        @dragover=${event => { if (this.mends) { event.preventDefault(); this.over = true; } }}
        @dragleave=${() => { this.over = false; }}
        @drop=${event => { event.preventDefault(); this.over = false; if (this.mends) this.send([...event.dataTransfer.files]); }}>
        ${this.over ? html`<p class="drop-here">${t('picture.drop')}</p>` : nothing}
        ${this.images && !images.length ? empty('image', t('picture.none'), this.mends ? t('picture.none.text') : '') : nothing}
        ${images.length ? html`<ul class="picture-strip">${images.map((image, index) => this.picture(image, index, images.length))}</ul>` : nothing}
      </div>
      ${trouble(this.problem)}
      ${this.mends ? this.tools() : nothing}
      <dialog class="dialog picture-large" aria-label=${this.large ? t('picture.of', this.large.n, images.length) : t('part.pictures')} @close=${() => { this.large = undefined; }}>
        ${this.large ? html`
          <button type="button" class="button quiet" aria-label=${t('act.close')} @click=${() => this.querySelector('dialog').close()}>${icon('x-lg')}</button>
          <img src=${this.large.large} width=${this.large.width} height=${this.large.height} alt=${t('picture.of', this.large.n, images.length)}>` : nothing}
      </dialog>`;
  }

  picture(image, index, count) {
    return html`
      <li class="picture" data-test="picture" data-hash=${image.hash}>
        <button type="button" class="picture-button" @click=${() => this.enlarge(image)}>
          <img src=${image.small} loading="lazy" width="160" height="160" alt=${t('picture.of', image.n, count)}></button>
        <div class="picture-acts">
          ${index === 0 ? html`<span class="picture-main">${t('picture.main')}</span>` : nothing}
          ${this.mends ? html`
            <button type="button" class="button quiet small" data-test="picture-earlier" aria-label=${t('picture.earlier', image.n)} title=${t('picture.earlier', image.n)} ?disabled=${index === 0} @click=${() => this.move(index, index - 1)}>${icon('arrow-left')}</button>
            <button type="button" class="button quiet small" data-test="picture-later" aria-label=${t('picture.later', image.n)} title=${t('picture.later', image.n)} ?disabled=${index === count - 1} @click=${() => this.move(index, index + 1)}>${icon('arrow-right')}</button>
            <button type="button" class="button quiet small" data-test="picture-remove" aria-label=${t('picture.remove', image.n)} title=${t('picture.remove', image.n)} @click=${() => this.drop(image)}>${icon('trash')}</button>` : nothing}
        </div>
      </li>`;
  }

  tools() {
    const busy = this.sending != null;
    return html`
      <div class="picture-tools">
        <label class="button"><input type="file" class="visually-hidden" id="picture-files" data-test="picture-files" multiple accept="image/jpeg,image/png,image/gif,image/webp" ?disabled=${busy}
          @change=${event => { this.send([...event.target.files]); event.target.value = ''; }}>${icon('upload')}<span>${t('picture.add')}</span></label>
        <form class="picture-address" @submit=${event => this.fetchFrom(event)}>
          <label class="visually-hidden" for="picture-address">${t('picture.address')}</label>
          <input id="picture-address" data-test="picture-address" type="url" inputmode="url" autocomplete="off" placeholder=${t('picture.address')} ?disabled=${busy}>
          <button type="submit" class="button" data-test="picture-fetch" ?disabled=${busy}>${t('picture.address.act')}</button>
        </form>
        <span class="quiet" role="status">${busy ? t('picture.sending', this.sending) : t('picture.limits')}</span>
      </div>`;
  }
}
customElements.define('part-pictures', PartPictures);
