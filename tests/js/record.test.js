import { describe, expect, it } from 'vitest';

import { quantities, recordLength, StepRecord } from '../../web/model/record.js';

describe('a pushed record', () => {
  const layers = 3;
  const outputs = 2;
  const values = Float64Array.from({ length: recordLength(layers, outputs) }, (_, i) => i);
  const record = new StepRecord(values, layers);

  it('has a header, seven quantities of each layer, and the outputs', () => {
    expect(recordLength(layers, outputs)).toBe(2 + 7 * 3 + 2);
    expect(record.step).toBe(0);
    expect(record.totalEntropy).toBe(1);
    expect([...record.outputs]).toEqual([23, 24]);
  });

  it('keeps the quantities in the order of cpp/core/record.h', () => {
    expect(quantities.map((quantity) => record.of(quantity)[0])).toEqual([2, 5, 8, 11, 14, 17, 20]);
    expect([...record.of('entropy')]).toEqual([5, 6, 7]);
    expect([...record.of('weight_norm')]).toEqual([20, 21, 22]);
  });
});
