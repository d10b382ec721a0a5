// Synthetic recordings from given curves, and reports on them.
import { quantities, recordLength } from '../../../web/model/record.js';
import { readControls } from '../../../web/experiments/controls.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { Recording } from '../../../web/model/recording.js';

/** @typedef {import('../../../web/experiments/experiment.js').DeclaredRun} DeclaredRun */
/** @typedef {import('../../../web/experiments/experiment.js').Experiment} Experiment */
/** @typedef {import('../../../web/experiments/experiment.js').Report} Report */
/** @typedef {import('../../../web/model/settings.js').Settings} Settings */
/** @typedef {import('../../../web/model/record.js').Quantity} Quantity */
/** @typedef {(k: number, layer: number) => number} Curve value at a step from 1 (‖Z‖: from 0), of a layer from 0 */
/** @typedef {Partial<Record<Quantity, Curve>> & { outputs?: (k: number, neuron: number) => number }} Curves */

/**
 * @param {Settings} settings
 * @param {Curves} curves missing curves are 0; missing outputs are one half
 * @param {number} [taken] number of steps, by default all
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
    for (let neuron = 0; neuron < recording.outputs; ++neuron) {
      values[2 + quantities.length * layers + neuron] = curves.outputs?.(k, neuron) ?? 0.5;
    }
    recording.append(values, 0);
  }
  return recording;
}

/**
 * @param {DeclaredRun[]} declared
 * @param {(run: DeclaredRun, index: number) => Curves | null} curvesOf null if the run has not finished
 */
export const outcomeOf = (declared, curvesOf) =>
  new Outcome(declared, (run) => {
    const curves = curvesOf(run, declared.indexOf(run));
    return curves && recordingOf(run.settings, curves);
  });

/** A curve with its minimum at a step. @param {number} step @param {number} depth @returns {(k: number) => number} */
export const valley = (step, depth) => (k) => -depth / (1 + (k - step) ** 2);

/**
 * A control's default values, with some changed.
 * @param {import('../../../web/experiments/experiment.js').Experiment} experiment
 * @param {Record<string, any>} [changes]
 */
export const valuesOf = ({ controls }, changes = {}) => ({
  ...Object.fromEntries(Object.entries(controls).map(([name, { fallback }]) => [name, fallback])),
  ...changes,
});

/**
 * An experiment's declared runs and report, on synthetic recordings.
 * @param {Experiment} experiment
 * @param {Record<string, string>} texts texts of its controls
 * @param {(run: DeclaredRun, index: number) => Curves | null} curvesOf null for a run that has not finished
 */
export function reported(experiment, texts, curvesOf) {
  const { values, complaints } = readControls(experiment.controls, new Map(Object.entries(texts)));
  if (complaints.length > 0) throw new Error(complaints[0].message);
  const runs = experiment.runs(values);
  return { runs, report: experiment.report(outcomeOf(runs, curvesOf), values) };
}

/** @param {Report} report @param {string} id */
export function tableIn(report, id) {
  const found = report.sections.flatMap(({ tables = [] }) => tables).find((table) => table.id === id);
  if (!found) throw new Error(`There is no table ${id}.`);
  return found;
}

/** @param {Report} report @param {string} id */
export function curvesIn(report, id) {
  const found = report.sections.flatMap(({ figures = [] }) => figures).find((figure) => figure.id === id);
  if (found?.kind !== 'curves') throw new Error(`There is no figure ${id} of curves.`);
  return found;
}

/** Ids of figures and tables, to check that they are unique. @param {Report} report */
export const idsIn = (report) =>
  report.sections.flatMap(({ figures = [], tables = [] }) => [...figures, ...tables].map(({ id }) => id));
