// Recordings whose curves are known, because they are made up.
import { quantities, recordLength } from '../../../web/engine/record.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { readControls } from '../../../web/experiments/controls.js';
import { Recording } from '../../../web/state/recording.js';

/** @typedef {import('../../../web/engine/record.js').Quantity} Quantity */
/** @typedef {import('../../../web/experiments/experiment.js').DeclaredRun} DeclaredRun */
/** @typedef {import('../../../web/experiments/experiment.js').Experiment} Experiment */
/** @typedef {import('../../../web/state/settings.js').Settings} Settings */

/**
 * @typedef {Partial<Record<Quantity, (k: number, layer: number) => number>> & { outputs?: (k: number, neuron: number) => number }} Curves
 *   of step k and layer, both of `layer` and `neuron` counted from 0
 */

/**
 * A finished recording of these settings; what is not given is 0.
 * @param {Settings} settings
 * @param {Curves} curves
 */
export function recordingOf({ config, data, fast }, curves) {
  const recording = new Recording(config, fast, data);
  const layers = config.layers.length;
  const outputs = config.layers[layers - 1];
  for (let k = 0; k < config.steps; ++k) {
    const values = new Float64Array(recordLength(layers, outputs));
    values[0] = k;
    quantities.forEach((quantity, q) => {
      for (let layer = 0; layer < layers; ++layer) {
        const value = curves[quantity]?.(k, layer) ?? 0;
        values[2 + q * layers + layer] = k === 0 && quantity !== 'knowledge_norm' ? NaN : value;
        if (quantity === 'entropy') values[1] += k === 0 ? NaN : value;
      }
    });
    for (let neuron = 0; neuron < outputs; ++neuron) {
      values[2 + quantities.length * layers + neuron] = curves.outputs?.(k, neuron) ?? 0.5;
    }
    recording.append(values, k);
  }
  return recording;
}

/**
 * An experiment's declared runs and report, of made-up recordings.
 * @param {Experiment} experiment
 * @param {Record<string, string>} texts of its controls
 * @param {(run: DeclaredRun, index: number) => Curves | null} curvesOf null for a run that has not finished
 */
export function reported(experiment, texts, curvesOf) {
  const { values, complaints } = readControls(experiment.controls, new Map(Object.entries(texts)));
  if (complaints.length > 0) throw new Error(complaints[0].message);
  const runs = experiment.runs(values);
  const outcome = new Outcome(runs, (run) => {
    const curves = curvesOf(run, runs.indexOf(run));
    return curves && recordingOf(run.settings, curves);
  });
  return { runs, report: experiment.report(outcome, values) };
}

/** @param {import('../../../web/experiments/experiment.js').Report} report @param {string} id */
export function tableIn(report, id) {
  const found = report.sections.flatMap(({ tables = [] }) => tables).find((table) => table.id === id);
  if (!found) throw new Error(`There is no table ${id}.`);
  return found;
}

/** @param {import('../../../web/experiments/experiment.js').Report} report @param {string} id */
export function curvesIn(report, id) {
  const found = report.sections.flatMap(({ figures = [] }) => figures).find((figure) => figure.id === id);
  if (found?.kind !== 'curves') throw new Error(`There is no figure ${id} of curves.`);
  return found;
}

/** Names of figures and tables, for them to be unique. @param {import('../../../web/experiments/experiment.js').Report} report */
export const idsIn = (report) =>
  report.sections.flatMap(({ figures = [], tables = [] }) => [...figures, ...tables].map(({ id }) => id));
