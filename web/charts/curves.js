// Curves of one quantity, one per layer, in the units and comparison mode chosen in the view.
import { interpolated } from '../model/landmarks.js';
import { comparesByDifference, stepLength } from './scene.js';

/**
 * @typedef {import('../model/recording.js').Recording} Recording
 * @typedef {import('./scene.js').Scene} Scene
 */

/**
 * Describes how to draw a quantity. Its rows are the layers, or the neurons of the last layer.
 * @typedef {object} QuantitySpec
 * @property {(recording: Recording) => Float64Array[]} curves one per row
 * @property {(recording: Recording) => number} [rows] number of rows, if there are more rows than curves
 * @property {import('../model/record.js').Quantity} [quantity] set if the rows are layers
 * @property {import('../model/landmarks.js').Landmark['kind'][]} [marks] landmarks to mark
 * @property {(row: number) => string} rowName
 * @property {0 | 1} first step of the first value of a curve
 * @property {string} title title of the heatmap
 * @property {string} linesTitle
 * @property {string} name name of the axis
 * @property {string} rowsName name of the rows' axis
 * @property {import('./colormaps.js').Colormap} colormap
 * @property {(least: number, greatest: number) => [number, number]} range values at the ends of the colour map, from
 *   the least and the greatest recorded so far
 * @property {[number, number]} [bounds] fixed ends of the value axis, if it has any
 * @property {boolean} growsWithRate whether it is proportional to η; runs of different η are then compared after
 *   division by η
 * @property {boolean} oneSign whether a logarithmic scale of magnitudes makes sense
 */

/**
 * The value of a curve, interpolated between its points; NaN outside of them.
 * @param {Float64Array} series
 * @param {number} place index from 0, may be fractional
 */
export const valueAt = (series, place) => interpolated(series, place + 1);

/**
 * The curves of a run, in the units of the current axis.
 * @param {Scene} scene
 * @param {QuantitySpec} spec
 * @param {Recording} [recording] one of the scene's recordings
 * @returns {Float64Array[]} one per row, `[0]` at step `spec.first`; read-only, do not keep
 */
export function curvesOf(scene, spec, recording = scene.recording) {
  const curves = spec.curves(recording);
  if (scene.view.axis === 'step' || !spec.growsWithRate) return curves;
  return curves.map((series) => series.map((value) => value / recording.config.learning_rate));
}

/**
 * The run's curves minus another run's at the same axis position; NaN if the other run has no such row or step.
 * @param {Scene} scene
 * @param {QuantitySpec} spec
 * @param {Recording} other
 */
export function differences(scene, spec, other) {
  const others = curvesOf(scene, spec, other);
  const steps = stepLength(scene) / stepLength(scene, other);
  return curvesOf(scene, spec).map((series, row) =>
    series.map((value, i) =>
      row < others.length ? value - valueAt(others[row], (i + spec.first) * steps - spec.first) : NaN,
    ),
  );
}

/**
 * The curves that a scene's heatmap, summary, table and readout show: in difference mode the run minus the first other
 * run, else the run itself.
 * @param {Scene} scene
 * @param {QuantitySpec} spec
 * @returns {{ curves: Float64Array[], name: string, other: import('./scene.js').Other | null }}
 */
export function asDrawn(scene, spec) {
  const other = comparesByDifference(scene) ? scene.others[0] : null;
  const unit = scene.view.axis === 'time' && spec.growsWithRate ? ' / η' : '';
  return other
    ? {
        curves: differences(scene, spec, other.recording),
        name: `${spec.name}${unit} less that of ${other.name}`,
        other,
      }
    : { curves: curvesOf(scene, spec), name: `${spec.name}${unit}`, other };
}

/**
 * @param {Float64Array} series
 * @returns {[number, number]} least and greatest; [Infinity, −Infinity] for an empty series
 */
export function extent(series) {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of series) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

/** @param {Float64Array} series */
export function greatestMagnitude(series) {
  const [least, greatest] = extent(series);
  return least > greatest ? 0 : Math.max(Math.abs(least), Math.abs(greatest));
}
