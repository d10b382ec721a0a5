// What has a run recorded so far? Charts and tables are functions of this.
import { quantities, StepRecord } from '../engine/record.js';
import { defaultSettings } from './settings.js';

/**
 * @typedef {import('../engine/protocol.js').Config} Config
 * @typedef {import('../engine/record.js').Quantity} Quantity
 */

/** Neurons of the last layer that are told apart, of however many there are. */
export const mostOutputSeries = 64;

/**
 * Weights that a run can begin with.
 * @typedef {object} Start
 * @property {string} name of the file they come from
 * @property {string} digest 32 hexadecimal digits
 * @property {Float32Array} weights for each layer W (inputs, neurons) row by row, then b
 */

/** The records of one run, in order. */
export class Recording {
  /** @type {StepRecord[]} */
  #steps = [];
  /** The same numbers by quantity and layer, so that a chart need not gather them anew at every drawing. */
  #series;
  /** Likewise the outputs of the first neurons, from step 0 on. */
  #outputSeries;

  /**
   * @param {Config} config
   * @param {boolean} [fast] whether it was computed by the fast engine
   * @param {import('./settings.js').DataSettings} [data] which samples it looks at
   * @param {Start | null} [start] the weights it began with, where they are not the seed's
   */
  constructor(config, fast = false, data = defaultSettings.data, start = null) {
    this.config = config;
    this.fast = fast;
    this.data = data;
    this.start = start;
    /** The digest of the finished run; null before, and where the engine was not exact. @type {string | null} */
    this.fingerprint = null;
    this.#outputSeries = Array.from(
      { length: Math.min(this.outputs, mostOutputSeries) },
      () => /** @type {Float64Array} */ (new Float64Array(64)),
    );
    this.#series = quantities.map(() => config.layers.map(() => /** @type {Float64Array} */ (new Float64Array(64))));
    /** Time the engine has computed, in milliseconds. */
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
   * One layer's values of a quantity, record by record: `[0]` is record 1. ‖Z‖ has a record at step 0 too, which
   * this leaves out, so that all quantities line up.
   * @param {Quantity} quantity
   * @param {number} layer counted from 0
   * @returns {Float64Array} a view, to be read and not kept
   */
  series(quantity, layer) {
    return this.#series[quantities.indexOf(quantity)][layer].subarray(0, this.records);
  }

  /**
   * The mean output of one neuron of the last layer, step by step: `[0]` is step 0.
   * @param {number} neuron below mostOutputSeries
   * @returns {Float64Array} a view, to be read and not kept
   */
  outputSeries(neuron) {
    return this.#outputSeries[neuron].subarray(0, this.steps);
  }

  /** Total entropy of the last record, or null before the first. */
  get totalEntropy() {
    return this.records > 0 ? this.#steps[this.records].totalEntropy : null;
  }
}

/**
 * The values, in an array with room for so many: twice as large as before where there was none.
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
