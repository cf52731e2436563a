import { loadTexts } from 'shared/texts.js';

try {
  await loadTexts();
} catch {
  // Without its texts the page can say nothing: wait for the connector and begin again.
  setTimeout(() => location.reload(), 2000);
  throw new Error('texts are not here yet');
}
await import('./customer-window.js');
