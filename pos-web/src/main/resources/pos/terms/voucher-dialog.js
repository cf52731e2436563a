import { live } from 'lit/directives/live.js';
import { uuid7 } from 'shared/ids.js';
import { html } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { Over } from '../shell/dialog.js';
import { centavos } from '../shell/amounts.js';
import { till } from '../shell/till.js';

/** Sells a gift voucher: one amount, one line. */
class VoucherDialog extends Over {
  static properties = { ...Over.properties, amount: { state: true }, wrong: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.closed();
  }

  closed() {
    this.amount = '';
    this.wrong = undefined;
    this.busy = false;
  }

  async show() {
    // The same press again, after silence, is the same voucher.
    this.act = uuid7();
    await super.show();
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    const amount = centavos(this.amount);
    if (amount === undefined) {
      return this.fault('#voucher-amount', t('pay.amount.wrong'));
    }
    this.busy = true;
    const close = this.closer();
    const done = await till.voucher({ act: this.act, amount }, problem => {
      this.wrong = problem.detail || t('problem.unknown');
      return true;
    });
    this.busy = false;
    if (done) close();
  }

  render() {
    return this.frame('voucher-dialog', t('voucher.title'), () => html`
      <form class="stack" @submit=${event => this.submit(event)}>
        <div>
          <label class="form-label" for="voucher-amount">${t('voucher.amount')}</label>
          <input id="voucher-amount" class="form-control num large" data-test="voucher-amount" autofocus type="text" inputmode="decimal" maxlength="16" autocomplete="off"
            .value=${live(this.amount)} @input=${event => { this.amount = event.target.value; this.wrong = undefined; }}>
        </div>
        <p class="quiet">${t('voucher.hint')}</p>
        <p class="field-problem follows" id="voucher-wrong" role="alert" data-test="voucher-wrong">${this.wrong ?? ''}</p>
        <div class="over-foot"><button type="submit" class="btn btn-main" data-test="voucher-apply" ?disabled=${this.busy}>${t('voucher.apply')} <kbd>Enter</kbd></button></div>
      </form>`, 'narrow');
  }
}
customElements.define('voucher-dialog', VoucherDialog);
