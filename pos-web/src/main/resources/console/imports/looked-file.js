import { upload } from '../lib/api.js';

/** Text is told by its beginning; of a file of any size no more is sent to look at it. A workbook is only readable whole. */
const BEGINNING = 256 * 1024;

const isZip = head => head[0] === 0x50 && head[1] === 0x4b;

async function beginning(file) {
  const head = new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer());
  if (file.size <= BEGINNING || isZip(head)) return file;
  const end = head.lastIndexOf(10);
  return new File([head.slice(0, end < 0 ? head.length : end + 1)], file.name);
}

/** What kind of file it is and which columns it has. @param kind undefined to have that found out */
export async function look(file, kind, onPercent) {
  const form = new FormData();
  form.set(kind ?? 'file', await beginning(file), file.name);
  return upload('/console/api/mappings/suggestion', form, onPercent);
}

/** The server's guess as what each of our columns is in the file: {theirs} or {fixed}. */
export function guessed(found) {
  const means = {};
  for (const { name } of found.ours) if (found.header.includes(name)) means[name] = { theirs: name };
  for (const { ours, theirs, fixed } of found.columns) means[ours] = theirs == null ? { fixed } : { theirs };
  return means;
}

/** What is known of a supplier, as far as this file has it; the guess stands for the rest. */
export function known(mapping, entry) {
  const means = guessed(entry.found);
  for (const { file, ours, theirs, fixed } of mapping.columns) {
    if (file !== entry.kind) continue;
    if (fixed != null) means[ours] = { fixed };
    else if (entry.found.header.includes(theirs)) means[ours] = { theirs };
  }
  return means;
}

/** Columns that are not called as ours: what has to be remembered by the supplier's name. */
export function differing(entry) {
  return Object.entries(entry.means ?? {})
    .filter(([, { theirs, fixed }]) => (theirs ?? '') !== '' || (fixed ?? '') !== '')
    .map(([ours, { theirs, fixed }]) => ({ file: entry.kind, ours, theirs: theirs ?? null, fixed: theirs == null ? fixed : null }))
    .filter(({ ours, theirs, fixed }) => fixed != null || theirs !== ours);
}

/** Required columns of ours that nothing is said of. */
export const lacking = entry => (entry.found?.ours ?? [])
  .filter(({ name, required }) => required && !entry.means[name]?.theirs && !(entry.means[name]?.fixed ?? '').trim())
  .map(({ name }) => name);
