// Formats numbers for display.

const grouped = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Numbers from here on are written with a power of ten. */
const huge = 1e7;

/** @param {number} value @param {number} decimals */
const powerText = (value, decimals) => value.toExponential(decimals).replace('e-', 'e−').replace('e+', 'e');

/**
 * Four significant digits, a true minus sign, and thin spaces between thousands. Very small and very large numbers get
 * a power of ten.
 * @param {number} value
 */
export function numberText(value) {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size < 0.001 || size >= huge) return sign + powerText(size, 3);
  return sign + (size >= 100 ? grouped.format(size).replaceAll(',', '\u202f') : size.toPrecision(4));
}

/**
 * Like `numberText`, but whole numbers have no decimals: counts, steps, years.
 * @param {number} value
 */
export const valueText = (value) =>
  Number.isSafeInteger(value) && Math.abs(value) < 10_000 ? String(value).replace('-', '−') : numberText(value);

/**
 * Like `numberText`, with fewer digits, for axes and colour bars.
 * @param {number} value
 */
export function shortText(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size < 0.001 || size >= huge) return sign + powerText(size, 1);
  return sign + (size >= 10000 ? `${Number((size / 1000).toPrecision(3))}k` : String(Number(size.toPrecision(3))));
}

/** @param {number} milliseconds */
export function durationText(milliseconds) {
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
