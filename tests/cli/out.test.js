// Existing files and folders: nothing is lost, even with concurrent commands.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  binary,
  contents,
  execute,
  expectRefusal,
  expectSuccess,
  ska,
  smallRun,
  temporaryFolder,
  tree,
  writeData,
} from './command.js';

const failure = 1;
const folder = temporaryFolder();
const path = (/** @type {string} */ name) => join(folder.path, name);
const read = (/** @type {string} */ name) => readFileSync(path(name), 'utf8');

const smallExperiment = [
  'experiment',
  'gradient-term',
  '--set',
  'layers=5-3',
  '--set',
  'steps=6',
  '--set',
  'samples=2',
];
const sweepOf = (/** @type {object} */ vary) =>
  JSON.stringify({ base: { layers: [5, 3], steps: 6, per_class: 1 }, vary });

/** Starts the command. @param {string[]} args */
function start(args) {
  const child = spawn(binary, args, { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }));
  return { child, ended };
}

/** The command, run from a shell after a setup script. @param {string} setUp @param {string[]} args */
const shell = (setUp, args) => execute('sh', ['-c', `${setUp}; exec "$0" "$@"`, binary, ...args], { cwd: folder.path });

describe('two commands with one --out', () => {
  const rounds = 15;

  it('leave the whole result of one run, and refuse the other', async () => {
    const data = writeData(folder.path);
    const seeds = ['1', '2'];
    const run = (/** @type {string} */ seed, /** @type {string} */ out) =>
      start([...smallRun, ...data, '--quiet', '--threads', '1', '--seed', seed, '--out', out]);
    for (const seed of seeds) await run(seed, `alone-${seed}`).ended;
    const alone = seeds.map((seed) => contents(path(`alone-${seed}`)));
    for (let round = 0; round < rounds; ++round) {
      const out = `o${round}`;
      if (round % 2) mkdirSync(path(out));
      const outcomes = await Promise.all(seeds.map((seed) => run(seed, out).ended));
      expect(outcomes.map(({ code }) => code).sort()).toEqual([0, failure]);
      const winner = outcomes[0].code === 0 ? 0 : 1;
      expect(contents(path(out))).toEqual(alone[winner]);
      expect(outcomes[1 - winner].stderr).toMatch(/^ska: .*(is being written by another run|exists already).*\n$/);
      expect(tree(path(out))).toEqual([...alone[winner].keys()]);
    }
    expect(readdirSync(folder.path).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('let one sweep write and refuse the other', async () => {
    writeFileSync(path('spec'), sweepOf({ seed: { from: 0, to: 9 } }));
    expectSuccess(ska(folder.path, ['sweep', 'spec', '--out', 'alone', '--quiet']));
    for (let round = 0; round < rounds; ++round) {
      const sweep = () => start(['sweep', 'spec', '--out', `o${round}`, '--quiet']).ended;
      const outcomes = await Promise.all([sweep(), sweep()]);
      // A sweep that starts when the other has ended finds all lines complete.
      for (const { code, stderr } of outcomes.filter((each) => each.code !== 0)) {
        expect(code).toBe(failure);
        expect(stderr).toMatch(/is being written by another sweep/);
      }
      expect(outcomes.some(({ code }) => code === 0)).toBe(true);
      expect(read(`o${round}`)).toBe(read('alone'));
    }
    expect(readdirSync(folder.path).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('leave the whole result of one experiment, and refuse the other', async () => {
    const seeds = ['1', '2'];
    const experiment = (/** @type {string} */ seed, /** @type {string} */ out) =>
      start([...smallExperiment, '--set', `seed=${seed}`, '--quiet', '--workers', '1', '--out', out]).ended;
    for (const seed of seeds) await experiment(seed, `alone-${seed}`);
    const alone = seeds.map((seed) => contents(path(`alone-${seed}`)));
    const outcomes = await Promise.all(seeds.map((seed) => experiment(seed, 'o')));
    expect(outcomes.map(({ code }) => code).sort()).toEqual([0, failure]);
    const winner = outcomes[0].code === 0 ? 0 : 1;
    expect(outcomes[1 - winner].stderr).toBe(
      'ska experiment: o is not empty; --force replaces a result that is there.\n',
    );
    expect(contents(path('o'))).toEqual(alone[winner]);
  });
});

describe('--force', () => {
  it('replaces no files of a run that are not ours', () => {
    const data = writeData(folder.path);
    mkdirSync(path('o'));
    // In the format of the papers' notebook.
    writeFileSync(path('o/entropy_history.csv'), ',K=1,K=2\nLayer 1,0.5,0.5\n');
    const before = contents(path('o'));
    const message =
      'o/entropy_history.csv is not of a result that ska wrote, so --force does not overwrite it; choose another folder.';
    expectRefusal(ska(folder.path, [...smallRun, ...data, '--out', 'o', '--force']), failure, message);
    writeFileSync(path('o/run.json'), '{"program":"other"}');
    expectRefusal(
      ska(folder.path, [...smallRun, ...data, '--out', 'o', '--force']),
      failure,
      /^o\/\S+ is not of a result/,
    );
    expect(read('o/entropy_history.csv')).toBe(String(before.get('entropy_history.csv')));
    expect(tree(path('o'))).toEqual(['entropy_history.csv', 'run.json']);
  });

  it('keeps other files beside a result of a run', () => {
    const args = [...smallRun, ...writeData(folder.path), '--quiet', '--out', 'o'];
    expectSuccess(ska(folder.path, args));
    writeFileSync(path('o/thesis.tex'), 'mine');
    expectSuccess(ska(folder.path, [...args, '--force', '--format', 'json']));
    expect(tree(path('o'))).toEqual(['history.json', 'run.json', 'thesis.tex']);
  });

  const replaced = [...smallExperiment, '--out', 'p', '--force', '--quiet'];
  const complaint = (/** @type {ReturnType<typeof ska>} */ { code, stderr }) => ({ code, stderr });

  it('replaces no folder with an experiment.json that is not ours', () => {
    mkdirSync(path('p/thesis'), { recursive: true });
    writeFileSync(path('p/experiment.json'), '{}');
    writeFileSync(path('p/thesis/ch1'), 'x');
    const before = contents(path('p'));
    expect(complaint(ska(folder.path, replaced))).toEqual({
      code: failure,
      stderr: 'ska experiment: p holds no result of an experiment, so --force does not replace it.\n',
    });
    expect(contents(path('p'))).toEqual(before);
  });

  it('replaces no result of an experiment with something else in it', () => {
    expectSuccess(ska(folder.path, replaced));
    for (const name of ['thesis', 'figures/mine.csv', 'runs/rule/notes', 'runs/link', 'tables/deep/er']) {
      const made = name === 'tables/deep/er' ? 'tables/deep' : name;
      if (name === 'runs/link') symlinkSync('rule', path('p/runs/link'));
      else {
        mkdirSync(path(`p/${name.split('/').slice(0, -1).join('/')}`), { recursive: true });
        writeFileSync(path(`p/${name}`), 'mine');
      }
      const before = contents(path('p'));
      expect(complaint(ska(folder.path, replaced))).toEqual({
        code: failure,
        stderr: `ska experiment: p/${made} is not part of a result, so --force does not replace p; move it elsewhere.\n`,
      });
      expect(contents(path('p'))).toEqual(before);
      rmSync(path(`p/${made}`), { recursive: true });
    }
    expectSuccess(ska(folder.path, replaced));
    expect(readdirSync(folder.path)).toEqual(['p']);
  });

  it('replaces a result of a version whose experiment.json does not list the files', () => {
    expectSuccess(ska(folder.path, replaced));
    const { files, ...older } = JSON.parse(read('p/experiment.json'));
    expect(files).toContain('README.md');
    writeFileSync(path('p/experiment.json'), JSON.stringify(older));
    expectSuccess(ska(folder.path, replaced));
    expect(JSON.parse(read('p/experiment.json')).files).toEqual(files);
    const all = [...contents(path('p')).keys()].filter((name) => name !== 'indices.json');
    expect([...files].sort()).toEqual(all);
  });
});

describe('a sweep without --force', () => {
  it.each(['{"run":{"precious":1}}', '{', '{"run":{'])('cuts nothing off a file of %s', (text) => {
    writeFileSync(path('spec'), sweepOf({ seed: [1] }));
    writeFileSync(path('o'), text);
    const message = 'o, line 1, is no line of a sweep: it has no end. Choose another file, or --force to start anew.';
    expectRefusal(ska(folder.path, ['sweep', 'spec', '--out', 'o']), failure, message);
    expect(read('o')).toBe(text);
  });

  it('follows no planted link', () => {
    writeFileSync(path('spec'), sweepOf({ seed: [1, 2] }));
    writeFileSync(path('victim'), 'precious');
    symlinkSync('victim', path('.o.tmp'));
    expectSuccess(ska(folder.path, ['sweep', 'spec', '--out', 'o', '--quiet']));
    expect(read('victim')).toBe('precious');
  });
});

describe('a link', () => {
  it('that leads to nothing yet stays, and the result is where it leads', () => {
    writeFileSync(path('spec'), sweepOf({ seed: [1, 2] }));
    for (const name of ['sweep', 'run', 'experiment']) symlinkSync(`to-${name}`, path(name));
    expectSuccess(ska(folder.path, ['sweep', 'spec', '--out', 'sweep', '--quiet']));
    expectSuccess(ska(folder.path, [...smallRun, ...writeData(folder.path), '--out', 'run', '--quiet']));
    expectSuccess(ska(folder.path, [...smallExperiment, '--out', 'experiment', '--quiet']));
    for (const name of ['sweep', 'run', 'experiment']) {
      expect(lstatSync(path(name)).isSymbolicLink()).toBe(true);
      expect(existsSync(path(`to-${name}`))).toBe(true);
    }
  });
});

describe('descriptors that are closed', () => {
  it.each(['exec 2>&-', 'exec >&-', 'exec <&-', 'exec <&- >&- 2>&-'])(
    '%s do not become the files of a result',
    (closed) => {
      writeFileSync(path('spec'), sweepOf({ seed: [1, 2, 3] }));
      expectSuccess(ska(folder.path, ['sweep', 'spec', '--out', 'alone', '--quiet']));
      expect(shell(closed, ['sweep', 'spec', '--out', 'o']).code).toBe(0);
      expect(read('o')).toBe(read('alone'));
      const run = [...smallRun, ...writeData(folder.path), '--out'];
      expectSuccess(ska(folder.path, [...run, 'p']));
      expect(shell(closed, [...run, 'q']).code).toBe(0);
      expect(contents(path('q'))).toEqual(contents(path('p')));
      expect(shell(closed, [...smallExperiment, '--out', 'e']).code).toBe(0);
    },
  );
});

describe('signals', () => {
  const long = [
    'run',
    '--layers',
    '64,10',
    '--steps',
    '10000',
    '--per-class',
    '100',
    '--threads',
    '1',
    '--out',
    'deep/o',
  ];

  /** Starts the long run and waits until it is in progress. @param {string} setUp */
  async function started(setUp) {
    const child = spawn('sh', ['-c', `${setUp}; exec "$0" "$@"`, binary, ...long], { cwd: folder.path });
    let stderr = '';
    child.stderr.on('data', (data) => (stderr += data));
    const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stderr }));
    await once(child.stdout, 'data');
    child.stdout.resume();
    return { child, ended };
  }

  it.each(
    /** @type {const} */ ([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ]),
  )('%s ends a run and leaves nothing', async (signal, code) => {
    const { child, ended } = await started('true');
    child.kill(signal);
    expect(await ended).toEqual({ code, signal: null, stderr: `ska: Stopped by ${signal}; nothing was written.\n` });
    expect(tree(folder.path)).toEqual([]);
  });

  it('that were ignored from the start stay ignored', async () => {
    const { child, ended } = await started("trap '' HUP INT");
    for (const signal of /** @type {const} */ (['SIGHUP', 'SIGINT', 'SIGTERM'])) child.kill(signal);
    expect((await ended).stderr).toBe('ska: Stopped by SIGTERM; nothing was written.\n');
  });

  it('that were ignored from the start stay ignored in an experiment and in its sweep', () => {
    // Node installs handlers for both signals itself when the runs begin.
    const command = `#!/bin/sh\nkill -HUP $PPID; kill -INT $PPID; trap '' TERM; exec '${binary}' "$@"\n`;
    const node = `#!/bin/sh\nSKA_COMMAND='${path('ska')}' exec '${process.execPath}' "$@"\n`;
    mkdirSync(path('bin'));
    writeFileSync(path('ska'), command, { mode: 0o755 });
    writeFileSync(path('bin/node'), node, { mode: 0o755 });
    const outcome = shell(`trap '' HUP INT; PATH='${path('bin')}':$PATH`, [
      ...smallExperiment,
      '--out',
      'o',
      '--quiet',
    ]);
    expectSuccess(outcome);
    expect(existsSync(path('o/README.md'))).toBe(true);
  });

  it('a reader that has gone ends a run without a word, and nothing is left', () => {
    const outcome = execute('sh', ['-c', '("$0" "$@"; echo $? >&2) | head -1', binary, ...long], { cwd: folder.path });
    expect(outcome.stderr).toBe('141\n');
    expect(tree(folder.path)).toEqual([]);
  });
});

describe('what is printed', () => {
  // ESC [, DEL, and CSI as one character.
  const hostile = '\u001b[31mred\u007f\u009b0m';
  const shown = '\\u001b[31mred\\u007f\\u009b0m';

  it('has no control characters of arguments', () => {
    const message = `--set must be CONTROL=VALUE; “${shown}” was given.`;
    const experiment = ska(folder.path, ['experiment', 'papers', '--out', 'o', '--set', hostile]);
    expect(experiment.stderr).toBe(`ska experiment: ${message}\n`);
    expectRefusal(
      ska(folder.path, ['run', '--steps', hostile]),
      2,
      `--steps must be a whole number from 1 to 10000; "${shown}" was given.`,
    );
    expectRefusal(
      ska(folder.path, ['run', '--images', hostile, '--labels', 'l']),
      failure,
      `${shown} cannot be read: No such file or directory.`,
    );
  });

  it('has no control characters of names of files', () => {
    writeFileSync(path('spec'), sweepOf({ seed: [1] }));
    expect(ska(folder.path, ['sweep', 'spec', '--out', hostile]).stdout).toContain(`1 run in ${shown}: 1 computed`);
    const experiment = ska(folder.path, [...smallExperiment, '--out', `${hostile}-e`]);
    expect(experiment.stdout).toContain(` files in ${shown}-e\n`);
    // eslint-disable-next-line no-control-regex
    expect(experiment.stdout + experiment.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

describe('a result of files with relative names', () => {
  it('is rerun from any folder', () => {
    const data = writeData(folder.path);
    expectSuccess(ska(folder.path, [...smallRun, ...data, '--out', 'deep/o', '--quiet']));
    mkdirSync(path('elsewhere'));
    const rerun = ska(path('elsewhere'), ['run', '--config', '../deep/o/run.json', '--out', 'again']);
    expectSuccess(rerun);
    expect(rerun.stdout).toMatch(/\nThe fingerprint is the card's\.\n$/);
    // The output of the rerun, too.
    expect(ska(path('deep'), ['run', '--config', '../elsewhere/again/run.json']).stdout).toMatch(/ is the card's\.\n$/);
  });
});
