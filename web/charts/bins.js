// How many records fit a chart? Where there are more than it can show apart, neighbours share a column.

/**
 * @typedef {object} Bin
 * @property {number} first the first record in it, counted from 0
 * @property {number} end one beyond the last
 */

/**
 * @param {number} records how many there will be
 * @param {number} most how many columns can be told apart
 * @returns records per column
 */
export function binWidth(records, most) {
  return Math.max(1, Math.ceil(records / Math.max(1, most)));
}

/**
 * The columns of the records that are there so far; the last may be part-filled.
 * @param {number} records
 * @param {number} width
 * @returns {Bin[]}
 */
export function bins(records, width) {
  return Array.from({ length: Math.ceil(records / width) }, (_, i) => ({
    first: i * width,
    end: Math.min(records, (i + 1) * width),
  }));
}

/**
 * The value of a bin that is farthest from 0: no peak gets lost by sharing a column.
 * @param {Float64Array} series
 * @param {Bin} bin
 */
export function strongest(series, { first, end }) {
  let found = series[first];
  for (let i = first + 1; i < end; ++i) {
    if (Number.isNaN(found) || Math.abs(series[i]) > Math.abs(found)) found = series[i];
  }
  return found;
}

/**
 * About `wanted` round numbers from 1 to `last`, for the ticks of a step axis.
 * @param {number} last
 * @param {number} wanted
 */
export function stepTicks(last, wanted) {
  const rough = Math.max(1, last / wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const spacing = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? rough;
  const ticks = [1];
  for (let tick = spacing; tick <= last; tick += spacing) if (tick > 1) ticks.push(tick);
  return ticks;
}
