import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { checkedSettings, defaultSettings, ranges, sameSettings, settingsSchema } from '../../web/model/settings.js';
import { shown } from '../../web/model/shown.js';
import { anySettings } from './arbitraries.js';

/** @param {object} [config] @param {object} [data] @param {object} [rest] */
const changed = (config, data, rest) => ({
  config: { ...defaultSettings.config, ...config },
  data: { ...defaultSettings.data, ...data },
  fast: false,
  ...rest,
});

describe('the default settings', () => {
  it('are the papers’', () => {
    expect(defaultSettings).toEqual({
      config: {
        layers: [256, 128, 64, 10],
        steps: 50,
        learning_rate: 0.01,
        seed: 42,
        shift_term: true,
        layer_input: 'previous',
        gradient_equation: 22,
      },
      data: { set: 'mnist', per_class: 100, classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], data_seed: null },
      fast: false,
    });
    expect(checkedSettings(defaultSettings)).toEqual({ settings: defaultSettings, complaints: [] });
  });

  it('cannot be changed, and what is made of them can', () => {
    expect(() => defaultSettings.config.layers.push(1)).toThrow(TypeError);
    expect(Object.isFrozen(ranges) && Object.isFrozen(ranges.steps)).toBe(true);
    checkedSettings(null).settings.config.layers.push(1);
    expect(defaultSettings.config.layers).toEqual([256, 128, 64, 10]);
  });
});

