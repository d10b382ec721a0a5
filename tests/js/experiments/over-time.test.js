import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { spread, valueBetween } from '../../../web/experiments/over-time.js';

describe('curves over time', () => {
  it('reads a value between two points on the line from one to the other', () => {
    const points = { x: [1, 2, 4], y: [10, 20, 0] };
    expect([1, 1.5, 2, 3, 4].map((at) => valueBetween(points, at))).toEqual([10, 15, 20, 10, 0]);
    expect(valueBetween(points, 0.99)).toBeNaN();
    expect(valueBetween(points, 4.01)).toBeNaN();
    expect(valueBetween({ x: [3], y: [7] }, 3)).toBe(7);
  });

  it('finds a planted spread where it is widest, over the times that all curves have', () => {
    const flat = { x: [0, 1, 2, 3], y: [0, 0, 0, 0] };
    const tent = { x: [0.5, 1.5, 2.5], y: [0, 4, 0] };
    const { x, widest, magnitude } = spread([flat, tent], 5);
    expect(x).toEqual([0.5, 1, 1.5, 2, 2.5]);
    expect(widest).toEqual({ x: 1.5, width: 4 });
    expect(magnitude).toBe(4);
  });

  it('has nothing to say of curves without a common time', () => {
    const { x, widest } = spread([
      { x: [0, 1], y: [1, 1] },
      { x: [2, 3], y: [5, 5] },
    ]);
    expect(x).toEqual([]);
    expect(widest.width).toBeNaN();
  });

  it('is zero between a curve and itself, wherever its points are', () => {
    const points = fc.array(fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.integer({ min: -9, max: 9 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(points, (steps) => {
        let at = 0;
        const curve = { x: steps.map(([step]) => (at += step)), y: steps.map(([, y]) => y) };
        expect(spread([curve, curve], 50).widest.width).toBe(0);
      }),
    );
  });
});
