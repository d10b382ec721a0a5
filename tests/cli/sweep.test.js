// `ska sweep`: computes each run once, even after interruptions, with the same lines as an uninterrupted sweep.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { binary, expectRefusal, expectSuccess, limitedSka, projectDir, ska, temporaryFolder, tree } from './command.js';

const folder = temporaryFolder();
const usage = 2;
const failure = 1;

/** Twelve runs of a few milliseconds each, on three kinds of samples. */
const small = {
  base: { layers: [5, 3], steps: 6 },
  vary: { seed: { from: 1, to: 4 }, per_class: [1, 3, 2] },
};
/** Runs long enough to interrupt the sweep before all of them have finished. */
const slow = { base: { layers: [64, 10], steps: 60, per_class: 20 }, vary: { seed: { from: 0, to: 19 } } };

const path = (/** @type {string} */ name) => join(folder.path, name);
const read = (/** @type {string} */ name) => readFileSync(path(name), 'utf8');
const linesOf = (/** @type {string} */ text) => text.split('\n').slice(0, -1);
/** @returns {any[]} */
const parsed = (/** @type {string} */ name) => linesOf(read(name)).map((line) => JSON.parse(line));

/** The arguments of a sweep; writes its spec. @param {object} spec @param {string} out @param {...string} more */
function words(spec, out, ...more) {
  writeFileSync(path('spec.json'), JSON.stringify(spec));
  return ['sweep', 'spec.json', '--out', out, ...more];
}

/** @param {object} spec @param {string} out @param {...string} more */
const sweep = (spec, out, ...more) => ska(folder.path, words(spec, out, ...more));

/** The text of an undisturbed sweep's file. @param {object} spec */
function whole(spec) {
  expectSuccess(sweep(spec, 'whole.jsonl', '--quiet', '--force'));
  return read('whole.jsonl');
}

/** Starts a sweep and waits until its file has some lines. @param {object} spec @param {string} out */
async function started(spec, out, lines = 3) {
  const child = spawn(binary, words(spec, out, '--workers', '1'), { cwd: folder.path });
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += data));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stderr }));
  while (!existsSync(path(out)) || linesOf(read(out)).length < lines) {
    expect(child.exitCode).toBeNull(); // fails if it ended before it could be disturbed
    await sleep(1);
  }
  return { child, ended };
}

describe('the lines', () => {
  it('come in the order of the sweep, last key fastest, and say what they are of', () => {
    expectSuccess(sweep(small, 'o', '--quiet'));
    const lines = parsed('o');
    expect(lines.map(({ run }) => [run.seed, run.per_class])).toEqual(
      [1, 2, 3, 4].flatMap((seed) => [1, 3, 2].map((perClass) => [seed, perClass])),
    );
    expect(lines.map(({ samples }) => samples)).toEqual(lines.map(({ run }) => 10 * run.per_class));
    expect(lines[1].run).toEqual({
      layers: [5, 3],
      steps: 6,
      learning_rate: 0.01,
      seed: 1,
      shift_term: true,
      layer_input: 'previous',
      gradient_equation: 22,
      set: 'mnist-paper',
      per_class: 3,
      classes: null,
      data_seed: null,
    });
    expect(new Set(lines.map(({ fingerprint }) => fingerprint)).size).toBe(12);
  });

  it('do not depend on the workers', () => {
    const mixed = { base: small.base, vary: { data_seed: [null, 3, null], per_class: [1, 2, 100], seed: [1, 2] } };
    const one = whole(mixed);
    for (const workers of ['1', '2', '5']) {
      expectSuccess(sweep(mixed, `o${workers}`, '--quiet', '--workers', workers));
      expect(read(`o${workers}`)).toBe(one);
    }
  });

  it('are those of the same runs given one by one, as the lines tell them', () => {
    const text = whole(small);
    const runs = linesOf(text).map((line) => JSON.parse(line).run);
    expect(whole({ runs })).toBe(text);
  });

  it('have the numbers of `ska run`, to the last bit', () => {
    const settings = { layers: [5, 3], steps: 6, tau: 1.5, seed: 3, shift_term: false, per_class: 2, classes: [7, 2] };
    const spec = { base: settings, vary: { data_seed: [9] }, records: 'all' };
    expectSuccess(sweep(spec, 'o', '--quiet'));
    const options =
      '--layers 5,3 --steps 6 --tau 1.5 --seed 3 --no-shift-term --per-class 2 --classes 7,2 --sampling shuffle ' +
      '--data-seed 9 --format json --out run --quiet';
    expectSuccess(ska(folder.path, ['run', ...options.split(' ')]));
    const [line] = parsed('o');
    const history = JSON.parse(read('run/history.json'));
    expect(line.fingerprint).toBe(JSON.parse(read('run/run.json')).fingerprint);
    expect(line.records.entropy).toEqual(history.entropy_history);
    expect(line.records.knowledge_norm).toEqual(history.frobenius_history);
    expect(line.records.lagrangian).toEqual(history.lagrangian_history);
    expect(line.records.outputs).toEqual(
      [0, 1, 2].map((neuron) =>
        history.output_neuron_activation.map((/** @type {number[]} */ outputs) => outputs[neuron]),
      ),
    );
    expect(line.indices.length).toBe(line.samples);
    expect(line.entropy_min).toEqual(line.records.entropy.map((/** @type {number[]} */ curve) => Math.min(...curve)));
  });

  it('stand once for settings that are given twice', () => {
    const twice = { base: small.base, vary: { learning_rate: [0.5, 0.25, 5e-1], seed: [1, 1] } };
    const outcome = sweep(twice, 'o');
    expect(outcome.stdout).toMatch(/^2 runs in o: 2 computed, 0 kept, 0 failed, /);
    expect(parsed('o').map(({ run }) => run.learning_rate)).toEqual([0.5, 0.25]);
  });
});

