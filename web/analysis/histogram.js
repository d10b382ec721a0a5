// How are the values of a layer spread out? Counted in bins of equal width.

/**
 * @typedef {object} Histogram
 * @property {[low: number, high: number]} range of all bins together
 * @property {Uint32Array} counts one per bin; the last bin includes its upper edge
 */

/**
 * The range of values, or one of width 1 about the only value there is.
 * @param {ArrayLike<number>} values
 * @returns {[low: number, high: number]}
 */
function rangeOf(values) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; ++i) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  if (low > high) return [0, 1];
  if (low < high) return [low, high];
  const half = Math.max(0.5, Math.abs(low) / 2); // of a large value, half a unit would be lost in rounding
  return [low - half, low + half];
}

/**
 * @param {ArrayLike<number>} values
 * @param {number} bins at least 1
 * @param {[low: number, high: number]} [range] values outside it are not counted. Left out, it is that of the values;
 *   about a single value it has width 1 or more, and of no values it is [0, 1]
 * @returns {Histogram}
 */
export function histogram(values, bins, range = rangeOf(values)) {
  const [low, high] = range;
  const counts = new Uint32Array(bins);
  const perUnit = bins / (high - low);
  for (let i = 0; i < values.length; ++i) {
    const value = values[i];
    if (value >= low && value <= high) counts[Math.min(bins - 1, Math.floor((value - low) * perUnit))] += 1;
  }
  return { range: [low, high], counts };
}

/**
 * The histogram of decisions, which lie between 0 and 1: its bins mean the same at every step.
 * @param {ArrayLike<number>} decisions
 * @param {number} bins
 */
export function decisionHistogram(decisions, bins) {
  return histogram(decisions, bins, [0, 1]);
}
