// How does one get an engine to any step of a run? Runs repeat bit for bit, so the run is simply made again: from where
// the engine is to a later step, from the start to an earlier one.
import { sameConfig } from '../state/config.js';

/**
 * @typedef {import('#ska').Engine} Engine
 * @typedef {import('#ska').MainModule} MainModule
 * @typedef {import('./protocol.js').Batch} Batch
 * @typedef {import('./protocol.js').Config} Config
 */

/**
 * Weights that a run began with, and what tells them from others.
 * @typedef {{ digest: string, weights: Float32Array }} StartWeights
 */

/** How long the engine computes before others are listened to, in milliseconds. */
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
   * The engine at a step, which it has then taken; it stays there until the next call. May be abandoned between two of
   * its pieces.
   * @param {Config} config
   * @param {Batch} batch the same object means the same samples
   * @param {number} step counted from 0
   * @param {StartWeights | null} [start] null: the weights of the seed
   * @returns {Generator<void, Engine>}
   * @throws {RangeError} where the settings have faults or the run has no such step
   * @throws {Error} where the run stops being finite before it
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
   * An engine of the run that has not gone beyond the step.
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
   * @param {number} most steps
   */
  #advance(engine, most) {
    const start = performance.now();
    try {
      engine.advance(most, () => performance.now() - start < slice);
    } catch (error) {
      this.forget(); // a run that failed takes no further step
      throw error;
    }
  }
}

/**
 * @param {Config} config known to be good
 * @param {number} step
 */
function checkStep({ steps }, step) {
  if (Number.isInteger(step) && step >= 0 && step < steps) return;
  throw new RangeError(`A run of ${steps} steps has the steps 0 to ${steps - 1}; ${step} was asked for.`);
}
