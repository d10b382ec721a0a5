import { describe, expect, it } from 'vitest';

import {
  compared,
  comparedWithPrint,
  findingOf,
  findingsOf,
  halfUnit,
  tableOf,
} from '../../../web/experiments/agreement.js';

const source = 'arXiv 0';

describe('agreement', () => {
  it('allows half a unit of the last digit that was printed', () => {
    expect(['24.48', '-462358', '.1307', '182932.4'].map(halfUnit)).toEqual([0.005, 0.5, 0.00005, 0.05]);
  });

  it('is to round to what was printed', () => {
    const of = (/** @type {number} */ value) =>
      comparedWithPrint({ name: 'x', value, printed: '-2.50', source }).agrees;
    expect([-2.5, -2.4951, -2.5049, -2.4949, -2.506, NaN].map(of)).toEqual([true, true, true, false, false, false]);
  });

  it('is for "never" to be "never"', () => {
    const of = (/** @type {number} */ value) => comparedWithPrint({ name: 'x', value, printed: '', source });
    expect([of(NaN).agrees, of(3).agrees]).toEqual([true, false]);
    expect(of(NaN).difference).toBe(0);
    expect(findingOf(of(NaN))).toMatchObject({ verdict: 'holds', text: 'x: never, as published.' });
    expect(findingOf(of(3))).toEqual({
      claim: 'x: never.',
      source,
      verdict: 'fails',
      text: 'x: 3; arXiv 0 has never.',
    });
  });

  it('is told with the digits that were printed, and difference with one more', () => {
    const of = (/** @type {number} */ value) =>
      findingOf(comparedWithPrint({ name: 'Sum', value, printed: '-61142.6', source, note: 'Note.' }));
    expect(of(-61142.58)).toEqual({
      claim: 'Sum: −61\u202f142.6.',
      source,
      verdict: 'holds',
      value: -61142.58,
      published: -61142.6,
      allowed: 0.05,
      text: 'Sum: −61\u202f142.6, as published.',
    });
    expect(of(-61142.4).text).toBe(
      'Sum: −61\u202f142.40; arXiv 0 has −61\u202f142.6, 0.2000 away, where 0.05 is allowed. Note.',
    );
  });

  it('is counted by groups, where each that fails is named', () => {
    const good = compared({ name: 'good', value: 3, published: 3, allowed: 0, source });
    const bad = compared({ name: 'bad', value: 4, published: 3, allowed: 0, source });
    expect(findingsOf('the flow', [good, good])).toEqual([
      {
        claim: 'The 2 numbers of the flow are reproduced, to the last digit printed.',
        source,
        verdict: 'holds',
        value: 2,
        published: 2,
        allowed: 0,
        text: '2 of 2 numbers of the flow agree.',
      },
    ]);
    const [whole, ...named] = findingsOf('the flow', [good, bad]);
    expect(whole).toMatchObject({ verdict: 'fails', value: 1, published: 2 });
    expect(named).toEqual([findingOf(bad)]);
    expect(named[0].text).toBe('bad: 4; arXiv 0 has 3, 1.000 away, where 0 is allowed.');
  });

  it('stands in a table with its difference', () => {
    const row = (/** @type {number} */ value, /** @type {string} */ printed) =>
      tableOf({ id: 'a', title: 'A' }, [comparedWithPrint({ name: 'x', value, printed, source })]).rows[0];
    expect(row(2.25, '2')).toEqual(['x', 2.25, 2, 0.25, 0.5, 'yes', source]);
    expect(row(NaN, '2')).toEqual(['x', 'never', 2, '–', 0.5, 'no', source]);
  });
});
