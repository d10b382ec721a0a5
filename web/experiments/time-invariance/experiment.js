// Experiment: whether SKA evolves in the same way at every learning rate, as a function of time t = η·k.
import { numberText } from '../../charts/format.js';
import { baseControls, baseSettings } from '../base-controls.js';
import { paces, realText } from '../controls.js';
import { spread } from '../over-time.js';
import { layersOf, minimum, steps, times, values } from '../series.js';
import { percentText } from '../words.js';

/**
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').Outcome} Outcome
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/** The six published pairs. τ = η·K is 0.5 for all but the fourth, where it is 0.495. */
const publishedPairs = [
  { learning_rate: 0.02, steps: 25 },
  { learning_rate: 0.01, steps: 50 },
  { learning_rate: 0.005, steps: 100 },
  { learning_rate: 0.0033, steps: 150 },
  { learning_rate: 0.0025, steps: 200 },
  { learning_rate: 0.001, steps: 500 },
];

const controls = {
  pairs: paces({
    label: 'Pairs η × K',
    help: 'One run each. Time invariance is about pairs of one τ = η·K.',
    fallback: publishedPairs,
    most: 24,
  }),
  ...baseControls,
};

/** @param {FinishedRun} run */
const rateOf = ({ recording }) => recording.config.learning_rate;

/** @param {FinishedRun} run @param {number} layer */
const entropyOverRate = ({ recording }, layer) =>
  values(recording, 'entropy', layer, (value) => value / recording.config.learning_rate);

/** The run with the smallest η. Its Lagrangian/ln 2 is closest to the limit of H/η. @param {FinishedRun[]} runs */
const finest = (runs) => runs.reduce((best, run) => (rateOf(run) < rateOf(best) ? run : best));

/** @param {Outcome} outcome @param {number} layer @returns {CurvesFigure[]} */
function overTime(outcome, layer) {
  const { finished } = outcome;
  const inkOf = (/** @type {FinishedRun} */ run) => outcome.inkOf(run);
  const number = layer + 1;
  const axis = { name: 'Time t = η·k' };
  const limit = finest(finished);
  const entropies = finished.map((run) => ({ x: times(run.recording), y: entropyOverRate(run, layer) }));
  const { x, low, high } = spread(entropies);
  const curvesOf = (/** @type {'flow' | 'cosine'} */ quantity) =>
    finished.map((run) => ({
      name: run.name,
      ink: inkOf(run),
      x: times(run.recording),
      y: values(run.recording, quantity, layer),
    }));
  return [
    {
      kind: 'curves',
      id: `entropy-over-rate-layer-${number}`,
      title: `Layer ${number}: entropy over η`,
      x: axis,
      y: { name: 'H / η' },
      curves: [
        ...finished.map((run, i) => ({ name: run.name, ink: inkOf(run), ...entropies[i] })),
        {
          name: `Limit: Lagrangian / ln 2, η = ${rateOf(limit)}`,
          ink: 7,
          dash: 'dashed',
          x: times(limit.recording),
          y: values(limit.recording, 'lagrangian', layer, (value) => value / Math.LN2),
        },
      ],
      bands: finished.length > 1 ? [{ name: 'Spread', x, low, high, ink: 7 }] : [],
      marks: finished.map((run, i) => {
        const { value, step } = minimum(entropies[i].y);
        return { name: `Minimum, ${run.name}`, ink: inkOf(run), x: step * rateOf(run), y: value };
      }),
    },
    {
      kind: 'curves',
      id: `flow-layer-${number}`,
      title: `Layer ${number}: knowledge flow`,
      x: axis,
      y: { name: '‖ΔZ‖ / η' },
      curves: curvesOf('flow'),
    },
    {
      kind: 'curves',
      id: `cosine-over-time-layer-${number}`,
      title: `Layer ${number}: cosine`,
      x: axis,
      y: { name: 'Cosine', greatest: 1 },
      curves: curvesOf('cosine'),
    },
  ];
}

