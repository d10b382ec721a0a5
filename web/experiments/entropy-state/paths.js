// Geometry of the layers' joint entropy. A state is a point with one coordinate per layer; a run is a path of such
// points, one per record, that starts at the origin.
import { layersOf } from '../series.js';

/** @typedef {import('../../model/recording.js').Recording} Recording */
/** @typedef {number[]} State one number per layer */
/** @typedef {State[]} Path `[0]` is record 1 */

/**
 * @param {Recording} recording
 * @param {(layer: number) => number} divisor the divisor of a layer's entropy
 * @returns {Path}
 */
export function pathOf(recording, divisor) {
  const series = layersOf(recording).map((layer) => recording.series('entropy', layer).map((h) => h / divisor(layer)));
  return Array.from({ length: recording.records }, (_, i) => series.map((values) => values[i]));
}

/** @param {State} a @param {State} b */
export function distance(a, b) {
  let squares = 0;
  for (let layer = 0; layer < a.length; ++layer) squares += (a[layer] - b[layer]) ** 2;
  return Math.sqrt(squares);
}

/** The distance from the origin. @param {State} state */
export const norm = (state) => Math.sqrt(state.reduce((squares, value) => squares + value ** 2, 0));

/** Lengths of the steps from each point to the next. @param {Path} path */
export const stepLengths = (path) => path.slice(1).map((state, i) => distance(path[i], state));

/** @param {Path} path */
export const lengthOf = (path) => stepLengths(path).reduce((sum, length) => sum + length, 0);

/**
 * The point farthest from the origin; the first, if several are equal.
 * @param {Path} path with at least one point
 * @returns {{ distance: number, step: number }} step counted from 1
 */
export function farthestPoint(path) {
  const norms = path.map(norm);
  let at = 0;
  norms.forEach((each, i) => {
    if (each > norms[at]) at = i;
  });
  return { distance: norms[at], step: at + 1 };
}

/**
 * A normalized path: every layer divided by its greatest magnitude on the path.
 * @param {Path} path with at least one point
 * @returns {Path} a layer whose entropy is always 0 stays 0
 */
export function shapeOf(path) {
  const sizes = path[0].map((_, layer) => path.reduce((most, state) => Math.max(most, Math.abs(state[layer])), 0));
  return path.map((state) => state.map((value, layer) => (sizes[layer] > 0 ? value / sizes[layer] : 0)));
}

/** @typedef {{ first: number, second: number, distance: number, step: number }} Pair indices of the two paths */

/**
 * For each pair of paths, the greatest distance at equal steps.
 * @param {Path[]} paths of equal length
 * @param {number} [from] the first step to consider
 * @returns {Pair[]} one per pair
 */
export function pairsOf(paths, from = 1) {
  /** @type {Pair[]} */
  const pairs = [];
  for (let first = 0; first < paths.length; ++first) {
    for (let second = first + 1; second < paths.length; ++second) {
      let widest = { distance: -1, step: 0 };
      for (let i = from - 1; i < paths[first].length; ++i) {
        const apart = distance(paths[first][i], paths[second][i]);
        if (apart > widest.distance) widest = { distance: apart, step: i + 1 };
      }
      pairs.push({ first, second, ...widest });
    }
  }
  return pairs;
}

/** @param {Pair[]} pairs at least one */
export const farthestPair = (pairs) => pairs.reduce((most, pair) => (pair.distance > most.distance ? pair : most));

/** @param {Pair[]} pairs at least one */
export const nearestPair = (pairs) => pairs.reduce((least, pair) => (pair.distance < least.distance ? pair : least));

/**
 * For each layer, the greatest spread of the paths at equal steps.
 * @param {Path[]} paths of equal length
 * @returns {number[]} one per layer
 */
export const widestByLayer = (paths) =>
  paths[0][0].map((_, layer) =>
    paths[0].reduce((most, _state, i) => {
      const values = paths.map((path) => path[i][layer]);
      return Math.max(most, Math.max(...values) - Math.min(...values));
    }, 0),
  );
