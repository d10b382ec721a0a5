// What is there to see inside the network at one step?
import { commonShare, neighbourAccuracyInPieces, spread } from './diversity.js';
import { decisionHistogram, histogram } from './histogram.js';

/**
 * @typedef {import('#ska').Engine} Engine
 * @typedef {import('../engine/protocol.js').Batch} Batch
 * @typedef {import('../engine/protocol.js').Config} Config
 * @typedef {import('./histogram.js').Histogram} Histogram
 */

/**
 * What one layer does with one sample.
 * @typedef {object} LayerRow
 * @property {Float32Array} knowledge Z, one number per neuron
 * @property {Float32Array} decisions D, one number per neuron
 */

/**
 * One sample's way through the network.
 * @typedef {object} SampleRow
 * @property {number} step
 * @property {number} sample counted from 0
 * @property {LayerRow[]} layers
 */

/**
 * One layer at a step k: its weights after that step's update, and the Z and D it saw at that step, before the update.
 * @typedef {object} LayerLook
 * @property {number} inputs
 * @property {number} neurons
 * @property {Float32Array} weights (inputs, neurons)
 * @property {Histogram} zHistogram
 * @property {Histogram} dHistogram from 0 to 1
 * @property {number} spread of D, see diversity.js
 * @property {number} commonShare of ‖Z‖²
 * @property {number | null} neighbourAccuracy of D, from 0 to 1; null where it was not asked for, or has no meaning
 */

/**
 * @typedef {object} Look
 * @property {number} step k, counted from 0
 * @property {LayerLook[]} layers
 * @property {number | null} pixelAccuracy the neighbour accuracy of the raw pixels; null as for a layer
 * @property {number} neighbourSamples how many samples neighbours are sought among: all, or as many of a large batch
 *   as can be done
 * @property {SampleRow | null} sample the one that was asked for
 */

/** Bins of a histogram. */
const bins = 40;
/** Neighbours take time as the square of the samples: seconds for so many. */
const mostNeighbours = 4000;

/** A batch, its labels, and what needs to be found out about it only once. */
export class LabelledBatch {
  /** @type {number | null | undefined} undefined until it is known */
  #pixelAccuracy;

  /**
   * @param {Batch} batch
   * @param {Uint8Array} labels one per sample
   */
  constructor(batch, labels) {
    this.batch = batch;
    this.features = batch.pixels.length / batch.samples;
    const count = Math.min(batch.samples, mostNeighbours);
    // Evenly through the batch, which may be sorted by class.
    this.chosen = Array.from({ length: count }, (_, i) => Math.floor((i * batch.samples) / count));
    this.chosenLabels = this.chosen.map((i) => labels[i]);
  }

  /**
   * The neighbour accuracy of vectors that belong to the samples, in pieces.
   * @param {Uint8Array | Float64Array} vectors (samples, width)
   * @param {number} width
   */
  neighbourAccuracy(vectors, width) {
    const rows = new Float64Array(this.chosen.length * width);
    this.chosen.forEach((i, row) => rows.set(vectors.subarray(i * width, (i + 1) * width), row * width));
    return neighbourAccuracyInPieces(rows, width, this.chosenLabels);
  }

  /** @returns {Generator<void, number | null>} in pieces the first time, at once afterwards */
  *pixelAccuracy() {
    if (this.#pixelAccuracy === undefined) {
      this.#pixelAccuracy = yield* this.neighbourAccuracy(this.batch.pixels, this.features);
    }
    return this.#pixelAccuracy;
  }
}

/**
 * D from Z in double. The engine's own D is a float, whose last bit is a seventh of what tells samples apart in the
 * last layer of a fresh network: 6e-8 of 4e-7. Near 0, Z is much finer.
 * @param {Float32Array} knowledge
 */
function preciseDecisions(knowledge) {
  const decisions = new Float64Array(knowledge.length);
  for (let i = 0; i < decisions.length; ++i) decisions[i] = 1 / (1 + Math.exp(-knowledge[i]));
  return decisions;
}

/**
 * The row of a sample in every layer, at the step the engine saw last.
 * @param {Engine} engine
 * @param {Config} config
 * @param {Batch} batch
 * @param {number} sample counted from 0
 * @returns {SampleRow}
 * @throws {RangeError} where the batch has no such sample
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
 * Looks at a network at the step it took last. The engine must stay there until the look is done; between the pieces
 * others may be listened to.
 * @param {Engine} engine after one step or more
 * @param {Config} config of its run
 * @param {LabelledBatch} labelled its samples
 * @param {{ neighbours?: boolean, sample?: number }} wish whether to seek neighbours, which is slow, and whose row to show
 * @returns {Generator<void, Look>}
 * @throws {RangeError} where the batch has no such sample
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
