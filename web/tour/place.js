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

/** How much of [from, to] lies within [least, greatest]. @param {number} from @param {number} to @param {number} least @param {number} greatest */
const common = (from, to, least, greatest) => Math.max(0, Math.min(to, greatest) - Math.max(from, least));

/**
 * How much of the target cannot be seen, in square pixels.
 * @param {Box} target
 * @param {Box} card
 * @param {Sight} sight
 */
function hidden(target, card, { height }) {
  const area = (target.right - target.left) * (target.bottom - target.top);
  const inSight = (target.right - target.left) * common(target.top, target.bottom, 0, height);
  const covered =
    common(target.left, target.right, card.left, card.right) *
    common(target.top, target.bottom, card.top, Math.min(card.bottom, height));
  return area - inSight + covered;
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
  const bottom = height - margin;
  const boxOf = (/** @type {Side} */ side) => {
    const left = side === 'right' ? width - margin - card.width : margin;
    return { left, right: left + card.width, top: bottom - card.height, bottom };
  };
  const scrolledTo = Math.round(Math.max(0, Math.min(most, y + target.top - margin)));
  const moved = { ...target, top: target.top - scrolledTo + y, bottom: target.bottom - scrolledTo + y };
  const ways = /** @type {const} */ (['right', 'left']).flatMap((side) => [
    { side, y, hides: hidden(target, boxOf(side), sight), stays: true },
    { side, y: scrolledTo, hides: hidden(moved, boxOf(side), sight), stays: false },
  ]);
  const clear = ways.find(({ hides }) => hides === 0);
  const [best] = ways.filter(({ stays }) => !stays).sort((a, b) => a.hides - b.hides);
  return { side: (clear ?? best).side, y: (clear ?? best).y };
}
