// Finds the points of a run that the papers mark: each curve's minimum and maximum, the peaks of flow and Lagrangian,
// and the sign changes of the tensor net.
import { quantities } from './record.js';
import { extremes } from './recording.js';

/**
 * @typedef {import('./record.js').Quantity} Quantity
 * @typedef {import('./recording.js').Recording} Recording
 */

/**
 * A marked point of one layer's curve.
 * @typedef {object} Landmark
 * @property {Quantity} quantity
 * @property {number} layer counted from 0
 * @property {'minimum' | 'maximum' | 'crossing'} kind
 * @property {boolean} global whether this is the extreme of the whole curve; false for further peaks and for crossings
 * @property {number} record counted from 1; fractional for a crossing between two records
 * @property {number} time learning_rate · record, the t = η·k of the papers
 * @property {number} value
 */

/** @typedef {Pick<Landmark, 'kind' | 'global' | 'record' | 'value'>} Point */

/** The curves whose peaks are all landmarks, and the direction of their peaks. */
const peaked = /** @type {const} */ ({ flow: 'maximum', lagrangian: 'minimum' });

/**
 * A series at a possibly fractional record, by linear interpolation.
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
 * Where a series changes sign, interpolated linearly between records. Touching zero is not a crossing. Leading zeros
 * are not crossings either: the first record is 0 by construction. If several zeros lie between two signs, the crossing
 * is at the first zero.
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
 * The local maxima of a series; for a plateau, its first record. The ends do not count, because the values beyond them
 * are unknown.
 * @param {ArrayLike<number>} series `[0]` is record 1
 * @param {1 | -1} sign −1 for minima
 * @returns {number[]} records counted from 1
 */
function peaks(series, sign) {
  const found = [];
  let rose = 0; // the record of the last rise; 0 after a fall
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
 * @returns {Point[]} empty if the series is empty or constant
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
 * The landmarks of a run so far: the minimum and maximum of every quantity and layer (the first, if several are equal),
 * the further peaks of flow and Lagrangian, and the zeros of the tensor net. A constant curve has none.
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

/**
 * Cache of the last result per recording: charts ask on every redraw.
 * @type {WeakMap<Recording, { steps: number, landmarks: Landmark[] }>}
 */
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
