// The runs behind the papers' numbers.
import { defaultSettings } from '../../model/settings.js';
import { baseSettings } from '../base-controls.js';
import { referenceMinima } from './published.js';

/** @typedef {import('../experiment.js').DeclaredRun} DeclaredRun */

const papers = () => {
  const { config, data } = defaultSettings;
  return baseSettings({ ...data, layers: config.layers, seed: config.seed, samples: data.per_class });
};

/** @param {string} key @param {string} name @param {object} [config] @param {object} [data] @returns {DeclaredRun} */
function declared(key, name, config = {}, data = {}) {
  const settings = papers();
  Object.assign(settings.config, config);
  Object.assign(settings.data, data);
  return { key, name, settings };
}

export const defaultKey = 'eta-0.01-steps-50';
export const withoutShift = 'no-shift-term';
export const longKey = 'tau-4';
export const otherEquation = 'equation-31';

/** The values of τ = η·K at which the long run is evaluated: the papers' and later ones. */
export const ends = [0.5, 1, 2, 4];

/** @param {string} key */
const paceOf = (key) => {
  const [, learning_rate, , steps] = key.split('-');
  return { learning_rate: Number(learning_rate), steps: Number(steps) };
};

export const pairKeys = Object.keys(referenceMinima).filter((key) => key.startsWith('eta-'));
const pairRun = (/** @type {string} */ key) => {
  const pace = paceOf(key);
  return declared(key, `η ${pace.learning_rate}, K ${pace.steps}`, pace);
};
export const digitKeys = Array.from({ length: 10 }, (_, digit) => `digit-${digit}`);

/** The run behind most of the numbers. */
export const defaultRun = () => pairRun(defaultKey);

/** All runs of the experiment. */
export const allRuns = () => [
  ...pairKeys.map(pairRun),
  declared(withoutShift, 'Without shift term', { shift_term: false }),
  ...digitKeys.map((key, digit) => declared(key, `Digit ${digit} only`, {}, { classes: [digit] })),
  declared(longKey, 'τ = 4', { steps: Math.round(ends[ends.length - 1] / defaultSettings.config.learning_rate) }),
  declared(otherEquation, 'By equation (31)', { gradient_equation: 31 }),
];
