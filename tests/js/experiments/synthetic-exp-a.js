// What would a run look like whose curves are known? Recordings made of functions instead of runs.
import { quantities, recordLength } from '../../../web/engine/record.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { Recording } from '../../../web/state/recording.js';

/** @typedef {import('../../../web/experiments/experiment.js').DeclaredRun} DeclaredRun */
/** @typedef {import('../../../web/state/settings.js').Settings} Settings */
/** @typedef {import('../../../web/engine/record.js').Quantity} Quantity */
/** @typedef {(k: number, layer: number) => number} Curve of a step from 1, and of a layer from 0 */

/**
 * @param {Settings} settings
 * @param {Partial<Record<Quantity, Curve>>} curves 0 throughout where there is none
 * @param {number} [taken] steps, of all
 */
export function recordingOf({ config, data, fast }, curves, taken = config.steps) {
  const recording = new Recording(config, fast, data);
  const layers = config.layers.length;
  for (let k = 0; k < taken; ++k) {
    const values = new Float64Array(recordLength(layers, recording.outputs));
    values[0] = k;
    quantities.forEach((quantity, q) => {
      for (let layer = 0; layer < layers; ++layer) {
        const value = k === 0 && quantity !== 'knowledge_norm' ? NaN : (curves[quantity]?.(k, layer) ?? 0);
        values[2 + q * layers + layer] = value;
        if (quantity === 'entropy') values[1] += value;
      }
    });
    recording.append(values, 0);
  }
  return recording;
}

/**
 * @param {DeclaredRun[]} declared
 * @param {(run: DeclaredRun) => Partial<Record<Quantity, Curve>> | null} curvesOf null where the run has not finished
 */
export const outcomeOf = (declared, curvesOf) =>
  new Outcome(declared, (run) => {
    const curves = curvesOf(run);
    return curves && recordingOf(run.settings, curves);
  });

/** A valley that is deepest at a step. @param {number} step @param {number} depth @returns {(k: number) => number} */
export const valley = (step, depth) => (k) => -depth / (1 + (k - step) ** 2);

/** A control's fallbacks, with some values changed. @param {import('../../../web/experiments/experiment.js').Experiment} experiment @param {Record<string, any>} [changes] */
export const valuesOf = ({ controls }, changes = {}) => ({
  ...Object.fromEntries(Object.entries(controls).map(([name, { fallback }]) => [name, fallback])),
  ...changes,
});
