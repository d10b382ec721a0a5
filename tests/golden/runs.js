// With which settings did the reference make its runs? (experiments.json and variants.json, by their names there; the same runs
// as in tests/cpp/golden_experiments_test.cpp.)
import { readFileSync } from 'node:fs';

/**
 * What is known of a run: of every layer its entropy's least and last value and the record of the least, counted from 1.
 * @typedef {object} GoldenRun
 * @property {number[]} [first_indices]
 * @property {number[]} entropy_min
 * @property {number[]} entropy_min_step
 * @property {number[]} entropy_last
 * @property {number[]} entropy_total of all layers, record by record
 */

/** How far from a golden value a value may be, as a share of its curve's largest magnitude: as in all golden tests. */
export const tolerance = 1e-5;

/**
 * Where a run's entropies are not the golden ones, in words.
 * @param {Pick<GoldenRun, 'entropy_min' | 'entropy_last' | 'entropy_total'>} run
 * @param {GoldenRun} expected
 * @returns {string[]}
 */
export function misses(run, expected) {
  // Entropies are negative nearly throughout: a curve's minimum is its largest magnitude.
  const ofLayers = expected.entropy_min.map(Math.abs);
  const ofTotal = expected.entropy_total.map(() => Math.max(...expected.entropy_total.map(Math.abs)));
  return [
    ...missesOf('entropy_min', run.entropy_min, expected.entropy_min, ofLayers),
    ...missesOf('entropy_last', run.entropy_last, expected.entropy_last, ofLayers),
    ...missesOf('entropy_total', run.entropy_total, expected.entropy_total, ofTotal),
  ];
}

/** @param {string} what @param {number[]} values @param {number[]} expected @param {number[]} largest of their curves */
function missesOf(what, values, expected, largest) {
  if (values.length !== expected.length) return [`${what} has ${values.length} values and not ${expected.length}`];
  return expected.flatMap((value, i) =>
    Math.abs(values[i] - value) <= tolerance * largest[i] ? [] : [`${what}[${i}] is ${values[i]} and not ${value}`],
  );
}

/** @param {string} name @returns {Record<string, GoldenRun>} */
const goldenJson = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** By name. @type {Readonly<Record<string, GoldenRun>>} */
export const goldenRuns = { ...goldenJson('experiments.json'), ...goldenJson('variants.json') };

/** η and K of the time-invariance runs. */
export const goldenPaces = /** @type {const} */ ([
  [0.02, 25],
  [0.01, 50],
  [0.005, 100],
  [0.0033, 150],
  [0.0025, 200],
  [0.001, 500],
]);

export const goldenDigits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const odd = { layers: [33, 17, 5], steps: 12, learning_rate: 0.03, seed: 7 };
const tiny = { layers: [5, 3, 2], steps: 9, learning_rate: 0.1, seed: 11 };
const rules = ['previous', 'current'].flatMap((input) =>
  [22, 31].map((equation) => ({
    name: `${input} layer input, equation ${equation}`,
    rule: { layer_input: input, gradient_equation: equation },
  })),
);

/**
 * The settings of every run, as a sweep has them, by the run's name.
 * @param {(samples: number) => object} firstOfPaper the settings that choose so many first samples of the papers' subset
 * @returns {Record<string, object>}
 */
export const goldenSettings = (firstOfPaper) => ({
  default: {},
  ...Object.fromEntries(
    goldenPaces.map(([learning_rate, steps]) => [
      `time_invariance lr=${learning_rate} steps=${steps}`,
      { learning_rate, steps },
    ]),
  ),
  no_shift_term: { shift_term: false },
  ...Object.fromEntries(goldenDigits.map((digit) => [`digit ${digit}`, { classes: [digit] }])),
  'shuffled data_seed=0': { set: 'mnist', per_class: 100, data_seed: 0 },
  'one layer 10': { layers: [10] },
  'tiny layers 5-3-2 seed 11': { ...tiny, ...firstOfPaper(37) },
  'odd layers 33-17-5 seed 7': { ...odd, ...firstOfPaper(101) },
  ...Object.fromEntries(rules.map(({ name, rule }) => [name, rule])),
  ...Object.fromEntries(
    rules
      .slice(1) // "odd layers 33-17-5 seed 7" is the first
      .map(({ name, rule }) => [`odd layers, ${name}`, { ...odd, ...rule, ...firstOfPaper(101) }]),
  ),
});
