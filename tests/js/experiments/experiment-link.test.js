// Addresses of experiments: what they contain, and how untrusted addresses are handled.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { layerSizes, wholeNumber } from '../../../web/experiments/controls.js';
import { decodeExperiment, encodeExperiment } from '../../../web/link/experiment-link.js';
import { ranges } from '../../../web/model/settings.js';

const about = { label: 'It', help: 'Some help.' };
/** @type {any} */
const experiment = {
  controls: {
    seed: wholeNumber({ ...about, fallback: 42, range: ranges.seed }),
    layers: layerSizes({ ...about, fallback: [10] }),
  },
};
const experiments = new Map([['some', experiment]]);
const fallbacks = { seed: 42, layers: [10] };
/** @param {string} hash */
const read = (hash) => decodeExperiment(hash, experiments);
/** @param {string} hash */
const messages = (hash) => read(hash).complaints.map(({ message }) => message);

describe('the address of an experiment', () => {
  it('holds what is not as it was, and is read back', () => {
    expect(encodeExperiment('some', experiment, fallbacks)).toBe('#v=1&experiment=some');
    const values = { seed: 7, layers: [64, 10] };
    expect(encodeExperiment('some', experiment, values)).toBe('#v=1&experiment=some&seed=7&layers=64-10');
    expect(read('#v=1&experiment=some&seed=7&layers=64-10')).toEqual({ name: 'some', values, complaints: [] });
    expect(read('#experiments')).toEqual({ name: null, values: {}, complaints: [] });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '<img src=x onerror=alert(1)>', ''])(
    'knows no experiment and no control “%s”',
    (name) => {
      const text = encodeURIComponent(name);
      expect(read(`#experiment=${text}`)).toMatchObject({ name: null, values: {} });
      expect(messages(`#experiment=${text}`)).toEqual([`There is no experiment “${name}”; there are some.`]);
      if (name === '') return;
      const { values, complaints } = read(`#experiment=some&${text.replaceAll('%', '')}=1`);
      expect(Object.entries(values)).toEqual(Object.entries(fallbacks));
      expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
      expect(complaints).toHaveLength(1);
    },
  );

  it('tells what it could not read', () => {
    expect(messages('#experiment=some&seed=%E0%A4%A')).toEqual([
      'The link’s field “seed” cannot be read, and was left out.',
    ]);
    expect(messages('#experiment=some&seed=1&seed=2')).toEqual([
      'The link’s field “seed” stands in it more than once, and was left out.',
    ]);
    expect(read('#experiment=some&seed=1&seed=2').values.seed).toBe(1);
    expect(messages('#v=2&experiment=some')).toEqual([
      'The link has version “2”; only version 1 is read, so none of it was.',
    ]);
    expect(messages(`#experiment=some&seed=${'1'.repeat(4000)}`)).toEqual([
      'The link has 4022 characters; at most 4000 are read, so none of it was.',
    ]);
  });

  it('complains of a few faults, and counts the others', () => {
    const many = Array.from({ length: 700 }, (_, i) => `${i}=`).join('&');
    const complaints = messages(`#experiment=some&${many}`);
    expect(complaints).toHaveLength(6);
    expect(complaints[4]).toMatch(/^This experiment has no control “4”/);
    expect(complaints[5]).toBe('695 more things are wrong with the link.');
  });

  it('is read whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((rest) => `#v=1&experiment=some&${rest}`),
      fc.tuple(fc.constantFrom('seed', 'layers', 'v', 'experiment', '__proto__'), fc.string()).map((f) => f.join('=')),
    );
    fc.assert(
      fc.property(
        fc.array(text).map((parts) => parts.join('&')),
        (hash) => {
          const { name, values, complaints } = read(hash);
          if (name !== null) {
            expect(read(encodeExperiment(name, experiment, values))).toEqual({ name, values, complaints: [] });
          } else {
            expect(values).toEqual({});
            expect(complaints.length > 0 || hash === '#experiments').toBe(true);
          }
        },
      ),
    );
  });
});
