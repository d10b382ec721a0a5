// `ska experiment`: writes a complete result that agrees with its numbers, or none and one sentence.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fileOf, goldenCsv, parseCsv } from '../golden/golden.js';
import { goldenDigits, goldenPaces, goldenRuns, misses, tolerance } from '../golden/runs.js';
import { binary, contents, expectRefusal, expectSuccess, projectDir, ska, temporaryFolder, tree } from './command.js';

const script = join(projectDir, 'web/headless/experiment.js');
const usage = 2;
const failure = 1;
const names = ['time-invariance', 'gradient-term', 'per-class', 'entropy-state', 'tensor-net', 'how-far', 'papers'];

const folder = temporaryFolder();
const path = (/** @type {string} */ name) => join(folder.path, name);

/** @param {string[]} words @param {{ env?: Record<string, string>, stdout?: number, timeout?: number }} [options] */
const experiment = (words, options) => ska(folder.path, ['experiment', ...words], options);

/** Two runs that take a few milliseconds. */
const small = ['gradient-term', '--set', 'layers=5-3', '--set', 'steps=6', '--set', 'samples=2'];

/**
 * Expects only the given line on standard error, and this exit code.
 * @param {ReturnType<typeof ska>} outcome
 * @param {number} code
 * @param {string | RegExp} message
 */
function expectComplaint(outcome, code, message) {
  expect(outcome.stderr).toMatch(/^ska experiment: [^\n]+\n$/);
  const said = outcome.stderr.slice('ska experiment: '.length, -1);
  if (typeof message === 'string') expect(said).toBe(message);
  else expect(said).toMatch(message);
  expect(outcome.code).toBe(code);
  expect(outcome.stdout).toBe('');
}

