// How does the page use the engine? Through this bridge: promises for requests, a callback for steps.
import { sameBuild } from './builds.js';
import { compiled } from './modules.js';
import { Questions } from './questions.js';
import { WorkerLink } from './worker-link.js';
import script from './worker.js?worker&url';

/**
 * @typedef {import('./builds.js').Build} Build
 * @typedef {import('./protocol.js').About} About
 * @typedef {import('./protocol.js').Answer} Answer
 * @typedef {import('./protocol.js').Batch} Batch
 * @typedef {import('./protocol.js').Config} Config
 * @typedef {import('./protocol.js').Requests} Requests
 * @typedef {import('./protocol.js').RequestKind} RequestKind
 * @typedef {import('./protocol.js').StepPush} StepPush
 */

/** More steps than any run has. */
const manySteps = 1_000_000;

export class EngineClient {
  #questions = new Questions();
  #worker;
  /** @type {Error | null} set when the worker is lost, or could load no engine: it answers nothing any more */
  #lost = null;

  /** @type {(step: StepPush) => void} */
  onStep = () => {};

  /** @param {Build} build */
  constructor(build) {
    this.build = build;
    this.#worker = this.#start();
    /** What the engine says of itself, once it is loaded. @type {Promise<About>} */
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
   * Sees to it that the engine is this build. Another one is loaded in its place, without the run it had; and one that
   * was lost or could not be loaded is tried again.
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

  /** Computes a little for nothing, so that the first run is as quick as the others. */
  warmUp() {
    return this.#request('warmUp', {});
  }

  /**
   * What is wrong with a configuration; nothing when a run may start.
   * @param {Config} config
   */
  validate(config) {
    return this.#request('validate', { config });
  }

  /**
   * Makes a run, in place of the one before.
   * @param {Config} config
   * @param {Batch} batch copied to the engine
   * @param {Float32Array | null} [start] the first weights, for each layer W row by row, then b; null: the seed's
   * @throws {RangeError} with `faults`, when the configuration or the batch has any
   */
  create(config, { pixels, samples }, start = null) {
    return this.#request('create', { config, batch: { pixels, samples }, start });
  }

  /**
   * Takes steps until the run ends or is paused. Rejects when its numbers stop being finite.
   * @param {number} [most] no more steps than these
   */
  advance(most = manySteps) {
    return this.#request('advance', { most });
  }

  /**
   * Lets the run take more steps in all than it was made for.
   * @param {number} steps
   */
  extend(steps) {
    return this.#request('extend', { steps });
  }

  /**
   * Which samples of a labelled set a run looks at, by their indices.
   * @param {Uint8Array} labels
   * @param {import('../state/settings.js').DataSettings} data
   * @throws {RangeError} when a class has too few
   */
  sample(labels, data) {
    return this.#request('sample', { labels, ...data });
  }

  /**
   * The present weights.
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

  /** Ends the worker in the midst of what it does, with its run and its memory, and starts a new one. */
  restart() {
    this.#worker.terminate();
    this.#lose(new Error('The engine was started anew.'));
    this.#lost = null;
    this.#worker = this.#start();
    this.about = this.#load();
  }

  /** Ends the worker for good, in the midst of what it does. */
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
