import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, icon, loading, trouble } from '../lib/pieces.js';
import { moment, number, seconds, t } from '../lib/text.js';

const LEVEL = { READY: ['good', 'check-circle'], OVERRIDE: ['quiet', 'person-check'], DEGRADED: ['attention', 'exclamation-triangle'], BLOCKED: ['stop', 'x-octagon'] };
const REASONS = new Set(['not-registered', 'halted', 'disk-full', 'disk-low', 'hub-older', 'relay-down', 'no-link', 'printer-failing', 'paper-on-screen', 'device-failing',
  'no-catalogue', 'clock-wrong', 'clock-accepted', 'clock-off', 'backup-failing', 'backup-none']);
const GIGA = 1e9;

/** What a store can do now and how well, what it said before, what it answered to orders, and its secrets. */
class StoreHealth extends Piece {
  static properties = { may: {}, store: {}, asked: {}, whole: { state: true }, busy: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.again = setInterval(() => this.load(), 10_000);
  }

  disconnectedCallback() {
    clearInterval(this.again);
    super.disconnectedCallback();
  }

  updated(changed) {
    if (changed.has('asked') && this.asked) this.load();
  }

  async load() {
    this.whole = (await this.attempt(() => api('GET', `/console/api/stores/${this.store}/health`))) ?? this.whole;
  }

  render() {
    if (!this.whole) return html`${trouble(this.problem, () => this.load())}${this.problem ? nothing : loading(3)}`;
    const { now, past, orders } = this.whole;
    return html`
      <section aria-labelledby="health-title" data-test="store-health">
        <h2 id="health-title">${t('health.title')}</h2>
        ${trouble(this.problem)}
        ${now.newer ? html`<div class="trouble" role="status" data-test="health-newer">${icon('arrow-up-circle')}<div><span>${t('health.newer', number(now.newer))}</span></div></div>` : nothing}
        ${now.capabilities.length === 0
          ? html`<p class="quiet">${t('health.none')}</p>`
          : html`<dl class="facts" data-test="capabilities">${now.capabilities.map(one => html`
              <div data-kind=${one.kind} data-level=${one.level}><dt>${t(`health.kind.${one.kind}`)}</dt><dd>${this.level(one.level)} ${this.reason(one.reason)}</dd></div>`)}</dl>`}
        ${past.length ? this.past(past) : nothing}
      </section>
      <section aria-labelledby="orders-title" data-test="store-orders">
        <h2 id="orders-title">${t('health.orders')}</h2>
        ${orders.length === 0 ? html`<p class="quiet">${t('health.orders.none')}</p>` : orders.map(one => this.order(one))}
      </section>
      <section aria-labelledby="secrets-title" data-test="store-secrets">
        <h2 id="secrets-title">${t('health.secrets')}</h2>
        <p class="quiet">${t('health.secrets.text')}</p>
        ${now.secretsSetAt ? html`<p>${t('health.secrets.since', moment(now.secretsSetAt))}</p>` : nothing}
        ${now.secretsAskedAt ? html`<p role="status" data-test="secrets-asked">${t('health.secrets.asked')}</p>` : nothing}
        ${this.may.has('stores.add') && !now.secretsAskedAt
          ? html`<button type="button" class="button" data-test="secrets-renew" ?disabled=${this.busy} @click=${() => this.renew()}>${icon('key')}${t('health.secrets.act')}</button>`
          : nothing}
      </section>`;
  }

  level(name) {
    const [tone, symbol] = LEVEL[name] ?? ['quiet', 'circle'];
    return html`<span class="state tone-${tone}">${icon(symbol)}<span>${t(`health.level.${name}`)}</span></span>`;
  }

  /** A newer store may give a reason that this page has no words for. */
  reason(word) {
    return word ? html`<span class="quiet">${REASONS.has(word) ? t(`health.reason.${word}`) : word}</span>` : nothing;
  }

  past(rows) {
    return html`
      <details data-test="health-past">
        <summary>${t('health.past')}</summary>
        <div class="table-frame" tabindex="0"><table class="table">
          <thead><tr><th>${t('health.at')}</th><th>${t('health.level')}</th><th>${t('store.version')}</th><th class="figures">${t('health.waiting')}</th>
            <th class="figures">${t('health.disk')}</th><th class="figures">${t('health.clock')}</th><th>${t('health.said')}</th></tr></thead>
          <tbody>${rows.map(row => html`
            <tr><td>${moment(row.at)}</td><td>${row.level ? this.level(row.level) : '–'}</td><td class="code">${row.version}</td><td class="figures">${number(row.waiting)}</td>
              <td class="figures">${t('health.gb', number(Math.round(row.diskFreeBytes / GIGA * 10) / 10))}</td>
              <td class="figures">${seconds(row.clockOffsetMillis / 1000)}</td><td class="code">${row.troubles || '–'}</td></tr>`)}</tbody>
        </table></div>
      </details>`;
  }

  order(one) {
    return html`
      <details data-test="store-order" ?open=${one.answeredAt && one === this.whole.orders[0]}>
        <summary>${t(`command.${one.kind}`)} <span class="quiet">${t('health.order.by', one.by, moment(one.at))}</span>
          ${one.answeredAt ? this.level(one.exit === 0 ? 'READY' : one.exit === 2 ? 'DEGRADED' : 'BLOCKED') : html`<span class="quiet">${t('health.order.waits')}</span>`}</summary>
        ${one.lines.length ? html`<pre tabindex="0">${one.lines.join('\n')}</pre>` : nothing}
        ${one.attached && this.may.has('stores.command')
          ? html`<a class="button" data-test="order-file" href="/console/api/stores/${this.store}/orders/${one.command}/file" download>${icon('download')}${t('health.order.file')}</a>`
          : nothing}
      </details>`;
  }

  async renew() {
    this.busy = true;
    if (await this.attempt(() => api('POST', `/console/api/stores/${this.store}/secrets`))) await this.load();
    this.busy = false;
  }
}
customElements.define('store-health', StoreHealth);
