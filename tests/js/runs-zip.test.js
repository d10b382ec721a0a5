// Saving all kept runs to one file, and loading them back.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { recordLength } from '../../web/model/record.js';
import { digestOf } from '../../web/model/digest.js';
import { readFile } from '../../web/files/read-file.js';
import { keptRun } from '../../web/model/kept-run.js';
import { zipRuns } from '../../web/files/runs-zip.js';
import { Recording } from '../../web/model/recording.js';
import { defaultSettings } from '../../web/model/settings.js';

const digest = 'd'.repeat(32);
const config = { ...defaultSettings.config, layers: [3, 2], steps: 4 };

/** @param {number} seed @param {Partial<import('../../web/model/kept-run.js').KeptRun>} [change] */
function run(seed, change) {
  const recording = new Recording({ ...config, seed });
  const length = recordLength(2, 2);
  for (let k = 0; k < 4; ++k) {
    recording.append(
      Float64Array.from({ length }, (_, i) => (i === 0 ? k : k === 0 ? NaN : seed + i / 7)),
      1,
    );
  }
  recording.fingerprint = String(seed).repeat(32).slice(0, 32);
  const about = { id: `id-${seed}`, name: `Run “${seed}”`, created: `2026-01-0${seed}T12:00:00.000Z` };
  return { ...keptRun(recording, { ...about, computedBy: { kernels: 'k', exact: true, threads: 1 } }), ...change };
}

/** @param {import('../../web/model/kept-run.js').KeptRun[]} runs */
const zipped = async (runs) => new Uint8Array(await zipRuns(runs.map((each) => ({ run: each, digest }))).arrayBuffer());

/** The parts of a run that a file stores. @param {any} run */
const essence = ({ name, created, settings, fingerprint, start, computedBy, steps, values, contract = 'exact-1' }) => ({
  ...{ name, created, settings, fingerprint, start, computedBy, steps, values, contract },
});

describe('all runs in one file', () => {
  it('come back with their names, dates and order, and the weights that they began with', async () => {
    const weights = Float32Array.from({ length: 784 * 3 + 3 + 3 * 2 + 2 }, (_, i) => i / 3);
    const start = { name: 'w.npz', digest: await digestOf(weights), weights };
    const unknown = { contract: 'exact-2' };
    const runs = [run(2), run(1, { start }), run(3, unknown)];
    const content = await readFile(await zipped(runs), 'runs.zip');
    if (content.kind !== 'runs') throw new Error(content.kind);
    expect(content.refused).toEqual([]);
    expect(content.runs.map(essence)).toEqual(runs.map(essence));
    expect(content.runs[0].digest).toBe(digest);
  });

  it('are run cards, the same bytes for the same runs', async () => {
    const bytes = await zipped([run(1)]);
    expect(bytes).toEqual(await zipped([run(1)]));
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toEqual(['run-1.json']);
    expect(JSON.parse(strFromU8(files['run-1.json'])).format).toBe('ska-run-card');
    const content = await readFile(files['run-1.json'], 'card.json');
    expect(content.kind).toBe('card');
  });

  it('with one that is damaged have the others', async () => {
    const files = unzipSync(await zipped([run(1), run(2)]));
    files['run-1.json'] = strToU8(strFromU8(files['run-1.json']).replace('"steps": 4', '"steps": 5'));
    const content = await readFile(zipSync(files), 'runs.zip');
    if (content.kind !== 'runs') throw new Error(content.kind);
    expect(content.runs.map(({ name }) => name)).toEqual(['Run “2”']);
    expect(content.refused).toHaveLength(1);
    expect(content.refused[0]).toMatch(/^run-1\.json is no run card that can be read\. The card/);
  });

  it('with other weights than a card names are refused', async () => {
    const weights = new Float32Array(784 * 3 + 3 + 3 * 2 + 2);
    const start = { name: 'w.npz', digest, weights };
    await expect(readFile(await zipped([run(1, { start })]), 'runs.zip')).rejects.toThrow(
      'run-1.npz has other weights than those that run-1.json began with.',
    );
  });

  it('with weights that are none are refused by their name', async () => {
    const start = { name: 'w.npz', digest, weights: new Float32Array(784 * 3 + 3 + 3 * 2 + 2) };
    const files = { ...unzipSync(await zipped([run(1, { start })])), 'run-1.npz': strToU8('none') };
    await expect(readFile(zipSync(files), 'runs.zip')).rejects.toThrow(
      'run-1.npz cannot be read. The file is not a zip, or its end is missing.',
    );
  });

  it('that take too much are refused before they are unpacked', async () => {
    const large = new Uint8Array(65 * 2 ** 20);
    await expect(readFile(zipSync({ 'a.json': large }), 'runs.zip')).rejects.toThrow(
      'a.json has 68157440 bytes; a run card has at most 67108864.',
    );
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}.json`, new Uint8Array(1)]));
    await expect(readFile(zipSync(many), 'runs.zip')).rejects.toThrow(
      'runs.zip has 1001 run cards; at most 1000 are read.',
    );
  });
});

describe('a file', () => {
  it.each([
    [
      'of another encoding',
      Uint8Array.of(0xff, 0xfe, 0x7b, 0),
      'a.json is no run card that can be read. It is not UTF-8 text.',
    ],
    ['of no text', strToU8('hello'), 'a.json is no run card that can be read. The text is not the JSON object'],
    ['with nothing in it', new Uint8Array(), 'a.json is no run card that can be read. The text is not the JSON object'],
    [
      'that is a zip of neither',
      zipSync({ 'x.txt': strToU8('x') }),
      'a.json cannot be read. The file has no array W1;',
    ],
    [
      'that is the beginning of a zip',
      strToU8('PK'),
      'a.json cannot be read. The file is not a zip, or its end is missing.',
    ],
  ])('%s is refused in a sentence', async (_, bytes, message) => {
    await expect(readFile(bytes, 'a.json')).rejects.toThrow(message);
  });
});
