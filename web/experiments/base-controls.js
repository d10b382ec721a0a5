// The controls that most experiments share: the network, its seed and the samples.
import { choice, layerSizes, seedOrFirst, wholeNumber } from './controls.js';
import { sets } from '../model/sets.js';
import { defaultSettings, perClassRange, ranges } from '../model/settings.js';

/** @typedef {import('../model/sets.js').SetName} SetName */
/** @typedef {{ layers: number[], seed: number, samples: number, set: SetName, data_seed: number | null }} BaseValues */

const { config, data } = defaultSettings;

/**
 * A control for the data set.
 * @param {SetName[]} names
 */
export const setControl = (names) =>
  choice({
    label: 'Data set',
    help: 'The papers’ are MNIST’s training digits. Others are fetched when they are first run with.',
    fallback: /** @type {SetName} */ (data.set),
    options: /** @type {Record<SetName, string>} */ (Object.fromEntries(names.map((name) => [name, sets[name].title]))),
  });

/** @param {number} count @param {{ set: SetName }} values */
export function samplesAllowed(count, { set }) {
  const { greatest, words } = perClassRange(set);
  return count > greatest ? words : null;
}

/** The controls `layers`, `seed`, `samples`, `set` and `data_seed`. */
export const baseControls = {
  layers: layerSizes({
    label: 'Layers',
    help: 'Neurons of each layer, from the first to the outputs.',
    fallback: config.layers,
  }),
  seed: wholeNumber({
    label: 'Weight seed',
    help: 'As in torch.manual_seed; the papers’ is 42.',
    fallback: config.seed,
    range: ranges.seed,
  }),
  samples: wholeNumber({
    label: 'Samples per class',
    help: 'Of each class; the papers take 100. A set may have fewer.',
    fallback: data.per_class,
    range: { ...perClassRange('fashion-mnist'), words: 'a whole number, of samples that the set has of every class' },
    allowed: samplesAllowed,
  }),
  set: setControl(/** @type {SetName[]} */ (Object.keys(sets))),
  data_seed: seedOrFirst({
    label: 'Data seed',
    help: 'first: the first samples of each class, as in the papers. A number: NumPy’s shuffle of the whole set.',
    fallback: null,
  }),
};

/**
 * The papers' settings, changed by the controls.
 * @param {BaseValues} values
 * @returns {import('../model/settings.js').Settings} a copy that may be changed
 */
export function baseSettings({ layers, seed, samples, set, data_seed }) {
  return structuredClone({
    config: { ...config, layers, seed },
    data: { ...data, set, per_class: samples, data_seed },
    fast: false,
  });
}
