// Fetches the site's files for the page and its workers: gives up when nothing arrives for a while, tries once more, and
// fails with a sentence that names the file.

/** How long nothing may arrive before a file is given up, in milliseconds. What goes on arriving may take any time. */
export const patience = 20_000;
/** How long to wait before a file is asked for again, in milliseconds. */
const betweenAttempts = 1000;

/** What to do about it, as messages end. */
export const advice = 'Check the connection, then try again.';

/** Why a file could not be had. Its message is a sentence that begins with the file's name. */
export class Unobtainable extends Error {
  /**
   * @param {string} message
   * @param {boolean} isLasting whether it makes no sense to ask again at once
   */
  constructor(message, isLasting = false) {
    super(message);
    this.isLasting = isLasting;
  }
}

/** Set by the service worker where it has a file no more and cannot get it. */
export const reasonHeader = 'SKA-Reason';

/** When anything has arrived last, whatever it was: a slow connection is not a broken one. */
let lastArrival = -Infinity;

/**
 * The same promise, given up when it is pending and nothing arrives from the host for too long. For what the browser
 * fetches by itself: scripts of workers, and imported ones.
 * @template T
 * @param {Promise<T>} promise
 * @param {string} name of the file
 * @returns {Promise<T>}
 * @throws {Unobtainable}
 */
export function orStalled(promise, name) {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const look = () => {
      const left = Math.max(start, lastArrival) + patience - performance.now();
      if (left <= 0) reject(new Unobtainable(`${name} did not arrive. ${advice}`));
      else timer = setTimeout(look, left);
    };
    timer = setTimeout(look, patience);
    promise.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

/**
 * Reads an answer to its end, beside whoever uses it.
 * @param {Response} response
 * @param {(bytes: number) => void} onArrival called with every part
 */
async function follow(response, onArrival) {
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return;
    onArrival(part.value.byteLength);
  }
}

/**
 * @template T
 * @param {string} name
 * @param {URL | string} url
 * @param {(response: Response) => Promise<T>} read
 * @param {(share: number) => void} onProgress
 * @param {RequestInit} init
 * @returns {Promise<T>}
 */
async function attempt(name, url, read, onProgress, init) {
  const stopping = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let hasStalled = false;
  const alive = () => {
    lastArrival = performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => {
      hasStalled = true;
      stopping.abort();
    }, patience);
  };
  const failed = (/** @type {string} */ how) =>
    new Unobtainable(`${name} ${hasStalled ? `stopped arriving: nothing came for ${patience / 1000} seconds` : how}.`);
  alive();
  try {
    const response = await fetch(url, { ...init, signal: stopping.signal }).catch(() => null);
    if (!response) throw failed('is out of reach');
    alive();
    if (response.headers.has(reasonHeader)) {
      const dropped = 'was damaged on this device and has been dropped. Connect to the network, then try again';
      throw new Unobtainable(`${name} ${dropped}.`, true);
    }
    if (!response.ok) {
      const mayPass = response.status >= 500 || [408, 425, 429].includes(response.status);
      throw new Unobtainable(`${name} gave ${response.status}.`, !mayPass);
    }
    const length = Number(response.headers.get('Content-Length'));
    let received = 0;
    const arrived = follow(response.clone(), (bytes) => {
      alive();
      received += bytes;
      if (length > 0) onProgress(Math.min(1, received / length));
    }).then(
      () => null,
      () => failed('broke off'),
    );
    const outcome = await read(response).then(
      (value) => ({ value }),
      (/** @type {unknown} */ error) => ({ error }),
    );
    if ('value' in outcome) return outcome.value;
    if (outcome.error instanceof Unobtainable) throw outcome.error;
    throw (await arrived) ?? new Unobtainable(`${name} is damaged: it is not the file it should be.`);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A file of the site. Asked for a second time where the first attempt failed and the second may not.
 * @template T
 * @param {string} name what messages call it
 * @param {URL | string} url
 * @param {(response: Response) => Promise<T>} read makes what is wanted of the answer; rejects where it is damaged
 * @param {(share: number) => void} [onProgress] from 0 to 1, where the host says how long it is
 * @param {RequestInit} [init]
 * @returns {Promise<T>}
 * @throws {Unobtainable}
 */
export async function obtain(name, url, read, onProgress = () => {}, init = {}) {
  try {
    return await attempt(name, url, read, onProgress, init);
  } catch (error) {
    if (error instanceof Unobtainable && error.isLasting) throw error;
  }
  await new Promise((resolve) => {
    setTimeout(resolve, betweenAttempts);
  });
  // What the browser keeps of it may be what is damaged.
  return attempt(name, url, read, onProgress, { ...init, cache: 'reload' });
}
