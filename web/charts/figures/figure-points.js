// Downsamples a curve to the points that can be distinguished, keeping each interval's minimum and maximum.

/** @typedef {{ x: number, y: number }} Point */

/** Number of positions along a curve that can be distinguished. */
const mostPlaces = 300;

/**
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} curve
 * @param {boolean} [positive] whether the axis shows only values above 0, as a logarithmic axis does
 * @returns {Point[]} in curve order; NaN at gaps
 */
export function figurePoints({ x, y }, positive = false) {
  const { length } = y;
  const shown = (/** @type {number} */ value) => (Number.isFinite(value) && !(positive && value <= 0) ? value : NaN);
  const point = (/** @type {number} */ i) => ({ x: x[i], y: shown(y[i]) });
  if (length <= 2 * mostPlaces) return Array.from({ length }, (_, i) => point(i));
  const places = Math.ceil(length / mostPlaces);
  const chosen = new Set([0, length - 1]);
  for (let start = 0; start < length; start += places) {
    let least = start;
    let greatest = start;
    for (let i = start; i < Math.min(length, start + places); ++i) {
      if (y[i] < y[least]) least = i;
      if (y[i] > y[greatest]) greatest = i;
    }
    chosen.add(least).add(greatest);
  }
  return [...chosen].sort((a, b) => a - b).map(point);
}
