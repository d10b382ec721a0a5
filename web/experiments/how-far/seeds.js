// Scan over many weight seeds: how much of a run depends on chance.
import { numberText } from '../../charts/format.js';
import { ranges } from '../../model/settings.js';
import { layerName } from '../layer-figures.js';
import { layersOf, steps, values } from '../series.js';
import { paceSettings } from '../pace-controls.js';
import { wholeText } from '../words.js';
import { leastEntropy, median, percent, unfinishedText } from './common.js';

/**
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/**
 * The minimum, median and maximum over the runs at every record.
 * @param {FinishedRun[]} runs at least one, of equal length
 * @param {import('../../model/record.js').Quantity} quantity
 * @param {number} layer
 */
export function bandOf(runs, quantity, layer) {
  const curves = runs.map(({ recording }) => recording.series(quantity, layer));
  const at = Array.from(curves[0], (_, i) => curves.map((curve) => curve[i]));
  return {
    low: at.map((each) => Math.min(...each)),
    middle: at.map(median),
    high: at.map((each) => Math.max(...each)),
  };
}

/** @param {FinishedRun[]} runs @param {number} layer @returns {CurvesFigure[]} */
function figures(runs, layer) {
  const x = steps(runs[0].recording);
  const first = runs[0];
  return /** @type {const} */ (['entropy', 'cosine']).map((quantity) => {
    const { low, middle, high } = bandOf(runs, quantity, layer);
    const name = quantity === 'entropy' ? 'Entropy' : 'Cosine';
    return {
      kind: /** @type {const} */ ('curves'),
      id: `${quantity}-layer-${layer + 1}`,
      title: `${layerName(layer)}: ${name.toLowerCase()} over ${runs.length} seeds`,
      x: { name: 'Step k' },
      y: { name },
      curves: [
        { name: 'Median', ink: layer, x, y: middle },
        { name: first.name, ink: 7, dash: 'dashed', x, y: values(first.recording, quantity, layer) },
      ],
      bands: [{ name: 'Least to greatest', x, low, high, ink: layer }],
    };
  });
}

/** Depths and steps of a layer's minima. @param {FinishedRun[]} runs @param {number} layer */
function minimaOf(runs, layer) {
  const minima = runs.map(({ recording }) => leastEntropy(recording, layer));
  const at = minima.map(({ step }) => step);
  const depths = minima.map(({ value }) => value);
  return {
    earliest: Math.min(...at),
    middle: median(at),
    latest: Math.max(...at),
    deepest: Math.min(...depths),
    medianDepth: median(depths),
    shallowest: Math.max(...depths),
  };
}

/** @param {FinishedRun[]} runs @param {number} layer @returns {Finding} */
function spreadOf(runs, layer) {
  const { earliest, middle, latest, deepest, medianDepth, shallowest } = minimaOf(runs, layer);
  const records =
    earliest === latest
      ? `at record ${earliest} with every seed`
      : `between records ${earliest} and ${latest}, the median at ${wholeText(middle)}`;
  return {
    verdict: 'fact',
    value: (shallowest - deepest) / Math.abs(medianDepth),
    text:
      `Layer ${layer + 1}: the entropy is least ${records}; its minima are from ${numberText(deepest)} to ` +
      `${numberText(shallowest)}, which is ${percent((shallowest - deepest) / Math.abs(medianDepth))} of the median, ` +
      `${numberText(medianDepth)}.${unfinishedText(runs, layer)}`,
  };
}

/** The neuron with the greatest mean output at the end. @param {FinishedRun} run */
function greatestNeuron({ recording }) {
  const { outputs } = recording.at(recording.steps - 1);
  return outputs.indexOf(Math.max(...outputs));
}

/** @param {FinishedRun[]} runs @returns {Finding} */
function neurons(runs) {
  const greatest = new Set(runs.map(greatestNeuron));
  return {
    verdict: 'fact',
    value: greatest.size,
    text:
      greatest.size === 1
        ? `Neuron ${[...greatest][0]} has the greatest mean output with every seed.`
        : `Of ${runs.length} seeds the neuron of the greatest mean output is one of ${greatest.size} different ones: which ` +
          'one it is comes from the weights that the run begins with.',
  };
}

/** @type {import('./common.js').Scan} */
export const seeds = {
  runs: ({ seed_count, seed, ...values }) =>
    Array.from({ length: seed_count }, (_, i) => {
      const each = (seed + i) % (ranges.seed.greatest + 1); // wraps to 0 after the greatest seed
      return { key: `seed-${each}`, name: `Seed ${each}`, settings: paceSettings({ ...values, seed: each }) };
    }),
  report({ finished }) {
    const all = layersOf(finished[0].recording);
    if (finished[0].recording.records === 0) return { findings: [], sections: [] };
    /** @type {Finding[]} */
    const findings =
      finished.length === 1
        ? [{ verdict: 'open', text: 'One seed tells nothing of chance; so far there is one.' }]
        : [...all.map((layer) => spreadOf(finished, layer)), neurons(finished)];
    return {
      findings,
      sections: [
        {
          title: 'What the seeds have in common',
          text: 'The band goes from the least to the greatest value of all seeds, step by step; the line is their median.',
          figures: all.flatMap((layer) => figures(finished, layer)),
        },
        {
          title: 'Where the minima fall',
          tables: [
            {
              id: 'spread',
              title: 'Entropy minima over the seeds',
              columns: ['Layer', 'Earliest', 'Median', 'Latest', 'Deepest', 'Median depth', 'Shallowest'],
              rows: all.map((layer) => [layer + 1, ...Object.values(minimaOf(finished, layer))]),
            },
            {
              id: 'seeds',
              title: 'Entropy minima of every seed',
              columns: [
                'Seed',
                ...all.flatMap((layer) => [`${layerName(layer)}: record`, `${layerName(layer)}: entropy`]),
                'Neuron of the greatest output',
              ],
              rows: finished.map((run) => [
                run.recording.config.seed,
                ...all.flatMap((layer) => {
                  const { value, step } = leastEntropy(run.recording, layer);
                  return [step, value];
                }),
                greatestNeuron(run),
              ]),
            },
          ],
        },
      ],
    };
  },
};
