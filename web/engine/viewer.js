// Looks inside the network at any step while the main engine keeps running, with a second engine in a separate worker
// that repeats the run up to that step.
import { compiled } from './modules.js';
import { Questions } from './questions.js';
import script from './viewer-worker.js?worker&url';
import { WorkerLink } from './worker-link.js';

/**
 * @typedef {import('../model/look.js').Look} Look
 * @typedef {import('../model/look.js').SampleRow} SampleRow
 * @typedef {import('./builds.js').Build} Build
 * @typedef {import('../model/types.js').Batch} Batch
 * @typedef {import('./viewing.js').View} View
 */

/**
 * What to look at. The batch is posted again only if it or its labels are a different object.
 * @typedef {View & { batch: Batch, labels: Uint8Array }} ViewRequest
 */

export class Viewer {
  #questions = new Questions();
  /** The id of the newest look. */
  #lookId = 0;
  #worker;
  /** @type {Pick<ViewRequest, 'batch' | 'labels'> | null} what the worker has */
  #shown = null;
  /** The reason why requests are no longer answered. @type {Error | null} */
  #lost = null;
  #disposed = false;

  /** @param {Build} build */
  constructor(build) {
    this.#worker = new WorkerLink(
      script,
      { name: 'ska-viewer', noun: 'The second engine' },
      (message) => this.#questions.settle(message),
      (error) => this.#lose(error),
    );
    compiled(build.name).then((compiled) => this.#worker.post({ kind: 'load', build, compiled }));
  }

  /**
   * Looks inside the network at a step: Z and D at that step, and the weights after its update. A newer request cancels
   * older ones.
   * @param {ViewRequest} request
   * @returns {Promise<Look | null>} null, immediately, if a newer request replaces this one, and after `dispose`
   * @throws {RangeError} if the settings have faults, there is no such step or sample, or the number of labels differs
   *   from the samples
   * @throws {Error} if the engine could not be loaded or the run fails before this step
   */
  async look({ batch, labels, config, start = null, step, neighbours, sample }) {
    if (labels.length !== batch.samples) {
      throw new RangeError(`There are ${batch.samples} samples and ${labels.length} labels; they should be as many.`);
    }
    this.#questions.forget(this.#lookId);
    if (this.#shown?.batch !== batch || this.#shown.labels !== labels) {
      const { pixels, samples } = batch;
      this.#worker.post({ kind: 'show', batch: { pixels, samples }, labels });
      this.#shown = { batch, labels };
    }
    const answer = this.#request({ kind: 'look', view: { config, start, step, neighbours, sample } });
    this.#lookId = this.#questions.lastId;
    return answer;
  }

  /**
   * Another sample at the step of the newest look, without recomputing.
   * @param {number} sample counted from 0
   * @returns {Promise<SampleRow | null>} null if there was no look, and after `dispose`
   * @throws {RangeError} if there is no such sample
   */
  sampleRow(sample) {
    return this.#request({ kind: 'row', sample });
  }

  /** Terminates the worker and its engine. Pending requests resolve with null. */
  dispose() {
    this.#disposed = true;
    this.#worker.terminate();
    this.#questions.forgetAll();
  }

  /** @param {{ kind: 'look', view: View } | { kind: 'row', sample: number }} body @returns {Promise<any>} */
  #request(body) {
    if (this.#disposed) return Promise.resolve(null);
    if (this.#lost) return Promise.reject(this.#lost);
    return this.#questions.ask((id) => this.#worker.post({ id, ...body }));
  }

  /** @param {Error} error */
  #lose(error) {
    this.#lost = error;
    this.#worker.terminate();
    this.#questions.rejectAll(error);
  }
}
