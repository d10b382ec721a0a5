import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkedRun, isSameRun, keptRun, recordingOf } from '../../web/model/kept-run.js';
import { mostBytes, mostRuns, newestFirst, nextKept, surplus } from '../../web/storage/run-store.js';
import { recordLength } from '../../web/model/record.js';
import { Recording } from '../../web/model/recording.js';
import { defaultSettings } from '../../web/model/settings.js';
import { curvePath } from '../../web/ui/sparkline.js';
import { anyRun } from './arbitraries.js';

const about = {
  id: 'a',
  name: 'A run',
  created: '2026-01-31T12:00:00.000Z',
  computedBy: { kernels: 'k', exact: true, threads: 1 },
};

/** @param {number} floats number of floats it stores @returns {import('../../web/model/kept-run.js').KeptRun} */
const sized = (floats) => /** @type {any} */ ({ values: new Float64Array(floats), start: null });

describe('a run that is kept', () => {
  it('is the same again, to the last bit', () => {
    fc.assert(
      fc.property(
        anyRun.filter(({ recording }) => recording.steps > 0),
        ({ recording }) => {
          const again = recordingOf(keptRun(recording, about));
          expect([again.steps, again.fingerprint, again.settings]).toEqual([
            recording.steps,
            recording.fingerprint,
            recording.settings,
          ]);
          for (let k = 0; k < recording.steps; ++k) expect(again.at(k).values).toEqual(recording.at(k).values);
        },
      ),
    );
  });
  it('is of MNIST where it was kept before there were other data sets', () => {
    const { per_class, classes, data_seed } = defaultSettings.data;
    const old = /** @type {any} */ ({
      ...about,
      settings: { ...defaultSettings, data: { per_class, classes, data_seed } },
    });
    expect(checkedRun({ ...whole(), settings: old.settings })?.settings).toEqual(defaultSettings);
    const clothes = { ...defaultSettings, data: { ...defaultSettings.data, set: 'fashion-mnist' } };
    expect(checkedRun({ ...whole(), settings: clothes })?.settings).toEqual(clothes);
  });
  it('gives way where there are too many, the oldest first', () => {
    const runs = Array.from({ length: mostRuns + 2 }, () => sized(1));
    expect(surplus(runs)).toEqual(runs.slice(mostRuns));
  });
  it('gives way where all are too large, but never the newest', () => {
    const half = mostBytes / 8 / 2;
    const runs = [sized(half), sized(half), sized(1)];
    expect(surplus(runs)).toEqual([runs[2]]);
    expect(surplus([sized(3 * half)])).toEqual([]);
  });
});

describe('the order of kept runs', () => {
  /** @param {string} created @param {number} [kept] */
  const run = (created, kept) => /** @type {any} */ ({ created, kept });

  it('is that in which this device got them, whatever their cards say', () => {
    const card = run('9999-12-31T00:00:00.000Z', 5);
    const own = run('2026-01-01T00:00:00.000Z', 7);
    expect(newestFirst([card, own])).toEqual([own, card]);
  });

  it('is that of their dates for runs of earlier versions, unless these are yet to come', () => {
    const old = run('2026-01-01T00:00:00.000Z');
    const older = run('2025-01-01T00:00:00.000Z');
    const planted = run('9999-12-31T00:00:00.000Z');
    expect(newestFirst([planted, older, old])).toEqual([old, older, planted]);
  });

  it('has the next run first, even where the clock was set back', () => {
    const future = Date.now() + 1e9;
    expect(nextKept([run('2026-01-01T00:00:00.000Z', future)])).toBe(future + 1);
    expect(nextKept([])).toBeGreaterThanOrEqual(future - 1e9);
  });
});

/** A complete run. */
function whole() {
  const recording = new Recording(defaultSettings.config);
  const length = recordLength(4, 10);
  for (let k = 0; k < 3; ++k)
    recording.append(
      Float64Array.from({ length }, (_, i) => (i === 0 ? k : i / 7)),
      1,
    );
  return keptRun(recording, about);
}

