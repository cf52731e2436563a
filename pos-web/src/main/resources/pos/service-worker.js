// Keeps the shell of the till (page, scripts, styles, texts) so that a tablet that lost its connector still opens and shows the ticket in hand.
// The network always comes first: the copy is only for when nobody answers. Calls and their answers are never kept.
const SHELL = 'refahub-shell';

const isShell = url => url.pathname === '/' || url.pathname.startsWith('/assets/') || url.pathname.startsWith('/i18n/');

self.addEventListener('install', event => {
  event.waitUntil(caches.open(SHELL).then(cache => cache.add('/')).then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

// The page names what it was made of; what it no longer needs goes.
self.addEventListener('message', event => {
  if (event.data?.type !== 'shell') return;
  const wanted = new Set([...event.data.urls, new URL('/', location.href).href]);
  event.waitUntil(
    caches.open(SHELL).then(async cache => {
      for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
      await Promise.allSettled([...wanted].map(async url => (await cache.match(url)) ?? cache.add(url)));
    }),
  );
});

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || !isShell(url)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(SHELL);
      try {
        const answer = await fetch(event.request);
        if (answer.ok) await cache.put(event.request, answer.clone());
        return answer;
      } catch (failure) {
        const kept = await cache.match(event.request);
        if (kept) return kept;
        throw failure;
      }
    })(),
  );
});
