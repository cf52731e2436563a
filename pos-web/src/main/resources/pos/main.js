import { loadTexts } from 'shared/texts.js';
import { till } from './shell/till.js';

try {
  await loadTexts();
} catch {
  // Without its texts the page can say nothing: wait for the connector and begin again.
  setTimeout(() => location.reload(), 2000);
  throw new Error('texts are not here yet');
}
await import('./shell/pos.js');
await till.begin();

if ('serviceWorker' in navigator && isSecureContext) {
  const registration = await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  if (registration) {
    const ready = await navigator.serviceWorker.ready;
    const urls = performance
      .getEntriesByType('resource')
      .map(entry => entry.name)
      .filter(name => /\/(assets|i18n)\//.test(name));
    ready.active?.postMessage({ type: 'shell', urls });
  }
}
