import { html, nothing } from 'lit';
import { Follows, live } from '../lib/live.js';
import { Piece, icon } from '../lib/pieces.js';
import { t, tn } from '../lib/text.js';

/** How many alerts wait for the person who is here; live. */
class AlertBell extends Piece {
  constructor() {
    super();
    new Follows(this, 'alerts');
  }

  render() {
    const count = live.alerts.get('bell')?.count ?? 0;
    const says = count ? tn('alerts.bell', count) : t('alerts.bell.none');
    return html`<a class="button quiet bell" href="/console/alerts" data-test="bell" data-count=${count} aria-label=${says} title=${says}>${icon(count ? 'bell-fill' : 'bell')}${count ? html`<span class="bell-count" aria-hidden="true">${count > 99 ? '99+' : count}</span>` : nothing}</a>`;
  }
}
customElements.define('alert-bell', AlertBell);