it('a million runs take little memory before the first one starts', async () => {
  const spec = { base: { layers: [2], steps: 1, per_class: 1 }, vary: { tau: [1, 2], seed: { from: 1, to: 500_000 } } };
  // Stored as structs and keys, they took 547 MB.
  const command = ['-c', 'ulimit -v 200000; exec "$0" "$@"', binary, ...words(spec, 'o', '--workers', '1')];
  const child = spawn('sh', command, { cwd: folder.path, stdio: 'ignore' });
  const ended = once(child, 'close');
  await expect
    .poll(() => (existsSync(path('o')) && read('o').includes('\n')) || child.exitCode, { timeout: 60_000 })
    .toBe(true);
  child.kill('SIGKILL');
  await ended;
  expect(parsed('o')[0].run).toMatchObject({ seed: 1, learning_rate: 1 });
}, 70_000);

describe('what is printed', () => {
  it('is a line for every run on stderr, and a summary', () => {
    const outcome = sweep(small, 'o');
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/^12 runs in o: 12 computed, 0 kept, 0 failed, \d+\.\d\d s\n$/);
    const lines = linesOf(outcome.stderr);
    expect(lines.length).toBe(12);
    lines.slice(0, -1).forEach((line, i) => expect(line).toMatch(new RegExp(`^${i + 1} of 12 runs, \\d+ s left$`)));
    expect(lines[11]).toBe('12 of 12 runs');
  });

  it('is nothing with --quiet', () => {
    const outcome = sweep(small, 'o', '--quiet');
    expectSuccess(outcome);
    expect(outcome.stdout).toBe('');
  });
});