/**
 * Figures as in the papers: one per run, with all layers against k.
 * @param {FinishedRun} run
 * @returns {CurvesFigure[]}
 */
function overSteps({ key, name, recording }) {
  const curvesOf = (/** @type {'entropy' | 'cosine'} */ quantity) =>
    layersOf(recording).map((layer) => ({
      name: `Layer ${layer + 1}`,
      ink: layer,
      x: steps(recording),
      y: values(recording, quantity, layer),
    }));
  const axis = { name: 'Step k' };
  return [
    {
      kind: 'curves',
      id: `entropy-${key}`,
      title: `Entropy, ${name}`,
      x: axis,
      y: { name: 'Entropy' },
      curves: curvesOf('entropy'),
    },
    {
      kind: 'curves',
      id: `cosine-${key}`,
      title: `Cosine, ${name}`,
      x: axis,
      y: { name: 'Cosine' },
      curves: curvesOf('cosine'),
    },
  ];
}

/**
 * The times of a layer's minima, and their spread.
 * @param {FinishedRun[]} runs
 * @param {number} layer
 */
export function minimaInTime(runs, layer) {
  const moments = runs.map((run) => minimum(run.recording.series('entropy', layer)).step * rateOf(run));
  return { earliest: Math.min(...moments), latest: Math.max(...moments), moments };
}

/**
 * The distance of the finest run's H/η from its limit, Lagrangian/ln 2, relative to the greatest magnitude.
 * @param {FinishedRun} run
 * @param {number} layer
 */
export function distanceFromLimit(run, layer) {
  const entropy = entropyOverRate(run, layer);
  const limit = values(run.recording, 'lagrangian', layer, (value) => value / Math.LN2);
  const magnitude = Math.max(...entropy.map(Math.abs));
  return Math.max(...entropy.map((value, i) => Math.abs(value - limit[i]))) / magnitude;
}

/**
 * Whether the runs have one τ in the papers' sense: 0.0033 × 150 counts as 0.5, although it is 1 % less.
 * @param {FinishedRun[]} runs
 */
function haveOneTau(runs) {
  const taus = runs.map(({ settings: { config } }) => config.learning_rate * config.steps);
  return Math.max(...taus) <= 1.02 * Math.min(...taus);
}

/** @param {FinishedRun[]} runs @param {number} layer @returns {Finding[]} */
function findingsOf(runs, layer) {
  const number = layer + 1;
  const { earliest, latest } = minimaInTime(runs, layer);
  // The time of a minimum is known to one step, so the minima of two equal runs may differ by one step of each.
  const grain = runs.map(rateOf).sort((a, b) => b - a);
  const allowed = grain[0] + grain[1];
  const apart = latest - earliest;
  const curves = runs.map((run) => ({ x: times(run.recording), y: entropyOverRate(run, layer) }));
  const { widest, magnitude } = spread(curves);
  const { widest: flowWidest, magnitude: flowMagnitude } = spread(
    runs.map(({ recording }) => ({ x: times(recording), y: values(recording, 'flow', layer) })),
  );
  return [
    {
      claim: `The entropy of layer ${number} is least at the same t = η·k for every η.`,
      source: 'arXiv 2504.03214, time invariance',
      verdict: apart <= allowed ? 'holds' : 'fails',
      value: apart,
      allowed,
      text:
        `Layer ${number}: the entropy minima lie between t = ${numberText(earliest)} and ${numberText(latest)}, ` +
        `${numberText(apart)} apart; the steps of the two coarsest runs together are ${numberText(allowed)} long.`,
    },
    {
      verdict: 'fact',
      text: Number.isNaN(widest.width)
        ? `Layer ${number}: the curves of H/η cannot be compared: there is no time at which all of them have a number.`
        : `Layer ${number}: the curves of H/η lie up to ${percentText(widest.width / magnitude)} of their greatest magnitude apart, ` +
          `at t = ${numberText(widest.x)}; those of the flow up to ${percentText(flowWidest.width / flowMagnitude)}.`,
    },
  ];
}

