import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';

const KINDS = ['freight', 'duty', 'other'];
const RULES = ['VALUE', 'WEIGHT', 'PIECES'];

export const noCharges = () => ({ open: false, by: 'VALUE', weights: {} });

/** As it is sent; null where nothing was typed. */
export function typedCharges({ freight, duty, other, by, weights }, lines) {
  if (![freight, duty, other].some(amount => amount?.trim())) return null;
  return { freight, duty, other, by, weights: by === 'WEIGHT' ? Object.fromEntries(lines.map(line => [line.id, weights[line.id] ?? ''])) : {} };
}

/** What it cost to bring the goods in, and by what it goes to the lines. */
export function chargesForm(charges, lines, set) {
  const { open, by, weights } = charges;
  return html`<details class="receipt-charges" data-test="receipt-charges" ?open=${open} @toggle=${event => { if (event.target.open !== open) set({ ...charges, open: event.target.open }); }}>
    <summary>${t('landed.title')}</summary>
    <p class="quiet">${t('landed.text')}</p>
    <div class="stock-head">${KINDS.map(kind => html`<div><label class="form-label" for="landed-${kind}">${t('landed.' + kind)}</label>
        <input id="landed-${kind}" class="form-control num" data-test="landed-${kind}" inputmode="decimal" autocomplete="off" maxlength="40" .value=${charges[kind] ?? ''} @input=${event => set({ ...charges, [kind]: event.target.value })}></div>`)}
      <div><label class="form-label" for="landed-by">${t('landed.by')}</label><select id="landed-by" class="form-select" data-test="landed-by" @change=${event => set({ ...charges, by: event.target.value })}>
        ${RULES.map(rule => html`<option value=${rule} ?selected=${rule === by}>${t('landed.by.' + rule)}</option>`)}</select></div></div>
    ${by === 'WEIGHT' && lines.length ? html`<div class="stock-head">${lines.map(line => html`<div><label class="form-label" for="weight-${line.id}">${t('landed.weight', line.part.partNumber)}</label>
        <input id="weight-${line.id}" class="form-control num" data-test="landed-weight" inputmode="decimal" autocomplete="off" maxlength="40" .value=${weights[line.id] ?? ''} @input=${event => set({ ...charges, weights: { ...weights, [line.id]: event.target.value } })}></div>`)}</div>` : nothing}
  </details>`;
}
