import { t } from 'shared/texts.js';

/** Which field a refusal is about that names none: the last word of the field's name. */
const ABOUT = {
  'misc-description': 'description',
  'misc-price': 'price',
  'sat-product-invalid': 'satProduct',
  'sat-unit-invalid': 'satUnit',
  'proposal-line-code': 'lineCode',
  'proposal-number': 'number',
  'proposal-name': 'name',
  'proposal-category': 'category',
  'proposal-barcode': 'barcode',
  'proposal-barcode-taken': 'barcode',
  'proposal-exists': 'number',
  'voucher-amount': 'amount',
  'lost-sale-empty': 'text',
  'quantity-not-positive': 'quantity',
  'quantity-too-large': 'quantity',
  'quantity-whole': 'quantity',
  'return-exceeds': 'quantity',
  'note-too-long': 'note',
  'reason-missing': 'reason',
  'reason-too-long': 'reason',
  'card-invalid': 'lastFour',
  'cores-supplier-missing': 'supplier',
  'serial-invalid': 'serials',
  'serial-too-many': 'serials',
  'label-copies': 'copies',
  'drawer-why-missing': 'why',
  'stock-supplier-missing': 'supplier',
  'stock-rate-wrong': 'rate',
  'credentials-missing': 'email',
  'hub-address-invalid': 'hub',
  'printer-address-invalid': 'printerHost',
  'hub-unreachable': 'hub',
  'deposit-bank': 'bank',
  'deposit-account': 'account',
  'station-name': 'name',
  'station-name-taken': 'name',
  'device-id-taken': 'name',
  'station-code-wrong': 'code',
  'station-code-void': 'code',
  'promise-day': 'dueOn',
  'promise-plan': 'payments',
};

/** Refusals that name their field themselves, second. */
const NAMING = new Set(['device-field-wrong', 'device-field-range', 'landed-amount']);

/** The last word of a field's name, as in `lines[2].quantity`. */
const wordOf = field => field.replace(/\[\d+\]/g, '').replace(/\[(.+)\]$/, '.$1').split('.').at(-1).toLowerCase();
const nameOf = element => (element.id || element.dataset.test || '').split('-').at(-1).toLowerCase();
/** Also `last-four` for `lastFour`, and `device-code-table` for `code-table`. */
const isNamed = (element, name) => nameOf(element) === name || element.id.endsWith('-' + name) || element.id.replaceAll('-', '') === name;
const folded = element => element.closest('details:not([open])');
const inFront = () => [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('main') ?? document.body;

/**
 * A form's own sentence (`.follows`) is shown right behind the field that it is about: as a copy, for what a template has drawn stays where it is. The style hides the
 * sentence where it is shown twice; it is still the one that is read aloud.
 */
function follow(field) {
  const sentence = (field.form ?? inFront()).querySelector('.follows') ?? inFront().querySelector('.follows');
  if (!sentence) return;
  const note = document.createElement('p');
  note.className = 'field-problem at-field';
  note.setAttribute('aria-hidden', 'true');
  (field.closest('.with-button, .stock-scan') ?? field).after(note);
  const watch = new MutationObserver(() => copy());
  const copy = () => {
    note.textContent = sentence.textContent;
    if (sentence.isConnected && note.isConnected) return;
    note.remove();
    watch.disconnect();
  };
  copy();
  watch.observe(sentence, { childList: true, characterData: true, subtree: true });
  watch.observe(sentence.parentNode, { childList: true });
  sentence.id ||= `${nameOf(field)}-fault`;
  field.setAttribute('aria-describedby', sentence.id);
  // Once it is drawn.
  setTimeout(() => note.scrollIntoView({ block: 'nearest' }), 60);
}

const lift = () => inFront().querySelectorAll('.at-field').forEach(note => note.remove());

/** Marks a field, until somebody types there. */
function tag(field) {
  field.setAttribute('aria-invalid', 'true');
  const typed = () => {
    field.removeAttribute('aria-invalid');
    lift();
  };
  field.addEventListener('input', typed, { once: true });
}

/** Marks a field, until somebody types there; the form's sentence is shown at it. */
export function mark(field) {
  tag(field);
  lift();
  follow(field);
}

/** The field that the server refused, by the last word of its name; undefined where it is about no single one. */
export const refusedField = problem =>
  problem.errors?.[0] ? wordOf(problem.errors[0].field) : NAMING.has(problem.code) ? problem.arguments[1] : ABOUT[problem.code]?.toLowerCase();

/** The field itself; of a list, the one in its place. */
function oneOf(fields, name) {
  const place = /\[(\d+)\]/.exec(name)?.[1];
  return fields.length > 1 ? fields[place] : fields[0];
}

/**
 * What the server refused of a form is said in its own sentence, and its field, in what is open, is marked and gets the focus; typing there takes the mark off.
 */
export function atFields(problem) {
  lift();
  if (!problem.detail && !problem.unreachable) problem.detail = t('problem.unknown');
  if (['request-invalid', 'body-unreadable'].includes(problem.code) && problem.errors.length > 0) problem.detail = [...new Set(problem.errors.map(error => error.text.replace(/\.?$/, '.')))].join(' ');
  const wrong = problem.errors.length > 0 ? problem.errors.map(error => error.field) : [refusedField(problem)].filter(Boolean);
  const all = [...inFront().querySelectorAll('input, textarea, select')].filter(element => element.checkVisibility() || folded(element));
  const faulty = new Set(wrong.map(field => oneOf(all.filter(element => isNamed(element, wordOf(field))), field)));
  const fields = all.filter(element => faulty.has(element));
  fields.forEach(element => folded(element)?.setAttribute('open', ''));
  fields.forEach(tag);
  if (fields[0]) follow(fields[0]);
  // Behind the drawing of the sentence.
  if (fields[0]) setTimeout(() => fields[0].isConnected && fields[0].focus({ preventScroll: false }), 50);
}