describe('the golden experiments', () => {
  const golden = { path: '' };
  const timeout = 240_000;

  beforeAll(() => {
    golden.path = mkdtempSync(join(tmpdir(), 'ska-experiments-'));
    const all = [['time-invariance'], ['gradient-term', '--set', 'compare=all'], ['per-class']];
    for (const words of all) {
      const outcome = ska(golden.path, ['experiment', ...words, '--out', words[0], '--quiet'], { timeout });
      expect(outcome).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    }
  }, timeout);
  afterAll(() => rmSync(golden.path, { recursive: true, force: true }));

  const read = (/** @type {string} */ name) => readFileSync(join(golden.path, name), 'utf8');

  /** A table's cells, by column; numeric cells as numbers. @param {string} name */
  function table(name) {
    const [head, ...rows] = read(name)
      .trimEnd()
      .split('\n')
      .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,"]*))/g)].map(([, quoted, bare]) => quoted ?? bare));
    return rows.map((cells) => Object.fromEntries(head.map((column, i) => [column, cells[i]])));
  }

  /** @returns {{ verdict: string, text: string, claim?: string, value?: number, allowed?: number }[]} */
  const findings = (/** @type {string} */ name) => JSON.parse(read(`${name}/findings.json`));

  /** @param {string} run its folder */
  function entropies(run) {
    const { values } = parseCsv(read(`${run}/entropy_history.csv`));
    const minima = values.map((curve) => Math.min(...curve));
    return {
      entropy_min: minima,
      entropy_min_step: values.map((curve, layer) => curve.indexOf(minima[layer]) + 1),
      entropy_last: values.map((curve) => curve[curve.length - 1]),
      entropy_total: values[0].map((_, k) => values.reduce((sum, curve) => sum + curve[k], 0)),
    };
  }

  /** @param {number} value @param {number} expected */
  function expectClose(value, expected) {
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
  }

  const key = (/** @type {readonly [number, number]} */ [rate, steps]) => `eta-${rate}-steps-${steps}`;
  const ofPace = (/** @type {readonly [number, number]} */ [rate, steps]) =>
    goldenRuns[`time_invariance lr=${rate} steps=${steps}`];

  /** @type {[name: string, runs: [key: string, golden: string][], tables: string[]][]} */
  const expectedOf = [
    [
      'time-invariance',
      goldenPaces.map((pace) => [key(pace), `time_invariance lr=${pace[0]} steps=${pace[1]}`]),
      ['minima'],
    ],
    [
      'gradient-term',
      [
        ['rule', 'default'],
        ['no-shift', 'no_shift_term'],
        ['input-of-this-step', 'current layer input, equation 22'],
        ['equation-31', 'previous layer input, equation 31'],
      ],
      ['changes', 'extremes'],
    ],
    [
      'per-class',
      goldenDigits.map((digit) => [`digit-${digit}`, `digit ${digit}`]),
      ['minima-per-neuron-and-sample', 'minima'],
    ],
  ];

  it.each(expectedOf)('%s leaves all files', (name, runs, tables) => {
    const files = [...contents(join(golden.path, name)).keys()];
    expect(files.filter((file) => !file.includes('/'))).toEqual([
      'README.md',
      'experiment.json',
      'findings.json',
      'indices.json',
    ]);
    expect(files.filter((file) => file.startsWith('tables/'))).toEqual(tables.map((each) => `tables/${each}.csv`));
    const ofRuns = runs.flatMap(([run]) => Object.values(fileOf).map((file) => `runs/${run}/${file}.csv`));
    expect(files.filter((file) => file.startsWith('runs/'))).toEqual(ofRuns.sort());
    const figures = files.filter((file) => file.startsWith('figures/'));
    for (const layer of [1, 2, 3, 4]) {
      expect(figures.some((figure) => figure.includes('entropy') && figure.includes(`layer-${layer}`))).toBe(true);
    }
    for (const figure of figures) expect(read(`${name}/${figure}`).split('\n').length, figure).toBeGreaterThan(2);
  });

  it.each(expectedOf)('%s has runs with the golden numbers', (name, runs) => {
    for (const [run, goldenName] of runs) {
      const found = entropies(`${name}/runs/${run}`);
      expect(found.entropy_min_step, run).toEqual(goldenRuns[goldenName].entropy_min_step);
      expect(misses(found, goldenRuns[goldenName]), run).toEqual([]);
    }
  });

  it.each(expectedOf)('%s says of itself what it is', (name, runs) => {
    const about = JSON.parse(read(`${name}/experiment.json`));
    expect(about).toMatchObject({ program: 'ska', experiment: name });
    expect(about.controls).toMatchObject({ layers: '256-128-64-10', seed: '42', samples: '100' });
    expect(about.runs.map((/** @type {{ key: string }} */ run) => run.key)).toEqual(runs.map(([run]) => run));
    const fingerprints = about.runs.map((/** @type {{ fingerprint: string }} */ run) => run.fingerprint);
    expect(new Set(fingerprints).size).toBe(runs.length);
    const text = read(`${name}/README.md`);
    expect(text).toContain(`${runs.length} of ${runs.length} runs finished.\n`);
    for (const finding of findings(name)) expect(text).toContain(finding.text);
  });

  it('gradient-term has the default run of `ska run`, to the last bit', () => {
    expectSuccess(ska(folder.path, ['run', '--out', 'run', '--quiet']));
    for (const file of Object.values(fileOf)) {
      const expected = parseCsv(readFileSync(path(`run/${file}.csv`), 'utf8'));
      expect(parseCsv(read(`gradient-term/runs/rule/${file}.csv`)), file).toEqual(expected);
    }
    const { fingerprint } = JSON.parse(readFileSync(path('run/run.json'), 'utf8'));
    expect(JSON.parse(read('gradient-term/experiment.json')).runs[0].fingerprint).toBe(fingerprint);
    const { columns, rows } = goldenCsv('entropy');
    expect(parseCsv(read('gradient-term/runs/rule/entropy_history.csv'))).toMatchObject({ columns, rows });
  });

  it('time-invariance finds the minima where they are', () => {
    const rows = table('time-invariance/tables/minima.csv');
    expect(rows.map(({ Run }) => Run)).toEqual(goldenPaces.map(([rate, steps]) => `η ${rate}, K ${steps}`));
    goldenPaces.forEach((pace, i) => {
      const { entropy_min: minima, entropy_min_step: steps } = ofPace(pace);
      expect(Number(rows[i].τ)).toBe(pace[0] * pace[1]);
      steps.forEach((step, layer) => {
        expect(Number(rows[i][`Layer ${layer + 1}: step`])).toBe(step);
        expect(Number(rows[i][`Layer ${layer + 1}: t`])).toBe(step * pace[0]);
        expectClose(Number(rows[i][`Layer ${layer + 1}: H/η`]), minima[layer] / pace[0]);
      });
    });
  });

  it('time-invariance says how far apart they are, and whether the claim holds', () => {
    const claims = findings('time-invariance').filter(({ claim }) => claim?.includes('is least at the same t'));
    expect(claims.length).toBe(4);
    claims.forEach(({ verdict, value, text }, layer) => {
      const times = goldenPaces.map((pace) => ofPace(pace).entropy_min_step[layer] * pace[0]);
      const [first, last] = [Math.min(...times), Math.max(...times)];
      expect(value).toBe(last - first);
      // Each minimum is known to within one step, so two may differ by the steps of the two coarsest runs.
      expect(verdict).toBe(last - first <= goldenPaces[0][0] + goldenPaces[1][0] ? 'holds' : 'fails');
      expect(text).toContain(`Layer ${layer + 1}: the entropy minima lie between t = ${first.toFixed(4)} and`);
    });
  });

  it('gradient-term finds the minima and last entropies of every rule', () => {
    const rows = table('gradient-term/tables/extremes.csv');
    expect(rows.length).toBe(16);
    const runs = expectedOf[1][1].map(([, name]) => goldenRuns[name]);
    rows.forEach((row, i) => {
      const [layer, run] = [Math.floor(i / 4), runs[i % 4]];
      expect(Number(row.Layer)).toBe(layer + 1);
      expect(Number(row['Entropy minimum: step'])).toBe(run.entropy_min_step[layer]);
      expectClose(Number(row['Entropy minimum']), run.entropy_min[layer]);
      const most = tolerance * Math.abs(run.entropy_min[layer]);
      expect(Math.abs(Number(row['Entropy, last']) - run.entropy_last[layer])).toBeLessThanOrEqual(most);
    });
  });

  it('gradient-term says that ΔD speeds learning, and by how much', () => {
    const [withShift, without] = [goldenRuns.default.entropy_min_step, goldenRuns.no_shift_term.entropy_min_step];
    expect(withShift.every((step, layer) => step < without[layer])).toBe(true);
    const all = findings('gradient-term');
    expect(all[0]).toMatchObject({ verdict: 'holds', claim: expect.stringContaining('ΔD speeds learning') });
    // In layer 4 the minimum is at the last step, so the ratio is unknown.
    const found = withShift.slice(0, 3).map((step, layer) => without[layer] / step);
    expect(all[0].text).toContain(`${Math.min(...found).toFixed(3)} to ${Math.max(...found).toFixed(3)} times`);
    withShift.forEach((step, layer) => {
      const moved = `Layer ${layer + 1}, Without ΔD: the minimum of entropy moves from step ${step} to ${without[layer]},`;
      expect(all.filter(({ text }) => text.startsWith(moved)).length).toBe(1);
    });
  });

  it('per-class finds the minima of every digit, and which are deepest', () => {
    const rows = table('per-class/tables/minima.csv');
    goldenDigits.forEach((digit) => {
      const { entropy_min: minima, entropy_min_step: steps } = goldenRuns[`digit ${digit}`];
      expect(rows[digit]).toMatchObject({ Digit: String(digit), Samples: '100' });
      steps.forEach((step, layer) => {
        expect(Number(rows[digit][`Layer ${layer + 1}: step`])).toBe(step);
        expectClose(Number(rows[digit][`Layer ${layer + 1}: minimum`]), minima[layer]);
      });
    });
    const all = findings('per-class');
    [0, 1, 2, 3].forEach((layer) => {
      const depths = goldenDigits.map((digit) => goldenRuns[`digit ${digit}`].entropy_min[layer]);
      const [deepest, least] = [Math.min(...depths), Math.max(...depths)];
      const found = all.find(({ text }) => text.startsWith(`Layer ${layer + 1}: entropy falls deepest`))?.text;
      expect(found).toContain(`deepest for digit ${depths.indexOf(deepest)}, `);
      expect(found).toContain(`least for digit ${depths.indexOf(least)}, `);
      expect(found).toContain(` ${(deepest / least).toFixed(3)} times `);
    });
  });

  it('per-class tells which samples each network saw: the first hundred of its digit', () => {
    const file = readFileSync(join(projectDir, 'public/data/train-labels-idx1-ubyte.gz'));
    const labels = [...gunzipSync(file).subarray(8)]; // without the header
    /** @type {{ key: string, indices: number[] }[]} */
    const chosen = JSON.parse(read('per-class/indices.json'));
    expect(chosen.map((each) => each.key)).toEqual(goldenDigits.map((digit) => `digit-${digit}`));
    goldenDigits.forEach((digit) => {
      const expected = labels.flatMap((label, i) => (label === digit ? [i] : [])).slice(0, 100);
      expect(chosen[digit].indices).toEqual(expected);
    });
  });
});

