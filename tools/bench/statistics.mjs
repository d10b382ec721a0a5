// How are repeated measurements told? By their median, and ratios by the median of the pairs.

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median of a[i] / b[i]: each pair was measured side by side, so a machine that slows down slows both.
 * @param {number[]} a
 * @param {number[]} b
 */
export function ratio(a, b) {
  return median(a.map((value, i) => value / b[i]));
}
