// The records of a run so far. Charts and tables are functions of this.
import { quantities, StepRecord } from './record.js';
import { defaultSettings } from './settings.js';

/**
 * @typedef {import('./types.js').Config} Config
 * @typedef {import('./record.js').Quantity} Quantity
 */

/** Maximum number of output neurons with their own series. */
export const mostOutputSeries = 64;

/**
 * Initial weights of a run.
 * @typedef {object} Start
 * @property {string} name name of their file
 * @property {string} digest 32 hexadecimal digits
 * @property {Float32Array} weights for each layer W (inputs, neurons) row by row, then b
 */

/** The records of one run, in order. */
export class Recording {
  /** @type {StepRecord[]} */
  #steps = [];
  /** The same numbers by quantity and layer, so that charts need not collect them on every redraw. */
  #series;
  /** The outputs of the first `mostOutputSeries` neurons, from step 0. */
  #outputSeries;

  /**
   * @param {Config} config
   * @param {boolean} [fast] whether the fast engine computed it
   * @param {import('./settings.js').DataSettings} [data] its samples
   * @param {Start | null} [start] the initial weights; null: from the seed
   */
  constructor(config, fast = false, data = defaultSettings.data, start = null) {
    this.config = config;
    this.fast = fast;
    this.data = data;
    this.start = start;
    /** The digest of the finished run; null before, and if the engine was not exact. @type {string | null} */
    this.fingerprint = null;
    this.#outputSeries = Array.from(
      { length: Math.min(this.outputs, mostOutputSeries) },
      () => /** @type {Float64Array} */ (new Float64Array(64)),
    );
    this.#series = quantities.map(() => config.layers.map(() => /** @type {Float64Array} */ (new Float64Array(64))));
    /** Compute time of the engine, in milliseconds. */
    this.computed = 0;
  }

  /** @returns {import('./settings.js').Settings} */
  get settings() {
    return { config: this.config, data: this.data, fast: this.fast };
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

  /**
   * Number of records of entropy, cosine and all else that compares a step with the previous one: one fewer than steps.
   */
  get records() {
    return Math.max(0, this.#steps.length - 1);
  }

  /** The number of such records in the complete run. */
  get recordsPlanned() {
    return this.config.steps - 1;
  }

  /**
   * @param {Float64Array} values as pushed by the engine
   * @param {number} computed
   */
  append(values, computed) {
    const record = new StepRecord(values, this.layers);
    this.#steps.push(record);
    this.computed = computed;
    this.#outputSeries.forEach((series, neuron) => {
      this.#outputSeries[neuron] = withRoom(series, this.steps);
      this.#outputSeries[neuron][this.steps - 1] = record.outputs[neuron];
    });
    if (this.records === 0) return;
    quantities.forEach((quantity, q) => {
      record.of(quantity).forEach((value, layer) => {
        this.#series[q][layer] = withRoom(this.#series[q][layer], this.records);
        this.#series[q][layer][this.records - 1] = value;
      });
    });
  }

  /** @param {number} k a step, counted from 0 */
  at(k) {
    return this.#steps[k];
  }

  /**
   * One layer's values of a quantity: `[0]` is record 1. ‖Z‖ also has a record at step 0, which is omitted to align all
   * quantities.
   * @param {Quantity} quantity
   * @param {number} layer counted from 0
   * @returns {Float64Array} a view; copy it to keep it
   */
  series(quantity, layer) {
    return this.#series[quantities.indexOf(quantity)][layer].subarray(0, this.records);
  }

  /**
   * The mean output of one neuron of the last layer: `[0]` is step 0.
   * @param {number} neuron below mostOutputSeries
   * @returns {Float64Array} a view; copy it to keep it
   */
  outputSeries(neuron) {
    return this.#outputSeries[neuron].subarray(0, this.steps);
  }

  /** Total entropy of the last record; null before the first. */
  get totalEntropy() {
    return this.records > 0 ? this.#steps[this.records].totalEntropy : null;
  }
}

/**
 * Returns the array, or a copy of twice the size if `length` exceeds its capacity.
 * @param {Float64Array} values
 * @param {number} length
 */
function withRoom(values, length) {
  if (length <= values.length) return values;
  const larger = new Float64Array(2 * values.length);
  larger.set(values);
  return larger;
}

/**
 * The minimum and maximum of a series; the first, if several are equal.
 * @param {Float64Array} series
 * @returns {{ least: { value: number, record: number }, greatest: { value: number, record: number } } | null} records
 *   counted from 1; null for an empty series
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
