// What has a run recorded so far? Charts and tables are functions of this.
import { StepRecord } from '../engine/record.js';

/**
 * @typedef {import('../engine/protocol.js').Config} Config
 * @typedef {import('../engine/record.js').Quantity} Quantity
 */

/** The records of one run, in order. */
export class Recording {
  /** @type {StepRecord[]} */
  #steps = [];

  /** @param {Config} config */
  constructor(config) {
    this.config = config;
    /** Time the engine has computed, in milliseconds. */
    this.computed = 0;
  }

  get layers() {
    return this.config.layers.length;
  }

  /** Neurons of the last layer. */
  get outputs() {
    return this.config.layers[this.layers - 1];
  }

  /** Forward steps taken. */
  get steps() {
    return this.#steps.length;
  }

  /** Records of entropy, cosine and all else that compares a step with the one before: one fewer than steps. */
  get records() {
    return Math.max(0, this.#steps.length - 1);
  }

  /** How many such records the whole run will have. */
  get recordsPlanned() {
    return this.config.steps - 1;
  }

  /**
   * @param {Float64Array} values as pushed by the engine
   * @param {number} computed
   */
  append(values, computed) {
    this.#steps.push(new StepRecord(values, this.layers));
    this.computed = computed;
  }

  /** @param {number} k a step, counted from 0 */
  at(k) {
    return this.#steps[k];
  }

  /**
   * One layer's values of a quantity, record by record: `[0]` is record 1. ‖Z‖ has a record at step 0 too, which
   * this leaves out, so that all quantities line up.
   * @param {Quantity} quantity
   * @param {number} layer counted from 0
   */
  series(quantity, layer) {
    return Float64Array.from({ length: this.records }, (_, i) => this.#steps[i + 1].of(quantity)[layer]);
  }

  /** Total entropy of the last record, or null before the first. */
  get totalEntropy() {
    return this.records > 0 ? this.#steps[this.records].totalEntropy : null;
  }
}

/**
 * Where a series is least and where it is greatest, the first of equals.
 * @param {Float64Array} series
 * @returns {{ least: { value: number, record: number }, greatest: { value: number, record: number } } | null}
 *   records counted from 1; null for an empty series
 */
export function extremes(series) {
  if (series.length === 0) return null;
  let least = 0;
  let greatest = 0;
  for (let i = 1; i < series.length; ++i) {
    if (series[i] < series[least]) least = i;
    if (series[i] > series[greatest]) greatest = i;
  }
  return {
    least: { value: series[least], record: least + 1 },
    greatest: { value: series[greatest], record: greatest + 1 },
  };
}
