/** The last word of a field's name, as in `lines[2].quantity`. */
const wordOf = field => field.replace(/\[\d+\]/g, '').split('.').at(-1).toLowerCase();
const nameOf = element => (element.id || element.dataset.test || '').split('-').at(-1).toLowerCase();

/** Marks a field, until somebody types there. */
export function mark(field) {
  field.setAttribute('aria-invalid', 'true');
  field.addEventListener('input', () => field.removeAttribute('aria-invalid'), { once: true });
}

/**
 * What the server refused of a form is said in its own sentence, and its field, in what is open, is marked and gets the focus; typing there takes the mark off.
 */
export function atFields(problem) {
  if (problem.errors.length === 0) return;
  if (problem.code === 'request-invalid') problem.detail = [...new Set(problem.errors.map(error => error.text.replace(/\.?$/, '.')))].join(' ');
  const open = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('main') ?? document.body;
  const wrong = new Set(problem.errors.map(error => wordOf(error.field)));
  const fields = [...open.querySelectorAll('input, textarea, select')].filter(element => element.checkVisibility() && wrong.has(nameOf(element)));
  fields.forEach(mark);
  // Behind the drawing of the sentence.
  if (fields[0]) setTimeout(() => fields[0].isConnected && fields[0].focus({ preventScroll: false }), 50);
}
