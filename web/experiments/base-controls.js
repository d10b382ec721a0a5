// Which settings do most experiments leave to the reader? The network, its seed, and the samples.
import { layerSizes, wholeNumber } from './controls.js';
import { defaultSettings, perClassRange, ranges } from '../state/settings.js';

/** @typedef {{ layers: number[], seed: number, samples: number }} BaseValues */

const { config, data } = defaultSettings;

/** The controls `layers`, `seed` and `samples`. */
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
    help: 'The first ones of each digit, as in the papers, which take 100.',
    fallback: data.per_class,
    range: perClassRange(data.set),
  }),
};

/**
 * The papers' settings with those of the controls.
 * @param {BaseValues} values
 * @returns {import('../state/settings.js').Settings} to be changed at will
 */
export function baseSettings({ layers, seed, samples }) {
  return structuredClone({
    config: { ...config, layers, seed },
    data: { ...data, per_class: samples },
    fast: false,
  });
}