describe('the list', () => {
  it('names all experiments, their questions and their controls', () => {
    const outcome = experiment(['--list']);
    expectSuccess(outcome);
    const entries = outcome.stdout.split('\n\n').map((entry) => entry.split('\n'));
    expect(entries.map(([name]) => name)).toEqual(names);
    for (const [name, question, ...controls] of entries) {
      expect(question, name).toMatch(/^ {2}[A-Z].*\?$/);
      expect(controls.filter((line) => line.startsWith('    --set ')).length, name).toBeGreaterThan(0);
    }
  });

  it('is refused by a disk that is full, in a sentence', () => {
    const outcome = experiment(['--list'], { stdout: openSync('/dev/full', 'w') });
    expectComplaint(outcome, failure, 'What was asked for cannot be printed.');
  });

  it('comes with help for those who ask', () => {
    for (const word of ['--help', '-h']) {
      const outcome = experiment([word]);
      expectSuccess(outcome);
      expect(outcome.stdout).toMatch(/^ska experiment: .*\n[^]* --list [^]* --out FOLDER [^]* --force [^]* --quiet /);
    }
  });
});

describe('what cannot be meant', () => {
  /** @type {[what: string, words: string[], message: string | RegExp][]} */
  const unusable = [
    ['no experiment', ['--out', 'o'], 'The name of an experiment is needed; see ska experiment --list.'],
    ['no --out', ['papers'], '--out FOLDER is needed, to put the results into.'],
    ['--out without a folder', ['papers', '--out'], '--out needs a value; see ska experiment --help.'],
    ['an unknown experiment', ['nope', '--out', 'o'], `There is no experiment “nope”; there are ${names.join(', ')}.`],
    [
      'two experiments',
      ['papers', 'how-far', '--out', 'o'],
      '“how-far” is out of place; one experiment is run at a time.',
    ],
    ['an unknown option', ['papers', '--outs', 'o'], '“--outs” is not an option; see ska experiment --help.'],
    ['a value where there is none', ['papers', '--out', 'o', '--force=no'], '--force takes no value; “no” was given.'],
    [
      'an unknown control',
      ['papers', '--out', 'o', '--set', 'speed=3'],
      'This experiment has no control “speed”; it has extent.',
    ],
    ['a bad value', [...small, '--out', 'o', '--set', 'seed=-1'], /^.* must be .*; “-1” was given\.$/],
    [
      'a control without a value',
      ['papers', '--out', 'o', '--set', 'seed'],
      '--set must be CONTROL=VALUE; “seed” was given.',
    ],
    ['a control twice', [...small, '--out', 'o', '--set', 'steps=6'], 'steps is set more than once.'],
    ...['0', '65', '1.5', 'all'].map(
      (workers) =>
        /** @type {[string, string[], string]} */ ([
          `${workers} workers`,
          [...small, '--out', 'o', '--workers', workers],
          `--workers must be a whole number from 1 to 64; “${workers}” was given.`,
        ]),
    ),
  ];
  it.each(unusable)('%s is refused before anything is written', (_, words, message) => {
    expectComplaint(experiment(words), usage, message);
    expect(tree(folder.path)).toEqual([]);
  });
});

