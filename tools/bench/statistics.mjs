// Statistics of repeated measurements: the median, and the median of paired ratios.

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median of a[i] / b[i]. The two measurements of a pair are taken back to back, so a slowdown of the machine
 * affects both.
 * @param {number[]} a
 * @param {number[]} b
 */
export function ratio(a, b) {
  return median(a.map((value, i) => value / b[i]));
}
