// Which points of a run do the papers mark? Where its curves are least and greatest, where they peak, and where the
// tensor net changes its sign.
import { quantities } from '../engine/record.js';
import { extremes } from '../state/recording.js';

/**
 * @typedef {import('../engine/record.js').Quantity} Quantity
 * @typedef {import('../state/recording.js').Recording} Recording
 */

/**
 * A marked point of one layer's curve.
 * @typedef {object} Landmark
 * @property {Quantity} quantity
 * @property {number} layer counted from 0
 * @property {'minimum' | 'maximum' | 'crossing'} kind
 * @property {boolean} global whether the whole curve has nothing beyond it; false for further peaks, and for crossings
 * @property {number} record counted from 1; between two records for a crossing
 * @property {number} time learning_rate · record, the t = η·k of the papers
 * @property {number} value
 */

/** @typedef {Pick<Landmark, 'kind' | 'global' | 'record' | 'value'>} Point */

/** The curves whose every peak is a landmark, and which way their peaks point. */
const peaked = /** @type {const} */ ({ flow: 'maximum', lagrangian: 'minimum' });

/**
 * A series at a record that may lie between two, on the line from one to the other.
 * @param {ArrayLike<number>} series `[0]` is record 1
 * @param {number} record
 * @returns {number} NaN before the first record and after the last
 */
export function interpolated(series, record) {
  const at = record - 1;
  const below = Math.floor(at);
  if (!(at >= 0 && at <= series.length - 1)) return NaN;
  const share = at - below;
  return share === 0 ? series[below] : series[below] * (1 - share) + series[below + 1] * share;
}

/**
 * Where a series changes its sign, on straight lines between records. To touch zero is not to cross it, and zeros
 * before anything else are no crossing: the first record is 0 by construction. Of several zeros between two signs the
 * first is meant.
 * @param {ArrayLike<number>} series `[0]` is record 1
 * @returns {number[]} records counted from 1, in order
 */
export function crossings(series) {
  const found = [];
  let before = -1; // the index of the last value that is not 0
  for (let i = 0; i < series.length; ++i) {
    if (series[i] === 0) continue;
    if (before >= 0 && series[before] < 0 !== series[i] < 0) {
      const share = i === before + 1 ? Math.abs(series[before]) / (Math.abs(series[before]) + Math.abs(series[i])) : 1;
      found.push(before + 1 + share);
    }
    before = i;
  }
  return found;
}

/**
 * The maxima that a series rises to and falls from; of a plateau its first record. The ends of a series are none: what
 * comes beyond them is not known.
 * @param {ArrayLike<number>} series `[0]` is record 1
 * @param {1 | -1} sign −1 for minima
 * @returns {number[]} records counted from 1
 */
function peaks(series, sign) {
  const found = [];
  let rose = 0; // the record that was last risen to, if nothing has fallen since
  for (let i = 1; i < series.length; ++i) {
    const change = sign * (series[i] - series[i - 1]);
    if (change > 0) rose = i + 1;
    if (change < 0 && rose > 0) {
      found.push(rose);
      rose = 0;
    }
  }
  return found;
}

/**
 * @param {Float64Array} series
 * @returns {Point[]} none where the series is empty or constant
 */
function globalExtremes(series) {
  const found = extremes(series);
  if (!found || found.least.value === found.greatest.value) return [];
  return [
    { kind: 'minimum', global: true, ...found.least },
    { kind: 'maximum', global: true, ...found.greatest },
  ];
}

/**
 * @param {Float64Array} series
 * @param {'minimum' | 'maximum'} kind
 * @returns {Point[]}
 */
function allPeaks(series, kind) {
  return peaks(series, kind === 'maximum' ? 1 : -1).map((record) => ({
    kind,
    global: false,
    record,
    value: series[record - 1],
  }));
}

/**
 * The points of one curve.
 * @param {Quantity} quantity
 * @param {Float64Array} series
 */
function pointsOf(quantity, series) {
  const points = globalExtremes(series);
  if (quantity === 'flow' || quantity === 'lagrangian') {
    const known = points.map(({ record }) => record);
    points.push(...allPeaks(series, peaked[quantity]).filter(({ record }) => !known.includes(record)));
  }
  if (quantity === 'tensor_net') {
    for (const record of crossings(series)) points.push({ kind: 'crossing', global: false, record, value: 0 });
  }
  return points;
}

/**
 * The landmarks of a run so far: of every quantity and layer the least and the greatest record, the first of equals;
 * of flow and Lagrangian their further peaks; of the tensor net its zeros. A curve that is constant has none.
 * @param {Recording} recording
 * @returns {Landmark[]} by quantity, then by layer
 */
export function landmarksOf(recording) {
  const before = known.get(recording);
  if (before?.steps === recording.steps) return before.landmarks;
  const landmarks = found(recording);
  known.set(recording, { steps: recording.steps, landmarks });
  return landmarks;
}

/** What was found last, for charts ask again at every drawing. @type {WeakMap<Recording, { steps: number, landmarks: Landmark[] }>} */
const known = new WeakMap();

/** @param {Recording} recording @returns {Landmark[]} */
function found(recording) {
  return quantities.flatMap((quantity) =>
    recording.config.layers.flatMap((_, layer) =>
      pointsOf(quantity, recording.series(quantity, layer)).map((point) => ({
        quantity,
        layer,
        ...point,
        time: recording.config.learning_rate * point.record,
      })),
    ),
  );
}
