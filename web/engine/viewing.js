// Which wish to look inside is answered? The newest: work on an older one is given up where it stands.
import { LabelledBatch, lookInside, sampleRow } from '../analysis/look.js';
import { listen } from './listen.js';
import { Replay } from './replay.js';

/**
 * @typedef {import('#ska').Engine} Engine
 * @typedef {import('../analysis/look.js').Look} Look
 * @typedef {import('../analysis/look.js').SampleRow} SampleRow
 * @typedef {import('./protocol.js').Batch} Batch
 * @typedef {import('./protocol.js').Config} Config
 */

/**
 * What to look at, in the batch given before.
 * @typedef {object} View
 * @property {Config} config
 * @property {import('./replay.js').StartWeights | null} [start] the weights it began with; null: the seed's
 * @property {number} step k, counted from 0: its Z and D, and the weights after its update
 * @property {boolean} [neighbours] whether to compute neighbour accuracies, which is slow
 * @property {number} [sample] whose rows of Z and D to show, counted from 0
 */

/** @typedef {{ engine: Engine, config: Config, labelled: LabelledBatch }} Place */

/** How long to compute before messages are heard, in milliseconds. */
const slice = 12;

/** Looks inside a network, at one step after another, with an engine of its own. */
export class Viewing {
  #replay;
  /** @type {LabelledBatch | null} */
  #labelled = null;
  #newest = 0;
  /** Settles when no look is at work. @type {Promise<unknown>} */
  #working = Promise.resolve();
  /** Where the newest look has brought the engine; null where it was given up. @type {Promise<Place | null>} */
  #place = Promise.resolve(null);

  /** @param {Promise<{ ska: import('#ska').MainModule, threads: number }>} loading */
  constructor(loading) {
    this.#replay = loading.then(({ ska, threads }) => new Replay(ska, threads));
    this.#replay.catch(() => {}); // told to whoever looks
  }

  /**
   * The samples of all looks from now on.
   * @param {Batch} batch
   * @param {Uint8Array} labels one per sample
   */
  show(batch, labels) {
    this.#labelled = new LabelledBatch(batch, labels);
  }

  /**
   * @param {View} view
   * @returns {Promise<Look | null>} null when a newer one was wished for
   * @throws {RangeError} where the settings have faults, or there is no such step or sample
   * @throws {Error} where the engine could not be had, or the run fails before this step
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
   * Another sample at the step of the newest look, without computing anything anew.
   * @param {number} sample counted from 0
   * @returns {Promise<SampleRow | null>} null when nothing was looked at
   * @throws {RangeError} where there is no such sample
   */
  async sampleRow(sample) {
    let asked;
    let place;
    do {
      asked = this.#place;
      place = await asked.catch(() => null); // that look's failure is told to whoever wished for it
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
   * Does a piece of work after the other until it is done, or no longer wished for.
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
