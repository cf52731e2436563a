/** Addresses are the console's memory: what a page shows can be linked, opened in a new tab and gone back to. */

const ROOT = '/console/';
const changes = new EventTarget();

/** The path below /console/ in parts, and the query. */
export function place() {
  const path = location.pathname.startsWith(ROOT) ? location.pathname.slice(ROOT.length) : '';
  return { parts: path.split('/').filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(location.search) };
}

export function go(href) {
  if (href !== location.pathname + location.search) history.pushState(null, '', href);
  scrollTo(0, 0);
  changes.dispatchEvent(new Event('change'));
}

/** Keeps the given filters in the address without a new step of history; empty ones are left out. */
export function keep(filters) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(filters)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text ? '?' + text : ''));
}

export function onChange(listener) {
  changes.addEventListener('change', listener);
  addEventListener('popstate', listener);
}

/** Links of the console change the page without loading it anew; everything else stays the browser's. */
export function followLinks() {
  document.addEventListener('click', event => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.('a[href]');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(ROOT) || link.pathname.startsWith(ROOT + 'api/')) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}
