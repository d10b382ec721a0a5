// Records with known answers: a run's numbers are functions of step and layer that a test chooses.
import { quantities, recordLength } from '../../../web/engine/record.js';
import { Recording } from '../../../web/state/recording.js';
import { Outcome } from '../../../web/experiments/outcome.js';

/**
 * @typedef {import('../../../web/engine/record.js').Quantity} Quantity
 * @typedef {import('../../../web/experiments/experiment.js').DeclaredRun} DeclaredRun
 * @typedef {(k: number, layer: number, run: DeclaredRun) => number} Value
 */

/**
 * @param {DeclaredRun} run
 * @param {Partial<Record<Quantity, Value>>} values 0 where there are none
 * @param {(k: number, neuron: number, run: DeclaredRun) => number} [outputs]
 */
export function recordingOf(run, values, outputs = () => 0.5) {
  const { config, data } = run.settings;
  const layers = config.layers.length;
  const neurons = config.layers[layers - 1];
  const recording = new Recording(config, false, data);
  for (let k = 0; k < config.steps; ++k) {
    const record = new Float64Array(recordLength(layers, neurons)).fill(NaN);
    record[0] = k;
    quantities.forEach((quantity, q) => {
      for (let layer = 0; layer < layers; ++layer) {
        if (k > 0 || quantity === 'knowledge_norm')
          record[2 + q * layers + layer] = values[quantity]?.(k, layer, run) ?? 0;
      }
    });
    const entropyAt = 2 + quantities.indexOf('entropy') * layers;
    if (k > 0) record[1] = record.subarray(entropyAt, entropyAt + layers).reduce((sum, value) => sum + value, 0);
    for (let neuron = 0; neuron < neurons; ++neuron) {
      record[2 + quantities.length * layers + neuron] = outputs(k, neuron, run);
    }
    recording.append(record, k);
  }
  return recording;
}

/**
 * @param {DeclaredRun[]} runs
 * @param {Partial<Record<Quantity, Value>>} values
 * @param {(run: DeclaredRun) => boolean} [isFinished]
 */
export const outcomeOf = (runs, values, isFinished = () => true) =>
  new Outcome(runs, (run) => (isFinished(run) ? recordingOf(run, values) : null));
