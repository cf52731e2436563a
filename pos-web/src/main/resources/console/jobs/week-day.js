/** A Monday, to name the days of the week by. */
const MONDAY = Date.UTC(2024, 0, 1, 12);

/** A day of the week by its number, Monday being 1. */
export const weekDay = day => new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' }).format(MONDAY + (day - 1) * 86_400_000);
