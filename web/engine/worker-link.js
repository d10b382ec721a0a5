// The page's end of a worker: waits for the worker's script, retries once if it does not load, and reports when the
// worker is lost.
import { advice, orStalled } from '../offline/obtain.js';
import { here } from './protocol.js';

/** Maximum number of attempts to start a worker. */
const mostAttempts = 2;

/** Numbers of the workers whose scripts are loading. @type {Set<number>} */
const underWay = new Set();

/**
 * The address of a worker's script. WebKit shares one load between workers that start at the same time from the same
 * address. The service worker then serves only the first, and the others fail offline. A number in the address makes
 * each one unique; the service worker ignores it.
 * @param {string} script
 * @param {number} number
 */
function addressOf(script, number) {
  const url = new URL(script, import.meta.url);
  if (number > 0 && navigator.serviceWorker?.controller) url.search = String(number);
  return url;
}

function lowestFree() {
  let number = 0;
  while (underWay.has(number)) number += 1;
  return number;
}

export class WorkerLink {
  #script;
  #name;
  #noun;
  #onMessage;
  #onLost;
  /** @type {Worker | null} */
  #worker = null;
  /** Messages to post once the worker has started; null afterwards. @type {unknown[] | null} */
  #waiting = [];
  #attempts = 0;
  /** The number of the worker whose script is loading. @type {number | null} */
  #number = null;

  /**
   * @param {string} script
   * @param {{ name: string, noun: string }} what its name for debuggers, and what messages call it
   * @param {(data: any) => void} onMessage
   * @param {(error: Error) => void} onLost called once, with a message for the user, if the worker stops answering
   */
  constructor(script, { name, noun }, onMessage, onLost) {
    this.#script = script;
    this.#name = name;
    this.#noun = noun;
    this.#onMessage = onMessage;
    this.#onLost = onLost;
    this.#start();
  }

  #start() {
    this.#attempts += 1;
    this.#number = lowestFree();
    underWay.add(this.#number);
    const url = addressOf(this.#script, this.#number);
    const file = String(url.pathname.split('/').at(-1));
    const worker = new Worker(url, { type: 'module', name: this.#name });
    this.#worker = worker;
    const isPresent = () => this.#worker === worker;
    const started = new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => {
        if (!isPresent()) return;
        if (data === here) resolve(null);
        else this.#onMessage(data);
      });
      worker.addEventListener('error', (event) => {
        const reason = event.message ? `: ${event.message}` : ` from ${file}. ${advice}`;
        const error = new Error(`${this.#noun} could not be started${reason}`);
        reject(error);
        if (isPresent() && !this.#waiting) this.#lose(error);
      });
    });
    orStalled(started, file).then(
      () => isPresent() && this.#flush(worker),
      (error) => {
        if (!isPresent()) return;
        this.terminate();
        if (this.#attempts < mostAttempts) this.#start();
        else this.#lose(error);
      },
    );
  }

  #releaseNumber() {
    if (this.#number !== null) underWay.delete(this.#number);
    this.#number = null;
  }

  /** @param {Worker} worker */
  #flush(worker) {
    this.#releaseNumber();
    for (const message of this.#waiting ?? []) worker.postMessage(message);
    this.#waiting = null;
  }

  /** @param {Error} error */
  #lose(error) {
    this.terminate();
    this.#onLost(error);
  }

  /** @param {unknown} message */
  post(message) {
    if (this.#waiting) this.#waiting.push(message);
    else this.#worker?.postMessage(message);
  }

  /** Terminates the worker immediately. */
  terminate() {
    this.#releaseNumber();
    this.#worker?.terminate();
    this.#worker = null;
  }
}
