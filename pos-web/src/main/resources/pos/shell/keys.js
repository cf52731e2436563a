/**
 * The keyboard as one stream. A scanner types too, only faster: keys on average less than 35 ms apart that end with Enter are one code, wherever the focus was,
 * and whatever field caught them is put back as it was. A busy machine may hold the rest of a code back for a moment: it is still one code.
 */
const BURST = 35;
const PAUSE = 120;
const STALL = 1000;
const SHORTEST = 4;

let keys = '';
let spent = 0;
let last = 0;
let caught;

const asScanned = () => keys.length > 1 && spent / (keys.length - 1) < BURST;

function remember(target) {
  caught = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? { target, value: target.value } : undefined;
}

function putBack() {
  if (!caught || caught.target.value === caught.value) return;
  caught.target.value = caught.value;
  caught.target.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * @param takes whether a scan is wanted now
 * @param scanned called with a scanned code
 * @param pressed called with any other key
 */
export function listen(takes, scanned, pressed) {
  const onKey = event => {
    if (event.isComposing) return;
    const now = event.timeStamp;
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plain && event.key.length === 1) {
      const gap = now - last;
      if (keys === '' || gap >= PAUSE && !(gap < STALL && asScanned())) {
        keys = '';
        spent = 0;
        remember(event.target);
      } else if (gap < PAUSE) {
        spent += gap;
      }
      keys += event.key;
      last = now;
    } else if (plain && event.key === 'Enter') {
      const code = keys;
      const burst = code.length >= SHORTEST && now - last < STALL && asScanned();
      keys = '';
      if (burst && takes()) {
        event.preventDefault();
        event.stopImmediatePropagation();
        putBack();
        scanned(code);
        return;
      }
    } else if (event.key !== 'Shift') {
      keys = '';
    }
    pressed(event);
  };
  document.addEventListener('keydown', onKey, true);
  return () => document.removeEventListener('keydown', onKey, true);
}

/** Where typing belongs to the field that has the focus. */
export const isField = target =>
  target instanceof HTMLElement && (target.isContentEditable || (target.matches('input, textarea, select') && !['button', 'checkbox', 'radio'].includes(target.type)));

export const isPrintable = event => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;

/** On a tablet a focused box brings the keyboard up; only who types with keys gets the focus back by itself. */
let touch = false;
addEventListener('pointerdown', event => (touch = event.pointerType === 'touch'), true);
addEventListener('keydown', () => (touch = false), true);
export const focusIfKeys = element => {
  if (touch || !element) return;
  element.focus({ preventScroll: true });
  requestAnimationFrame(() => takesText(element));
};

/**
 * Chromium keeps the caret out of a field that got the focus while it could not be edited yet, as when a dialog over it is just closing: it has the
 * focus, and what is typed is lost. Giving it the focus anew puts the caret in.
 */
export function takesText(element) {
  if (document.activeElement !== element || !(element instanceof HTMLInputElement) || element.selectionStart === null) return;
  const { selectionStart, selectionEnd } = element;
  element.blur();
  element.focus({ preventScroll: true });
  // A caret before all of it is one that was never set: what comes next replaces what stands there.
  if (selectionEnd === 0 && element.value) element.select();
  else element.setSelectionRange(selectionStart, selectionEnd);
}
