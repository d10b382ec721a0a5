// Which round numbers stand along an axis?

/**
 * @typedef {object} Axis
 * @property {string} name
 * @property {number} low its least value
 * @property {number} high its greatest value
 * @property {number[]} ticks from the lowest to the highest
 */

/** Spaces between ticks; there may be two more. */
const wanted = 4;
/** Beyond these, round numbers might be no numbers any more. */
const tiny = 1e-300;
const huge = 1e300;

/**
 * Ends and ticks of an axis that shows all values; no ticks where there are none.
 * @param {number} least
 * @param {number} greatest less than `least` where there are no values
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
 * @returns {number} −1 at its low end and 1 at its high one
 */
export function along({ low, high }, value) {
  const share = Number.isFinite(high - low)
    ? (value - low) / (high - low)
    : (value / 2 - low / 2) / (high / 2 - low / 2);
  return 2 * share - 1;
}
