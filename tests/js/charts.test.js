import { describe, expect, it } from 'vitest';

import { bins, binWidth, stepTicks, strongest } from '../../web/charts/bins.js';
import { bluesReversed, colourAt, coolwarmReversed, lineColour, lineDash } from '../../web/charts/colormaps.js';
import { durationText, numberText, shortText } from '../../web/charts/format.js';

/** Contrast ratio of two colours, as defined by WCAG 2. @param {string} a @param {string} b */
function contrast(a, b) {
  const [lighter, darker] = [a, b].map(luminance).sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @param {string} hex */
function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((i) => {
    const channel = parseInt(hex.slice(i, i + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('colours', () => {
  it('run from the notebook’s dark blue at the minimum to nearly white at 0', () => {
    expect(colourAt(bluesReversed, 0)).toBe('rgb(8 48 107)');
    expect(colourAt(bluesReversed, 1)).toBe('rgb(247 251 255)');
  });
  it('run from red through grey to blue for the cosine', () => {
    expect(colourAt(coolwarmReversed, 0)).toBe('rgb(180 4 38)');
    expect(colourAt(coolwarmReversed, 0.5)).toBe('rgb(221 221 221)');
    expect(colourAt(coolwarmReversed, 1)).toBe('rgb(59 76 192)');
  });
  it('lie halfway between two stops where the number does', () => {
    expect(colourAt(bluesReversed, 1 / 16)).toBe('rgb(8 65 132)'); // between 08306b and 08519c
  });
  it('stay at the ends beyond them', () => {
    expect(colourAt(bluesReversed, -3)).toBe(colourAt(bluesReversed, 0));
    expect(colourAt(bluesReversed, 3)).toBe(colourAt(bluesReversed, 1));
  });
});

describe('lines', () => {
  it.each([
    ['light', false, '#ffffff'],
    ['dark', true, '#1a1e24'],
  ])('stand out from the %s page by 3 to 1 at least', (_, dark, page) => {
    for (let i = 0; i < 10; ++i) expect(contrast(lineColour(i, dark), page)).toBeGreaterThanOrEqual(3);
  });
  it('differ in dashes where they share a colour', () => {
    expect(lineColour(3, false)).toBe(lineColour(13, false));
    expect(new Set([0, 10, 20].map((i) => String(lineDash(i)))).size).toBe(3);
  });
});

describe('columns', () => {
  it('hold one record each while they fit', () => {
    expect(binWidth(49, 400)).toBe(1);
    expect(bins(2, 1)).toEqual([
      { first: 0, end: 1 },
      { first: 1, end: 2 },
    ]);
  });
  it('share records evenly when they do not, the last filling up', () => {
    expect(binWidth(9999, 400)).toBe(25);
    expect(bins(7, 3)).toEqual([
      { first: 0, end: 3 },
      { first: 3, end: 6 },
      { first: 6, end: 7 },
    ]);
  });
  it('show the value farthest from 0', () => {
    expect(strongest(Float64Array.of(1, -4, 3, 9), { first: 0, end: 3 })).toBe(-4);
  });
  it('are marked at round steps, beginning with 1', () => {
    expect(stepTicks(49, 6)).toEqual([1, 10, 20, 30, 40]);
    expect(stepTicks(1, 6)).toEqual([1]);
    expect(stepTicks(9999, 5)).toEqual([1, 2000, 4000, 6000, 8000]);
  });
});

describe('numbers', () => {
  it.each([
    [-8234.0686, '−8\u202f234.07'],
    [0.97306, '0.9731'],
    [-7.7023, '−7.702'],
    [0, '0'],
    [-0, '0'],
    [1e-7, '1.000e−7'],
    [-2.16e38, '−2.160e38'],
    [9999999, '9\u202f999\u202f999.00'],
    [NaN, '–'],
    [Infinity, '–'],
  ])('%d is written as %s', (value, text) => expect(numberText(value)).toBe(text));

  it.each([
    [-2058.5, '−2060'],
    [-8234, '−8230'],
    [-462358, '−462k'],
    [0.25, '0.25'],
    [-1.48e-9, '−1.5e−9'],
    [5e39, '5.0e39'],
    [0, '0'],
  ])('%d is written as %s on an axis', (value, text) => expect(shortText(value)).toBe(text));

  it('are seconds, then minutes', () => {
    expect(durationText(1640)).toBe('1.6 s');
    expect(durationText(125000)).toBe('2 min 5 s');
  });
});
