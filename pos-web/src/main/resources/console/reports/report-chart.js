import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import { html } from 'lit';
import { currentLanguage } from 'shared/texts.js';
import { Piece } from '../lib/pieces.js';
import { dateOrText } from '../lib/text.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);
const MOST = 60;

/** One figure of a report by its first key. The table below says the same to who cannot see it. */
class ReportChart extends Piece {
  static properties = { report: { type: Object }, label: { type: String } };

  connectedCallback() {
    super.connectedCallback();
    this.repaint = () => this.draw();
    addEventListener('refahub-theme', this.repaint);
  }

  disconnectedCallback() {
    removeEventListener('refahub-theme', this.repaint);
    this.chart?.destroy();
    this.chart = undefined;
    super.disconnectedCallback();
  }

  updated() {
    this.draw();
  }

  draw() {
    const { rows, chart, figures } = this.report;
    const sums = new Map();
    for (const row of rows) sums.set(row.keys[0], (sums.get(row.keys[0]) ?? 0) + row.figures[chart].exact / 100);
    const shown = [...sums].slice(0, MOST);
    const style = getComputedStyle(this);
    this.chart?.destroy();
    this.chart = new Chart(this.querySelector('canvas'), {
      type: 'bar',
      data: { labels: shown.map(([key]) => dateOrText(key)), datasets: [{ label: figures[chart], data: shown.map(([, sum]) => sum), backgroundColor: style.getPropertyValue('--accent').trim() || '#2563eb', maxBarThickness: 48 }] },
      options: { animation: false, locale: currentLanguage(), maintainAspectRatio: false, color: style.color, scales: { x: { ticks: { color: style.color } }, y: { ticks: { color: style.color }, beginAtZero: true } } },
    });
  }

  render() {
    return html`<div class="report-chart"><canvas role="img" aria-label=${this.label} data-test="report-chart"></canvas></div>`;
  }
}
customElements.define('report-chart', ReportChart);
