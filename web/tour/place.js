// Where do a card and the part of the page it speaks of stand, so that neither hides the other?

/** Between what is fixed and what is not, in pixels. */
export const margin = 16;

/**
 * @typedef {object} Box
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 */

/**
 * What the page shows, in pixels.
 * @typedef {object} Sight
 * @property {number} width
 * @property {number} height above the dock
 * @property {number} y how far the page is scrolled
 * @property {number} most how far it can be
 */

/** @typedef {'right' | 'left'} Side */

/**
 * How much of [from, to] lies within [least, greatest].
 * @param {number} from
 * @param {number} to
 * @param {number} least
 * @param {number} greatest
 */
const common = (from, to, least, greatest) => Math.max(0, Math.min(to, greatest) - Math.max(from, least));

/**
 * How much of the target cannot be seen, in square pixels: what is above and below the window's sight, and what the card
 * covers.
 * @param {Box} target
 * @param {Box} card
 * @param {Sight} sight
 */
function hidden(target, card, { height }) {
  const outOfSight = Math.max(0, -target.top) + Math.max(0, target.bottom - height);
  const covered = common(target.top, target.bottom, card.top, card.bottom);
  return (target.right - target.left) * outOfSight + common(target.left, target.right, card.left, card.right) * covered;
}

/**
 * The card's side, at the bottom above the dock, and how far the page is to be scrolled: as it is where all of the target
 * can be seen so, or else with the target at the top. To the right where it makes no difference.
 * @param {Box} target in the window
 * @param {{ width: number, height: number }} card
 * @param {Sight} sight
 * @returns {{ side: Side, y: number }}
 */
export function place(target, card, sight) {
  const { width, height, y, most } = sight;
  const boxOf = (/** @type {Side} */ side) => {
    const left = side === 'right' ? width - margin - card.width : margin;
    return { left, right: left + card.width, top: height - margin - card.height, bottom: height - margin };
  };
  const scrolledTo = Math.round(Math.max(0, Math.min(most, y + target.top - margin)));
  const { left, right, top, bottom } = target;
  const moved = { left, right, top: top - scrolledTo + y, bottom: bottom - scrolledTo + y };
  const ways = /** @type {const} */ (['right', 'left']).flatMap((side) => [
    { side, y, hides: hidden(target, boxOf(side), sight), stays: true },
    { side, y: scrolledTo, hides: hidden(moved, boxOf(side), sight), stays: false },
  ]);
  const clear = ways.find(({ hides }) => hides === 0);
  const [best] = ways.filter(({ stays }) => !stays).sort((a, b) => a.hides - b.hides);
  return { side: (clear ?? best).side, y: (clear ?? best).y };
}
