// Placement of the tour's card next to its target.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { margin, place } from '../../web/tour/place.js';

const card = { width: 352, height: 400 };
const sight = { width: 1440, height: 885, y: 0, most: 3000 };
/** @param {number} left @param {number} top @param {number} width @param {number} height */
const box = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });

describe('place', () => {
  test('leaves the page where it is while all of the target can be seen', () => {
    expect(place(box(384, 200, 498, 460), card, sight)).toEqual({ side: 'right', y: 0 });
    expect(place(box(902, 5, 498, 460), card, sight)).toEqual({ side: 'right', y: 0 }); // ends above the card
  });

  test('scrolls a target to the top, where the card on the right leaves it free', () => {
    expect(place(box(902, 200, 498, 430), card, sight)).toEqual({ side: 'right', y: 200 - margin });
    expect(place(box(384, 2000, 498, 430), card, { ...sight, y: 500 })).toEqual({ side: 'right', y: 2500 - margin });
  });

  test('goes to the left of a target that reaches down beside it on the right', () => {
    expect(place(box(384, 200, 1016, 530), card, sight)).toEqual({ side: 'left', y: 0 });
    expect(place(box(384, 900, 1016, 530), card, sight)).toEqual({ side: 'left', y: 900 - margin });
  });

  test('goes to the left of a target at the page’s end, which cannot be scrolled to the top', () => {
    expect(place(box(384, 3528, 1016, 389), card, { ...sight, most: 3172 })).toEqual({ side: 'left', y: 3172 });
  });

  test('puts a target that does not fit at the top', () => {
    expect(place(box(16, 700, 358, 1500), { width: 390, height: 380 }, { ...sight, width: 390, height: 800 }).y).toBe(
      700 - margin,
    );
  });

  test('never asks for a place the page cannot be scrolled to, nor hides more than on the other side', () => {
    const pixels = (/** @type {number} */ least, /** @type {number} */ most) => fc.integer({ min: least, max: most });
    const common = (/** @type {number[]} */ [a, b], /** @type {number[]} */ [c, d]) =>
      Math.max(0, Math.min(b, d) - Math.max(a, c));
    fc.assert(
      fc.property(
        pixels(-4000, 4000),
        pixels(0, 1400),
        pixels(1, 1400),
        pixels(1, 900),
        pixels(0, 3000),
        (top, left, width, height, y) => {
          const found = place(box(left, top, width, height), card, { ...sight, y });
          expect(found.y).toBeGreaterThanOrEqual(0);
          expect(found.y).toBeLessThanOrEqual(sight.most);
          const edges = { left: [margin, margin + card.width], right: [1440 - margin - card.width, 1440 - margin] };
          const moved = top - (found.y - y);
          const rows = common([moved, moved + height], [885 - margin - card.height, 885 - margin]);
          const covered = (/** @type {'left' | 'right'} */ side) => rows * common([left, left + width], edges[side]);
          expect(covered(found.side)).toBeLessThanOrEqual(covered(found.side === 'left' ? 'right' : 'left'));
        },
      ),
    );
  });
});
