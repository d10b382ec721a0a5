// What do the page's keys do? Nothing while something is typed or a menu is open.

/** @typedef {import('../state/lab.js').Lab} Lab */

const far = 10;
const forms = /** @type {const} */ (['papers', 'heatmap', 'lines']);

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
 * @param {Lab} lab
 * @param {() => void} showKeys
 * @param {() => void} showTour
 * @returns {(event: KeyboardEvent) => void}
 */
export const keyboard = (lab, showKeys, showTour) => (event) => {
  const { key, shiftKey } = event;
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
  const act = acts[key.length === 1 ? key.toLowerCase() : key];
  if (!act) return;
  event.preventDefault();
  act();
};
