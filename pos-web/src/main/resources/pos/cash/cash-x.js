import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { server } from '../shell/server.js';
import { till } from '../shell/till.js';
import { figures, heading } from './report.js';

/** How the drawer stands now. */
class CashX extends Over {
  static properties = { ...Over.properties, report: { state: true }, problem: { state: true } };

  async start(session) {
    this.session = session;
    this.report = undefined;
    this.problem = undefined;
    await this.show();
    try {
      this.report = await till.read(() => server.x(session));
    } catch (problem) {
      this.problem = problem;
    }
  }

  async print() {
    try {
      this.report = await server.printX(this.session);
      till.say(t('cash.printed'), 'good');
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    const report = this.report;
    return this.frame('cash-x', t('cash.x', report?.registerName ?? ''), () => html`
      ${this.problem ? html`<div class="note stop" role="alert">${icon('exclamation-octagon')}<span>${this.problem.unreachable ? t('away.empty') : this.problem.detail}</span></div>` : nothing}
      ${report
        ? html`${heading(report)}${figures(report)}
            <footer class="over-foot"><span></span><button type="button" class="btn btn-main" data-test="x-print" @click=${() => this.print()}>${icon('printer')} ${t('cash.x.print')}</button></footer>`
        : nothing}`, 'wide ledger');
  }
}
customElements.define('cash-x', CashX);