describe('a sweep that goes on', () => {
  it('after SIGKILL ends as one that nothing disturbed', async () => {
    const { child, ended } = await started(slow, 'o');
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    const kept = linesOf(read('o')).length;
    expect(kept).toBeLessThan(20);
    const outcome = sweep(slow, 'o');
    expect(outcome.stdout).toMatch(new RegExp(`^20 runs in o: ${20 - kept} computed, ${kept} kept, 0 failed, `));
    expect(linesOf(outcome.stderr).length).toBe(20 - kept);
    expect(read('o')).toBe(whole(slow));
    expect(tree(folder.path)).toEqual(['o', 'spec.json', 'whole.jsonl']);
  });

  it.each(
    /** @type {const} */ ([
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ]),
  )('after %s, which stops it in words, likewise', async (signal, code) => {
    const { child, ended } = await started(slow, 'o');
    child.kill(signal);
    const outcome = await ended;
    expect(outcome.code).toBe(code);
    const kept = linesOf(read('o')).length;
    const message = `ska: Stopped by ${signal} after ${kept} of 20 runs; the same command goes on from there.\n`;
    expect(outcome.stderr.endsWith(message)).toBe(true);
    expect(read('o').endsWith('\n')).toBe(true);
    expect(sweep(slow, 'o', '--quiet').code).toBe(0);
    expect(read('o')).toBe(whole(slow));
  });

  it('drops a last line that was cut, anywhere', () => {
    const text = whole(small);
    const [first, second] = linesOf(text);
    for (const length of [1, 7, 30, second.length]) {
      writeFileSync(path('o'), `${first}\n${second.slice(0, length)}`);
      expect(sweep(small, 'o').stdout).toMatch(/^12 runs in o: 11 computed, 1 kept, /);
      expect(read('o')).toBe(text);
    }
  });

  it('takes lines in any order and twice, and puts them in its own', () => {
    const text = whole(small);
    const lines = linesOf(text);
    writeFileSync(path('o'), [...[...lines].reverse(), lines[0], ''].join('\n'));
    expect(sweep(small, 'o').stdout).toMatch(/^12 runs in o: 0 computed, 12 kept, /);
    expect(read('o')).toBe(text);
  });

  it('may have more runs than before', () => {
    expectSuccess(sweep({ ...small, vary: { ...small.vary, seed: [2] } }, 'o', '--quiet'));
    expect(sweep(small, 'o').stdout).toMatch(/^12 runs in o: 9 computed, 3 kept, /);
    expect(read('o')).toBe(whole(small));
  });
});

describe('a file that is not this sweep’s', () => {
  const wayOut = 'Choose another file, or --force to start anew.';
  /** @type {[what: string, text: () => string, message: string | RegExp][]} */
  const others = [
    [
      'of another run',
      () => whole(small).replaceAll('"seed":3', '"seed":33'),
      /^o, line 7, is of a run that is not in this sweep: \{"layers":\[5,3\],.*"seed":33,.*\}\. Choose another file, /,
    ],
    [
      'with records',
      () => whole({ ...small, records: 'all' }),
      `o, line 1, has records, and this sweep asks for none. ${wayOut}`,
    ],
    [
      'nested so deep that recursion would overflow',
      () => `{"run":{"layers":${'['.repeat(200_000)}${']'.repeat(200_000)}},"error":"x"}\n`,
      `o, line 1, is no line of a sweep: it is nested deeper than the 16 levels allowed. ${wayOut}`,
    ],
    [
      'with a NUL',
      () => whole(small).replace('\n', '\0{}\n'),
      /^o, line 1, is no line of a sweep: it is not a JSON object\./,
    ],
    [
      'of a run with a long name',
      () => `{"run":{"${'k'.repeat(1_000_000)}":1},"error":"x"}\n`,
      /^o, line 1, is of a run that is not in this sweep: .{300,500} Choose another file/,
    ],
    ['of words', () => 'My notes.\n', `o, line 1, is no line of a sweep: it is not a JSON object. ${wayOut}`],
    ['of words without an end', () => 'My notes.', `o, line 1, is no line of a sweep: it has no end. ${wayOut}`],
    [
      'with a broken line among others',
      () => whole(small).replace('}\n', '\n'),
      `o, line 1, is no line of a sweep: it is not a JSON object. ${wayOut}`,
    ],
  ];
  it.each(others)('%s is refused and kept, and goes with --force', (_, text, message) => {
    const former = text();
    writeFileSync(path('o'), former);
    expectRefusal(sweep(small, 'o'), failure, message);
    expect(read('o')).toBe(former);
    expectSuccess(sweep(small, 'o', '--force', '--quiet'));
    expect(read('o')).toBe(whole(small));
  });

  it('without records is refused where they are asked for', () => {
    whole(small);
    const message = `whole.jsonl, line 1, lacks the records that this sweep asks for. ${wayOut}`;
    expectRefusal(sweep({ ...small, records: 'all' }, 'whole.jsonl'), failure, message);
  });

  it('is refused while another sweep writes it, --force or not', async () => {
    const { child, ended } = await started(slow, 'o', 1);
    for (const more of [[], ['--force']]) {
      const message = 'o is being written by another sweep; wait for its end, or choose another file.';
      expectRefusal(sweep(slow, 'o', ...more), failure, message);
    }
    child.kill('SIGKILL');
    await ended;
  });

  it('is a folder, or in none', () => {
    mkdirSync(path('o'));
    expectRefusal(sweep(small, 'o'), failure, 'o cannot be written: it is not a regular file.');
    expectRefusal(sweep(small, 'no/ne'), failure, 'no/ne cannot be written: No such file or directory.');
    expect(tree(folder.path)).toEqual(['o', 'spec.json']);
  });

  it('may be a link, which stays', () => {
    writeFileSync(path('there'), '');
    symlinkSync('there', path('o'));
    expectSuccess(sweep(small, 'o', '--quiet'));
    expect(lstatSync(path('o')).isSymbolicLink()).toBe(true);
    expect(read('there')).toBe(whole(small));
  });
});

