// Computes the dashes of a line's segments. Segments are drawn separately, in depth order, so the canvas cannot dash
// the whole line.

/**
 * @param {number} start length of the line before this segment
 * @param {number} length length of the segment
 * @param {readonly number[]} dash alternating lengths of dashes and gaps; empty for a solid line
 * @returns {[number, number][]} drawn intervals of the segment, as fractions from 0 to 1
 */
export function dashesOf(start, length, dash) {
  if (dash.length === 0 || length === 0) return [[0, 1]];
  const [on, off] = dash;
  /** @type {[number, number][]} */
  const parts = [];
  for (let from = -(start % (on + off)); from < length; from += on + off) {
    if (from + on > 0) parts.push([Math.max(0, from) / length, Math.min(length, from + on) / length]);
  }
  return parts;
}
