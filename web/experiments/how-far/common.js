// What do the scans have in common?
import { isFalling, minimum } from '../series.js';
import { wholeText } from '../words.js';

/**
 * One of the experiment's questions.
 * @typedef {object} Scan
 * @property {(values: any) => import('../experiment.js').DeclaredRun[]} runs
 * @property {(outcome: import('../outcome.js').Outcome, values: any) => import('../experiment.js').Report} report of at
 *   least one finished run
 */

/** @typedef {import('../outcome.js').FinishedRun} FinishedRun */
/** @typedef {import('../../state/recording.js').Recording} Recording */

/** @param {number} share */
export const percent = (share) => (Number.isFinite(share) ? `${Number((100 * share).toPrecision(2))} %` : '–');

/**
 * The least entropy of a layer.
 * @param {Recording} recording
 * @param {number} layer
 */
export const leastEntropy = (recording, layer) => minimum(recording.series('entropy', layer));

/**
 * Whether the least entropy is the last one there is: then it may go on falling.
 * @param {Recording} recording
 * @param {number} layer
 */
export const fallsToTheEnd = (recording, layer) => isFalling(recording.series('entropy', layer));

/**
 * The runs where something is least and greatest, in words.
 * @param {FinishedRun[]} runs at least one
 * @param {(run: FinishedRun) => number} valueOf
 */
export function rangeText(runs, valueOf) {
  const sorted = [...runs].sort((a, b) => valueOf(a) - valueOf(b));
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  const text = (/** @type {FinishedRun} */ run) => `${wholeText(valueOf(run))} (${run.name})`;
  return valueOf(first) === valueOf(last) ? `${wholeText(valueOf(first))} in all` : `${text(first)} to ${text(last)}`;
}

/**
 * A sentence on those runs whose entropy still falls at the end, so that its minimum is not known; empty without any.
 * @param {FinishedRun[]} runs
 * @param {number} layer
 */
export function unfinishedText(runs, layer) {
  const falling = runs.filter(({ recording }) => fallsToTheEnd(recording, layer)).length;
  return falling === 0
    ? ''
    : ` In ${falling} of ${runs.length} runs it still falls at the end, and its minimum is yet to come.`;
}

/**
 * The value in the middle, or half way between the two there.
 * @param {number[]} values at least one
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
