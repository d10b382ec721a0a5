// What do the page's keys do? Nothing while something is typed or a menu is open.

import { hasLetterKeys } from '../state/letter-keys.js';

/** @typedef {import('../state/lab.js').Lab} Lab */

const far = 10;
const forms = /** @type {const} */ (['papers', 'heatmap', 'lines']);

/**
 * Whether a key event is Enter as such, and not the one that ends a composition of an input method.
 * @param {KeyboardEvent} event
 */
export const isEnter = ({ key, isComposing, keyCode }) => key === 'Enter' && !isComposing && keyCode !== 229;

/** Whether a key belongs to what has the focus. @param {EventTarget | null} target @param {string} key */
function isTaken(target, key) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog')) return true;
  if (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type)) return true;
  if (target.matches('select, textarea')) return true;
  // Buttons, boxes and links have the space bar for themselves, sliders and radio buttons the arrows.
  if (key === ' ') return target.matches('button, input, summary, a');
  return /^(Arrow|Home|End)/.test(key) && target.matches('input, .scroll');
}

/**
 * The key of an event, by its place where its letter is none of the Latin ones: S is ы on a Cyrillic keyboard.
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
  const isHeld = event.repeat && !key.startsWith('Arrow'); // a key that is held moves the cursor, and does nothing else
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
