// Keyboard shortcuts of the page. They are inactive while typing or while a menu is open.

import { hasLetterKeys } from '../state/letter-keys.js';

/** @typedef {import('../state/lab.js').Lab} Lab */

const far = 10;
const forms = /** @type {const} */ (['papers', 'heatmap', 'lines']);

/**
 * Whether the event is a plain Enter, not the Enter that ends an input method's composition.
 * @param {KeyboardEvent} event
 */
export const isEnter = ({ key, isComposing, keyCode }) => key === 'Enter' && !isComposing && keyCode !== 229;

/** Whether the focused element uses the key itself. @param {EventTarget | null} target @param {string} key */
function isTaken(target, key) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog')) return true;
  if (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type)) return true;
  if (target.matches('select, textarea')) return true;
  // Buttons, check boxes and links use the space bar; sliders and radio buttons use the arrows.
  if (key === ' ') return target.matches('button, input, summary, a');
  return /^(Arrow|Home|End)/.test(key) && target.matches('input, .scroll');
}

/**
 * The event's key, or the key at its position if its letter is not Latin: S is ы on a Cyrillic keyboard.
 * @param {KeyboardEvent} event
 */
export function keyOf({ key, code }) {
  if (key.length > 1) return key;
  const [, place] = /^Key([A-Z])$/.exec(code) ?? [];
  const isForeign = /\p{L}/u.test(key) && !/[a-z]/i.test(key);
  return (isForeign && place ? place : key).toLowerCase();
}

/**
 * @param {Lab} lab
 * @param {() => void} showKeys
 * @param {() => void} showTour
 * @returns {(event: KeyboardEvent) => void}
 */
export const keyboard = (lab, showKeys, showTour) => (event) => {
  const { shiftKey } = event;
  const key = keyOf(event);
  if (event.isComposing || (!hasLetterKeys.peek() && key.length === 1 && key !== ' ')) return;
  const isHeld = event.repeat && !key.startsWith('Arrow'); // a held key only moves the cursor
  if (isHeld || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target, key)) return;
  const by = shiftKey ? far : 1;
  /** @type {Record<string, () => void>} */
  const acts = {
    ' ': () => lab.runOrPause(),
    s: () => lab.takeStep(),
    r: () => lab.reset(),
    p: () => lab.togglePlaying(),
    h: () => lab.look({ charts: forms[(forms.indexOf(lab.view.value.charts) + 1) % forms.length] }),
    ArrowLeft: () => lab.moveBy(-by),
    ArrowRight: () => lab.moveBy(by),
    Home: () => lab.lookAt(0),
    End: () => lab.lookAt(null),
    t: showTour,
    '?': showKeys,
  };
  const act = acts[key];
  if (!act) return;
  event.preventDefault();
  act();
};
