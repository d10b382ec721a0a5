// What colour does ink have that lets the ground through? Worked out here: where lines overlap, see-through ink shows it.

/** @param {string} hex as a style sheet has it, with one or two digits for a channel */
const channels = (hex) => {
  const digits = hex.length === 4 ? [1, 2, 3].map((i) => hex[i].repeat(2)) : [1, 3, 5].map((i) => hex.slice(i, i + 2));
  return digits.map((digit) => parseInt(digit, 16));
};

/**
 * @param {string} ink like `#1f77b4` or `#fff`
 * @param {string} ground likewise
 * @param {number} share of the ground, from 0 to 1
 */
export function blend(ink, ground, share) {
  const below = channels(ground);
  const mixed = channels(ink).map((channel, i) => Math.round(channel + (below[i] - channel) * share));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
