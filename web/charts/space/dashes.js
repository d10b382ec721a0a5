// Which parts of a line are drawn where it is dashed? Worked out here: its pieces are drawn one by one, in the order of
// their depth.

/**
 * @param {number} start how long the line is up to this piece of it
 * @param {number} length of the piece
 * @param {readonly number[]} dash lengths that are drawn and left out in turn; none for a solid line
 * @returns {[number, number][]} from where to where of the piece it is drawn, from 0 to 1
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
