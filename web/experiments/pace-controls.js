// The controls of experiments whose runs all have the same number of steps: K and η, and the base ones.
import { baseControls, baseSettings } from './base-controls.js';
import { realNumber, wholeNumber } from './controls.js';
import { defaultSettings, ranges } from '../model/settings.js';

/** @typedef {import('./base-controls.js').BaseValues & { steps: number, learning_rate: number }} PaceValues */

/** The controls `steps`, `learning_rate`, and the base ones. */
export const paceControls = {
  steps: wholeNumber({
    label: 'Steps K',
    help: 'Forward steps of every run.',
    fallback: defaultSettings.config.steps,
    range: { least: 2, greatest: ranges.steps.greatest, words: `a whole number from 2 to ${ranges.steps.greatest}` },
  }),
  learning_rate: realNumber({
    label: 'Learning rate η',
    help: 'The papers’ is 0.01; entropy grows in proportion to it.',
    fallback: defaultSettings.config.learning_rate,
    range: { least: 1e-5, greatest: 10, words: 'a number from 0.00001 to 10' },
  }),
  ...baseControls,
};

/**
 * The papers' settings, changed by the controls.
 * @param {PaceValues} values
 * @returns {import('../model/settings.js').Settings} a copy that may be changed
 */
export function paceSettings(values) {
  const settings = baseSettings(values);
  settings.config.steps = values.steps;
  settings.config.learning_rate = values.learning_rate;
  return settings;
}
