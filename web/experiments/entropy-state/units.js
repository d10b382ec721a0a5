// The unit of a layer's entropy: whole, per neuron, or per neuron and sample.
import { choice } from '../controls.js';
import { samplesOf } from '../series.js';

/** @typedef {'whole' | 'neuron' | 'sample'} Unit */

/** The control `unit`. */
export const unitControl = choice({
  label: 'Entropy',
  help: 'A layer’s entropy is a sum over its neurons and the samples; divided, layers of different sizes compare.',
  fallback: 'neuron',
  options: { whole: 'Whole', neuron: 'Per neuron', sample: 'Per neuron and sample' },
});

/** Words that follow “entropy”. @param {Unit} unit */
export const wordsOf = (unit) => ({ whole: '', neuron: ' per neuron', sample: ' per neuron and sample' })[unit];

/** @type {Record<Unit, (neurons: number, samples: number) => number>} */
const divisors = {
  whole: () => 1,
  neuron: (neurons) => neurons,
  sample: (neurons, samples) => neurons * samples,
};

/**
 * The divisor of a layer's entropy.
 * @param {import('../outcome.js').FinishedRun} run
 * @param {Unit} unit
 * @returns {(layer: number) => number}
 */
export const divisorOf = (run, unit) => (layer) =>
  divisors[unit](run.recording.config.layers[layer], samplesOf(run.recording));
