import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, documentTitle, icon, loading, state, trouble } from '../lib/pieces.js';
import { documentType, moment, number, span, t } from '../lib/text.js';
import '../messages/document-acts.js';
import { pretty } from '../messages/pretty.js';

/** One document: what it says, the way it came, and the proof that it is what was written. */
class DocumentPage extends Piece {
  static properties = { may: {}, document: {}, detail: { state: true }, history: { state: true }, copied: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    const [detail, history] = await this.attempt(() => Promise.all([
      api('GET', `/console/api/documents/${this.document}`), api('GET', `/console/api/documents/${this.document}/history`)])) ?? [];
    if (!detail) return;
    this.detail = detail;
    this.history = history;
  }

  render() {
    if (!this.detail) return html`${trouble(this.problem, () => this.load())}${this.problem ? nothing : loading()}`;
    const { document: one, lines, tenders, hash, previousHash } = this.detail;
    return html`
      <nav class="crumbs" aria-label=${t('crumbs')}><a href="/console/documents">${t('documents.title')}</a></nav>
      <header class="page-head">
        <div>
          <h1 data-test="document-summary">${documentTitle(one)}</h1>
          <p class="page-lead">${state('document', one.state)}${one.amended ? html`<span class="badge-quiet">${t('messages.amended')}</span>` : nothing}<span>${documentType(one.type)} · <a href="/console/stores/${one.store}">${one.storeName}</a></span></p>
        </div>
        <div class="acts"><a class="button" href="/console/documents?store=${one.store}&key=${encodeURIComponent(one.key)}">${icon('link-45deg')}${t('document.same')}</a></div>
      </header>
      ${one.parkedReason ? html`<div class="trouble tone-attention" role="alert">${icon('inbox-fill')}<div><strong>${t('document.parked')}</strong><span>${one.parkedReason}</span></div></div>` : nothing}
      <document-acts .may=${this.may} .document=${one} .body=${this.detail.body} .history=${this.history} @changed=${() => this.load()}></document-acts>
      <section aria-labelledby="journey-title"><h2 id="journey-title">${t('document.journey')}</h2>${this.journey(one)}</section>
      ${lines.length ? this.lines(lines) : nothing}
      ${tenders.length ? this.tenders(tenders) : nothing}
      <section aria-labelledby="proof-title">
        <h2 id="proof-title">${t('document.proof')}</h2>
        <dl class="facts wide">
          <div><dt>${t('document.id')}</dt><dd class="code">${one.id}</dd></div>
          <div><dt>${t('document.key')}</dt><dd class="code">${one.key}</dd></div>
          <div><dt>${t('document.sequence')}</dt><dd>${number(one.sequence)} <span class="quiet">${t('document.epoch', one.epoch)} · ${t('document.schema', one.schema)}</span></dd></div>
          <div><dt>${t('document.hash')}</dt><dd class="code hash" data-test="document-hash">${hash}</dd></div>
          <div><dt>${t('document.previous')}</dt><dd class="code hash">${previousHash}</dd></div>
        </dl>
      </section>
      <section aria-labelledby="body-title">
        <div class="section-head"><h2 id="body-title">${t('document.body')}</h2>
          <button type="button" class="button quiet" @click=${() => this.copy()}>${icon(this.copied ? 'check2' : 'clipboard')}${t(this.copied ? 'act.copied' : 'act.copy')}</button></div>
        <pre class="body" tabindex="0" data-test="document-body">${pretty(this.detail.body)}</pre>
      </section>`;
  }

  journey(one) {
    const landed = new Date(one.landedAt) - new Date(one.occurredAt);
    const applied = one.appliedAt ? new Date(one.appliedAt) - new Date(one.landedAt) : undefined;
    const stop = (symbol, tone, name, at, after) => html`
      <li class="stop tone-${tone}"><span class="stop-dot">${icon(symbol)}</span><strong>${name}</strong>
        <span>${at ? moment(at, true) : t('document.not-yet')}</span><span class="quiet">${after}</span></li>`;
    return html`
      <ol class="journey" data-test="document-journey">
        ${stop('shop', 'good', t('document.occurred'), one.occurredAt, one.storeName)}
        ${stop('box-arrow-in-down', 'good', t('document.landed'), one.landedAt, t('document.after', span(Math.max(0, landed) / 1000)))}
        ${one.state === 'parked'
          ? stop('inbox-fill', 'attention', t('document.parked'), undefined, one.parkedReason)
          : one.state === 'discarded' ? stop('x-circle', 'quiet', t('messages.discarded'), one.appliedAt, '')
          : stop('journal-check', one.appliedAt ? 'good' : 'quiet', t('document.applied'), one.appliedAt,
            applied == null ? t(`state.document.${one.state}`) : t('document.after', span(Math.max(0, applied) / 1000)))}
        ${stop('check2-all', this.history?.acknowledgedAt ? 'good' : 'quiet', t('messages.acknowledged'), this.history?.acknowledgedAt, this.history?.acknowledgedAt ? '' : t('messages.acknowledged.not'))}
      </ol>`;
  }

  lines(lines) {
    return html`
      <section aria-labelledby="lines-title"><h2 id="lines-title">${t('document.lines')}</h2>
        <div class="table-frame" tabindex="0"><table class="table" data-test="document-lines">
          <thead><tr><th>${t('line.part')}</th><th>${t('line.description')}</th><th class="figures">${t('line.quantity')}</th>
            <th class="figures">${t('line.price')}</th><th class="figures">${t('line.tax')}</th><th class="figures">${t('line.total')}</th></tr></thead>
          <tbody>${lines.map(line => html`
            <tr><th scope="row" class="part"><span class="line-code">${line.lineCode}</span> ${line.partNumber}</th><td>${line.description}</td>
              <td class="figures">${line.quantity}</td><td class="figures">${line.price}</td><td class="figures">${line.tax}</td><td class="figures">${line.total}</td></tr>`)}
          </tbody></table></div>
      </section>`;
  }

  tenders(tenders) {
    return html`
      <section aria-labelledby="tenders-title"><h2 id="tenders-title">${t('document.tenders')}</h2>
        <div class="table-frame" tabindex="0"><table class="table narrow" data-test="document-tenders">
          <thead><tr><th>${t('tender.kind')}</th><th class="figures">${t('tender.amount')}</th><th class="figures">${t('tender.received')}</th><th class="figures">${t('tender.change')}</th></tr></thead>
          <tbody>${tenders.map(tender => html`
            <tr><th scope="row">${t(`tender.${tender.kind.toLowerCase()}`)}</th><td class="figures">${tender.amount}</td><td class="figures">${tender.received}</td><td class="figures">${tender.change}</td></tr>`)}
          </tbody></table></div>
      </section>`;
  }

  async copy() {
    await navigator.clipboard?.writeText(this.detail.body);
    this.copied = true;
  }
}

customElements.define('document-page', DocumentPage);
