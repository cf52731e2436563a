import { currentLanguage, hasText, t, tn } from 'shared/texts.js';

export { hasText, t, tn };

/** Its text, or nothing where none is written. */
export const orEmpty = key => (hasText(key) ? t(key) : '');
const orName = (key, name) => (hasText(key) ? t(key) : name);

export const jobName = job => orName(`job.${job}`, job);
/** A part of a step bears its number behind a colon. */
export const stepName = step => {
  const [whole, slice] = step.split(':');
  return slice ? sliceName(whole, slice) : orName(`step.name.${step}`, step);
};
export const sliceName = (step, slice) => t('slice.of', stepName(step), slice);
export const parameterName = (job, name) => orName(`job.${job}.${name}`, orName(`parameter.${name}`, name));
/** A refusal of the desk of jobs names them as programs do: here they get the names that people know. */
export function jobProblem(job, problem) {
  const [first, second] = problem.arguments ?? [];
  if (problem.code === 'job-parameter-wrong') problem.detail = t('refusal.job-parameter-wrong', parameterName(job, first), second);
  else if (problem.code === 'job-parameter-missing' && second?.includes(', ')) problem.detail = t('jobs.file.missing', second.split(', ').map(one => parameterName(job, one)).join(', '));
  else if (problem.code === 'job-parameter-missing') problem.detail = t('jobs.missing', parameterName(job, second ?? first));
  else if (['job-already-running', 'job-waits-for-approval'].includes(problem.code)) problem.detail = t('refusal.' + problem.code, jobName(first));
  else if (['job-after-cycle', 'job-after-known'].includes(problem.code)) problem.detail = t('refusal.' + problem.code, jobName(first), jobName(second));
  return problem;
}
/** Why nothing more of a store is taken. */
export const frozenWords = ({ cause, sequence }) => t(`store.frozen.${cause}`, grouped(sequence));
/** A column of our files, in words. */
export const columnName = name => orName(`column.${name}`, orName(`column.kind.${name}`, name));
/** A kind of file that an import takes. */
export const fileName = file => orName(`import.file.${file}`, file);
/** A choice in words; several by commas. */
export const parameterValue = (job, name, value) => value.split(',').map(one => orEmpty(`job.${job}.${name}.${one}`) || one).join(', ');
export const routeName = route => orName(`route.${route}`, route);
export const documentType = type => orName(`document.type.${type}`, type);

const format = (kind, options) => {
  let made;
  return value => (made ??= new Intl[kind](currentLanguage(), options)).format(value);
};
const grouped = format('NumberFormat', { maximumFractionDigits: 0 });
const exactly = format('DateTimeFormat', { dateStyle: 'medium', timeStyle: 'medium' });
const shortly = format('DateTimeFormat', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const dayLong = format('DateTimeFormat', { weekday: 'long', day: 'numeric', month: 'long' });
const dateShort = format('DateTimeFormat', { day: 'numeric', month: 'short', year: 'numeric' });
const hourMinute = format('DateTimeFormat', { hour: '2-digit', minute: '2-digit' });

/** The server's clock, as this page last heard it: the desk's own may be wrong. */
let offset = 0;
export const setClock = instant => { offset = Date.parse(instant) - Date.now(); };
export const now = () => new Date(Date.now() + offset);

export const number = value => grouped(value ?? 0);
export const moment = (instant, exact = false) => (instant ? (exact ? exactly : shortly)(new Date(instant)) : '–');
export const day = date => dayLong(date);
/** A day of the calendar, as the server writes it. */
export const date = iso => (iso ? dateShort(new Date(`${iso}T12:00`)) : '–');
/** A text as it is, a day of the calendar as people write it. */
export const dateOrText = text => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? date(text) : text);
export const clock = instant => hourMinute(new Date(instant));

/** A time in a zone of its own, wherever the desk stands. */
export const inZone = (instant, zone) =>
  new Intl.DateTimeFormat(currentLanguage(), { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(new Date(instant));

const STEPS = [[86400, 'day'], [3600, 'hour'], [60, 'minute']];

export function ago(instant) {
  const seconds = Math.round((now() - Date.parse(instant)) / 1000);
  if (seconds < 60) return t('time.now');
  const [size, unit] = STEPS.find(([step]) => seconds >= step);
  return new Intl.RelativeTimeFormat(currentLanguage(), { style: 'short', numeric: 'always' }).format(-Math.floor(seconds / size), unit);
}

const unit = (value, name) =>
  new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: value < 10 && name === 'second' ? 1 : 0 }).format(value);

/** A length of time as people say it: 0.3 s, 12 s, 4 min, 2 h, 3 days. */
export function span(seconds) {
  if (seconds < 100) return unit(seconds, 'second');
  if (seconds < 6000) return unit(Math.round(seconds / 60), 'minute');
  if (seconds < 172_800) return unit(Math.round(seconds / 3600), 'hour');
  return unit(Math.round(seconds / 86_400), 'day');
}

/** With its sign, for a clock that is off. */
export function seconds(value) {
  const whole = Math.round(value);
  return (whole > 0 ? '+' : whole < 0 ? '-' : '') + span(Math.abs(whole));
}

export function bytes(size) {
  if (size < 1e3) return t(size === 1 ? 'bytes.one' : 'bytes.some', number(size));
  const [value, name] = size >= 1e9 ? [size / 1e9, 'gigabyte'] : size >= 1e6 ? [size / 1e6, 'megabyte'] : [size / 1e3, 'kilobyte'];
  return new Intl.NumberFormat(currentLanguage(), { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
}
