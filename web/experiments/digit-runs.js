// Runs of single digits: each is a separate network that sees only one digit's samples, from the same initial weights.
import { setControl } from './base-controls.js';
import { wholeNumbers } from './controls.js';
import { paceControls, paceSettings } from './pace-controls.js';

/** @typedef {import('./outcome.js').FinishedRun} FinishedRun */
/** @typedef {import('./pace-controls.js').PaceValues & { digits: number[] }} DigitValues */

const digits = wholeNumbers({
  label: 'Digits',
  help: 'One network for each, which sees nothing but that digit.',
  fallback: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  range: { least: 0, greatest: 9, words: 'a digit from 0 to 9' },
  most: 10,
});

/** The controls `digits`, `steps`, `learning_rate` and the base ones, for sets of digits. */
export const digitControls = { digits, ...paceControls, set: setControl(['mnist', 'mnist-test']) };

/**
 * @param {DigitValues} values
 * @param {number} digit
 * @param {number} [seed] weight seed; defaults to that of the controls
 */
export function digitSettings(values, digit, seed = values.seed) {
  const settings = paceSettings({ ...values, seed });
  settings.data.classes = [digit];
  return settings;
}

/** @param {FinishedRun} run */
export const digitOf = ({ settings }) => settings.data.classes[0];
