// How does the page look inside the network at a step, while the first engine runs on? With a second engine in a
// worker of its own, which makes the run again up to that step.
import { compiled } from './modules.js';
import { Questions } from './questions.js';
import script from './viewer-worker.js?worker&url';
import { WorkerLink } from './worker-link.js';

/**
 * @typedef {import('../analysis/look.js').Look} Look
 * @typedef {import('../analysis/look.js').SampleRow} SampleRow
 * @typedef {import('./builds.js').Build} Build
 * @typedef {import('./protocol.js').Batch} Batch
 * @typedef {import('./viewing.js').View} View
 */

/**
 * What to look at. The batch is sent to the worker again only when it, or its labels, is another object than before.
 * @typedef {View & { batch: Batch, labels: Uint8Array }} ViewerWish
 */

export class Viewer {
  #questions = new Questions();
  /** The id of the newest look. */
  #lookId = 0;
  #worker;
  /** @type {Pick<ViewerWish, 'batch' | 'labels'> | null} what the worker has */
  #shown = null;
  /** Why nothing is answered any more. @type {Error | null} */
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
   * Looks inside the network at a step: its Z and D there, and its weights after that step's update. The newest wish
   * wins.
   * @param {ViewerWish} wish
   * @returns {Promise<Look | null>} null, at once, for a wish overtaken by a newer one, and after `dispose`
   * @throws {RangeError} where the settings have faults, or there is no such step or sample, or not one label a sample
   * @throws {Error} where the engine could not be had, or the run fails before this step
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
   * Another sample at the step of the newest look, without computing anything anew.
   * @param {number} sample counted from 0
   * @returns {Promise<SampleRow | null>} null when nothing was looked at, and after `dispose`
   * @throws {RangeError} where there is no such sample
   */
  sampleRow(sample) {
    return this.#request({ kind: 'row', sample });
  }

  /** Ends the worker with its engine. What still waits is answered with null. */
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
