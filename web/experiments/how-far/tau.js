// Scan over τ beyond the equilibrium at τ = 0.5. One long run suffices: with η unchanged, runs of smaller τ are its
// beginnings.
import { numberText } from '../../charts/format.js';
import { mostOutputSeries } from '../../model/recording.js';
import { ranges } from '../../model/settings.js';
import { layerName } from '../layer-figures.js';
import { layersOf, times, values } from '../series.js';
import { paceSettings } from '../pace-controls.js';
import { leastEntropy, percent } from './common.js';

/**
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../../model/recording.js').Recording} Recording
 */

const fewest = 2; // a single step records no entropy

/** @param {number} tau @param {number} rate */
const stepsOf = (tau, rate) => Math.max(fewest, Math.round(tau / rate));

/**
 * The end of a shorter run within the long one.
 * @typedef {object} End
 * @property {number} tau
 * @property {number} record its last record, counted from 1
 */

/**
 * The ends that the run reaches, in ascending order.
 * @param {Recording} recording
 * @param {number[]} taus
 * @returns {End[]}
 */
const endsOf = (recording, taus) =>
  [...taus]
    .sort((a, b) => a - b)
    .map((tau) => ({ tau, record: stepsOf(tau, recording.config.learning_rate) - 1 }))
    .filter(({ record }) => record <= recording.records);

/** The distance of every mean output from the nearer of 0 and 1. @param {Recording} recording @param {number} k */
const distances = (recording, k) => recording.at(k).outputs.map((mean) => Math.min(mean, 1 - mean));

/** @param {ArrayLike<number>} list */
const mean = (list) => Array.from(list).reduce((sum, value) => sum + value, 0) / list.length;

/** @param {Recording} recording @param {End[]} ends @returns {CurvesFigure[]} */
function figures(recording, ends) {
  const rate = recording.config.learning_rate;
  const t = times(recording);
  const all = layersOf(recording);
  const x = { name: 'Time t = η·k', log: true };
  // The last forward step of a run with τ = η·K is k = K − 1.
  const rules = ends.map(({ tau, record }) => ({
    name: `τ = ${tau}`,
    along: /** @type {const} */ ('x'),
    at: record * rate,
  }));
  const distance = Array.from(t, (_, i) => distances(recording, i + 1));
  return [
    {
      kind: 'curves',
      id: 'entropy-over-time',
      title: 'Entropy',
      x,
      y: { name: 'Entropy' },
      curves: all.map((layer) => ({
        name: layerName(layer),
        ink: layer,
        x: t,
        y: values(recording, 'entropy', layer),
      })),
      marks: all.map((layer) => {
        const { value, step } = leastEntropy(recording, layer);
        return { name: `${layerName(layer)}, minimum`, ink: layer, x: step * rate, y: value };
      }),
      rules,
    },
    {
      kind: 'curves',
      id: 'entropy-size-over-time',
      title: 'Size of the entropy',
      note: 'A straight line is a power of time: there the entropy comes to 0 in no finite time.',
      x,
      y: { name: '|Entropy|', log: true },
      curves: all.map((layer) => ({
        name: layerName(layer),
        ink: layer,
        x: t,
        y: values(recording, 'entropy', layer, (value) => (value === 0 ? NaN : Math.abs(value))),
      })),
      rules,
    },
    {
      kind: 'curves',
      id: 'outputs-over-time',
      title: 'Mean outputs',
      x,
      y: { name: 'Mean output', least: 0, greatest: 1 },
      curves: Array.from({ length: Math.min(recording.outputs, mostOutputSeries) }, (_, neuron) => ({
        name: `Neuron ${neuron}`,
        ink: neuron,
        x: t,
        y: Float64Array.from(recording.outputSeries(neuron).subarray(1)),
      })),
      rules,
    },
    {
      kind: 'curves',
      id: 'saturation-over-time',
      title: 'Distance of the mean outputs from the nearer of 0 and 1',
      x,
      y: { name: 'Distance', log: true },
      curves: [
        { name: 'Farthest neuron', ink: 0, x: t, y: distance.map((each) => Math.max(...each)) },
        { name: 'Mean of the neurons', ink: 1, x: t, y: distance.map(mean) },
      ],
      rules,
    },
  ];
}

