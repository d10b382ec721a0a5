// Groups records into columns when a chart has more records than columns it can show.

/**
 * @typedef {object} Bin
 * @property {number} first index of the first record, from 0
 * @property {number} end index after the last record
 */

/**
 * @param {number} records number of planned records
 * @param {number} most number of columns that can be distinguished
 * @returns records per column
 */
export function binWidth(records, most) {
  return Math.max(1, Math.ceil(records / Math.max(1, most)));
}

/**
 * The columns of the records so far; the last one may be partly filled.
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
 * The value of a bin farthest from 0, so that binning hides no peak.
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
