// Places the tour's card, and scrolls the page, so that the card does not cover its target.

/** Gap between the card and the edges of window and dock, in pixels. */
export const margin = 16;

/**
 * @typedef {object} Box
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 */

/**
 * The visible part of the page, in pixels.
 * @typedef {object} Sight
 * @property {number} width
 * @property {number} height height above the dock
 * @property {number} y scroll position
 * @property {number} most largest scroll position
 */

/** @typedef {'right' | 'left'} Side */

/**
 * Length of the intersection of [from, to] and [least, greatest].
 * @param {number} from
 * @param {number} to
 * @param {number} least
 * @param {number} greatest
 */
const common = (from, to, least, greatest) => Math.max(0, Math.min(to, greatest) - Math.max(from, least));

/**
 * Hidden area of the target, in square pixels: the parts above and below the visible height, and the part that the card
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
 * The card's side and the scroll position; the card stands at the bottom, above the dock. The page stays where it is if
 * the whole target is visible that way, else the target scrolls to the top. Ties go to the right.
 * @param {Box} target relative to the window
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
