import { describe, expect, it } from 'vitest';

import { recordLength } from '../../web/model/record.js';
import { extremes, Recording } from '../../web/model/recording.js';

const config = { layers: [3, 2], steps: 4, learning_rate: 0.1, seed: 1, shift_term: true };

/** @param {number} step @param {number[]} entropy @param {number[]} outputs */
function record(step, entropy, outputs) {
  const values = new Float64Array(recordLength(2, 2)).fill(step === 0 ? NaN : 0);
  values[0] = step;
  values[1] = entropy[0] + entropy[1];
  values.set(entropy, 4);
  values.set(outputs, values.length - 2);
  return values;
}

describe('a recording', () => {
  it('has one record fewer than steps', () => {
    const recording = new Recording(config);
    expect([recording.steps, recording.records, recording.totalEntropy]).toEqual([0, 0, null]);
    recording.append(record(0, [NaN, NaN], [0.5, 0.5]), 3);
    expect([recording.steps, recording.records, recording.totalEntropy]).toEqual([1, 0, null]);
    recording.append(record(1, [-1, -2], [0.4, 0.6]), 7);
    recording.append(record(2, [-5, -1], [0.3, 0.7]), 9);
    expect([recording.steps, recording.records, recording.totalEntropy]).toEqual([3, 2, -6]);
    expect(recording.computed).toBe(9);
    expect([...recording.series('entropy', 0)]).toEqual([-1, -5]);
    expect([...recording.series('entropy', 1)]).toEqual([-2, -1]);
    expect([...recording.at(2).outputs]).toEqual([0.3, 0.7]);
  });

  it('keeps every record, however many there are', () => {
    const recording = new Recording({ ...config, steps: 1000 });
    for (let k = 0; k < 1000; ++k) recording.append(record(k, [-k, k], [0, 0]), k);
    expect([...recording.series('entropy', 0)]).toEqual(Array.from({ length: 999 }, (_, i) => -i - 1));
    expect([...recording.series('entropy', 1)]).toEqual(Array.from({ length: 999 }, (_, i) => i + 1));
  });

  it('knows how much there will be', () => {
    const recording = new Recording(config);
    expect([recording.layers, recording.outputs, recording.recordsPlanned]).toEqual([2, 2, 3]);
  });
});

describe('the extremes of a series', () => {
  it('are the first of equals, with records counted from 1', () => {
    expect(extremes(Float64Array.of(0, -3, 2, -3, 2))).toEqual({
      least: { value: -3, record: 2 },
      greatest: { value: 2, record: 3 },
    });
  });
  it('are none where there is nothing', () => {
    expect(extremes(new Float64Array())).toBeNull();
  });
});