describe('runs that fail', () => {
  const failing = {
    base: small.base,
    runs: [{}, { learning_rate: 1e300 }, { per_class: 101 }, { classes: [11] }, { seed: 5 }],
  };
  const message = '3 of 5 runs failed; the lines with "error" in o say why.';

  it('have a line that says why, and the others go on', () => {
    const outcome = sweep(failing, 'o', '--quiet');
    expectRefusal(outcome, failure, message);
    const lines = parsed('o');
    expect(lines.map(({ error }) => error)).toEqual([
      undefined,
      expect.stringMatching(/^The run stopped at step \d, layer 1: .* is no longer a finite number\./),
      'Class 0 has 100 samples; 101 per class were asked for.',
      'Class 11 does not occur in the labels, which hold the classes 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.',
      undefined,
    ]);
    expect(Object.keys(lines[1])).toEqual(['run', 'error']);
  });

  it('are kept as any other', () => {
    sweep(failing, 'o', '--quiet');
    const before = read('o');
    const outcome = sweep(failing, 'o');
    expect(outcome.stdout).toMatch(/^5 runs in o: 0 computed, 5 kept, 3 failed, /);
    expect(outcome.code).toBe(failure);
    expect(outcome.stderr).toBe(`ska: ${message}\n`);
    expect(read('o')).toBe(before);
  });
});

describe('what stops a sweep', () => {
  it('is a data set that is not there, before anything is written', () => {
    const outcome = ska(folder.path, words(small, 'o'), { env: { SKA_DATA_DIR: 'elsewhere' } });
    expectRefusal(outcome, failure, /^The data set mnist-paper is not in elsewhere; `npm run data` prepares it there/);
    expect(tree(folder.path)).toEqual(['spec.json']);
  });

  it('is a data set that is damaged', () => {
    const names = ['mnist-paper-images-idx3-ubyte.gz', 'mnist-paper-labels-idx1-ubyte.gz'];
    mkdirSync(path('data'));
    for (const name of names) writeFileSync(path(`data/${name}`), readFileSync(join(projectDir, 'public/data', name)));
    truncateSync(path(`data/${names[0]}`), 1000);
    const outcome = ska(folder.path, words(small, 'o'), { env: { SKA_DATA_DIR: 'data' } });
    expectRefusal(outcome, failure, 'data/mnist-paper-images-idx3-ubyte.gz is truncated: its gzip data end too early.');
  });

  it('is a full disk, which keeps whole lines', () => {
    const text = whole(small);
    const outcome = limitedSka(folder.path, 'ulimit -f 8', words(small, 'o', '--quiet'));
    expectRefusal(outcome, failure, 'o cannot be written: File too large.');
    expect(read('o').endsWith('\n')).toBe(true);
    expect(linesOf(read('o')).length).toBeLessThan(12);
    expectSuccess(sweep(small, 'o', '--quiet'));
    expect(read('o')).toBe(text);
  });

  it('is a spec that cannot be meant, and nothing is written', () => {
    const vary = { seed: [1, -1] };
    const message = 'spec.json is no sweep: vary.seed[1] must be a whole number from 0 to 4294967295; -1 was given.';
    expectRefusal(sweep({ vary }, 'o'), usage, message);
    expectRefusal(ska(folder.path, ['sweep', 'none', '--out', 'o']), failure, /^none cannot be read: No such file/);
    expect(tree(folder.path)).toEqual(['spec.json']);
  });

  it('is --out that names the spec, by whatever name', () => {
    const spec = words(small, 'o');
    symlinkSync('spec.json', path('link'));
    for (const out of ['spec.json', './spec.json', 'link']) {
      const outcome = ska(folder.path, [...spec.slice(0, 3), out, '--force']);
      expectRefusal(outcome, usage, '--out must be another file than the sweep, spec.json.');
    }
    expect(JSON.parse(read('spec.json'))).toEqual(small);
  });
});
