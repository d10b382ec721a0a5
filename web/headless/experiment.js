// ska experiment …: runs an experiment of the page without a browser. The runs are made by `ska sweep`, whose executable is
// named by $SKA_COMMAND; what is made of them is made by the very functions that the page calls.
import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { readControls } from '../experiments/controls.js';
import { Outcome } from '../experiments/outcome.js';
import { experimentFiles } from '../keep/experiment-files.js';
import { shown } from '../state/shown.js';
import { BadUsage, help, readArguments } from './arguments.js';
import { findExperiments } from './find-experiments.js';
import { recordingOfLine } from './recording-of-line.js';
import { sweepSpec } from './sweep-spec.js';

/**
 * @typedef {import('../experiments/experiment.js').DeclaredRun} DeclaredRun
 * @typedef {import('../experiments/experiment.js').Experiment} Experiment
 * @typedef {import('./recording-of-line.js').Line} Line
 */

const usage = 2;
const failure = 1;

/** What went wrong, for a person. */
class Problem extends Error {}

/** @param {ReadonlyMap<string, Experiment>} experiments */
const listText = (experiments) =>
  [...experiments]
    .map(([name, { question, controls }]) => {
      const set = Object.entries(controls).map(
        ([control, { label, help: words, write, fallback }]) =>
          `    --set ${control}=${write(fallback)}\n        ${label}. ${words}\n`,
      );
      return `${name}\n  ${question}\n${set.join('')}`;
    })
    .join('\n');

/**
 * Has the runs made.
 * @param {DeclaredRun[]} runs
 * @param {string} folder for the files in between
 * @param {{ workers: string | null, quiet: boolean }} how
 * @returns {Promise<Line[]>} in the order of the runs
 */
async function linesOf(runs, folder, { workers, quiet }) {
  const command = process.env.SKA_COMMAND;
  if (!command) throw new Problem('SKA_COMMAND does not name the ska executable: start this as `ska experiment`.');
  const [specFile, linesFile] = [join(folder, 'sweep.json'), join(folder, 'sweep.jsonl')];
  writeFileSync(specFile, JSON.stringify(sweepSpec(runs)));
  const options = [...(workers === null ? [] : ['--workers', workers]), ...(quiet ? ['--quiet'] : [])];
  const { status, signal, error } = spawnSync(command, ['sweep', specFile, '--out', linesFile, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error) throw new Problem(`${command} could not be started: ${error.message}`);
  // A sweep in which runs failed has a line for every one all the same.
  if (signal || status === usage || !existsSync(linesFile)) throw new Problem('The runs were not made; see above.');
  /** @type {Line[]} */
  const lines = [];
  for await (const line of createInterface({ input: createReadStream(linesFile) })) lines.push(JSON.parse(line));
  return lines;
}

/** @param {DeclaredRun[]} runs @param {Line[]} lines of all different settings among them, in their order */
function byKey(runs, lines) {
  /** @type {Map<string, Line>} */
  const bySettings = new Map();
  const texts = runs.map(({ settings }) => JSON.stringify(settings));
  [...new Set(texts)].forEach((text, i) => {
    if (!lines[i]) throw new Problem(`${lines.length} of ${new Set(texts).size} runs were made; see above.`);
    bySettings.set(text, lines[i]);
  });
  return new Map(runs.map(({ key }, i) => [key, /** @type {Line} */ (bySettings.get(texts[i]))]));
}

/** @param {string} out @param {boolean} force */
function requireFree(out, force) {
  if (force || !existsSync(out)) return;
  if (readdirSync(out).length > 0) throw new Problem(`${out} is not empty; --force replaces a result that is there.`);
}

/**
 * Writes all files, or none.
 * @param {string} out
 * @param {string} folder beside it, to be put in its place
 * @param {import('../keep/csv-files.js').TextFile[]} files
 */
function writeFiles(out, folder, files) {
  const whole = join(folder, 'result');
  for (const { name, content } of files) {
    mkdirSync(dirname(join(whole, name)), { recursive: true });
    writeFileSync(join(whole, name), content);
  }
  const former = join(folder, 'former');
  if (existsSync(out)) renameSync(out, former);
  renameSync(whole, out);
}

/** @param {string} out @param {boolean} force whether what is there may be replaced: only a result of ours is */
function requireOurs(out, force) {
  if (!force || !existsSync(out) || readdirSync(out).length === 0 || existsSync(join(out, 'experiment.json'))) return;
  throw new Problem(`${out} holds no result of an experiment, so --force does not replace it.`);
}

/** @param {import('./arguments.js').Asked} asked @param {ReadonlyMap<string, Experiment>} experiments */
async function run({ name, out: given, controls, force, quiet, workers }, experiments) {
  const experiment = experiments.get(name);
  if (!experiment) {
    throw new BadUsage(`There is no experiment ${shown(name)}; there are ${[...experiments.keys()].join(', ')}.`);
  }
  const { values, complaints } = readControls(experiment.controls, controls);
  if (complaints.length > 0) throw new BadUsage(complaints.map(({ message }) => message).join(' '));
  const out = resolve(given);
  requireFree(out, force);
  requireOurs(out, force);
  mkdirSync(dirname(out), { recursive: true });
  const folder = mkdtempSync(join(dirname(out), `.${basename(out)}-`));
  try {
    const runs = experiment.runs(values);
    const lines = byKey(runs, await linesOf(runs, folder, { workers, quiet }));
    const lineOf = (/** @type {DeclaredRun} */ { key }) => /** @type {Line} */ (lines.get(key));
    const outcome = new Outcome(runs, (each) =>
      lineOf(each).error === undefined ? recordingOfLine(each.settings, lineOf(each)) : null,
    );
    const failed = runs.filter((each) => lineOf(each).error !== undefined);
    const failures = Object.fromEntries(failed.map((each) => [each.key, lineOf(each).error ?? '']));
    const files = experimentFiles({ name, experiment, values, outcome, failures });
    const indices = runs.map((each) => ({ key: each.key, indices: lineOf(each).indices ?? [] }));
    files.push({ name: 'indices.json', content: `${JSON.stringify(indices)}\n` });
    writeFiles(out, folder, files);
    if (!quiet) {
      const { findings } = experiment.report(outcome, values);
      for (const { claim, verdict, text } of findings) {
        const word = { holds: 'holds: ', fails: 'does not hold: ', open: 'open: ', fact: '' }[verdict];
        process.stdout.write(`${word}${claim ? `${claim} ` : ''}${text}\n`);
      }
      process.stdout.write(`${outcome.finished.length} of ${runs.length} runs, ${files.length} files in ${given}\n`);
    }
    if (failed.length > 0)
      throw new Problem(`${failed.length} of ${runs.length} runs failed; ${join(given, 'README.md')} says why.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string[]} words */
async function main(words) {
  const asked = readArguments(words);
  if (asked.what === 'help') return void process.stdout.write(help);
  const experiments = await findExperiments();
  if (asked.what === 'list') return void process.stdout.write(listText(experiments));
  await run(asked, experiments);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof BadUsage;
  const isOurs = isUsage || error instanceof Problem || (error instanceof Error && 'code' in error);
  if (!isOurs) throw error;
  process.stderr.write(`ska experiment: ${/** @type {Error} */ (error).message.replaceAll(/[\r\n]+/g, ' ')}\n`);
  process.exitCode = isUsage ? usage : failure;
}
