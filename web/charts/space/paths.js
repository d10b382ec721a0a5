// Computes the layers' paths through ‖Z‖, knowledge flow and Lagrangian.
import { extent, greatestMagnitude } from '../curves.js';
import { along, roundAxis } from './axis.js';

/**
 * @typedef {import('../scene.js').Scene} Scene
 * @typedef {import('../../model/recording.js').Recording} Recording
 * @typedef {import('./axis.js').Axis} Axis
 */

/** A point of the box: across, deep and high, each from −1 to 1. @typedef {[number, number, number]} Place */

/**
 * @typedef {object} Path
 * @property {number} layer index from 0
 * @property {number} run 0 is the scene's own run, 1 the first overlaid run
 * @property {Place[]} places in time order
 * @property {number} least index of the place with the least Lagrangian; −1 if there is none
 * @property {(step: number) => Place | null} at null if the step has no record
 * @property {string} [ends] name of the path; if given, start and end are marked and the name is drawn at the end
 */

/**
 * @typedef {object} Space
 * @property {Axis[]} axes across, deep, and high
 * @property {Path[]} paths
 */

/** The quantities on the three axes: across, deep, high. */
export const coordinates = /** @type {const} */ ([
  { quantity: 'knowledge_norm', name: '‖Z‖' },
  { quantity: 'flow', name: 'Flow ‖ΔZ‖/η' },
  { quantity: 'lagrangian', name: 'Lagrangian' },
]);

/** Maximum points of all paths together; more slow down rotation. */
const mostPoints = 4000;
/** Maximum points of one path; more cannot be distinguished. */
const mostOfPath = 500;

/**
 * The three series of a layer, up to the first value that is not finite: a diverging run overflows.
 * @param {Recording} recording
 * @param {number} layer
 */
export function seriesOf(recording, layer) {
  const whole = coordinates.map(({ quantity }) => recording.series(quantity, layer));
  const end = whole[0].findIndex((_, i) => whole.some((series) => !Number.isFinite(series[i])));
  return end < 0 ? whole : whole.map((series) => series.subarray(0, end));
}

/**
 * Every n-th record, the last one, and the one with the least Lagrangian.
 * @param {Float64Array} lagrangian
 * @param {number} most
 */
function taken(lagrangian, most) {
  const { length } = lagrangian;
  const stride = Math.max(1, Math.ceil(length / most));
  const least = lagrangian.indexOf(extent(lagrangian)[0]);
  const indices = Array.from({ length: Math.ceil(length / stride) }, (_, i) => i * stride);
  if (length > 0) indices.push(length - 1, least);
  const inOrder = [...new Set(indices)].sort((a, b) => a - b);
  return { indices: inOrder, least: inOrder.indexOf(least) };
}

/**
 * The paths of a scene, and the axes of their box.
 * @param {Scene} scene
 * @param {ReadonlySet<number>} hidden hidden layers
 * @returns {Space}
 */
export function spaceOf({ recording, others, view }, hidden) {
  const layers = Array.from({ length: recording.layers }, (_, layer) => layer).filter((layer) => !hidden.has(layer));
  const lines = [recording, ...others.map((other) => other.recording)].flatMap((of, run) =>
    layers
      .filter((layer) => layer < of.layers)
      .map((layer) => {
        const series = seriesOf(of, layer);
        const units = series.map((values) => (view.scale === 'layer' ? greatestMagnitude(values) || 1 : 1));
        return { layer, run, series, units };
      }),
  );
  const axes = coordinates.map(({ name }, axis) => {
    const ends = lines.map(({ series, units }) => extent(series[axis]).map((end) => end / units[axis]));
    return { name, ...roundAxis(Math.min(...ends.map(([least]) => least)), Math.max(...ends.map(([, most]) => most))) };
  });
  const most = Math.min(mostOfPath, Math.floor(mostPoints / Math.max(1, lines.length)));
  const paths = lines.map(({ layer, run, series, units }) => {
    const placeOf = (/** @type {number} */ i) =>
      /** @type {Place} */ (axes.map((axis, each) => along(axis, series[each][i] / units[each])));
    const { indices, least } = taken(series[2], most);
    const at = (/** @type {number} */ step) => (step < 1 || step > series[0].length ? null : placeOf(step - 1));
    return { layer, run, places: indices.map(placeOf), least, at };
  });
  return { axes, paths };
}
