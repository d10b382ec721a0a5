import { expect, it } from 'vitest';

import { plainError, revivedError } from '../../web/engine/protocol.js';

it('an error crosses to the page with its kind, words, stack and faults', () => {
  const faults = [
    { field: 'steps', message: 'The number of steps must be a whole number from 1 to 10000; 0 was given.' },
  ];
  const thrown = Object.assign(new RangeError(faults[0].message), { faults });
  const arrived = revivedError(structuredClone(plainError(thrown)));
  expect(arrived).toBeInstanceOf(RangeError);
  expect(arrived.message).toBe(thrown.message);
  expect(arrived.stack).toBe(thrown.stack);
  expect(arrived.faults).toEqual(faults);
});

it('what is thrown but no error becomes one', () => {
  const arrived = revivedError(plainError('out of reach'));
  expect(arrived).toBeInstanceOf(Error);
  expect(arrived).not.toBeInstanceOf(RangeError);
  expect(arrived.message).toBe('out of reach');
});
