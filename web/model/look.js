// Collects what can be seen inside the network at one step: weights, histograms, diversity and one sample's Z and D.
import { commonShare, neighbourAccuracyInPieces, spread } from './diversity.js';
import { decisionHistogram, histogram } from './histogram.js';

/**
 * @typedef {import('#ska').Engine} Engine
 * @typedef {import('./types.js').Batch} Batch
 * @typedef {import('./types.js').Config} Config
 * @typedef {import('./histogram.js').Histogram} Histogram
 */

/**
 * Z and D of one layer for one sample.
 * @typedef {object} LayerRow
 * @property {Float32Array} knowledge Z, one number per neuron
 * @property {Float32Array} decisions D, one number per neuron
 */

/**
 * Z and D of every layer for one sample.
 * @typedef {object} SampleRow
 * @property {number} step
 * @property {number} sample counted from 0
 * @property {LayerRow[]} layers
 */

/**
 * One layer at a step k: its weights after that step's update, and its Z and D at that step, before the update.
 * @typedef {object} LayerLook
 * @property {number} inputs
 * @property {number} neurons
 * @property {Float32Array} weights (inputs, neurons)
 * @property {Histogram} zHistogram
 * @property {Histogram} dHistogram from 0 to 1
 * @property {number} spread of D, see diversity.js
 * @property {number} commonShare of ‖Z‖²
 * @property {number | null} neighbourAccuracy of D, from 0 to 1; null if not requested or undefined
 */

/**
 * @typedef {object} Look
 * @property {number} step k, counted from 0
 * @property {LayerLook[]} layers
 * @property {number | null} pixelAccuracy the neighbour accuracy of the raw pixels; null as for a layer
 * @property {number} neighbourSamples how many samples are searched for neighbours: all, or a subset of a large batch
 * @property {SampleRow | null} sample the requested one
 */

/** Bins of a histogram. */
const bins = 40;
/** Limit for the neighbour search, whose time grows with the square of the samples: seconds at this size. */
const mostNeighbours = 4000;

/** A batch with its labels. Caches what depends on the batch alone. */
export class LabelledBatch {
  /** @type {number | null | undefined} undefined until computed */
  #pixelAccuracy;

  /**
   * @param {Batch} batch
   * @param {Uint8Array} labels one per sample
   */
  constructor(batch, labels) {
    this.batch = batch;
    this.features = batch.pixels.length / batch.samples;
    const count = Math.min(batch.samples, mostNeighbours);
    // Evenly spaced, because the batch may be sorted by class.
    this.chosen = Array.from({ length: count }, (_, i) => Math.floor((i * batch.samples) / count));
    this.chosenLabels = this.chosen.map((i) => labels[i]);
  }

  /**
   * The neighbour accuracy of one vector per sample, as a generator.
   * @param {Uint8Array | Float64Array} vectors (samples, width)
   * @param {number} width
   */
  neighbourAccuracy(vectors, width) {
    const rows = new Float64Array(this.chosen.length * width);
    this.chosen.forEach((i, row) => rows.set(vectors.subarray(i * width, (i + 1) * width), row * width));
    return neighbourAccuracyInPieces(rows, width, this.chosenLabels);
  }

  /** @returns {Generator<void, number | null>} computes in pieces the first time, then returns the cached value */
  *pixelAccuracy() {
    if (this.#pixelAccuracy === undefined) {
      this.#pixelAccuracy = yield* this.neighbourAccuracy(this.batch.pixels, this.features);
    }
    return this.#pixelAccuracy;
  }
}

/**
 * D computed from Z in double. The engine's D is a float. In the last layer of a fresh network its last bit, 6e-8, is a
 * seventh of the difference between samples, 4e-7. Near 0, Z has a much finer resolution.
 * @param {Float32Array} knowledge
 */
function preciseDecisions(knowledge) {
  const decisions = new Float64Array(knowledge.length);
  for (let i = 0; i < decisions.length; ++i) decisions[i] = 1 / (1 + Math.exp(-knowledge[i]));
  return decisions;
}

/**
 * Z and D of one sample in every layer, at the engine's last step.
 * @param {Engine} engine
 * @param {Config} config
 * @param {Batch} batch
 * @param {number} sample counted from 0
 * @returns {SampleRow}
 * @throws {RangeError} if the batch has no such sample
 */
export function sampleRow(engine, config, { samples }, sample) {
  if (!Number.isInteger(sample) || sample < 0 || sample >= samples) {
    throw new RangeError(`The batch has samples 0 to ${samples - 1}; ${sample} was asked for.`);
  }
  const layers = config.layers.map((neurons, layer) => {
    const row = (/** @type {Float32Array} */ values) => values.slice(sample * neurons, (sample + 1) * neurons);
    return { knowledge: row(engine.knowledge(layer)), decisions: row(engine.decisions(layer)) };
  });
  return { step: engine.stepsDone - 1, sample, layers };
}

/**
 * @param {Engine} engine
 * @param {Config} config
 * @param {LabelledBatch} labelled
 * @param {number} layer
 * @param {boolean} neighbours
 * @returns {Generator<void, LayerLook>}
 */
function* layerLook(engine, config, labelled, layer, neighbours) {
  const neurons = config.layers[layer];
  const knowledge = engine.knowledge(layer);
  const decisions = preciseDecisions(knowledge);
  yield;
  const numbers = {
    zHistogram: histogram(knowledge, bins),
    dHistogram: decisionHistogram(decisions, bins),
    spread: spread(decisions, neurons),
    commonShare: commonShare(knowledge, neurons),
  };
  yield;
  return {
    inputs: layer === 0 ? labelled.features : config.layers[layer - 1],
    neurons,
    weights: engine.weights(layer),
    ...numbers,
    neighbourAccuracy: neighbours ? yield* labelled.neighbourAccuracy(decisions, neurons) : null,
  };
}

/**
 * Looks inside the network at its last step. The engine must stay at that step until the generator finishes; the caller
 * may process messages between the pieces.
 * @param {Engine} engine after one step or more
 * @param {Config} config of its run
 * @param {LabelledBatch} labelled its samples
 * @param {{ neighbours?: boolean, sample?: number }} requested whether to compute neighbour accuracies, which is slow, and
 *   the sample whose rows to include
 * @returns {Generator<void, Look>}
 * @throws {RangeError} if the batch has no such sample
 */
export function* lookInside(engine, config, labelled, { neighbours = false, sample }) {
  const row = sample === undefined ? null : sampleRow(engine, config, labelled.batch, sample);
  const layers = [];
  for (const layer of config.layers.keys()) {
    layers.push(yield* layerLook(engine, config, labelled, layer, neighbours));
  }
  return {
    step: engine.stepsDone - 1,
    layers,
    pixelAccuracy: neighbours ? yield* labelled.pixelAccuracy() : null,
    neighbourSamples: labelled.chosen.length,
    sample: row,
  };
}
