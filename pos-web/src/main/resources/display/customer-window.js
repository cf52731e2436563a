import { Piece, html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';

const REGISTER = 'refahub.register';
const WELCOME = { mode: 'WELCOME', lines: [], total: '', change: '' };

/** What the customer sees: the ticket in hand, the total, the change. Follows the register that this browser works at, or the one in the address (?register=…). */
class CustomerWindow extends Piece {
  static properties = { shown: { state: true }, store: { state: true }, trouble: { state: true } };

  constructor() {
    super();
    this.shown = WELCOME;
    this.store = '';
  }

  connectedCallback() {
    super.connectedCallback();
    void this.begin();
  }

  async begin() {
    const register = new URLSearchParams(location.search).get('register') ?? localStorage.getItem(REGISTER);
    try {
      const session = await (await fetch('/pos/api/session', { cache: 'no-store' })).json();
      this.store = session.storeName;
      this.trouble = !session.person || !register ? 'signin' : undefined;
    } catch {
      this.trouble = 'away';
    }
    if (this.trouble) return this.again();
    const events = new EventSource(`/pos/api/registers/${encodeURIComponent(register)}/display`);
    events.addEventListener('hello', () => (this.trouble = undefined));
    events.addEventListener('shown', event => (this.shown = JSON.parse(event.data)));
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return;
      this.again();
    };
  }

  again() {
    setTimeout(() => this.begin(), 3000);
  }

  updated() {
    document.title = this.store || 'RefaHub';
    this.querySelector('.customer-lines')?.lastElementChild?.scrollIntoView({ block: 'end' });
  }

  render() {
    const { mode, lines, total, change } = this.shown;
    if (mode === 'TICKET')
      return html`<main class="customer" data-test="customer" data-mode="TICKET">
        <h1>${this.store}</h1>
        <ol class="customer-lines" data-test="customer-lines">${lines.map(line => html`<li data-test="customer-line"><span class="num">${line.quantity}</span><span>${line.name}</span><span class="num">${line.amount}</span></li>`)}</ol>
        <p class="customer-total"><span>${t('display.total')}</span><strong class="num" data-test="customer-total">${total}</strong></p>
      </main>`;
    if (mode === 'THANKS')
      return html`<main class="customer calm" data-test="customer" data-mode="THANKS">
        <h1>${t('display.thanks')}</h1>
        <p class="customer-total"><span>${t('display.total')}</span><strong class="num" data-test="customer-total">${total}</strong></p>
        ${change ? html`<p class="customer-total"><span>${t('display.change')}</span><strong class="num" data-test="customer-change">${change}</strong></p>` : nothing}
      </main>`;
    return html`<main class="customer calm" data-test="customer" data-mode="WELCOME">
      <h1>${this.store || 'RefaHub'}</h1>
      <p class="customer-word">${t(this.trouble === 'signin' ? 'display.signin' : 'display.welcome')}</p>
    </main>`;
  }
}
customElements.define('customer-window', CustomerWindow);
