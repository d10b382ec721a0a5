import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decisionHistogram, histogram } from '../../web/model/histogram.js';

/** @param {import('../../web/model/histogram.js').Histogram} found */
const plain = ({ range, counts }) => [range, [...counts]];

describe('a histogram', () => {
  it('counts an edge to the bin above, and the last one to the last bin', () => {
    expect(plain(histogram([0, 1, 1, 2, 3, 4], 4))).toEqual([
      [0, 4],
      [1, 2, 1, 2],
    ]);
  });

  it('counts nothing outside its range', () => {
    expect(plain(histogram([-1, 0, 0.5, 1, 2, NaN], 2, [0, 1]))).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('of no values is empty from 0 to 1', () => {
    expect(plain(histogram(new Float32Array(), 3))).toEqual([
      [0, 1],
      [0, 0, 0],
    ]);
  });

  it.each([
    [0, [-0.5, 0.5]],
    [0.25, [-0.25, 0.75]],
    [-3, [-4.5, -1.5]],
    [2 ** 60, [2 ** 59, 3 * 2 ** 59]],
  ])('of one value %d has it in the middle of %j', (value, range) => {
    expect(plain(histogram([value, value], 3))).toEqual([range, [0, 2, 0]]);
  });

  it('of decisions always goes from 0 to 1', () => {
    expect(plain(decisionHistogram(Float32Array.of(0.5, 0.5, 1, 0), 2))).toEqual([
      [0, 1],
      [1, 3],
    ]);
  });

  it('counts every value, wherever they are', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 50 }),
        (values, bins) => {
          const { range, counts } = histogram(values, bins);
          expect(counts).toHaveLength(bins);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
          expect(range[0]).toBeLessThan(range[1]);
        },
      ),
    );
  });
});
