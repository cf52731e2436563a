/** What each route is about, by the first word of its name; dead letters are documents that could not be read. */
const SUBJECTS = { document: 'documents', stream: 'stores', down: 'stores', hub: 'stores', command: 'stores', store: 'stores', delivery: 'erp', market: 'markets', slice: 'work', letter: 'mail', invoice: 'mail' };
const ORDER = ['documents', 'stores', 'erp', 'markets', 'mail', 'work', 'others'];

export const subjectOf = id => (id === 'letter-bury' ? 'documents' : (SUBJECTS[id.split('-')[0]] ?? 'others'));

/** Routes by their subjects, in the order in which work flows. */
export const groupsOf = routes => ORDER.map(id => ({ id, routes: routes.filter(route => subjectOf(route.id) === id) })).filter(group => group.routes.length);

/**
 * The rows of the map's middle: each subject, under it its routes where it is unfolded, and what stands still or fails in any case.
 *
 * @param open which subjects are unfolded
 * @param troubled whether something is the matter with a route
 */
export function rowsOf(groups, open, troubled) {
  const rows = [];
  for (const group of groups) {
    const shown = group.routes.filter(route => open(group) || troubled(route));
    rows.push({ group, unfolded: shown.length === group.routes.length });
    for (const route of shown) rows.push({ group, route });
  }
  return rows;
}

/** Where a route is drawn: at its own row, or at its subject's. */
export function rowOf(rows, id) {
  const own = rows.findIndex(row => row.route?.id === id);
  return own >= 0 ? own : rows.findIndex(row => !row.route && row.group.routes.some(route => route.id === id));
}
