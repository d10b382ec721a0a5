// Compares curves with points at different times: they are interpolated linearly at common times.

/** @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Points x is ascending */

/**
 * @param {Points} points
 * @param {number} at
 * @returns {number} NaN before the first point and after the last
 */
export function valueBetween({ x, y }, at) {
  if (!(at >= x[0] && at <= x[x.length - 1])) return NaN;
  let low = 0;
  let high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  const share = high === low ? 0 : (at - x[low]) / (x[high] - x[low]);
  return share === 0 ? y[low] : share === 1 ? y[high] : y[low] * (1 - share) + y[high] * share;
}

/**
 * The spread of curves: the minimum and maximum of their values at times that all of them cover.
 * @param {Points[]} curves at least one
 * @param {number} [times] number of times, evenly spaced
 * @returns {{ x: number[], low: number[], high: number[], widest: { x: number, width: number }, magnitude: number }}
 *   `magnitude` is the greatest absolute value there; widest.width is NaN if there is no common time
 */
export function spread(curves, times = 200) {
  const first = Math.max(...curves.map(({ x }) => x[0]));
  const last = Math.min(...curves.map(({ x }) => x[x.length - 1]));
  /** @type {number[]} */
  const x = [];
  /** @type {number[]} */
  const low = [];
  /** @type {number[]} */
  const high = [];
  let widest = { x: NaN, width: NaN };
  let magnitude = 0;
  for (let i = 0; i < times && first <= last; ++i) {
    const at = i === times - 1 ? last : first + ((last - first) * i) / (times - 1);
    const values = curves.map((curve) => valueBetween(curve, at));
    const least = Math.min(...values);
    const greatest = Math.max(...values);
    x.push(at);
    low.push(least);
    high.push(greatest);
    magnitude = Math.max(magnitude, Math.abs(least), Math.abs(greatest));
    if (!(greatest - least <= widest.width)) widest = { x: at, width: greatest - least };
  }
  return { x, low, high, widest, magnitude };
}
