// Permanent compatibility: run cards, results and sweeps of version 1 are recomputed to the same bits, continued, and
// overwritten.
import { copyFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { bytesOf, cards, jsonOf, oldest, pathOf, textOf } from '../fixtures/v1.js';
import { fileOf, parseCsv } from '../golden/golden.js';
import { contents, expectSuccess, ska, temporaryFolder } from './command.js';

const folder = temporaryFolder();
const path = (/** @type {string} */ name) => join(folder.path, name);
const usage = 2;
const failure = 1;

/** @param {string} stdout */
const fingerprintIn = (stdout) => /^Fingerprint: ([0-9a-f]{32})$/m.exec(stdout)?.[1] ?? null;

/** The fingerprint from `ska run --config`, which fails if it differs from the card's. @param {string} config */
function rerun(config, cwd = folder.path) {
  const outcome = ska(cwd, ['run', '--config', config]);
  expectSuccess(outcome);
  return fingerprintIn(outcome.stdout);
}

describe('a run card', () => {
  const exact = cards.filter(({ file }) => !['fast.json', 'started.json'].includes(file));

  it.each(exact)('of $what gives its run', ({ file, fingerprint, finished }) => {
    expect(rerun(pathOf(`cards/${file}`))).toBe(fingerprint ?? finished);
  });

  it('of the fast engine gives a run, which has nothing to compare with', () => {
    expectSuccess(ska(folder.path, ['run', '--config', pathOf('cards/fast.json')]));
  });

  it('of a run from given weights is refused: the card does not hold them', () => {
    const outcome = ska(folder.path, ['run', '--config', pathOf('cards/started.json')]);
    expect(outcome.stderr).toMatch(/weights/);
    expect(outcome.code).toBe(usage);
  });

  it('of before there were other data sets and variants gives its run', () => {
    writeFileSync(path('card.json'), JSON.stringify(oldest.card));
    expect(rerun('card.json')).toBe(oldest.card.fingerprint);
  });

  it('in its zip of CSV files, as run.json, gives its run', () => {
    const run = strFromU8(unzipSync(new Uint8Array(bytesOf('files/csv.zip')))['run.json']);
    writeFileSync(path('run.json'), run);
    expect(rerun('run.json')).toBe(jsonOf('cards/fashion.json').fingerprint);
  });
});

/** The numbers in a result's files, by file. @param {string} result its folder */
function numbersIn(result) {
  if (readdirSync(result).includes('history.json'))
    return JSON.parse(readFileSync(join(result, 'history.json'), 'utf8'));
  const files = Object.values(fileOf);
  return Object.fromEntries(
    files.map((file) => [file, parseCsv(readFileSync(join(result, `${file}.csv`), 'utf8')).values]),
  );
}

describe('a result of `ska run`', () => {
  const exact = ['csv', 'json', 'relative', 'relative-shuffled', 'of-a-card'];
  // Paths in a run.json were relative to the folder where the command ran, which is the one that holds the result.
  const results = pathOf('results');

  it.each(exact)('%s gives its run, to the last bit', (name) => {
    const { fingerprint } = jsonOf(`results/${name}/run.json`);
    expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(rerun(`${name}/run.json`, results)).toBe(fingerprint);
    const format = readdirSync(join(results, name)).includes('history.json') ? 'json' : 'csv';
    const words = ['run', '--config', `${name}/run.json`, '--out', path('again'), '--format', format, '--quiet'];
    expectSuccess(ska(results, words));
    expect(numbersIn(path('again'))).toEqual(numbersIn(join(results, name)));
  });

  it('of the fast engine gives a run', () => {
    expectSuccess(ska(results, ['run', '--config', 'fast/run.json']));
  });

  it.each([...exact, 'fast'])('%s is known as a result, which --force replaces', (name) => {
    cpSync(results, path('results'), { recursive: true });
    const words = ['run', '--layers', '2', '--steps', '2', '--per-class', '1', '--out', `results/${name}`, '--quiet'];
    expect(ska(folder.path, words).code).not.toBe(0); // unchanged without --force
    expect(numbersIn(path(`results/${name}`))).toEqual(numbersIn(join(results, name)));
    expectSuccess(ska(folder.path, [...words, '--force']));
    expect(JSON.parse(readFileSync(path(`results/${name}/run.json`), 'utf8')).config.layers).toEqual([2]);
  });
});

describe('a sweep', () => {
  const text = (/** @type {string} */ name) => textOf(`sweeps/${name}`);
  /** @param {string} name @param {...string} more */
  const sweep = (name, ...more) => ska(folder.path, ['sweep', pathOf(`sweeps/${name}.json`), '--out', 'o', ...more]);

  it.each([
    ['vary', 6, 0],
    ['runs', 8, 2],
    ['papers', 1, 0],
  ])('%s gives its file, byte for byte', (name, runs, failed) => {
    const outcome = sweep(name);
    expect(outcome.stdout).toMatch(new RegExp(`^${runs} runs? in o: ${runs} computed, 0 kept, ${failed} failed, `));
    expect(outcome.code).toBe(failed > 0 ? failure : 0);
    expect(readFileSync(path('o'), 'utf8')).toBe(text(`${name}.jsonl`));
  });

  it.each([
    ['vary', 6, 0],
    ['runs', 8, 2],
    ['papers', 1, 0],
  ])('%s that is finished has nothing to compute, and stays as it is', (name, runs, failed) => {
    copyFileSync(pathOf(`sweeps/${name}.jsonl`), path('o'));
    const outcome = sweep(name);
    expect(outcome.stdout).toMatch(new RegExp(`^${runs} runs? in o: 0 computed, ${runs} kept, ${failed} failed, `));
    expect(readFileSync(path('o'), 'utf8')).toBe(text(`${name}.jsonl`));
  });

  it.each([
    ['vary', 6, 2],
    ['runs', 8, 3], // in another order, one of them an error; plus a partial fourth line
  ])('%s that was broken off ends as if it had not been', (name, runs, kept) => {
    copyFileSync(pathOf(`sweeps/${name}-unfinished.jsonl`), path('o'));
    const outcome = sweep(name);
    expect(outcome.stdout).toMatch(new RegExp(`^${runs} runs in o: ${runs - kept} computed, ${kept} kept, `));
    expect(readFileSync(path('o'), 'utf8')).toBe(text(`${name}.jsonl`));
  });

  it('of the papers’ settings has their fingerprint', () => {
    expect(JSON.parse(text('papers.jsonl')).fingerprint).toBe('701fa23f76377a318aa8c49b6fb059ba');
  });

  it('is made of the runs that the lines of another one tell', () => {
    const lines = text('runs.jsonl').trimEnd().split('\n');
    const runs = lines.map((line) => JSON.parse(line).run);
    writeFileSync(path('spec.json'), JSON.stringify({ runs, records: 'all' }));
    expect(ska(folder.path, ['sweep', 'spec.json', '--out', 'o', '--quiet']).code).toBe(failure); // two runs fail
    expect(readFileSync(path('o'), 'utf8')).toBe(text('runs.jsonl'));
  });
});

describe('the result of an experiment', () => {
  const former = pathOf('results/experiment');
  const { experiment, controls, runs } = jsonOf('results/experiment/experiment.json');
  /** @param {Record<string, string>} [changed] controls @returns {string[]} */
  const words = (changed) => [
    ...['experiment', experiment, '--out', 'result', '--quiet'],
    ...Object.entries({ ...controls, ...changed }).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ];

  it('has the numbers of the same experiment', () => {
    expectSuccess(ska(folder.path, words()));
    expect(runs.length).toBe(2);
    for (const { key } of runs) {
      expect(numbersIn(path(`result/runs/${key}`))).toEqual(numbersIn(join(former, 'runs', key)));
    }
    /** @param {string} result @returns {string[]} */
    const verdicts = (result) =>
      JSON.parse(readFileSync(join(result, 'findings.json'), 'utf8')).map((/** @type {any} */ { verdict }) => verdict);
    expect(verdicts(path('result'))).toEqual(verdicts(former));
  });

  it('is known as one: it stays without --force, and with it is replaced', () => {
    cpSync(former, path('result'), { recursive: true });
    expect(ska(folder.path, words({ seed: '7' })).code).not.toBe(0);
    expect(contents(path('result'))).toEqual(contents(former));
    expectSuccess(ska(folder.path, [...words({ seed: '7' }), '--force']));
    expect(JSON.parse(readFileSync(path('result/experiment.json'), 'utf8')).controls.seed).toBe('7');
  });
});
