// The layout of a pushed record. JavaScript counterpart of cpp/core/record.h.

/** The quantities of a record, in order. Each has one number per layer. */
export const quantities = /** @type {const} */ ([
  'knowledge_norm',
  'entropy',
  'cosine',
  'tensor_net',
  'flow',
  'lagrangian',
  'weight_norm',
]);

/** @typedef {(typeof quantities)[number]} Quantity */

const stepAt = 0;
const totalEntropyAt = 1;
const headerLength = 2;

/**
 * The number of values in a record.
 * @param {number} layers
 * @param {number} outputs neurons of the last layer
 */
export function recordLength(layers, outputs) {
  return headerLength + quantities.length * layers + outputs;
}

/** One step's record, a view without copying. */
export class StepRecord {
  /**
   * @param {Float64Array} values as pushed by the engine
   * @param {number} layers
   */
  constructor(values, layers) {
    this.values = values;
    this.layers = layers;
  }

  /** The step k, counted from 0. */
  get step() {
    return this.values[stepAt];
  }

  /** Sum of the layers' entropies; NaN at step 0, which has no previous step. */
  get totalEntropy() {
    return this.values[totalEntropyAt];
  }

  /**
   * One number per layer; NaN at step 0 for all but `knowledge_norm`.
   * @param {Quantity} quantity
   * @returns {Float64Array}
   */
  of(quantity) {
    const start = headerLength + quantities.indexOf(quantity) * this.layers;
    return this.values.subarray(start, start + this.layers);
  }

  /** Mean of D over samples, one number per output neuron. */
  get outputs() {
    return this.values.subarray(headerLength + quantities.length * this.layers);
  }
}
