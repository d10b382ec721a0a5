// Experiment: the entropy of each digit, with a separate network that sees only that digit.
import { roundAxis } from '../../charts/space/axis.js';
import { digitOf, digitSettings, digitControls } from '../digit-runs.js';
import { maximum, minimum, samplesOf, steps, totalEntropy, values } from '../series.js';
import { depthsAndSteps, mostUnlike, sameTimeAbove } from './findings.js';

/**
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../experiment.js').Table} Table
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 * @typedef {import('../outcome.js').Outcome} Outcome
 */

const axis = { name: 'Step k' };

/**
 * The number of terms of the entropy, a sum over samples and neurons.
 * @param {FinishedRun} run
 * @param {number} layer
 */
const termsOf = (run, layer) => samplesOf(run.recording) * run.recording.config.layers[layer];

/** @param {FinishedRun} run @param {number} layer */
const perTerm = (run, layer) => values(run.recording, 'entropy', layer, (value) => value / termsOf(run, layer));

/** @param {FinishedRun[]} runs @param {number} layer @returns {CurvesFigure} */
const entropyFigure = (runs, layer) => ({
  kind: 'curves',
  id: `entropy-layer-${layer + 1}`,
  title: `Layer ${layer + 1}: entropy`,
  x: axis,
  y: { name: 'Entropy' },
  curves: runs.map((run) => ({
    name: run.name,
    ink: digitOf(run),
    x: steps(run.recording),
    y: values(run.recording, 'entropy', layer),
  })),
  marks: runs
    .filter(({ recording }) => recording.records > 0)
    .map((run) => {
      const { value, step } = minimum(run.recording.series('entropy', layer));
      return { name: `Minimum, ${run.name}`, ink: digitOf(run), x: step, y: value };
    }),
});

/**
 * One figure per layer, all with the same axis, so that layers can be compared.
 * @param {FinishedRun[]} runs
 * @param {number[]} layers
 * @returns {CurvesFigure[]}
 */
function perTermFigures(runs, layers) {
  const curves = layers.map((layer) => runs.map((run) => perTerm(run, layer)));
  // The axis includes 0; a series without records has neither minimum nor maximum.
  const { low, high } = roundAxis(
    Math.min(0, ...curves.flat().map((series) => minimum(series).value || 0)),
    Math.max(0, ...curves.flat().map((series) => maximum(series).value || 0)),
  );
  return layers.map((layer, l) => ({
    kind: 'curves',
    id: `entropy-per-neuron-and-sample-layer-${layer + 1}`,
    title: `Layer ${layer + 1}: entropy per neuron and sample`,
    x: axis,
    y: { name: 'Entropy / (N·n)', least: low, greatest: high },
    curves: runs.map((run, i) => ({ name: run.name, ink: digitOf(run), x: steps(run.recording), y: curves[l][i] })),
  }));
}

/** @param {FinishedRun[]} runs @returns {CurvesFigure} */
const totalFigure = (runs) => ({
  kind: 'curves',
  id: 'entropy-total',
  title: 'All layers together: entropy',
  x: axis,
  y: { name: 'Total entropy' },
  curves: runs.map((run) => ({
    name: run.name,
    ink: digitOf(run),
    x: steps(run.recording),
    y: totalEntropy(run.recording),
  })),
});

/**
 * The minimum, its step and the last value of every layer.
 * @param {FinishedRun[]} runs
 * @param {number[]} layers
 * @param {Pick<Table, 'id' | 'title' | 'note'>} about
 * @param {(run: FinishedRun, layer: number) => Float64Array} seriesOf
 * @returns {Table}
 */
const minimaTable = (runs, layers, about, seriesOf) => ({
  ...about,
  columns: [
    'Digit',
    'Samples',
    ...layers.flatMap((layer) => ['minimum', 'step', 'last'].map((column) => `Layer ${layer + 1}: ${column}`)),
  ],
  rows: runs.map((run) => [
    digitOf(run),
    samplesOf(run.recording),
    ...layers.flatMap((layer) => {
      const series = seriesOf(run, layer);
      const { value, step } = minimum(series);
      return [value, step, series.at(-1) ?? NaN];
    }),
  ]),
});

/** @param {Outcome} outcome @param {number[]} layers @returns {Finding[]} */
function findingsOf({ finished, isWhole }, layers) {
  if (finished.length < 2) {
    return [{ verdict: 'open', text: 'Two digits are the least to compare; so far there are fewer.' }];
  }
  if (finished[0].recording.records < 2) {
    return [{ verdict: 'open', text: 'In so few steps nothing is learned that could differ; three are the least.' }];
  }
  return [
    ...layers.map((layer) => depthsAndSteps(finished, layer)),
    ...(layers.length > 1 ? [...mostUnlike(finished), sameTimeAbove(finished, isWhole)] : []),
  ];
}

/** @type {import('../experiment.js').Experiment} */
export const experiment = {
  order: 3,
  title: 'Per class',
  question: 'How does entropy evolve for each digit, when a network of its own sees nothing but that digit?',
  about:
    'Every digit is run alone: a network that begins with the same weights as all others, and sees only samples of that ' +
    'digit. This is entropy per class of separately run networks. It is not classification: no network sees two digits, ' +
    'none is told which digit it sees, and no output stands for one.',
  controls: digitControls,
  runs: (values) =>
    values.digits.map((/** @type {number} */ digit) => ({
      key: `digit-${digit}`,
      name: `Digit ${digit}`,
      settings: digitSettings(values, digit),
    })),
  report(outcome, { layers: sizes }) {
    const { finished } = outcome;
    if (finished.length === 0) return { findings: [], sections: [] };
    const layers = sizes.map((/** @type {number} */ _, /** @type {number} */ layer) => layer);
    return {
      findings: findingsOf(outcome, layers),
      sections: [
        {
          title: 'Entropy, one curve per digit',
          text: 'Rings mark the minima.',
          figures: [
            ...layers.map((/** @type {number} */ layer) => entropyFigure(finished, layer)),
            totalFigure(finished),
          ],
          tables: [
            minimaTable(
              finished,
              layers,
              { id: 'minima', title: 'Minima of entropy', note: 'Entropy is a sum over samples and neurons.' },
              ({ recording }, layer) => recording.series('entropy', layer),
            ),
          ],
        },
        {
          title: 'Per neuron and sample',
          text:
            'Divided by the number N of samples and the number n of the layer’s neurons. All digits have the same N, so that ' +
            'the curves of a layer keep their shapes; layers of different sizes can be compared now, on one axis.',
          figures: perTermFigures(finished, layers),
          tables: [
            minimaTable(
              finished,
              layers,
              {
                id: 'minima-per-neuron-and-sample',
                title: 'Minima of entropy per neuron and sample',
              },
              perTerm,
            ),
          ],
        },
      ],
    };
  },
};
