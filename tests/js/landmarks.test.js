import fc from 'fast-check';
import createSka from '#ska';
import { beforeAll, describe, expect, it } from 'vitest';

import { crossings, interpolated, landmarksOf } from '../../web/model/landmarks.js';
import { quantities, recordLength } from '../../web/model/record.js';
import { Recording } from '../../web/model/recording.js';
import { papersRun, pixelsOf } from '../golden/exact-runs.js';
import { goldenDefault, layerQuantities, tolerance } from '../golden/golden.js';

/** @typedef {import('../../web/model/record.js').Quantity} Quantity */

/**
 * A recording of one layer whose quantities are 0 except for these.
 * @param {Partial<Record<Quantity, number[]>>} curves
 */
function recordingOf(curves) {
  const records = Math.max(0, ...Object.values(curves).map(({ length }) => length));
  const config = { layers: [1], steps: records + 1, learning_rate: 0.1, seed: 1, shift_term: true };
  const recording = new Recording(config);
  for (let k = 0; k <= records; ++k) {
    const values = new Float64Array(recordLength(1, 1));
    values[0] = k;
    quantities.forEach((quantity, q) => {
      values[2 + q] = curves[quantity]?.[k - 1] ?? 0;
    });
    recording.append(values, k);
  }
  return recording;
}

/** @param {Quantity} quantity @param {number[]} curve */
const marks = (quantity, curve) =>
  landmarksOf(recordingOf({ [quantity]: curve })).map(({ kind, record, value, global }) => [
    kind,
    record,
    value,
    ...(global ? ['global'] : []),
  ]);

describe('landmarks', () => {
  it('are the least and the greatest record, the first of equals', () => {
    expect(landmarksOf(recordingOf({ entropy: [0, -3, 2, -3, 2] }))).toEqual([
      { quantity: 'entropy', layer: 0, kind: 'minimum', global: true, record: 2, time: 0.2, value: -3 },
      { quantity: 'entropy', layer: 0, kind: 'maximum', global: true, record: 3, time: 0.1 * 3, value: 2 },
    ]);
  });

  it('are none of constant and of empty curves', () => {
    expect(landmarksOf(recordingOf({}))).toEqual([]);
    expect(landmarksOf(recordingOf({ weight_norm: [4, 4, 4], tensor_net: [0, 0, 0] }))).toEqual([]);
  });

  it('of the flow are all its peaks, and no end of the curve beside the global ones', () => {
    expect(marks('flow', [0, 2, 1, 5, 5, 3, 4, 4])).toEqual([
      ['minimum', 1, 0, 'global'],
      ['maximum', 4, 5, 'global'],
      ['maximum', 2, 2],
    ]);
  });

  it('of the Lagrangian are all its valleys', () => {
    expect(marks('lagrangian', [0, -2, -2, -1, -5, -4])).toEqual([
      ['minimum', 5, -5, 'global'],
      ['maximum', 1, 0, 'global'],
      ['minimum', 2, -2],
    ]);
  });

  it('of the entropy are no further peaks', () => expect(marks('entropy', [0, -2, -1, -5, -4])).toHaveLength(2));

  it('of the tensor net are its zeros too', () => {
    expect(marks('tensor_net', [0, -1, 3, 0, 3, 0, -2])).toEqual([
      ['minimum', 7, -2, 'global'],
      ['maximum', 3, 3, 'global'],
      ['crossing', 2.25, 0],
      ['crossing', 6, 0],
    ]);
    expect(marks('entropy', [0, -1, 3])).toHaveLength(2);
  });

  it('know their time and their layer', () => {
    const config = { layers: [2, 3], steps: 4, learning_rate: 0.5, seed: 1, shift_term: true };
    const recording = new Recording(config);
    for (const [k, net] of [0, 0, -1, 3].entries()) {
      const values = new Float64Array(recordLength(2, 3));
      values[0] = k;
      values[2 + 2 * quantities.indexOf('tensor_net') + 1] = net;
      recording.append(values, k);
    }
    expect(landmarksOf(recording).find(({ kind }) => kind === 'crossing')).toEqual({
      quantity: 'tensor_net',
      layer: 1,
      kind: 'crossing',
      global: false,
      record: 2.25,
      time: 1.125,
      value: 0,
    });
  });
});

