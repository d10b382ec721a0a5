import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import * as controls from '../../../web/experiments/controls.js';
import { ranges } from '../../../web/model/settings.js';

const about = { label: 'It', help: 'Some help.' };
const all = {
  pairs: controls.paces({ ...about, fallback: [{ learning_rate: 0.01, steps: 50 }], most: 3 }),
  layers: controls.layerSizes({ ...about, fallback: [10] }),
  networks: controls.networks({ ...about, fallback: [[10]], most: 3 }),
  seed: controls.wholeNumber({ ...about, fallback: 42, range: ranges.seed }),
  eta: controls.realNumber({ ...about, fallback: 0.01, range: ranges.learning_rate }),
  digits: controls.wholeNumbers({ ...about, fallback: [0], range: { least: 0, greatest: 9, words: '' }, most: 10 }),
  shift: controls.onOff({ ...about, fallback: true }),
  data_seed: controls.seedOrFirst({ ...about, fallback: null }),
  scan: controls.choice({ ...about, fallback: 'tau', options: { tau: 'Time', seeds: 'Seeds' } }),
};

describe('the controls of experiments', () => {
  it('read what they are told', () => {
    expect(all.pairs.read('0.02x25, .01 x 50,1e-3×500')).toEqual([
      { learning_rate: 0.02, steps: 25 },
      { learning_rate: 0.01, steps: 50 },
      { learning_rate: 0.001, steps: 500 },
    ]);
    expect(all.layers.read('256-128')).toEqual([256, 128]);
    expect(all.networks.read('10,32-10')).toEqual([[10], [32, 10]]);
    expect(all.digits.read('3,1')).toEqual([3, 1]);
    expect(all.shift.read('off')).toBe(false);
    expect([all.data_seed.read('first'), all.data_seed.read('0')]).toEqual([null, 0]);
    expect(all.scan.read('seeds')).toBe('seeds');
  });

  it.each([
    [
      'pairs',
      ['', '0.01', '0.01x', 'x50', '0.01x50x2', '0.01x1', '0x50', '0.01x50,0.01x50', '-1x5', '1x2,2x2,3x2,4x2'],
    ],
    ['layers', ['', '0', '5-', '-5', '4097', '1.5', Array(17).fill('2').join('-')]],
    ['networks', ['', ',', '10,10', '10,', '1,2,3,4']],
    ['seed', ['', '-1', '4294967296', '1e3', ' ', 'NaN', '0x10']],
    ['eta', ['', '0', '-1', 'Infinity', '1e400', 'NaN']],
    ['digits', ['', '1,1', '10', '-1', '1,,2']],
    ['shift', ['', 'true', 'ON']],
    ['data_seed', ['', 'none', '-1', '4294967296']],
    ['scan', ['', 'Tau', 'constructor', '__proto__']],
  ])('%s refuses what makes no sense', (name, texts) => {
    const control = all[/** @type {keyof typeof all} */ (name)];
    for (const text of texts) expect([text, control.read(text)]).toEqual([text, undefined]);
  });

  it('write what they read back as the same, in letters that links can hold', () => {
    const pace = fc.record({
      learning_rate: fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
      steps: fc.integer({ min: 2, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(pace, { minLength: 1, maxLength: 3, selector: JSON.stringify }), (pairs) => {
        const text = all.pairs.write(pairs);
        expect(text).not.toMatch(/[+\s&#%]/);
        expect(all.pairs.read(text)).toEqual(pairs);
      }),
    );
  });

  it('complain in a sentence, and fall back', () => {
    const { values, complaints } = controls.readControls(
      all,
      new Map([
        ['seed', '<b>'],
        ['nothing', '1'],
        ['digits', '7'],
      ]),
    );
    expect(values).toMatchObject({ seed: 42, digits: [7], scan: 'tau' });
    expect(complaints.map(({ field }) => field)).toEqual(['nothing', 'seed']);
    expect(complaints[1].message).toMatch(/^It must be a whole number from 0 to 4294967295; “<b>” was given\.$/);
  });

  it('know what others leave them', () => {
    const few = {
      seed: {
        ...all.seed,
        allowed: (/** @type {number} */ seed, /** @type {any} */ { shift }) => (shift && seed > 9 ? 'at most 9' : null),
      },
      shift: all.shift,
    };
    const read = (/** @type {[string, string][]} */ texts) => controls.readControls(few, new Map(texts));
    expect(
      read([
        ['seed', '10'],
        ['shift', 'off'],
      ]),
    ).toEqual({ values: { seed: 10, shift: false }, complaints: [] });
    expect(read([['seed', '10']])).toEqual({
      values: { seed: 42, shift: true },
      complaints: [{ field: 'seed', message: 'It must be at most 9; “10” was given.' }],
    });
  });

  it('are written only where they are not as they were', () => {
    const { values } = controls.readControls(all, new Map([['seed', '7']]));
    expect([...controls.writeControls(all, values)]).toEqual([['seed', '7']]);
  });
});
