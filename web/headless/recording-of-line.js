// Converts a line of `ska sweep` to a recording as used by the page: from one array per quantity to one record per
// step.
import { quantities, recordLength } from '../model/record.js';
import { Recording } from '../model/recording.js';

/**
 * The parts of a line that are read, with "records": "all".
 * @typedef {object} Line
 * @property {Record<string, unknown>} run the settings, without nesting
 * @property {string} [fingerprint] the reason of a failed run
 * @property {string} [error] indices of its samples within their set
 * @property {number[]} [indices] of its samples in their set
 * @property {Record<string, number[][]>} [records] by quantity and layer; `outputs` by neuron
 */

/**
 * @param {import('../model/settings.js').Settings} settings
 * @param {Line} line of a successful run
 */
export function recordingOfLine({ config, fast, data }, { records = {}, fingerprint = '' }) {
  const recording = new Recording(config, fast, data);
  const layers = config.layers.length;
  const outputs = config.layers[layers - 1];
  for (let k = 0; k < config.steps; ++k) {
    const values = new Float64Array(recordLength(layers, outputs)).fill(NaN);
    values[0] = k;
    let at = 2;
    for (const quantity of quantities) {
      for (let layer = 0; layer < layers; ++layer) {
        // ‖Z‖ has a record at step 0; all others compare a step with the previous one.
        const series = records[quantity][layer];
        values[at++] = quantity === 'knowledge_norm' ? series[k] : k > 0 ? series[k - 1] : NaN;
      }
    }
    if (k > 0) values[1] = records.entropy.reduce((sum, series) => sum + series[k - 1], 0);
    for (let neuron = 0; neuron < outputs; ++neuron) values[at++] = records.outputs[neuron][k];
    recording.append(values, 0);
  }
  recording.fingerprint = fingerprint;
  return recording;
}
