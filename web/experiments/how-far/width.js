// What becomes of a run's course in a network of narrower or wider layers?
import { ranges } from '../../state/settings.js';
import { layerName } from '../layer-figures.js';
import { layersOf, steps, values } from '../series.js';
import { paceSettings } from '../pace-controls.js';
import { leastEntropy, rangeText, unfinishedText } from './common.js';

/**
 * @typedef {import('../experiment.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/**
 * All layers but the last, so many times as wide; of at least one neuron, and at most as many as are allowed.
 * @param {number[]} layers
 * @param {number} factor
 */
export const scaled = (layers, factor) =>
  layers.map((neurons, layer) =>
    layer === layers.length - 1
      ? neurons
      : Math.min(Math.max(Math.round(neurons * factor), ranges.neurons.least), ranges.neurons.greatest),
  );

/** @param {FinishedRun} run @param {number} layer */
const leastPerNeuron = ({ recording }, layer) => leastEntropy(recording, layer).value / recording.config.layers[layer];

/** @param {FinishedRun[]} runs @param {number} layer @param {(run: FinishedRun) => number} inkOf @returns {CurvesFigure} */
const figure = (runs, layer, inkOf) => ({
  kind: 'curves',
  id: `entropy-per-neuron-layer-${layer + 1}`,
  title: `${layerName(layer)}: entropy per neuron`,
  x: { name: 'Step k' },
  y: { name: 'H / neurons' },
  curves: runs.map((run) => ({
    name: run.name,
    ink: inkOf(run),
    x: steps(run.recording),
    y: values(run.recording, 'entropy', layer, (value) => value / run.recording.config.layers[layer]),
  })),
  marks: runs.map((run) => ({
    name: `Minimum, ${run.name}`,
    ink: inkOf(run),
    x: leastEntropy(run.recording, layer).step,
    y: leastPerNeuron(run, layer),
  })),
});

/** @param {FinishedRun[]} runs at least two @param {number} layer @returns {Finding} */
const scaling = (runs, layer) => ({
  verdict: 'fact',
  text:
    `Layer ${layer + 1}: the least entropy per neuron is ${rangeText(runs, (run) => leastPerNeuron(run, layer))}, at record ` +
    `${rangeText(runs, (run) => leastEntropy(run.recording, layer).step)}.${unfinishedText(runs, layer)}`,
});

/** @type {import('./common.js').Scan} */
export const width = {
  runs: ({ factors, layers, ...values }) =>
    factors.map((/** @type {number} */ factor) => {
      const sizes = scaled(layers, factor);
      const text = String(factor).replace('+', '');
      return {
        key: `width-${text}`,
        name: `× ${text}: ${sizes.join('-')}`,
        settings: paceSettings({ ...values, layers: sizes }),
      };
    }),
  report({ finished: runs, declared }) {
    if (runs[0].recording.records === 0) return { findings: [], sections: [] };
    const all = layersOf(runs[0].recording);
    const inkOf = (/** @type {FinishedRun} */ run) => declared.findIndex(({ key }) => key === run.key);
    return {
      findings:
        runs.length > 1
          ? all.map((layer) => scaling(runs, layer))
          : [{ verdict: 'open', text: 'What width changes is seen between two networks; so far there is one.' }],
      sections: [
        {
          title: 'Per neuron',
          text: 'Entropy divided by the neurons of the layer: where it grows with their number alone the curves become one.',
          figures: all.map((layer) => figure(runs, layer, inkOf)),
          tables: [
            {
              id: 'width',
              title: 'Entropy minima by width',
              columns: [
                'Network',
                ...all.flatMap((layer) => [
                  `${layerName(layer)}: record`,
                  `${layerName(layer)}: H`,
                  `${layerName(layer)}: H / neurons`,
                ]),
              ],
              rows: runs.map((run) => [
                run.name,
                ...all.flatMap((layer) => {
                  const { value, step } = leastEntropy(run.recording, layer);
                  return [step, value, leastPerNeuron(run, layer)];
                }),
              ]),
            },
          ],
        },
      ],
    };
  },
};