describe('crossings', () => {
  it.each([
    [[], []],
    [[5], []],
    [[1, -1], [1.5]],
    [[-3, 1], [1.75]],
    [[0, -1, -2], []],
    [[0, 0, 4, 0, 0], []],
    [[1, 0, 1], []],
    [[-1, 0, 0, 1], [2]],
    [
      [1, -1, 1, -3],
      [1.5, 2.5, 3.25],
    ],
    [[-0, 1, -0, -1], [3]],
    [[Number.MAX_VALUE, -Number.MIN_VALUE], [2]],
  ])('of %j are at %j', (series, expected) => expect(crossings(series)).toEqual(expected));

  it('are as many as the signs change, in order, and the series is 0 there', () => {
    const whole = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(fc.array(whole), (series) => {
        const signs = series.map(Math.sign).filter((sign) => sign !== 0);
        const found = crossings(series);
        expect(found).toHaveLength(signs.filter((sign, i) => i > 0 && sign !== signs[i - 1]).length);
        expect(found).toEqual([...found].sort((a, b) => a - b));
        // Products of numbers up to 5 and fractions of them, each rounded at 2⁻⁵³.
        for (const record of found)
          expect(Math.abs(interpolated(series, record))).toBeLessThan(series.length * 2 ** -48);
      }),
    );
  });
});

describe('a series between records', () => {
  const series = Float64Array.of(4, 8, 2);
  it.each([
    [1, 4],
    [1.25, 5],
    [2, 8],
    [2.5, 5],
    [3, 2],
    [0.99, NaN],
    [3.01, NaN],
    [NaN, NaN],
  ])('at %d is %d', (record, value) => expect(interpolated(series, record)).toBe(value));
  it('is nothing where the series is empty', () => expect(interpolated([], 1)).toBeNaN());
});

describe('the landmarks of the papers’ run', () => {
  const run = papersRun();
  /** @type {import('../../web/model/landmarks.js').Landmark[]} */
  let landmarks;
  beforeAll(async () => {
    const ska = await createSka();
    const engine = new ska.Engine(run.config, pixelsOf(run), run.samples);
    const recording = new Recording(run.config);
    engine.advance(run.config.steps, (record) => recording.append(record, 0));
    engine.delete();
    landmarks = landmarksOf(recording);
  });

  /** @param {Quantity} quantity @param {'minimum' | 'maximum'} kind */
  const global = (quantity, kind) =>
    landmarks.filter((landmark) => landmark.quantity === quantity && landmark.kind === kind && landmark.global);

  it.each(
    /** @type {[Quantity, 'minimum' | 'maximum', number[]][]} */ ([
      ['entropy', 'minimum', [29, 16, 25, 48]],
      ['cosine', 'maximum', [15, 4, 2, 2]],
      ['flow', 'maximum', [30, 17, 25, 48]],
      ['lagrangian', 'minimum', [29, 16, 24, 48]],
    ]),
  )('%s: the %s of the layers is at the records %j', (quantity, kind, records) => {
    const found = global(quantity, kind);
    expect(found.map(({ record }) => record)).toEqual(records);
    expect(found.map(({ layer }) => layer)).toEqual([0, 1, 2, 3]);
    found.forEach(({ time, record }) => expect(time).toBe(0.01 * record));
  });

  it('have the values of the golden curves', () => {
    for (const quantity of layerQuantities) {
      goldenDefault(quantity).forEach((golden, layer) => {
        const curve = golden.slice(-49); // ‖Z‖ has a record at step 0 too
        const found = landmarks.filter((landmark) => landmark.quantity === quantity && landmark.layer === layer);
        const value = (/** @type {string} */ kind) =>
          found.find((mark) => mark.kind === kind && mark.global)?.value ?? NaN;
        const allowed = tolerance(quantity, golden);
        expect(Math.abs(value('minimum') - Math.min(...curve))).toBeLessThanOrEqual(allowed);
        expect(Math.abs(value('maximum') - Math.max(...curve))).toBeLessThanOrEqual(allowed);
      });
    }
  });

  it('have the tensor net cross zero in layers 1 and 3 only', () => {
    const crossed = landmarks.filter(({ kind }) => kind === 'crossing');
    expect(crossed.map(({ quantity, layer, record }) => [quantity, layer, record.toFixed(2)])).toEqual([
      ['tensor_net', 0, '24.48'],
      ['tensor_net', 2, '23.79'],
    ]);
  });

  it('have one peak of flow and one valley of the Lagrangian a layer', () => {
    expect(landmarks.filter(({ kind, global: whole }) => kind !== 'crossing' && !whole)).toEqual([]);
  });
});