describe('checked settings', () => {
  it.each(
    /** @type {[string, object][]} */ ([
      ['16 layers of the greatest size', changed({ layers: Array(16).fill(4096) })],
      ['one neuron and one step', changed({ layers: [1], steps: 1 })],
      ['the most steps', changed({ steps: 10_000 })],
      ['the least learning rate', changed({ learning_rate: 5e-324 })],
      ['the greatest learning rate', changed({ learning_rate: Number.MAX_VALUE })],
      ['the greatest seeds', changed({ seed: 4_294_967_295 }, { data_seed: 4_294_967_295 })],
      ['seeds of 0', changed({ seed: 0 }, { data_seed: 0 })],
      ['the most shuffled digits', changed({}, { per_class: 5421, data_seed: 0 })],
      ['the most first digits', changed({}, { per_class: 5421 })],
      ['the most test digits', changed({}, { set: 'mnist-test', per_class: 892 })],
      ['the most clothes', changed({}, { set: 'fashion-mnist', per_class: 6000, data_seed: 1 })],
      ['the most test clothes', changed({}, { set: 'fashion-mnist-test', per_class: 1000 })],
      ['one class', changed({}, { classes: [9] })],
      ['the current layer input', changed({ layer_input: 'current' })],
      ['equation 31', changed({ gradient_equation: 31 })],
    ]),
  )('may have %s', (_, settings) => {
    expect(checkedSettings(settings)).toEqual({ settings, complaints: [] });
    expect(v.is(settingsSchema, settings)).toBe(true);
  });

  it.each(
    /** @type {[string, object][]} */ ([
      ['layers', changed({ layers: [] })],
      ['layers', changed({ layers: Array(17).fill(1) })],
      ['layers', changed({ layers: [10, 0] })],
      ['layers', changed({ layers: [4097] })],
      ['layers', changed({ layers: '256-128' })],
      ['steps', changed({ steps: 0 })],
      ['steps', changed({ steps: 10_001 })],
      ['steps', changed({ steps: 1.5 })],
      ['steps', changed({ steps: '50' })],
      ['learning_rate', changed({ learning_rate: 0 })],
      ['learning_rate', changed({ learning_rate: -0.01 })],
      ['learning_rate', changed({ learning_rate: Infinity })],
      ['learning_rate', changed({ learning_rate: NaN })],
      ['seed', changed({ seed: -1 })],
      ['seed', changed({ seed: 4_294_967_296 })],
      ['shift_term', changed({ shift_term: 1 })],
      ['layer_input', changed({ layer_input: 'next' })],
      ['layer_input', changed({ layer_input: null })],
      ['gradient_equation', changed({ gradient_equation: 23 })],
      ['gradient_equation', changed({ gradient_equation: '31' })],
      ['gradient_equation', changed({ gradient_equation: null })],
      ['per_class', changed({}, { per_class: 5422 })],
      ['per_class', changed({}, { per_class: 0 })],
      ['per_class', changed({}, { per_class: 5422, data_seed: 1 })],
      ['classes', changed({}, { classes: [] })],
      ['classes', changed({}, { classes: [1, 1] })],
      ['classes', changed({}, { classes: [2, 1] })],
      ['classes', changed({}, { classes: [10] })],
      ['data_seed', changed({}, { data_seed: -1 })],
      ['data_seed', changed({}, { data_seed: undefined })],
      ['fast', changed({}, {}, { fast: 'yes' })],
    ]),
  )('have the default’s %s for %j, and one complaint that names it', (field, settings) => {
    const checked = checkedSettings(settings);
    expect({ ...checked.settings, data: { ...checked.settings.data, data_seed: null } }).toEqual(defaultSettings);
    expect(checked.complaints).toEqual([{ field, message: expect.stringMatching(/must be .*; .* was given\.$/) }]);
    expect(v.is(settingsSchema, settings)).toBe(false);
  });

  it('have no variant where none is said, and no complaint', () => {
    const { layer_input, gradient_equation, ...config } = defaultSettings.config;
    const older = { ...defaultSettings, config };
    expect(checkedSettings(older)).toEqual({ settings: defaultSettings, complaints: [] });
    expect(v.parse(settingsSchema, older)).toEqual(defaultSettings);
    expect([layer_input, gradient_equation]).toEqual(['previous', 22]);
  });

  it('say what was given and what is allowed', () => {
    const messages = (/** @type {unknown} */ settings) => checkedSettings(settings).complaints.map((c) => c.message);
    expect(messages(changed({ steps: 'x'.repeat(1000) }))).toEqual([
      `The number of steps must be a whole number from 1 to 10000; “${'x'.repeat(40)}…” was given.`,
    ]);
    expect(messages(changed({ layers: [10, 0] }))).toEqual([
      'The layers must be 1 to 16 whole numbers from 1 to 4096; “10, 0” was given.',
    ]);
    expect(messages(changed({ layer_input: 'next', gradient_equation: 7 }))).toEqual([
      'The layers’ input must be “previous” or “current”; “next” was given.',
      'The gradient’s equation must be 22 or 31; “7” was given.',
    ]);
    expect(messages(changed({}, { set: 'mnist-test', per_class: 893 }))).toEqual([
      'The samples of each class must be a whole number from 1 to 892, as the smallest class of mnist-test has no more; “893” was given.',
    ]);
    expect(messages(changed({}, { set: 'cifar' }))).toEqual([
      'The data set must be “mnist” or “mnist-test” or “fashion-mnist” or “fashion-mnist-test”; “cifar” was given.',
    ]);
    expect(messages({ ...defaultSettings, fast: undefined })).toEqual([
      'The fast engine’s switch must be true or false; nothing was given.',
    ]);
  });

  it.each([
    ['mnist-test', 892],
    ['fashion-mnist', 6000],
    ['fashion-mnist-test', 1000],
  ])('of %s have at most %i of each class', (set, most) => {
    const settings = changed({}, { set, per_class: most + 1 });
    expect(v.is(settingsSchema, settings)).toBe(false);
    const { complaints } = checkedSettings(settings);
    expect(complaints).toEqual([{ field: 'per_class', message: expect.stringContaining(`from 1 to ${most}, as`) }]);
  });

  it('without a data set are of MNIST, as before there were others', () => {
    const { per_class, classes, data_seed } = defaultSettings.data;
    expect(checkedSettings({ ...defaultSettings, data: { per_class, classes, data_seed } })).toEqual({
      settings: defaultSettings,
      complaints: [],
    });
  });

  it('keep what is right beside what is wrong', () => {
    const { settings, complaints } = checkedSettings({ config: { steps: 7, seed: 'a' } });
    expect(settings).toEqual(changed({ steps: 7 }));
    expect(complaints.map(({ field }) => field).sort()).toEqual(
      ['layers', 'learning_rate', 'seed', 'shift_term', 'per_class', 'classes', 'data_seed', 'fast'].sort(),
    );
  });

  it('are settings whatever was given', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }), (value) => {
        for (const given of [value, { config: value, data: value, fast: value }]) {
          expect(v.is(settingsSchema, checkedSettings(given).settings)).toBe(true);
        }
      }),
    );
  });

  it('are what was given where that is allowed', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        expect(checkedSettings(settings)).toEqual({ settings, complaints: [] });
      }),
    );
  });
});

describe('settings', () => {
  it('are the same only when every one is', () => {
    const shuffled = changed({}, { data_seed: 1 });
    expect(sameSettings(defaultSettings, changed())).toBe(true);
    const others = [changed({ steps: 51 }), changed({}, { per_class: 99 }), changed({}, { classes: [0] }), shuffled];
    const variants = [changed({ layer_input: 'current' }), changed({ gradient_equation: 31 })];
    const clothes = changed({}, { set: 'fashion-mnist' });
    for (const other of [...others, ...variants, clothes, changed({}, {}, { fast: true })]) {
      expect(sameSettings(defaultSettings, other)).toBe(false);
    }
    expect(sameSettings(shuffled, changed({}, { data_seed: 0 }))).toBe(false);
  });
});

describe('a value shown in a sentence', () => {
  it.each([
    [undefined, 'nothing'],
    [null, '“null”'],
    ['', '“”'],
    [-1.5, '“-1.5”'],
    [[], 'an empty list'],
    [[1, [2], null], '“1, …, null”'],
    [{}, 'an object'],
    ['😀'.repeat(41), `“${'😀'.repeat(40)}…”`],
  ])('for %j is %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });
});
