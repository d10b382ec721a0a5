// Extracts curves from a run's records, over steps or over time.
import { extremes } from '../model/recording.js';

/** @typedef {import('../model/recording.js').Recording} Recording */
/** @typedef {import('../model/record.js').Quantity} Quantity */

/** Steps k = 1, 2, … of the records. @param {Recording} recording */
export const steps = (recording) => Float64Array.from({ length: recording.records }, (_, i) => i + 1);

/** Times t = η·k of the records. @param {Recording} recording */
export const times = (recording) => steps(recording).map((k) => k * recording.config.learning_rate);

/**
 * @param {Recording} recording
 * @param {Quantity} quantity
 * @param {number} layer counted from 0
 * @param {(value: number) => number} [change]
 */
export const values = (recording, quantity, layer, change = (value) => value) =>
  recording.series(quantity, layer).map(change);

/** Number of samples N of a run. @param {Recording} recording */
export const samplesOf = ({ data }) => data.per_class * data.classes.length;

/** Indices of a run's layers. @param {Recording} recording */
export const layersOf = (recording) => Array.from({ length: recording.layers }, (_, layer) => layer);

/**
 * The total entropy of all layers, per record.
 * @param {Recording} recording
 */
export const totalEntropy = (recording) =>
  Float64Array.from({ length: recording.records }, (_, i) => recording.at(i + 1).totalEntropy);

/**
 * The minimum of a series; the first, if several are equal.
 * @param {Float64Array} series
 * @returns {{ value: number, step: number }} step counted from 1; NaN for an empty series
 */
export function minimum(series) {
  const { value = NaN, record = NaN } = extremes(series)?.least ?? {};
  return { value, step: record };
}

/**
 * Whether the minimum of a series is at its last record. The series may then fall further, so its minimum is unknown.
 * @param {Float64Array} series
 */
export const isFalling = (series) => minimum(series).step === series.length;

/** @param {Float64Array} series */
export function maximum(series) {
  const { value = NaN, record = NaN } = extremes(series)?.greatest ?? {};
  return { value, step: record };
}
