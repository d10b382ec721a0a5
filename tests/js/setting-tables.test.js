// The page's settings are those of the engine: same names, defaults, ranges and choices.
import createSka from '#ska';
import { expect, it } from 'vitest';

import { defaultConfig, defaultVariants } from '../../web/model/config.js';
import { checkedSettings, ranges } from '../../web/model/settings.js';

const table = (await createSka()).settings();

it('the page has every setting of the engine, and no other', () => {
  expect(Object.keys(defaultConfig).sort()).toEqual(table.map(({ name }) => name).sort());
});

it.each(table.map((entry) => ({ ...entry, fallback: entry.default })))(
  '$name has the same default, and may be left out by the same rule',
  ({ name, fallback, optional }) => {
    expect(/** @type {any} */ (defaultConfig)[name]).toEqual(fallback);
    expect(optional).toBe(name in defaultVariants);
  },
);

/** @param {string} name @param {unknown} value whether the page takes it */
const takes = (name, value) =>
  checkedSettings({ config: { ...defaultConfig, [name]: value } }).complaints.every(({ field }) => field !== name);

it.each(table)('$name has the same range', ({ name, type, min, max, maxCount, choices }) => {
  const range = /** @type {Record<string, { least: number, greatest: number }>} */ (ranges)[name];
  if (type === 'whole') {
    expect(range).toMatchObject({ least: min, greatest: max });
  } else if (type === 'list') {
    expect(range).toMatchObject({ least: 1, greatest: maxCount });
    expect(ranges.neurons).toMatchObject({ least: min, greatest: max });
  } else if (type === 'choice') {
    for (const choice of choices ?? []) expect(takes(name, choice)).toBe(true);
    expect(choices).toHaveLength(2);
    expect([takes(name, 'another'), takes(name, 23), takes(name, null)]).toEqual([false, false, false]);
  } else if (type === 'truth') {
    expect([takes(name, true), takes(name, false), takes(name, 1)]).toEqual([true, true, false]);
  } else {
    expect(type).toBe('positive');
    const least = Number.MIN_VALUE;
    expect([least, Number.MAX_VALUE].map((value) => takes(name, value))).toEqual([true, true]);
    expect([0, -least, Infinity, NaN].map((value) => takes(name, value))).toEqual([false, false, false, false]);
  }
});
