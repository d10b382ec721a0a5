// Counts a layer's values in bins of equal width.

/**
 * @typedef {object} Histogram
 * @property {[low: number, high: number]} range of all bins together
 * @property {Uint32Array} counts one per bin; the last bin includes its upper edge
 */

/**
 * The range of the values. A single distinct value gets a range of width 1 or more around it.
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
  const half = Math.max(0.5, Math.abs(low) / 2); // for a large value, ±0.5 would be lost to rounding
  return [low - half, low + half];
}

/**
 * @param {ArrayLike<number>} values
 * @param {number} bins at least 1
 * @param {[low: number, high: number]} [range] values outside it are not counted; defaults to the range of the values,
 *   which has width 1 or more around a single value and is [0, 1] for no values
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
 * The histogram of decisions. They lie between 0 and 1, so the bins are the same at every step.
 * @param {ArrayLike<number>} decisions
 * @param {number} bins
 */
export function decisionHistogram(decisions, bins) {
  return histogram(decisions, bins, [0, 1]);
}
