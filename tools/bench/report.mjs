// Formats benchmark results as tables for the README, each figure next to its target.

/**
 * Performance of a set of kernels: GFLOP/s, or nanoseconds per element for kernels that do more than multiply and add.
 * @typedef {object} KernelRates
 * @property {string} kernels
 * @property {number} peak
 * @property {number} sparse_forward
 * @property {number} sparse_backward
 * @property {number} dense_forward
 * @property {number} dense_backward
 * @property {number} activate_and_measure_ns
 * @property {number} column_sums_ns
 * @property {number} descend_ns
 */

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {number | null} value null if it could not be measured
 * @property {number} target upper limit
 * @property {string} [unit]
 * @property {number} [digits]
 */

/** @param {string[][]} rows the first row is the header */
function table([heads, ...rows]) {
  const widths = heads.map((head, c) => Math.max(head.length, ...rows.map((row) => row[c].length)));
  /** @param {string[]} row */
  const line = (row) => `| ${row.map((cell, c) => cell.padEnd(widths[c])).join(' | ')} |`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** @param {Figure[]} figures */
export function figureTable(figures) {
  const rows = figures.map(({ name, value, target, unit = '', digits = 2 }) => {
    const shown = value === null ? 'not measured' : `${value.toFixed(digits)}${unit}`;
    return [name, shown, `≤ ${target}${unit}`, value !== null && value > target ? 'missed' : ''];
  });
  return table([['figure', 'measured', 'target', ''], ...rows]);
}

/** @param {Record<string, number>} seconds */
export function secondsTable(seconds) {
  return table([
    ['default run', 'seconds'],
    ...Object.entries(seconds).map(([name, value]) => [name, value.toFixed(3)]),
  ]);
}

/** @param {KernelRates[]} sets */
export function kernelTable(sets) {
  const products = /** @type {const} */ (['sparse_forward', 'sparse_backward', 'dense_forward', 'dense_backward']);
  const passes = /** @type {const} */ (['activate_and_measure_ns', 'column_sums_ns', 'descend_ns']);
  return table([
    ['kernels', 'peak', ...products, ...passes].map((head) => head.replaceAll('_', ' ')),
    ...sets.map((set) => [
      set.kernels,
      set.peak.toFixed(0),
      ...products.map((name) => `${set[name].toFixed(0)} (${((100 * set[name]) / set.peak).toFixed(0)} %)`),
      ...passes.map((name) => set[name].toFixed(2)),
    ]),
  ]);
}
