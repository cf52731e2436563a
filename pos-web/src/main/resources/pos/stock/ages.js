import { t } from 'shared/texts.js';

/** How old a figure is, in the largest unit that is whole. */
export function shortTime(at) {
  const minutes = Math.max(0, Math.round((Date.now() - new Date(at)) / 60_000));
  if (minutes < 1) return t('stock.age.now');
  if (minutes < 60) return t('stock.age.minutes', minutes);
  if (minutes < 48 * 60) return t('stock.age.hours', Math.floor(minutes / 60));
  return t('stock.age.days', Math.floor(minutes / 1440));
}
