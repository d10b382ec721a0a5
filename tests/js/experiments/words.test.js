// Wording of shares, counts and lists.
import { expect, it } from 'vitest';

import { counted, layersText, listText, percentText } from '../../../web/experiments/words.js';

it.each([
  [0, '0 %'],
  [0.000123, '0.012 %'],
  [0.0549, '5.5 %'],
  [0.22, '22 %'],
  [0.999, '100 %'],
  [2.5, '250 %'],
  [12.345, '1235 %'],
  [NaN, '–'],
  [Infinity, '–'],
])('the share %d is “%s”', (share, text) => {
  expect(percentText(share)).toBe(text);
});

it('counts are of one or of more', () => {
  expect([0, 1, 2].map((count) => counted(count, 'step'))).toEqual(['0 steps', '1 step', '2 steps']);
});

it('lists have commas and an “and”', () => {
  expect([[1], [1, 2], [1, 2, 3]].map(listText)).toEqual(['1', '1 and 2', '1, 2 and 3']);
  expect([[4], [1, 4]].map(layersText)).toEqual(['layer 4', 'layers 1 and 4']);
});
