// How are numbers written for a person?

const grouped = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** From here on a number is told by its power of ten. */
const huge = 1e7;

/** @param {number} value @param {number} decimals */
const powerText = (value, decimals) => value.toExponential(decimals).replace('e-', 'e−').replace('e+', 'e');

/**
 * A number with as many decimals as its size asks for, a true minus sign, and thin spaces between thousands.
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
 * As `numberText`, but whole numbers without decimals: counts, steps, years.
 * @param {number} value
 */
export const valueText = (value) =>
  Number.isSafeInteger(value) && Math.abs(value) < 10_000 ? String(value).replace('-', '−') : numberText(value);

/**
 * As `numberText`, with no more digits than an axis or a colour bar needs.
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