describe('the folder', () => {
  it('may be empty, and within folders that are not there yet', () => {
    mkdirSync(path('empty'));
    for (const out of ['empty', 'not/yet']) expectSuccess(experiment([...small, '--out', out, '--quiet']));
    expect(contents(path('not/yet'))).toEqual(contents(path('empty')));
  });

  it('is kept if there is something in it', () => {
    mkdirSync(path('o'));
    writeFileSync(path('o/notes'), 'mine');
    expectComplaint(
      experiment([...small, '--out', 'o']),
      failure,
      'o is not empty; --force replaces a result that is there.',
    );
    const message = 'o holds no result of an experiment, so --force does not replace it.';
    expectComplaint(experiment([...small, '--out', 'o', '--force']), failure, message);
    expect(tree(folder.path)).toEqual(['o', 'o/notes']);
  });

  it('is replaced by --force if it holds a result, and nothing of that stays', () => {
    expectSuccess(experiment([...small, '--set', 'compare=all', '--out', 'o', '--quiet']));
    expect(existsSync(path('o/runs/equation-31'))).toBe(true);
    expectSuccess(experiment([...small, '--out', 'o', '--quiet', '--force']));
    expectSuccess(experiment([...small, '--out', 'fresh', '--quiet', '--force']));
    expect(contents(path('o'))).toEqual(contents(path('fresh')));
    expect(tree(folder.path).filter((name) => !name.includes('/'))).toEqual(['fresh', 'o']);
  });

  it('may be a link, which stays', () => {
    mkdirSync(path('there'));
    symlinkSync('there', path('o'));
    expectSuccess(experiment([...small, '--out', 'o', '--quiet']));
    expect(lstatSync(path('o')).isSymbolicLink()).toBe(true);
    expect(existsSync(path('there/README.md'))).toBe(true);
  });

  it('is none', () => {
    writeFileSync(path('file'), 'mine');
    expectComplaint(experiment([...small, '--out', 'file', '--force']), failure, 'file is not a folder.');
    expectComplaint(experiment([...small, '--out', 'file/o']), failure, /^file\/o cannot be written: .*\.$/);
    expect(contents(folder.path)).toEqual(new Map([['file', Buffer.from('mine')]]));
  });

  it('has the same files for any number of workers', () => {
    const digits = ['per-class', '--set', 'layers=5-3', '--set', 'steps=9', '--set', 'samples=7'];
    for (const workers of ['1', '2', '5']) {
      expectSuccess(experiment([...digits, '--out', `o${workers}`, '--workers', workers, '--quiet']));
    }
    expect(contents(path('o1')).size).toBeGreaterThan(80); // ten runs with eight files each
    expect(contents(path('o2'))).toEqual(contents(path('o1')));
    expect(contents(path('o5'))).toEqual(contents(path('o1')));
  });
});

