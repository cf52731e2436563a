import { currentLanguage, t } from 'shared/texts.js';
import { till } from './till.js';

const STEPS = [
  [86400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];

/** How long ago, in the shop's own words: 'hace 3 min'. */
export function ago(instant) {
  const seconds = Math.round((till.now - Date.parse(instant)) / 1000);
  if (seconds < 60) return t('time.now');
  const [size, unit] = STEPS.find(([step]) => seconds >= step);
  return new Intl.RelativeTimeFormat(currentLanguage(), { style: 'short', numeric: 'always' }).format(-Math.floor(seconds / size), unit);
}

/** Says an instant by the shop's own clock, wherever the browser is set to. */
export const byShop = (instant, options) => new Intl.DateTimeFormat(currentLanguage(), { ...options, timeZone: till.zone }).format(new Date(instant));

export const hour = instant => byShop(instant, { hour: '2-digit', minute: '2-digit' });

/** A calendar's day, such as 2026-11-30, in words. */
export const day = date => new Intl.DateTimeFormat(currentLanguage(), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(date));

/** The same, short enough for a row. */
export const shortDay = date => new Intl.DateTimeFormat(currentLanguage(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(date));

export const moment = instant => byShop(instant, { dateStyle: 'medium', timeStyle: 'short' });
