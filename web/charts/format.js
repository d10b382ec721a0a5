// How are numbers written for a person?

const grouped = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/**
 * A number with as many decimals as its size asks for, a true minus sign, and thin spaces between thousands.
 * @param {number} value
 */
export function numberText(value) {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const text =
    size >= 100 ? grouped.format(size) : size >= 0.001 && size < 1e6 ? size.toPrecision(4) : size.toExponential(3);
  return (value < 0 ? '−' : '') + text.replaceAll(',', '\u202f').replace('e-', 'e−').replace('e+', 'e');
}

/**
 * As `numberText`, with no more digits than an axis or a colour bar needs.
 * @param {number} value
 */
export function shortText(value) {
  const size = Math.abs(value);
  const text = size >= 10000 ? `${Number((size / 1000).toPrecision(3))}k` : String(Number(size.toPrecision(3)));
  return (value < 0 ? '−' : '') + text;
}

/** @param {number} milliseconds */
export function durationText(milliseconds) {
  return milliseconds < 60000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(milliseconds / 60000)} min ${Math.round((milliseconds % 60000) / 1000)} s`;
}
