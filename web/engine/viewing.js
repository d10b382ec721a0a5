// Answers the newest request to look inside the network; cancels work on older ones.
import { LabelledBatch, lookInside, sampleRow } from '../model/look.js';
import { listen } from './listen.js';
import { Replay } from './replay.js';

/**
 * @typedef {import('#ska').Engine} Engine
 * @typedef {import('../model/look.js').Look} Look
 * @typedef {import('../model/look.js').SampleRow} SampleRow
 * @typedef {import('../model/types.js').Batch} Batch
 * @typedef {import('../model/types.js').Config} Config
 */

/**
 * What to look at, within the current batch.
 * @typedef {object} View
 * @property {Config} config
 * @property {import('./replay.js').StartWeights | null} [start] the initial weights; null: from the seed
 * @property {number} step k, counted from 0: its Z and D, and the weights after its update
 * @property {boolean} [neighbours] whether to compute neighbour accuracies, which is slow
 * @property {number} [sample] whose rows of Z and D to show, counted from 0
 */

/** @typedef {{ engine: Engine, config: Config, labelled: LabelledBatch }} Place */

/** Compute time before pending messages are handled, in milliseconds. */
const slice = 12;

/** Looks inside a network at any step, with an engine reserved for this. */
export class Viewing {
  #replay;
  /** @type {LabelledBatch | null} */
  #labelled = null;
  #newest = 0;
  /** Settles when no look is in progress. @type {Promise<unknown>} */
  #working = Promise.resolve();
  /** The engine's state for the newest look; null if that look was cancelled. @type {Promise<Place | null>} */
  #place = Promise.resolve(null);

  /** @param {Promise<{ ska: import('#ska').MainModule, threads: number }>} loading */
  constructor(loading) {
    this.#replay = loading.then(({ ska, threads }) => new Replay(ska, threads));
    this.#replay.catch(() => {}); // reported by each look
  }

  /**
   * Sets the samples of all following looks.
   * @param {Batch} batch
   * @param {Uint8Array} labels one per sample
   */
  show(batch, labels) {
    this.#labelled = new LabelledBatch(batch, labels);
  }

  /**
   * @param {View} view
   * @returns {Promise<Look | null>} null if a newer request replaced this one
   * @throws {RangeError} if the settings have faults, or there is no such step or sample
   * @throws {Error} if the engine could not be loaded or the run fails before this step
   */
  look(view) {
    const id = ++this.#newest;
    const labelled = this.#requireBatch();
    const place = this.#working.then(() => this.#goTo(id, labelled, view));
    const look = place.then(
      (found) => found && this.#finish(id, lookInside(found.engine, view.config, labelled, view)),
    );
    this.#place = place;
    this.#working = look.catch(() => {});
    return look;
  }

  /**
   * Another sample at the step of the newest look, without recomputing.
   * @param {number} sample counted from 0
   * @returns {Promise<SampleRow | null>} null if there was no look
   * @throws {RangeError} if there is no such sample
   */
  async sampleRow(sample) {
    let asked;
    let place;
    do {
      asked = this.#place;
      place = await asked.catch(() => null); // reported to the caller of that look
    } while (asked !== this.#place);
    return place && sampleRow(place.engine, place.config, place.labelled.batch, sample);
  }

  #requireBatch() {
    if (!this.#labelled) throw new Error('There are no samples to look at yet.');
    return this.#labelled;
  }

  /**
   * @param {number} id
   * @param {LabelledBatch} labelled
   * @param {View} view
   * @returns {Promise<Place | null>}
   */
  async #goTo(id, labelled, { config, start = null, step }) {
    const replay = await this.#replay;
    const engine = await this.#finish(id, replay.to(config, labelled.batch, step, start));
    return engine && { engine, config, labelled };
  }

  /**
   * Runs the generator to its end, or until a newer request cancels it.
   * @template T
   * @param {number} id
   * @param {Generator<void, T>} work
   * @returns {Promise<T | null>}
   */
  async #finish(id, work) {
    while (id === this.#newest) {
      const start = performance.now();
      do {
        const { done, value } = work.next();
        if (done) return value;
      } while (performance.now() - start < slice);
      await listen();
    }
    return null;
  }
}
