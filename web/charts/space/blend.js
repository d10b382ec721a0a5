// Blends an ink with the background into an opaque colour. With transparent ink, overlapping lines would look darker.

/** @param {string} hex CSS hexadecimal colour, with one or two digits per channel */
const channels = (hex) => {
  const digits = hex.length === 4 ? [1, 2, 3].map((i) => hex[i].repeat(2)) : [1, 3, 5].map((i) => hex.slice(i, i + 2));
  return digits.map((digit) => parseInt(digit, 16));
};

/**
 * @param {string} ink like `#1f77b4` or `#fff`
 * @param {string} ground same format
 * @param {number} share share of the background, from 0 to 1
 */
export function blend(ink, ground, share) {
  const below = channels(ground);
  const mixed = channels(ink).map((channel, i) => Math.round(channel + (below[i] - channel) * share));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
