// What does a chart of one quantity show of a run? One curve per layer, as the reader wants it looked at.
import { interpolated } from '../analysis/landmarks.js';
import { comparesByDifference, stepLength } from './scene.js';

/**
 * @typedef {import('../state/recording.js').Recording} Recording
 * @typedef {import('./scene.js').Scene} Scene
 */

/**
 * What there is to know of a quantity to draw it. Its rows are the layers, or the neurons of the last one.
 * @typedef {object} QuantitySpec
 * @property {(recording: Recording) => Float64Array[]} curves one per row
 * @property {(recording: Recording) => number} [rows] how many there are, where that is more than there are curves
 * @property {import('../engine/record.js').Quantity} [quantity] where the rows are the layers
 * @property {import('../analysis/landmarks.js').Landmark['kind'][]} [marks] which of its landmarks are marked
 * @property {(row: number) => string} rowName
 * @property {0 | 1} first the step of the first value of a curve
 * @property {string} title of the heatmap
 * @property {string} linesTitle
 * @property {string} name of the axis
 * @property {string} rowsName of the rows' axis
 * @property {import('./colormaps.js').Colormap} colormap
 * @property {(least: number, greatest: number) => [number, number]} range the values at the ends of the colour map,
 *   from the least and the greatest recorded so far
 * @property {[number, number]} [bounds] the ends of the axis of lines, where they are always the same
 * @property {boolean} growsWithRate whether it is proportional to η, so that runs of different η compare after division
 * @property {boolean} oneSign whether it can be shown by magnitude on a logarithmic scale
 */

/**
 * The value of a curve between its points; NaN outside of them.
 * @param {Float64Array} series
 * @param {number} place counted from 0, may be fractional
 */
export const valueAt = (series, place) => interpolated(series, place + 1);

/**
 * The curves of a run in the units of the axis chosen.
 * @param {Scene} scene
 * @param {QuantitySpec} spec
 * @param {Recording} [recording] one of the scene's
 * @returns {Float64Array[]} one per row, `[0]` at step `spec.first`; to be read and not kept
 */
export function curvesOf(scene, spec, recording = scene.recording) {
  const curves = spec.curves(recording);
  if (scene.view.axis === 'step' || !spec.growsWithRate) return curves;
  return curves.map((series) => series.map((value) => value / recording.config.learning_rate));
}

/**
 * The run's curves less another's, at the same place of the axis; NaN where the other has no such row or step.
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
 * What a chart of a quantity says of a scene, for its heatmap, its words, its table and its values at the cursor: the run
 * less the first of the others where differences are asked for, else the run itself.
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

/** @param {Float64Array} series @returns {[number, number]} least and greatest; infinite the wrong way round for none */
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
