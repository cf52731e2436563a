/** Sentences from the server's message files. Loaded once, before the first render. */

let sentences = {};
let language = 'es-MX';

export const LANGUAGES = ['es-MX', 'en'];

export async function loadTexts() {
  const chosen = localStorage.getItem('refahub.language') ?? navigator.languages?.find(l => /^(es|en)/.test(l)) ?? 'es-MX';
  language = chosen.startsWith('en') ? 'en' : 'es-MX';
  const answer = await fetch(`/i18n/${language}.json`);
  if (!answer.ok) throw new Error(`no texts: ${answer.status}`);
  sentences = await answer.json();
  document.documentElement.lang = language;
}

export const currentLanguage = () => language;

/** Chosen for this browser; the page loads anew. */
export function chooseLanguage(name) {
  localStorage.setItem('refahub.language', name);
  location.reload();
}

export const hasText = key => key in sentences;

/** The sentence with its placeholders {0}, {1} … filled; the key itself where none is written. */
export function t(key, ...values) {
  const sentence = sentences[key] ?? key;
  return values.length === 0 ? sentence : sentence.replace(/\{(\d)\}/g, (_, index) => values[index] ?? '');
}

/** A number of things, its thousands set apart. */
export const count = number => new Intl.NumberFormat(language).format(Number(number));

/** One or many: KEY.one or KEY.other, with the number as {0}, its thousands set apart. */
export const tn = (key, number, ...values) => t(`${key}.${Number(number) === 1 ? 'one' : 'other'}`, count(number), ...values);
