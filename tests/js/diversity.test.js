import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { commonShare, neighbourAccuracy, spread } from '../../web/model/diversity.js';

describe('the spread', () => {
  it.each([
    ['of two neurons, one of which differs', [0, 1, 2, 1], 2, Math.SQRT1_2],
    ['of one neuron', [1, 3, 5], 1, Math.sqrt(8 / 3)],
    ['of one sample', [1, 3, 5], 3, 0],
    ['of equal samples', [1, 3, 1, 3], 2, 0],
    ['of nothing', [], 2, 0],
  ])('%s', (_, values, neurons, expected) => expect(spread(Float32Array.from(values), neurons)).toBe(expected));

  it('sees one unit in the last place of a float', () => {
    const unit = 2 ** -24;
    expect(spread(Float32Array.of(0.5, 0.5 + 2 * unit), 1)).toBe(unit);
  });
});

describe('the common share', () => {
  it.each([
    ['of equal samples', [3, 4, 3, 4], 2, 1],
    ['of opposite samples', [1, 0, -1, 0], 2, 0],
    ['of samples in between', [3, 0, 1, 0], 2, 0.8],
    ['of one sample', [3, 4], 2, 1],
    ['of zeros', [0, 0, 0, 0], 2, 1],
    ['of nothing', [], 2, 1],
  ])('%s', (_, values, neurons, expected) => expect(commonShare(Float32Array.from(values), neurons)).toBe(expected));

  it('and the spread make up the whole', () => {
    const whole = fc.integer({ min: -100, max: 100 });
    const batches = fc
      .integer({ min: 1, max: 4 })
      .chain((neurons) =>
        fc.tuple(
          fc.constant(neurons),
          fc.array(fc.array(whole, { minLength: neurons, maxLength: neurons }), { minLength: 1 }),
        ),
      );
    fc.assert(
      fc.property(batches, ([neurons, rows]) => {
        const values = Float32Array.from(rows.flat());
        const total = values.reduce((sum, value) => sum + value ** 2, 0);
        fc.pre(total > 0);
        const rest = (values.length * spread(values, neurons) ** 2) / total;
        // Sums of this many terms, each with a relative rounding error of 2⁻⁵³ in a few operations.
        expect(Math.abs(commonShare(values, neurons) + rest - 1)).toBeLessThan((values.length + 8) * 2 ** -50);
      }),
    );
  });
});

/**
 * A direct implementation of the definition.
 * @param {number[][]} rows
 * @param {number[]} labels
 */
function plainAccuracy(rows, labels) {
  const right = rows.filter((row, i) => {
    const distances = rows.map((other, j) =>
      i === j ? Infinity : row.reduce((sum, value, k) => sum + (value - other[k]) ** 2, 0),
    );
    return labels[distances.indexOf(Math.min(...distances))] === labels[i];
  });
  return right.length / rows.length;
}

describe('the neighbour accuracy', () => {
  it('of two pairs', () => {
    const points = [0, 0, 9, 9, 0, 1, 9, 8]; // four points in the plane
    expect(neighbourAccuracy(points, 2, [0, 1, 0, 1])).toBe(1);
    expect(neighbourAccuracy(points, 2, [0, 0, 1, 1])).toBe(0);
    expect(neighbourAccuracy(points, 2, [0, 1, 0, 2])).toBe(0.5);
  });

  it('takes the lower index of equally near samples', () => {
    // The middle one is equally near to the first and the last.
    expect(neighbourAccuracy([0, 1, 2], 1, [7, 7, 8])).toBe(2 / 3);
    expect(neighbourAccuracy([0, 1, 2], 1, [8, 7, 7])).toBe(1 / 3);
    // All equal: the first's neighbour is the second, the others' neighbour is the first.
    expect(neighbourAccuracy([5, 5, 5, 5], 1, [1, 1, 2, 1])).toBe(3 / 4);
  });

  it('has no meaning for fewer than two samples', () => {
    expect(neighbourAccuracy([1, 2], 2, [0])).toBeNull();
    expect(neighbourAccuracy([], 2, [])).toBeNull();
  });

  it('does not drown in rounding where samples differ in the last bits of floats only', () => {
    const unit = 2 ** -24;
    // Squares of such values need 48 bits; their differences need 96.
    const values = Float32Array.from([0, 10, 1, 12, 3, 15], (steps) => 0.5 + steps * unit);
    expect(new Set(values).size).toBe(6);
    expect(neighbourAccuracy(values, 1, [0, 1, 0, 1, 0, 1])).toBe(1);
  });

  it('is what its definition says, with ties, for every width', () => {
    const batches = fc
      .record({ width: fc.integer({ min: 1, max: 20 }), samples: fc.integer({ min: 2, max: 12 }) })
      .chain(({ width, samples }) =>
        fc.tuple(
          fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: width, maxLength: width }), {
            minLength: samples,
            maxLength: samples,
          }),
          fc.array(fc.integer({ min: 0, max: 2 }), { minLength: samples, maxLength: samples }),
        ),
      );
    fc.assert(
      fc.property(batches, ([rows, labels]) => {
        const found = neighbourAccuracy(Uint8Array.from(rows.flat()), rows[0].length, Uint8Array.from(labels));
        expect(found).toBe(plainAccuracy(rows, labels));
      }),
      { numRuns: 500 },
    );
  });
});
