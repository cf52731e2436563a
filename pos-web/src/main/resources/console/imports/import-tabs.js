import { html, nothing } from 'lit';
import { icon } from '../lib/pieces.js';
import { t } from '../lib/text.js';

const TABS = [['', 'box-arrow-in-down'], ['suppliers', 'layout-text-sidebar'], ['export', 'box-arrow-up']];

/** The three pages of catalogue files. */
export const importTabs = here => html`
  <nav class="tabs" aria-label=${t('import.tabs')}>${TABS.map(([name, symbol]) => html`
    <a href=${name ? `/console/imports/${name}` : '/console/imports'} data-test="import-tab-${name || 'import'}" aria-current=${name === here ? 'page' : nothing}>${icon(symbol)}${t(`import.tab.${name || 'import'}`)}</a>`)}</nav>`;
