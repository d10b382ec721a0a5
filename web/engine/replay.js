// Brings an engine to any step of a run by repeating it: runs are bit-for-bit reproducible. A later step continues from
// the current one; an earlier step restarts the run.
import { sameConfig } from '../model/config.js';

/**
 * @typedef {import('#ska').Engine} Engine
 * @typedef {import('#ska').MainModule} MainModule
 * @typedef {import('../model/types.js').Batch} Batch
 * @typedef {import('../model/types.js').Config} Config
 */

/**
 * The initial weights of a run and their digest, which identifies them.
 * @typedef {{ digest: string, weights: Float32Array }} StartWeights
 */

/** Compute time before pending messages are handled, in milliseconds. */
const slice = 12;

export class Replay {
  #ska;
  #threads;
  /** @type {{ config: Config, batch: Batch, digest: string | undefined, engine: Engine } | null} */
  #run = null;

  /**
   * @param {MainModule} ska
   * @param {number} threads
   */
  constructor(ska, threads) {
    this.#ska = ska;
    this.#threads = threads;
  }

  /**
   * Brings the engine to a step, with that step taken; it stays there until the next call. The caller may abandon the
   * generator at any yield.
   * @param {Config} config
   * @param {Batch} batch compared by identity: the same object means the same samples
   * @param {number} step counted from 0
   * @param {StartWeights | null} [start] null: the weights of the seed
   * @returns {Generator<void, Engine>}
   * @throws {RangeError} if the settings have faults or the run has no such step
   * @throws {Error} if the run becomes non-finite before the step
   */
  *to(config, batch, step, start = null) {
    const engine = this.#engineFor(config, batch, step, start);
    checkStep(config, step);
    while (engine.stepsDone <= step) {
      this.#advance(engine, step + 1 - engine.stepsDone);
      yield;
    }
    return engine;
  }

  /** Frees the engine. */
  forget() {
    this.#run?.engine.delete();
    this.#run = null;
  }

  /**
   * An engine of this run that is at or before the step.
   * @param {Config} config
   * @param {Batch} batch
   * @param {number} step
   * @param {StartWeights | null} start
   */
  #engineFor(config, batch, step, start) {
    const run = this.#run;
    const isSame = run?.batch === batch && sameConfig(run.config, config) && run.digest === start?.digest;
    if (run && isSame && run.engine.stepsDone <= step + 1) return run.engine;
    this.forget();
    const engine = start
      ? new this.#ska.Engine(config, batch.pixels, batch.samples, this.#threads, start.weights)
      : new this.#ska.Engine(config, batch.pixels, batch.samples, this.#threads);
    this.#run = { config, batch, digest: start?.digest, engine };
    return engine;
  }

  /**
   * @param {Engine} engine
   * @param {number} most maximum number of steps
   */
  #advance(engine, most) {
    const start = performance.now();
    try {
      engine.advance(most, () => performance.now() - start < slice);
    } catch (error) {
      this.forget(); // a failed run cannot continue
      throw error;
    }
  }
}

/**
 * @param {Config} config valid
 * @param {number} step
 */
function checkStep({ steps }, step) {
  if (Number.isInteger(step) && step >= 0 && step < steps) return;
  throw new RangeError(`A run of ${steps} steps has the steps 0 to ${steps - 1}; ${step} was asked for.`);
}
