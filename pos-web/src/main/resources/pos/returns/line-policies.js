import { html, icon, nothing } from 'shared/piece.js';
import { t } from 'shared/texts.js';
import { till } from '../shell/till.js';
import { server } from '../shell/server.js';

const PAUSE = 200;
const FRESH = 15 * 60_000;
const MOST = 60;

/** How the parts of the ticket in hand may come back. Asked for behind the ticket, never before it; kept for a while, so that a line does not blink. */
const known = new Map();
let timer;

function look() {
  const lines = till.ticket?.lines ?? [];
  const old = Date.now() - FRESH;
  const wanted = [...new Set(lines.filter(line => line.kind === 'PART').map(line => line.partId))].filter(part => !(known.get(part)?.at > old)).slice(0, MOST);
  clearTimeout(timer);
  if (wanted.length === 0 || !till.may('sale.make')) return;
  timer = setTimeout(async () => {
    try {
      const { notes } = await server.returnNotes({ parts: wanted });
      const at = Date.now();
      for (const part of wanted) known.set(part, { at });
      for (const note of notes) known.set(note.part, { at, policy: note.policy ?? undefined });
      till.dispatchEvent(new Event('change'));
    } catch {
      // Without it the ticket says what it says.
    }
  }, PAUSE);
}

till.addEventListener('change', look);

/** A mark with its words on a line; the words themselves on the selected one. */
export function linePolicy(line, at) {
  const policy = line.kind === 'PART' && !line.returnOf ? known.get(line.partId)?.policy : undefined;
  if (!policy) return nothing;
  const tone = policy.returnable ? 'quiet' : 'attention';
  const mark = icon(policy.returnable ? 'arrow-return-left' : 'slash-circle');
  return at
    ? html`<span class="each ${tone}" data-test="line-policy" data-returnable=${policy.returnable}>${mark} ${policy.text}</span>`
    : html`<span class="each ${tone}" data-test="line-policy" data-returnable=${policy.returnable} role="img" title=${policy.text} aria-label=${policy.text}>${mark} ${policy.returnable ? nothing : t('return.policy.never')}</span>`;
}
