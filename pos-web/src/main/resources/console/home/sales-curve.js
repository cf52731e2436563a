import { html, nothing, svg } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, figure, loading, trouble } from '../lib/pieces.js';
import { t } from '../lib/text.js';

const REFRESH = 60_000;
const HOURS = 24;
const HEIGHT = 100;
const LABELS = [3, 6, 9, 12, 15, 18, 21];

/** How today's sales add up, against the same day a week before. */
class SalesCurve extends Piece {
  static properties = { sales: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.load();
    this.timer = setInterval(() => document.hidden || this.load(), REFRESH);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  async load() {
    this.sales = (await this.attempt(() => api('GET', '/console/api/sales-of-day'))) ?? this.sales;
  }

  render() {
    return html`
      <section aria-labelledby="sales-title" data-test="sales-of-day">
        <div class="section-head"><h2 id="sales-title">${t('home.sales')}</h2><a href="/console/reports">${t('home.sales.all')}</a></div>
        ${trouble(this.problem, () => this.load())}
        ${this.sales ? this.curve() : this.problem ? nothing : loading(3)}
      </section>`;
  }

  curve() {
    const { today, weekBefore, minute, soFar, weekBeforeByNow, weekBeforeWhole } = this.sales;
    if (![...today, ...weekBefore].some(Boolean)) return empty('graph-up', t('home.sales.empty'), t('home.sales.empty.text'));
    // By the branches' clock; where one is ahead of the others, its sales are shown too.
    const hour = Math.floor(minute / 60);
    const until = Math.max(hour + 1, today.findLastIndex(Boolean) + 1);
    const sums = [summed(today).slice(0, until + 1), summed(weekBefore)];
    // The running hour is not over: its sales stand at this minute.
    const last = until === hour + 1 ? minute / 60 : until;
    const top = Math.max(1, ...sums.flat());
    const low = Math.min(0, ...sums.flat());
    const height = sum => (HEIGHT - 2 - ((sum - low) / (top - low)) * (HEIGHT - 4)).toFixed(1);
    const points = line => line.map((sum, hour) => `${Math.min(hour, line.length === HOURS + 1 ? HOURS : last).toFixed(2)},${height(sum)}`).join(' ');
    return html`
      <div class="sales-of-day">
        <div class="sales-sums">
          <div class="sales-today">${figure(t('home.sales.today'), soFar)}</div>
          <div class="sales-week">${figure(t('home.sales.week'), weekBeforeByNow)}</div>
          <div>${figure(t('home.sales.whole'), weekBeforeWhole)}</div>
        </div>
        <div class="sales-plot" role="img" aria-label=${t('home.sales.curve', soFar, weekBeforeByNow)}>
          <svg viewBox="0 0 ${HOURS} ${HEIGHT}" preserveAspectRatio="none" width="100%" height="120" aria-hidden="true">
            ${LABELS.map(hour => svg`<line class="night-hour" x1=${hour} x2=${hour} y1="0" y2=${HEIGHT} vector-effect="non-scaling-stroke"></line>`)}
            <polyline class="sales-line-week" points=${points(sums[1])} vector-effect="non-scaling-stroke"></polyline>
            <polyline class="sales-line-today" points=${points(sums[0])} vector-effect="non-scaling-stroke"></polyline>
          </svg>
          <svg width="100%" height="18" aria-hidden="true">${LABELS.map(hour => svg`<text class="night-label" x="${(hour / HOURS) * 100}%" y="13" text-anchor="middle">${hour}:00</text>`)}</svg>
        </div>
      </div>`;
  }
}

/** Sums from midnight on, one more than hours. */
function summed(hours) {
  let sum = 0;
  return [0, ...hours.map(each => (sum += each))];
}

customElements.define('sales-curve', SalesCurve);
