// Draws a run's quantities as in the papers' figures: all layers against k.
import { mostOutputSeries } from '../model/recording.js';
import { layersOf, steps, values } from './series.js';

/** @typedef {import('../model/recording.js').Recording} Recording */
/** @typedef {import('../model/record.js').Quantity} Quantity */
/** @typedef {import('../charts/figures/figure.js').CurvesFigure} CurvesFigure */

/** Axis labels of the quantities. @type {Record<Quantity, string>} */
export const axisNames = {
  knowledge_norm: '‖Z‖',
  entropy: 'Entropy',
  cosine: 'Cosine',
  tensor_net: 'Tensor net',
  flow: 'Knowledge flow ‖ΔZ‖ / η',
  lagrangian: 'Lagrangian',
  weight_norm: '‖W‖',
};

/** @param {number} layer counted from 0 */
export const layerName = (layer) => `Layer ${layer + 1}`;

/**
 * A quantity of all layers over the steps.
 * @param {Recording} recording
 * @param {Quantity} quantity
 * @param {{ id: string, title: string, note?: string }} about
 * @returns {CurvesFigure}
 */
export const overSteps = (recording, quantity, about) => ({
  kind: 'curves',
  ...about,
  x: { name: 'Step k' },
  y: { name: axisNames[quantity] },
  curves: layersOf(recording).map((layer) => ({
    name: layerName(layer),
    ink: layer,
    x: steps(recording),
    y: values(recording, quantity, layer),
  })),
});

/**
 * The mean outputs of the first neurons over the steps, from step 0.
 * @param {Recording} recording
 * @param {{ id: string, title: string, note?: string }} about
 * @returns {CurvesFigure}
 */
export const outputsOverSteps = (recording, about) => ({
  kind: 'curves',
  ...about,
  x: { name: 'Step k' },
  y: { name: 'Mean output', least: 0, greatest: 1 },
  curves: Array.from({ length: Math.min(recording.outputs, mostOutputSeries) }, (_, neuron) => {
    const y = Float64Array.from(recording.outputSeries(neuron));
    return { name: `Neuron ${neuron}`, ink: neuron, x: y.map((_, k) => k), y };
  }),
});
