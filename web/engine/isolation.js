// How does the page get memory that threads can share, on a host that does not send the headers for it? From its own
// service worker, which adds them, and one reload.
import { registered } from '../offline/register.js';
import { sharesMemory } from './builds.js';

/** Remembers, in this tab, that the page was reloaded for it. */
const mark = 'ska-reloaded-for-isolation';
/** How long the page waits for its service worker before it goes on without, in milliseconds. */
const patience = 2500;

/**
 * What matters for the decision.
 * @typedef {object} Surroundings
 * @property {boolean} isolated
 * @property {boolean} shares whether an isolated page has memory to share: else there is nothing to gain
 * @property {boolean} secure whether the context is
 * @property {boolean} framed whether the page is part of another, which then decides
 * @property {boolean} serviceWorkers whether the browser has them
 * @property {boolean | null} reloaded whether it was reloaded for this already; null where that cannot be remembered
 */

/**
 * Whether to try. At most one reload is ever made: with no memory of it there would be no end.
 * @param {Surroundings} surroundings
 */
export function worthTrying({ isolated, shares, secure, framed, serviceWorkers, reloaded }) {
  return !isolated && shares && secure && !framed && serviceWorkers && reloaded === false;
}

function readMark() {
  try {
    return sessionStorage.getItem(mark) !== null;
  } catch {
    return null;
  }
}

/** Whether the page has just been reloaded for it: not by its reader, then. To be asked before `ensureIsolation`. */
export const wasReloadedForIsolation = () => readMark() === true;

/** @param {boolean} value @returns whether it was written */
function writeMark(value) {
  try {
    if (value) sessionStorage.setItem(mark, '1');
    else sessionStorage.removeItem(mark);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes the page cross-origin isolated where that can be done. Called before anything else: the page may be reloaded.
 * @returns {Promise<boolean>} false when the page is being reloaded and nothing else should be begun
 */
export async function ensureIsolation() {
  if (globalThis.crossOriginIsolated) {
    writeMark(false);
    return true;
  }
  const tryIt = worthTrying({
    isolated: false,
    shares: sharesMemory(navigator),
    secure: globalThis.isSecureContext,
    framed: window.top !== window,
    serviceWorkers: 'serviceWorker' in navigator,
    reloaded: readMark(),
  });
  if (!tryIt) return true;
  const late = new Promise((resolve) => {
    setTimeout(resolve, patience, 'late');
  });
  const outcome = await Promise.race([registered().catch(() => 'refused'), late]);
  if (outcome === 'late' || outcome === 'refused' || !writeMark(true)) return true;
  location.reload();
  return false;
}
