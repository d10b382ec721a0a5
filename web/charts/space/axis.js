// Chooses the range and the round tick values of an axis.

/**
 * @typedef {object} Axis
 * @property {string} name
 * @property {number} low least value
 * @property {number} high greatest value
 * @property {number[]} ticks ascending
 */

/** Intended number of tick intervals; there may be two more. */
const wanted = 4;
/** Round numbers underflow below `tiny` and overflow beyond `huge`. */
const tiny = 1e-300;
const huge = 1e300;

/**
 * Range and ticks of an axis that covers all values; no ticks if there are no values.
 * @param {number} least
 * @param {number} greatest less than `least` if there are no values
 * @returns {Omit<Axis, 'name'>}
 */
export function roundAxis(least, greatest) {
  if (least > greatest) return { low: 0, high: 1, ticks: [] };
  if (least === greatest) return least === 0 ? roundAxis(0, 1) : roundAxis(Math.min(0, least), Math.max(0, least));
  const rough = (greatest - least) / wanted;
  if (rough < tiny || greatest > huge || least < -huge) return { low: least, high: greatest, ticks: [least, greatest] };
  const power = 10 ** Math.floor(Math.log10(rough));
  const spacing = [1, 2, 2.5, 5].map((factor) => factor * power).find((each) => each >= rough) ?? 10 * power;
  const first = Math.floor(least / spacing);
  const count = Math.ceil(greatest / spacing) - first;
  const ticks = Array.from({ length: count + 1 }, (_, i) => (first + i) * spacing);
  return { low: Math.min(ticks[0], least), high: Math.max(ticks[count], greatest), ticks };
}

/**
 * @param {Pick<Axis, 'low' | 'high'>} axis
 * @param {number} value
 * @returns {number} −1 at the low end, 1 at the high end
 */
export function along({ low, high }, value) {
  const share = Number.isFinite(high - low)
    ? (value - low) / (high - low)
    : (value / 2 - low / 2) / (high / 2 - low / 2);
  return 2 * share - 1;
}