describe('what is printed', () => {
  it('is the findings, and on stderr how far it is', () => {
    const { code, stdout, stderr } = experiment([...small, '--out', 'o']);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    /** @type {{ text: string }[]} */
    const findings = JSON.parse(readFileSync(path('o/findings.json'), 'utf8'));
    expect(lines.length).toBe(findings.length + 1);
    findings.forEach(({ text }, i) => expect(lines[i].endsWith(text)).toBe(true));
    expect(lines.at(-1)).toBe(`2 of 2 runs, ${contents(path('o')).size} files in o`);
    expect(stderr).toMatch(/^1 of 2 runs, \d+ s left\n2 of 2 runs\n$/);
  });

  it('is nothing with --quiet', () => {
    expect(experiment([...small, '--out', 'o', '--quiet'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});

describe('runs that fail', () => {
  const words = ['time-invariance', '--set', 'layers=5-3', '--set', 'samples=2', '--out', 'o'];
  const bad = 'eta-1e38-steps-5';

  it('are named with the reason, and the others stand', () => {
    const outcome = experiment([...words, '--set', 'pairs=1e38x5,0.01x5', '--quiet']);
    expectComplaint(outcome, failure, '1 of 2 runs failed; o/README.md says why.');
    const reason = `The run stopped at step \\d, layer 1: .* is no longer a finite number\\.`;
    const readme = readFileSync(path('o/README.md'), 'utf8');
    expect(readme).toContain('1 of 2 runs finished.\n');
    expect(readme).toMatch(new RegExp(`^- ${bad} failed: ${reason}`, 'm'));
    const { runs } = JSON.parse(readFileSync(path('o/experiment.json'), 'utf8'));
    expect(runs[0]).toMatchObject({ key: bad, fingerprint: null, error: expect.stringMatching(new RegExp(reason)) });
    expect(runs[1]).toMatchObject({ fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(runs[1].error).toBeUndefined();
    expect(tree(path('o/runs')).filter((name) => !name.includes('/'))).toEqual(['eta-0.01-steps-5']);
    const alone = experiment([...words.slice(0, -1), 'alone', '--set', 'pairs=0.01x5', '--quiet']);
    expectSuccess(alone);
    expect(contents(path('o/runs'))).toEqual(contents(path('alone/runs')));
  });

  it('may be all of them', () => {
    const outcome = experiment([...words, '--set', 'pairs=1e38x5', '--quiet']);
    expectComplaint(outcome, failure, '1 of 1 runs failed; o/README.md says why.');
    expect(readFileSync(path('o/README.md'), 'utf8')).toContain('0 of 1 runs finished.\n');
  });
});

describe('what stops an experiment', () => {
  it('is a data set that is not there, and nothing is written', () => {
    const outcome = experiment([...small, '--out', 'o'], { env: { SKA_DATA_DIR: 'elsewhere' } });
    const message = /^The runs were not made\. The data set mnist is not in elsewhere; `npm run data` prepares it/;
    expectComplaint(outcome, failure, message);
    expect(tree(folder.path)).toEqual([]);
  });

  /** Ten runs that take a second or more. */
  const slow = ['per-class', '--set', 'steps=1000', '--workers', '1', '--out', 'o/o'];

  /** Starts them, and waits until the first has finished. @param {...string} more */
  async function started(...more) {
    // `ska` replaces itself by Node, so that the started process is Node's. The process of the sweep writes down its
    // id.
    mkdirSync(path('bin'));
    const sweep = path('bin/sweep');
    writeFileSync(sweep, `#!/bin/sh\necho $$ >'${path('bin/pid')}'\nexec '${binary}' "$@"\n`, { mode: 0o755 });
    const node = `#!/bin/sh\nSKA_COMMAND='${sweep}' exec '${process.execPath}' "$@"\n`;
    writeFileSync(path('bin/node'), node, { mode: 0o755 });
    const env = { ...process.env, PATH: `${path('bin')}:${process.env.PATH}` };
    const child = spawn(binary, ['experiment', ...slow, ...more], { cwd: folder.path, env });
    let stderr = '';
    child.stderr.on('data', (data) => (stderr += data));
    const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal, stderr: () => stderr }));
    while (finishedRuns() === 0) {
      expect(child.exitCode).toBeNull(); // fails if it ended before it could be disturbed
      await sleep(5);
    }
    return { child, ended, sweep: Number(readFileSync(path('bin/pid'), 'utf8')) };
  }

  function finishedRuns() {
    if (!existsSync(path('o'))) return 0;
    const name = tree(path('o')).find((each) => each.endsWith('sweep.jsonl'));
    return name ? readFileSync(path(`o/${name}`), 'utf8').split('\n').length - 1 : 0;
  }

  /** Whether a process has ended, even if its parent has not reaped it yet. @param {number} pid */
  function hasEnded(pid) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === '';
    } catch {
      return true;
    }
  }

  it.each(
    /** @type {const} */ ([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ]),
  )('is %s, which ends the sweep too and leaves nothing', async (signal, code) => {
    const { child, ended, sweep } = await started('--quiet');
    expect(hasEnded(sweep)).toBe(false);
    child.kill(signal);
    const outcome = await ended;
    expect(outcome.code).toBe(code);
    expect(outcome.stderr()).toBe(`ska experiment: Stopped by ${signal}; nothing was written.\n`);
    expect(hasEnded(sweep)).toBe(true);
    expect(tree(path('o'))).toEqual([]);
  });

  it.each([[[]], [['--quiet']]])('is SIGKILL, after which the sweep ends by itself %j', async (more) => {
    const { child, ended, sweep } = await started(...more);
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    while (!hasEnded(sweep)) await sleep(20);
    expect(finishedRuns()).toBeLessThan(10);
    expect(existsSync(path('o/o'))).toBe(false);
  });

  it('leaves a former result as it was', async () => {
    expectSuccess(experiment([...small, '--out', 'o/o', '--quiet']));
    const former = contents(path('o'));
    const { child, ended } = await started('--force');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    expect(contents(path('o'))).toEqual(former);
  });

  it('is an end of the sweep alone', async () => {
    const { ended, sweep } = await started('--quiet');
    process.kill(sweep, 'SIGKILL');
    const outcome = await ended;
    expect(outcome.code).toBe(failure);
    expect(outcome.stderr()).toMatch(/^ska experiment: The runs were not made\. .*sweep was ended by SIGKILL\.\n$/);
    expect(tree(path('o'))).toEqual([]);
  });
});

describe('the executable', () => {
  it('hands its words over to Node as they are, and tells the script of itself', () => {
    const standIn = '#!/bin/sh\nprintf "%s\\n" "$SKA_COMMAND" "$@"\nexit 7\n';
    writeFileSync(path('node'), standIn, { mode: 0o755 });
    const given = ['run', '--quiet=', 'a b', '--help', '', '--'];
    const outcome = experiment(given, { env: { PATH: `${folder.path}:/usr/bin:/bin` } });
    expect(outcome).toMatchObject({ code: 7, stderr: '' });
    expect(outcome.stdout).toBe([binary, script, ...given, ''].join('\n'));
  });

  it('says so where there is no Node', () => {
    const outcome = experiment([], { env: { PATH: folder.path } });
    const message = '`ska experiment` needs Node 20.19 or newer; there is no `node` on the PATH.';
    expectRefusal(outcome, failure, message);
  });
});
