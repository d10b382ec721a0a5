// One `ska sweep` computes all of the reference's runs and reproduces their numbers.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { goldenRuns, goldenSettings, misses } from '../golden/runs.js';
import { expectSuccess, idxImages, idxLabels, projectDir, ska, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const prepared = join(projectDir, 'public/data');
const idxHead = { images: 16, labels: 8 };
const pixels = 28 * 28;
const timeout = 240_000; // the runs have at least 1700 steps in total

/** Data sets that no golden run needs. The first samples of the papers' subset replace them, under their names. */
const standIns = /** @type {const} */ ([
  [37, { set: 'mnist-test' }, 't10k'],
  [101, { set: 'fashion-mnist-test' }, 'fashion-mnist-t10k'],
]);

/** @param {number} samples */
const firstOfPaper = (samples) => standIns.find(([count]) => count === samples)?.[1] ?? {};

/** A folder with the prepared data and the stand-in sets. @param {string} path */
function writeDataFolder(path) {
  mkdirSync(path);
  const isStoodInFor = (/** @type {string} */ name) => standIns.some(([, , prefix]) => name.startsWith(`${prefix}-`));
  for (const name of readdirSync(prepared)) {
    if (!isStoodInFor(name)) symlinkSync(join(prepared, name), join(path, name));
  }
  const paper = (/** @type {string} */ name) => gunzipSync(readFileSync(join(prepared, `mnist-paper-${name}.gz`)));
  const images = paper('images-idx3-ubyte').subarray(idxHead.images);
  const labels = paper('labels-idx1-ubyte').subarray(idxHead.labels);
  for (const [samples, , prefix] of standIns) {
    const chosen = images.subarray(0, samples * pixels);
    writeFileSync(join(path, `${prefix}-images-idx3-ubyte.gz`), idxImages(samples, 28, 28, chosen));
    writeFileSync(join(path, `${prefix}-labels-idx1-ubyte.gz`), idxLabels([...labels.subarray(0, samples)]));
  }
}

describe('a sweep of the golden runs', () => {
  const settings = goldenSettings(firstOfPaper);

  it('has them all', () => {
    expect(Object.keys(settings).sort()).toEqual(Object.keys(goldenRuns).sort());
  });

  it(
    'hits their numbers',
    () => {
      writeDataFolder(join(folder.path, 'data'));
      writeFileSync(
        join(folder.path, 'spec.json'),
        JSON.stringify({ runs: Object.values(settings), records: 'summary' }),
      );
      const words = ['sweep', 'spec.json', '--out', 'o', '--quiet'];
      expectSuccess(ska(folder.path, words, { env: { SKA_DATA_DIR: 'data' }, timeout }));
      /** @type {any[]} */
      const lines = readFileSync(join(folder.path, 'o'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));

      // A run with several names appears once: the default run has three names.
      const keys = Object.values(settings).map((given) => JSON.stringify({ ...lines[0].run, ...given }));
      const different = [...new Set(keys)];
      expect(lines.map(({ run }) => JSON.stringify(run))).toEqual(different);

      Object.keys(settings).forEach((name, i) => {
        const line = lines[different.indexOf(keys[i])];
        const expected = goldenRuns[name];
        expect(line.entropy_min_step, name).toEqual(expected.entropy_min_step);
        expect(misses(line, expected), name).toEqual([]);
        if (expected.first_indices) expect(line.first_indices, name).toEqual(expected.first_indices);
      });
    },
    timeout,
  );
});