/**
 * How a layer's entropy continues from one τ to the next.
 * @param {Recording} recording
 * @param {End[]} ends at least two
 * @param {number} layer
 * @returns {Finding}
 */
function goingOn(recording, ends, layer) {
  const series = recording.series('entropy', layer);
  const { value: least, step } = leastEntropy(recording, layer);
  const sizes = ends.map(({ record }) => Math.abs(series[record - 1]));
  const falls = sizes.every((size, i) => i === 0 || size < sizes[i - 1]);
  const shares = ends.map(({ tau }, i) => `${percent(sizes[i] / Math.abs(least))} at τ = ${tau}`);
  const last = ends.length - 1;
  const power = Math.log(sizes[last] / sizes[last - 1]) / Math.log(ends[last].record / ends[last - 1].record);
  return {
    claim: `The equilibrium at τ = ${ends[0].tau} is passing: the entropy of layer ${layer + 1} goes on towards 0.`,
    verdict: falls ? 'holds' : 'fails',
    value: sizes[last] / Math.abs(least),
    text:
      `Layer ${layer + 1}: the entropy is least at t = ${numberText(step * recording.config.learning_rate)}; of that size ` +
      `it has ${shares.join(', ')}. ` +
      (falls
        ? `It goes on towards 0, at last as t to the power of ${numberText(power)}.`
        : 'Not each of these is less than the one before.'),
  };
}

/** @param {Recording} recording @param {End[]} ends at least two @returns {Finding} */
function saturation(recording, ends) {
  const means = ends.map(({ record }) => mean(distances(recording, record)));
  const farthest = ends.map(({ record }) => Math.max(...distances(recording, record)));
  const falls = means.every((value, i) => i === 0 || value < means[i - 1]);
  return {
    claim: 'Outputs saturate: their means go on towards 0 or 1.',
    verdict: falls ? 'holds' : 'fails',
    value: means[means.length - 1],
    text: `The outputs’ means are away from the nearer of 0 and 1 by ${ends
      .map(({ tau }, i) => `${numberText(means[i])} on average and ${numberText(farthest[i])} at most at τ = ${tau}`)
      .join('; ')}.`,
  };
}

/** @type {import('./common.js').Scan} */
export const tau = {
  runs({ taus, learning_rate, ...values }) {
    const longest = Math.max(...taus);
    const steps = Math.min(stepsOf(longest, learning_rate), ranges.steps.greatest);
    const name = `η ${learning_rate}, K ${steps}`;
    return [
      {
        key: `eta-${learning_rate}-steps-${steps}`,
        name,
        settings: paceSettings({ ...values, learning_rate, steps }),
      },
    ];
  },
  report({ finished: [{ recording }] }, { taus }) {
    const ends = endsOf(recording, taus);
    const all = layersOf(recording);
    /** @type {Finding[]} */
    const findings =
      ends.length < 2
        ? [{ verdict: 'open', text: 'What passes can be seen from one τ to another: give at least two of them.' }]
        : [...all.map((layer) => goingOn(recording, ends, layer)), saturation(recording, ends)];
    if (ends.length < taus.length) {
      findings.push({
        verdict: 'open',
        text:
          `At η = ${recording.config.learning_rate} not all τ can be reached: a run has at most ` +
          `${ranges.steps.greatest} steps. Take a larger η.`,
      });
    }
    return {
      findings,
      sections: [
        {
          title: 'What comes after',
          text: 'Lines across mark where runs of smaller τ end: with η unchanged, they are the beginnings of this one, bit by bit.',
          figures: figures(recording, ends),
          tables: [
            {
              id: 'tau',
              title: 'At the end of every τ',
              columns: [
                'τ',
                'K',
                ...all.flatMap((layer) => [
                  `${layerName(layer)}: entropy`,
                  `${layerName(layer)}: share of its minimum`,
                ]),
                'Outputs: mean distance from 0 or 1',
                'Outputs: greatest distance',
              ],
              rows: ends.map(({ tau: end, record }) => [
                end,
                record + 1,
                ...all.flatMap((layer) => {
                  const entropy = recording.series('entropy', layer)[record - 1];
                  return [entropy, entropy / leastEntropy(recording, layer).value];
                }),
                mean(distances(recording, record)),
                Math.max(...distances(recording, record)),
              ]),
            },
          ],
        },
      ],
    };
  },
};
