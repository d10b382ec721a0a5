// Scan over narrower and wider networks.
import { ranges } from '../../model/settings.js';
import { layersOf } from '../series.js';
import { paceSettings } from '../pace-controls.js';
import { leastEntropy, rangeText, unfinishedText } from './common.js';
import { leastPerUnit, perUnitFigure, perUnitTable } from './per-unit.js';

/**
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/**
 * Multiplies the size of all layers but the last by a factor, limited to the allowed range of neurons.
 * @param {number[]} layers
 * @param {number} factor
 */
export const scaled = (layers, factor) =>
  layers.map((neurons, layer) =>
    layer === layers.length - 1
      ? neurons
      : Math.min(Math.max(Math.round(neurons * factor), ranges.neurons.least), ranges.neurons.greatest),
  );

/** @type {import('./per-unit.js').Unit} */
const neuron = { name: 'neuron', symbol: 'neurons', count: ({ config }, layer) => config.layers[layer] };

/** @param {FinishedRun[]} runs at least two @param {number} layer @returns {Finding} */
const scaling = (runs, layer) => ({
  verdict: 'fact',
  text:
    `Layer ${layer + 1}: the least entropy per neuron is ${rangeText(runs, (run) => leastPerUnit(neuron, run, layer))}, at record ` +
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
  report(outcome) {
    const { finished: runs } = outcome;
    if (runs[0].recording.records === 0) return { findings: [], sections: [] };
    const all = layersOf(runs[0].recording);
    return {
      findings:
        runs.length > 1
          ? all.map((layer) => scaling(runs, layer))
          : [{ verdict: 'open', text: 'What width changes is seen between two networks; so far there is one.' }],
      sections: [
        {
          title: 'Per neuron',
          text: 'Entropy divided by the neurons of the layer: where it grows with their number alone the curves become one.',
          figures: all.map((layer) => perUnitFigure(neuron, outcome, runs, layer)),
          tables: [
            perUnitTable(
              neuron,
              { id: 'width', title: 'Entropy minima by width' },
              { Network: ({ name }) => name },
              runs,
              all,
            ),
          ],
        },
      ],
    };
  },
};
