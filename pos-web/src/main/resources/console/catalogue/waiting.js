import { html, nothing } from 'lit';
import { Follows, live } from '../lib/live.js';
import { icon } from '../lib/pieces.js';
import { t } from '../lib/text.js';

/** The steps that hold the catalogue or the prices while they publish, by their job. */
const PUBLISHES = { 'catalogue-import': 'publish', 'catalogue-undo': 'undo', classify: 'publish', 'price-sync': 'publish', 'price-undo': 'undo' };
/** A run that was asked to stop publishes to the end of the step. */
const goesOn = ({ status }) => status === 'running' || status === 'stopping';

/** What publishes to the catalogue now, and so goes before a change by hand. */
const publisher = () => [...live.runs.values()].find(run => goesOn(run) && run.steps.some(step => step.name === PUBLISHES[run.job] && goesOn(step)));

/** After so long (in milliseconds) a change that is not saved yet is told to be waiting. */
const LONG = 2000;

/** A change on its way, of which a page says after a while what it waits for. */
export class Waiting {
  constructor(host) {
    this.host = host;
    this.long = false;
    new Follows(host, 'runs');
  }

  /** @return what the act returns */
  async during(act) {
    const timer = setTimeout(() => this.#tell(true), LONG);
    try {
      return await act();
    } finally {
      clearTimeout(timer);
      this.#tell(false);
    }
  }

  get words() {
    if (!this.long) return nothing;
    const run = publisher();
    return html`<p class="notice" data-test="part-waits">${icon('hourglass-split')}<span>${run ? t('part.save.behind', `#${run.id}`) : t('part.save.long')}</span></p>`;
  }

  #tell(long) {
    this.long = long;
    this.host.requestUpdate();
  }
}
