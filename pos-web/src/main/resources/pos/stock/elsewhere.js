import { html, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { stock } from './stock-server.js';

const MOST = 50;
/** Figures older than this are asked for again. */
const FRESH = 30_000;
const sums = new Map();
let asked;

/** Pieces free at the other branches, for the rows of a search: one call for the page, behind the rows, which never wait for it. */
export async function askElsewhere(host, rows) {
  if (!rows.length || rows === asked) return;
  asked = rows;
  const now = Date.now();
  const wanted = rows.map(hit => hit.partId).filter(part => !(sums.get(part)?.at > now - FRESH)).slice(0, MOST);
  if (!wanted.length) return;
  try {
    const { parts } = await stock.byBranch(wanted);
    for (const { part, branches } of parts)
      sums.set(part, { at: now, pieces: branches.filter(at => !at.own && at.free.value > 0).reduce((sum, at) => sum + at.free.value, 0) });
    if (asked === rows) host.requestUpdate();
  } catch {
    // The rows say what they say without it.
  }
}

export function elsewhere(part) {
  const pieces = sums.get(part)?.pieces ?? 0;
  return pieces > 0 ? html`<span data-test="elsewhere"> · ${t('search.elsewhere', Math.round(pieces * 1000) / 1000)}</span>` : nothing;
}
