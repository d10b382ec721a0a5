// Makes the page cross-origin isolated on hosts that do not send the headers, so that threads can share memory. The
// page's service worker adds the headers, and the page reloads once.
import { registered } from '../offline/register.js';
import { sharesMemory } from './builds.js';

/** Session-storage key: the page was reloaded for isolation in this tab. */
const mark = 'ska-reloaded-for-isolation';
/** How long the page waits for its service worker before it continues without isolation, in milliseconds. */
const patience = 2500;

/**
 * Input of the decision.
 * @typedef {object} Surroundings
 * @property {boolean} isolated
 * @property {boolean} shares whether an isolated page has shared memory; otherwise isolation has no benefit
 * @property {boolean} secure whether the context is secure
 * @property {boolean} framed whether the page is embedded; the embedding page then decides
 * @property {boolean} serviceWorkers whether the browser supports them
 * @property {boolean | null} reloaded whether the page was reloaded for this already; null if that cannot be stored
 */

/**
 * Whether to try. At most one reload is allowed: without a stored mark the page would reload forever.
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

/** Whether the page was just reloaded for isolation, and not by the user. Call it before `ensureIsolation`. */
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
 * Makes the page cross-origin isolated if possible. Call it first: the page may be reloaded.
 * @returns {Promise<boolean>} false if the page is being reloaded; the caller should then stop
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
