import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { keptRun, mostBytes, mostRuns, recordingOf, surplus, withSet } from '../../web/keep/run-store.js';
import { defaultSettings } from '../../web/state/settings.js';
import { curvePath } from '../../web/ui/sparkline.js';
import { anyRun } from './arbitraries.js';

const about = {
  id: 'a',
  name: 'A run',
  created: '2026-01-31T12:00:00.000Z',
  computedBy: { kernels: 'k', exact: true, threads: 1 },
};

/** @param {number} floats how many numbers it keeps @returns {import('../../web/keep/run-store.js').KeptRun} */
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
    expect(withSet(old)).toEqual({ ...about, settings: defaultSettings });
    const clothes = { ...defaultSettings, data: { ...defaultSettings.data, set: 'fashion-mnist' } };
    expect(withSet(/** @type {any} */ ({ ...about, settings: clothes })).settings).toEqual(clothes);
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
