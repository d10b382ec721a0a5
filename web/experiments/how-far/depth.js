// Scan over networks with fewer or more layers.
import { numberText } from '../../charts/format.js';
import { layerName, overSteps } from '../layer-figures.js';
import { layersOf, minimum, steps, totalEntropy } from '../series.js';
import { paceSettings } from '../pace-controls.js';
import { fallsToTheEnd, leastEntropy } from './common.js';

/**
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/** The order of the layers' entropy minima. @param {FinishedRun} run @returns {Finding} */
function order({ name, recording }) {
  const at = (/** @type {number} */ layer) => leastEntropy(recording, layer).step;
  const sorted = layersOf(recording).sort((a, b) => at(a) - at(b));
  const falling = sorted.filter((layer) => fallsToTheEnd(recording, layer));
  const { value, step } = minimum(totalEntropy(recording));
  return {
    verdict: 'fact',
    value: step,
    text:
      `${name}: entropies are least in the order of ${sorted.map((layer) => `layer ${layer + 1} (record ${at(layer)})`).join(', ')}; ` +
      `that of all layers together, ${numberText(value)}, at record ${step}.` +
      (falling.length > 0 ? ` Still falling at the end: layer ${falling.map((layer) => layer + 1).join(', ')}.` : ''),
  };
}

/** @param {number[]} sizes */
const sizesText = (sizes) => sizes.join('-');

/** @type {import('./common.js').Scan} */
export const depth = {
  runs: ({ networks, ...values }) =>
    networks.map((/** @type {number[]} */ layers) => ({
      key: `layers-${sizesText(layers)}`,
      name: sizesText(layers),
      settings: paceSettings({ ...values, layers }),
    })),
  report(outcome) {
    const runs = outcome.finished.filter(({ recording }) => recording.records > 0);
    return {
      findings: runs.map(order),
      sections: [
        {
          title: 'All layers together',
          figures: [
            {
              kind: 'curves',
              id: 'total-entropy',
              title: 'Total entropy of every network',
              x: { name: 'Step k' },
              y: { name: 'Total entropy' },
              curves: runs.map((run) => ({
                name: run.name,
                ink: outcome.inkOf(run),
                x: steps(run.recording),
                y: totalEntropy(run.recording),
              })),
              marks: runs.map((run) => {
                const { value, step } = minimum(totalEntropy(run.recording));
                return { name: `Minimum, ${run.name}`, ink: outcome.inkOf(run), x: step, y: value };
              }),
            },
          ],
          tables: [
            {
              id: 'depth',
              title: 'Entropy minima of every layer',
              columns: ['Network', 'Layer', 'Neurons', 'Record', 'Entropy', 'Entropy per neuron', 'Last entropy'],
              rows: runs.flatMap(({ name, recording }) =>
                layersOf(recording).map((layer) => {
                  const { value, step } = leastEntropy(recording, layer);
                  const neurons = recording.config.layers[layer];
                  const series = recording.series('entropy', layer);
                  return [name, layer + 1, neurons, step, value, value / neurons, series[series.length - 1]];
                }),
              ),
            },
          ],
        },
        {
          title: 'Layer by layer',
          figures: runs.map(({ key, name, recording }) => ({
            ...overSteps(recording, 'entropy', { id: `entropy-${key}`, title: `Entropy, ${name}` }),
            marks: layersOf(recording).map((layer) => {
              const { value, step } = leastEntropy(recording, layer);
              return { name: `${layerName(layer)}, minimum`, ink: layer, x: step, y: value };
            }),
          })),
        },
      ],
    };
  },
};
