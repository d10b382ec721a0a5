// The page's interface to the engine's worker: promises for requests, a callback for steps.
import { sameBuild } from './builds.js';
import { compiled } from './modules.js';
import { Questions } from './questions.js';
import { WorkerLink } from './worker-link.js';
import script from './worker.js?worker&url';

/**
 * @typedef {import('./builds.js').Build} Build
 * @typedef {import('../model/types.js').About} About
 * @typedef {import('./protocol.js').Answer} Answer
 * @typedef {import('../model/types.js').Batch} Batch
 * @typedef {import('../model/types.js').Config} Config
 * @typedef {import('./protocol.js').Requests} Requests
 * @typedef {import('./protocol.js').RequestKind} RequestKind
 * @typedef {import('./protocol.js').StepPush} StepPush
 */

/** More steps than any run has. */
const manySteps = 1_000_000;

export class EngineClient {
  #questions = new Questions();
  #worker;
  /** @type {Error | null} set if the worker is lost or could not load an engine; all requests then fail */
  #lost = null;

  /** @type {(step: StepPush) => void} */
  onStep = () => {};

  /** @param {Build} build */
  constructor(build) {
    this.build = build;
    this.#worker = this.#start();
    /** The engine's version and properties, once it is loaded. @type {Promise<About>} */
    this.about = this.#load();
  }

  #load() {
    const worker = this.#worker;
    const { build } = this;
    const about = compiled(build.name).then((compiled) => {
      if (worker !== this.#worker) throw new Error('The engine was started anew.');
      return this.#request('load', { build, compiled });
    });
    about.catch((error) => {
      if (worker === this.#worker) this.#lose(error);
    });
    return about;
  }

  /**
   * Ensures that the engine is this build. Loads it in place of another build, whose run is discarded. Also retries an
   * engine that was lost or failed to load.
   * @param {Build} build
   */
  use(build) {
    if (this.#lost || !sameBuild(build, this.build)) {
      this.build = build;
      this.restart();
    }
    return this.about;
  }

  /** @returns {WorkerLink} */
  #start() {
    /** @type {WorkerLink} */
    const worker = new WorkerLink(
      script,
      { name: 'ska-engine', noun: 'The engine' },
      (message) => worker === this.#worker && this.#receive(message),
      (error) => worker === this.#worker && this.#lose(error),
    );
    return worker;
  }

  /** Runs a small warm-up, so that the first run is as fast as later ones. */
  warmUp() {
    return this.#request('warmUp', {});
  }

  /**
   * The faults of a configuration; empty if it is valid.
   * @param {Config} config
   */
  validate(config) {
    return this.#request('validate', { config });
  }

  /**
   * Creates a run, which replaces the previous one.
   * @param {Config} config
   * @param {Batch} batch copied to the engine
   * @param {Float32Array | null} [start] the initial weights, for each layer W row by row, then b; null: from the seed
   * @throws {RangeError} with `faults`, if the configuration or the batch has any
   */
  create(config, { pixels, samples }, start = null) {
    return this.#request('create', { config, batch: { pixels, samples }, start });
  }

  /**
   * Takes steps until the run finishes or is paused. Rejects if its numbers become non-finite.
   * @param {number} [most] maximum number of steps
   */
  advance(most = manySteps) {
    return this.#request('advance', { most });
  }

  /**
   * Raises the total number of steps of the run.
   * @param {number} steps
   */
  extend(steps) {
    return this.#request('extend', { steps });
  }

  /**
   * Selects samples of a labelled set; returns their indices.
   * @param {Uint8Array} labels
   * @param {import('../model/settings.js').DataSettings} data
   * @throws {RangeError} if a class has too few samples
   */
  sample(labels, data) {
    return this.#request('sample', { labels, ...data });
  }

  /**
   * The current weights.
   * @param {number[]} layers neurons of each layer of the run
   */
  weights(layers) {
    return this.#request('weights', { layers });
  }

  step() {
    return this.#request('step', {});
  }

  pause() {
    return this.#request('pause', {});
  }

  memory() {
    return this.#request('memory', {});
  }

  /** Terminates the worker immediately, with its run and its memory, and starts a new one. */
  restart() {
    this.#worker.terminate();
    this.#lose(new Error('The engine was started anew.'));
    this.#lost = null;
    this.#worker = this.#start();
    this.about = this.#load();
  }

  /** Terminates the worker immediately and for good. */
  close() {
    this.#worker.terminate();
    this.#lose(new Error('The engine was ended.'));
  }

  /**
   * @template {RequestKind} K
   * @param {K} kind
   * @param {Omit<Requests[K], 'result'>} body
   * @returns {Promise<Requests[K]['result']>}
   */
  #request(kind, body) {
    if (this.#lost) return Promise.reject(this.#lost);
    return this.#questions.ask((id) => this.#worker.post({ id, kind, ...body }));
  }

  /** @param {Answer | StepPush} message */
  #receive(message) {
    if (message.kind === 'step') this.onStep(message);
    else this.#questions.settle(message);
  }

  /** @param {Error} error */
  #lose(error) {
    this.#lost = error;
    this.#questions.rejectAll(error);
  }
}