/**
 * Whether H/η converges to its limit to first order, that is, in proportion to η.
 * @param {FinishedRun[]} runs at least two, of different η
 * @param {number} layer
 * @returns {Finding}
 */
function convergence(runs, layer) {
  const sorted = [...runs].sort((a, b) => rateOf(b) - rateOf(a));
  const coarse = sorted[0];
  const fine = sorted[sorted.length - 1];
  const [far, near] = [distanceFromLimit(coarse, layer), distanceFromLimit(fine, layer)];
  const order = Math.log(far / near) / Math.log(rateOf(coarse) / rateOf(fine));
  const claim = `H/η of layer ${layer + 1} tends to Lagrangian/ln 2, in first order of η.`;
  if (!Number.isFinite(order)) {
    return {
      claim,
      verdict: 'open',
      text: `Layer ${layer + 1}: the curves have no distances from Lagrangian/ln 2 that an order could be told from.`,
    };
  }
  return {
    claim,
    verdict: order > 0.75 && order < 1.25 ? 'holds' : 'fails',
    value: order,
    allowed: 0.25,
    text:
      `Layer ${layer + 1}: from η = ${rateOf(coarse)} to ${rateOf(fine)} the distance from Lagrangian/ln 2 falls from ` +
      `${percentText(far)} to ${percentText(near)} of the curve, which is order ${order.toFixed(2)}.`,
  };
}

/** @type {import('../experiment.js').Experiment} */
export const experiment = {
  order: 1,
  title: 'Time invariance',
  question: 'Does SKA evolve in the same way at every learning rate, once steps are counted as time t = η·k?',
  about:
    'Every pair of a learning rate η and a number of steps K is one run of the same network from the same weights. The ' +
    'papers show their entropies and cosines one beside the other, against k. Below that they are laid over each other, ' +
    'over t = η·k, with entropies divided by η: where the claim holds the curves become one.',
  controls,
  runs: (values) =>
    values.pairs.map((/** @type {import('../controls.js').Pace} */ pace) => {
      const settings = baseSettings(values);
      Object.assign(settings.config, pace);
      return {
        key: `eta-${realText(pace.learning_rate)}-steps-${pace.steps}`,
        name: `η ${pace.learning_rate}, K ${pace.steps}`,
        settings,
      };
    }),
  report(outcome, { layers }) {
    const { finished } = outcome;
    if (finished.length === 0) return { findings: [], sections: [] };
    const all = layers.map((/** @type {number} */ _, /** @type {number} */ layer) => layer);
    const rates = new Set(finished.map(rateOf));
    const comparable = rates.size > 1 && haveOneTau(finished);
    /** @type {Finding[]} */
    const findings = comparable
      ? all.flatMap((/** @type {number} */ layer) => [...findingsOf(finished, layer), convergence(finished, layer)])
      : [
          {
            verdict: 'open',
            text: 'Time invariance is about runs of different η and the same τ = η·K. The runs that have finished are not such runs.',
          },
        ];
    return {
      findings,
      sections: [
        {
          title: 'Laid over each other, over time',
          text: 'Rings mark the minima of entropy; the band is the spread between the least and the greatest curve.',
          figures: all.flatMap((/** @type {number} */ layer) => overTime(outcome, layer)),
        },
        {
          title: 'Where the minima fall',
          tables: [
            {
              id: 'minima',
              title: 'Entropy minima in time t = η·k, and their depth over η',
              columns: [
                'Run',
                'τ',
                ...all.flatMap((/** @type {number} */ layer) =>
                  ['step', 't', 'H/η'].map((column) => `Layer ${layer + 1}: ${column}`),
                ),
              ],
              rows: finished.map((run) => [
                run.name,
                rateOf(run) * run.recording.config.steps,
                ...all.flatMap((/** @type {number} */ layer) => {
                  const { value, step } = minimum(run.recording.series('entropy', layer));
                  return [step, step * rateOf(run), value / rateOf(run)];
                }),
              ]),
            },
          ],
        },
        { title: 'One beside the other, against k, as in the papers', figures: finished.flatMap(overSteps) },
      ],
    };
  },
};
