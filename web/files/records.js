// Lists a run's records, and formats numbers so that they read back exactly.
import { StepRecord } from '../model/record.js';

/** @typedef {import('../model/recording.js').Recording} Recording */

/**
 * The records of all steps taken; `[k]` is that of step k.
 * @param {Recording} recording
 * @returns {StepRecord[]}
 */
export function stepRecords(recording) {
  const layers = recording.config.layers.length;
  return Array.from({ length: recording.steps }, (_, k) => new StepRecord(recording.at(k).values, layers));
}

/**
 * The shortest text that reads back as the same number, including −0.
 * @param {number} value
 */
export const exactText = (value) => (Object.is(value, -0) ? '-0' : String(value));
