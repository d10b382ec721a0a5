// Which answer of a worker belongs to which question? Each has an id, and is answered once, with the same id.
import { revivedError } from './protocol.js';

/** The questions that a worker has not answered yet. */
export class Questions {
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #lastId = 0;

  /** The id of the question that was asked last; 0 before the first. */
  get lastId() {
    return this.#lastId;
  }

  /**
   * @param {(id: number) => void} post sends the question
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

  /** Answers a question with null. @param {number} id of one that nobody waits for any more */
  forget(id) {
    this.#waiting.get(id)?.resolve(null);
    this.#waiting.delete(id);
  }

  forgetAll() {
    for (const id of [...this.#waiting.keys()]) this.forget(id);
  }

  /** @param {Error} error why none is answered any more */
  rejectAll(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
