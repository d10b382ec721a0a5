// Fetches the site's files for the page and its workers. Times out if no data arrives for a while, retries once, and
// fails with a message that names the file.

/** Idle timeout in milliseconds: the longest time without any data. The total time is unlimited. */
export const patience = 20_000;
/** Delay before the retry, in milliseconds. */
const betweenAttempts = 1000;

/** The end of messages: what to do next. */
export const advice = 'Check the connection, then try again.';

/** A file could not be loaded. The message is a sentence that begins with the file's name. */
export class Unobtainable extends Error {
  /**
   * @param {string} message
   * @param {boolean} isLasting whether an immediate retry would be pointless
   */
  constructor(message, isLasting = false) {
    super(message);
    this.isLasting = isLasting;
  }
}

/** Set by the service worker on its response for a file that it removed and cannot load again. */
export const reasonHeader = 'SKA-Reason';

/** Time of the last data from the host, for any file: a slow connection is not a broken one. */
let lastArrival = -Infinity;

/**
 * The promise with an idle timeout: rejects if it is pending and no data arrives from the host for too long. For files
 * that the browser loads itself: worker scripts and imported scripts.
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
 * Reads a copy of the response to its end, to observe the progress.
 * @param {Response} response
 * @param {(bytes: number) => void} onArrival called for every chunk
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
 * Loads a file of the site. Retries once, unless the failure is lasting.
 * @template T
 * @param {string} name what messages call it
 * @param {URL | string} url
 * @param {(response: Response) => Promise<T>} read converts the response; rejects if the content is damaged
 * @param {(share: number) => void} [onProgress] from 0 to 1, if the host sends the length
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
  // `reload` bypasses the HTTP cache, whose copy may be the damaged one.
  return attempt(name, url, read, onProgress, { ...init, cache: 'reload' });
}