describe('what is read from the storage', () => {
  it('is a run, which nothing is changed of', () => {
    const run = { ...whole(), kept: 7, contract: 'exact-1', other: 'of a later version' };
    expect(checkedRun(run)).toEqual(run);
  });

  it.each(
    /** @type {[string, (run: any) => unknown][]} */ ([
      ['nothing', () => null],
      ['a text', () => 'run'],
      ['without records', (run) => ({ ...run, values: undefined })],
      ['with other records', (run) => ({ ...run, values: [...run.values] })],
      ['with records cut short', (run) => ({ ...run, values: run.values.slice(1) })],
      ['with records of other steps', (run) => ({ ...run, values: run.values.map(() => 7) })],
      ['of no steps', (run) => ({ ...run, steps: 0 })],
      ['of more steps than it has', (run) => ({ ...run, steps: 1e9 })],
      ['with a fingerprint before its end', (run) => ({ ...run, fingerprint: 'f'.repeat(32) })],
      ['with a fingerprint that is none', (run) => ({ ...run, fingerprint: '<b>' })],
      ['without settings', (run) => ({ ...run, settings: null })],
      [
        'of other layers',
        (run) => ({ ...run, settings: { ...run.settings, config: { ...run.settings.config, layers: [5] } } }),
      ],
      [
        'of no layers',
        (run) => ({ ...run, settings: { ...run.settings, config: { ...run.settings.config, layers: [] } } }),
      ],
      ['with a name that is none', (run) => ({ ...run, name: { toString: 1 } })],
      ['with a date that is none', (run) => ({ ...run, created: 'tomorrow' })],
      [
        'with weights of another network',
        (run) => ({ ...run, start: { name: 'w', digest: 'f'.repeat(32), weights: new Float32Array(3) } }),
      ],
      ['without an engine', (run) => ({ ...run, computedBy: {} })],
    ]),
  )('is none: %s', (_, change) => expect(checkedRun(change(whole()))).toBeNull());

  it('is a run or none, whatever it is', () => {
    const keys = fc.constantFrom(...Object.keys(whole()));
    fc.assert(
      fc.property(keys, fc.anything(), (key, value) => {
        const checked = checkedRun({ ...whole(), [key]: value });
        if (checked) expect(recordingOf(checked).steps).toBe(checked.steps);
      }),
      { numRuns: 300 },
    );
  });
});

describe('two runs', () => {
  it('are the same where their bits are, whatever they are called', () => {
    expect(isSameRun({ ...whole(), name: 'other', created: '2020-01-01T00:00:00Z' }, whole())).toBe(true);
    const other = whole();
    other.values[40] += 1;
    expect(isSameRun(other, whole())).toBe(false);
  });
  it('are two where their fingerprints or contracts are', () => {
    const a = { ...whole(), fingerprint: 'a'.repeat(32) };
    expect(isSameRun(a, { ...a })).toBe(true);
    expect(isSameRun(a, { ...a, fingerprint: 'b'.repeat(32) })).toBe(false);
    expect(isSameRun({ ...a, contract: 'exact-2' }, a)).toBe(false);
    expect(isSameRun({ ...a, contract: 'exact-1' }, a)).toBe(true);
  });
});

describe('a sparkline', () => {
  it('goes from left to right, 0 on top and the least at the bottom', () => {
    // Step, total entropy, seven quantities of one layer, one output.
    const record = (/** @type {number} */ total) => [0, total, ...Array(8).fill(0)];
    const values = Float64Array.from([NaN, 0, -4, -2].flatMap(record));
    const run = { values, steps: 4, settings: { config: { layers: [1] } } };
    expect(curvePath(/** @type {any} */ (run), 100, 20)).toBe('M0.0 2.0L50.0 18.0L100.0 10.0');
  });
  it('is nothing for a run that has nothing to compare', () => {
    const run = { values: new Float64Array(10), steps: 1, settings: { config: { layers: [1] } } };
    expect(curvePath(/** @type {any} */ (run), 100, 20)).toBe('');
  });
});
