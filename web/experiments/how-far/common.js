// Helpers shared by the scans.
import { isFalling, minimum } from '../series.js';
import { wholeText } from '../words.js';

/**
 * One of the experiment's questions.
 * @typedef {object} Scan
 * @property {(values: any) => import('../experiment.js').DeclaredRun[]} runs
 * @property {(outcome: import('../outcome.js').Outcome, values: any) => import('../experiment.js').Report} report
 *   requires at least one finished run
 */

/** @typedef {import('../outcome.js').FinishedRun} FinishedRun */
/** @typedef {import('../../model/recording.js').Recording} Recording */

/** @param {number} share */
export const percent = (share) => (Number.isFinite(share) ? `${Number((100 * share).toPrecision(2))} %` : '–');

/**
 * The entropy minimum of a layer.
 * @param {Recording} recording
 * @param {number} layer
 */
export const leastEntropy = (recording, layer) => minimum(recording.series('entropy', layer));

/**
 * Whether the minimum is at the last record: entropy may then fall further.
 * @param {Recording} recording
 * @param {number} layer
 */
export const fallsToTheEnd = (recording, layer) => isFalling(recording.series('entropy', layer));

/**
 * Describes the runs with the least and the greatest value.
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
 * A sentence about the runs whose entropy still falls at the end, so that their minimum is unknown; empty if there are
 * none.
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
 * The median: the middle value, or the mean of the two middle values.
 * @param {number[]} values at least one
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
