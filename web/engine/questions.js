// Matches a worker's answers to requests by id. Each request is answered once.
import { revivedError } from './protocol.js';

/** The pending requests of a worker. */
export class Questions {
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #lastId = 0;

  /** The id of the last request; 0 before the first. */
  get lastId() {
    return this.#lastId;
  }

  /**
   * @param {(id: number) => void} post sends the request
   * @returns {Promise<any>} its answer
   */
  ask(post) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      post(id);
    });
  }

  /** @param {import('./protocol.js').Answer} answer */
  settle(answer) {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.kind === 'answer') waiting?.resolve(answer.result);
    else waiting?.reject(revivedError(answer.error));
  }

  /** Resolves a request with null. @param {number} id of a request whose result is no longer needed */
  forget(id) {
    this.#waiting.get(id)?.resolve(null);
    this.#waiting.delete(id);
  }

  forgetAll() {
    for (const id of [...this.#waiting.keys()]) this.forget(id);
  }

  /** @param {Error} error the reason why no request is answered any more */
  rejectAll(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
