// Compares entropies of runs with different numbers of terms: entropy is a sum, so it is divided by the number of units
// that it sums over.
import { layerName } from '../layer-figures.js';
import { steps, values } from '../series.js';
import { leastEntropy } from './common.js';

/**
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Table} Table
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 * @typedef {import('../outcome.js').Outcome} Outcome
 * @typedef {import('../../model/recording.js').Recording} Recording
 */

/**
 * @typedef {object} Unit
 * @property {string} name “sample”
 * @property {string} symbol symbol of their number: “N”
 * @property {(recording: Recording, layer: number) => number} count
 */

/** @param {Unit} unit @param {FinishedRun} run @param {number} layer */
export const leastPerUnit = ({ count }, { recording }, layer) =>
  leastEntropy(recording, layer).value / count(recording, layer);

/**
 * A layer's entropy per unit for every run, with the minima marked.
 * @param {Unit} unit
 * @param {Outcome} outcome
 * @param {FinishedRun[]} runs in the order of the curves
 * @param {number} layer
 * @returns {CurvesFigure}
 */
export const perUnitFigure = (unit, outcome, runs, layer) => ({
  kind: 'curves',
  id: `entropy-per-${unit.name}-layer-${layer + 1}`,
  title: `${layerName(layer)}: entropy per ${unit.name}`,
  x: { name: 'Step k' },
  y: { name: `H / ${unit.symbol}` },
  curves: runs.map((run) => ({
    name: run.name,
    ink: outcome.inkOf(run),
    x: steps(run.recording),
    y: values(run.recording, 'entropy', layer, (value) => value / unit.count(run.recording, layer)),
  })),
  marks: runs.map((run) => ({
    name: `Minimum, ${run.name}`,
    ink: outcome.inkOf(run),
    x: leastEntropy(run.recording, layer).step,
    y: leastPerUnit(unit, run, layer),
  })),
});

/**
 * The entropy minima of every layer, whole and per unit, one row per run.
 * @param {Unit} unit
 * @param {{ id: string, title: string }} about
 * @param {Record<string, (run: FinishedRun) => string | number>} leading the first columns
 * @param {FinishedRun[]} runs
 * @param {number[]} layers
 * @returns {Table}
 */
export const perUnitTable = (unit, about, leading, runs, layers) => ({
  ...about,
  columns: [
    ...Object.keys(leading),
    ...layers.flatMap((layer) =>
      ['record', 'H', `H / ${unit.symbol}`].map((column) => `${layerName(layer)}: ${column}`),
    ),
  ],
  rows: runs.map((run) => [
    ...Object.values(leading).map((valueOf) => valueOf(run)),
    ...layers.flatMap((layer) => {
      const { value, step } = leastEntropy(run.recording, layer);
      return [step, value, leastPerUnit(unit, run, layer)];
    }),
  ]),
});
