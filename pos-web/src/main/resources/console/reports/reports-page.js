import { html, nothing } from 'lit';
import { api } from '../lib/api.js';
import { Piece, empty, icon, loading, trouble } from '../lib/pieces.js';
import { keep, place } from '../lib/router.js';
import { dateOrText, t } from '../lib/text.js';

const REPORTS = ['sales', 'margin', 'taxes', 'tenders', 'cash', 'deposits', 'stock', 'credit', 'cores', 'layaways', 'commissions'];
/** Of today, whatever the days; their age is counted to the last day. */
const AGEING = ['credit', 'cores', 'layaways'];
const FILTERS = ['report', 'from', 'to', 'store'];

/** Figures over all branches as a picture and a table, to take away as a workbook. */
class ReportsPage extends Piece {
  static properties = { filter: { state: true }, found: { state: true }, stores: { state: true } };

  constructor() {
    super();
    const { query } = place();
    this.filter = Object.fromEntries(FILTERS.map(name => [name, query.get(name) ?? '']));
    this.filter.report ||= 'sales';
    this.stores = [];
  }

  connectedCallback() {
    super.connectedCallback();
    // Only who looks at reports fetches the charts.
    import('./report-chart.js');
    this.load();
    this.attempt(() => api('GET', '/console/api/stores')).then(found => { this.stores = found?.stores ?? []; });
  }

  get query() {
    return new URLSearchParams(['from', 'to', 'store'].filter(name => this.filter[name]).map(name => [name, this.filter[name]])).toString();
  }

  get path() {
    return '/console/api/reports/' + this.filter.report;
  }

  async load() {
    const asked = this.path + '?' + this.query;
    const found = await this.attempt(() => api('GET', asked));
    if (found && asked === this.path + '?' + this.query) this.found = found;
  }

  set(name, value) {
    this.filter = { ...this.filter, [name]: value };
    keep({ [name]: value });
    this.load();
  }

  day(name) {
    return html`<label class="field" for="report-${name}"><span class="field-label">${t('reports.' + name)}</span>
      <input id="report-${name}" data-test="report-${name}" type="date" .value=${this.filter[name] || (this.found?.[name] ?? '')} @change=${event => this.set(name, event.target.value)}></label>`;
  }

  render() {
    const { filter } = this;
    return html`
      <h1>${t('reports.title')}</h1>
      <p class="quiet">${t('reports.lead')}</p>
      <div class="filters">
        <label class="field" for="report-which"><span class="field-label">${t('reports.which')}</span>
          <select id="report-which" data-test="report-which" @change=${event => this.set('report', event.target.value)}>${REPORTS.map(report => html`<option value=${report} ?selected=${report === filter.report}>${t('report.' + report)}</option>`)}</select></label>
        ${this.day('from')}${this.day('to')}
        <label class="field" for="report-store"><span class="field-label">${t('reports.store')}</span>
          <select id="report-store" @change=${event => this.set('store', event.target.value)}><option value="">${t('reports.all')}</option>${this.stores.map(store => html`<option value=${store.id} ?selected=${store.id === filter.store}>${store.name}</option>`)}</select></label>
        <a class="button" data-test="report-xlsx" href=${`${this.path}/file?format=xlsx&${this.query}`} download>${icon('download')}${t('reports.xlsx')}</a>
        <a class="button" data-test="report-pdf" href=${`${this.path}/file?format=pdf&${this.query}`} download>${icon('file-earmark-pdf')}${t('reports.pdf')}</a>
        <a class="button" data-test="report-csv" href=${`${this.path}/file?format=csv&${this.query}`} download>${icon('download')}${t('reports.csv')}</a>
      </div>
      ${trouble(this.problem, () => this.load())}
      ${filter.report === 'stock' ? html`<p class="quiet">${t('reports.stock.now')}</p>` : nothing}
      ${AGEING.includes(filter.report) ? html`<p class="quiet">${t('reports.ageing.now')}</p>` : nothing}
      ${this.found ? this.table() : this.problem ? nothing : loading(5)}`;
  }

  table() {
    const { found } = this;
    if (found.rows.length === 0) return AGEING.includes(found.report) ? empty('check-circle', t('reports.clear'), t('reports.clear.text')) : empty('graph-up', t('reports.none'), t('reports.none.text'));
    return html`
      <report-chart .report=${found} label=${t('reports.chart', t('report.' + found.report))}></report-chart>
      ${found.cut ? html`<p role="status">${t('reports.cut')}</p>` : nothing}
      <div class="table-frame" tabindex="0"><table class="table" data-test="report-table" data-report=${found.report}>
        <thead><tr>${found.keys.map(key => html`<th>${key}</th>`)}${found.figures.map(figure => html`<th class="figures">${figure}</th>`)}</tr></thead>
        <tbody>${found.rows.map(row => html`<tr data-test="report-row">${row.keys.map(dateOrText).map((key, i) => i ? html`<td>${key}</td>` : html`<th scope="row">${key}</th>`)}${row.figures.map(figure => html`<td class="figures">${figure.text}</td>`)}</tr>`)}</tbody>
        <tfoot><tr data-test="report-total"><th scope="row" colspan=${found.keys.length}>${t('reports.total')}</th>${found.total.map(figure => html`<td class="figures" data-exact=${figure.exact}>${figure.text}</td>`)}</tr></tfoot>
      </table></div>`;
  }
}
customElements.define('reports-page', ReportsPage);
