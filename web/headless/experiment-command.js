// Runs one of the page's experiments without a browser. `ska sweep` computes the runs; $SKA_COMMAND names its
// executable. The page's own functions make the report.
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { readControls } from '../experiments/controls.js';
import { Outcome } from '../experiments/outcome.js';
import { experimentFiles } from '../files/experiment-files.js';
import { shown } from '../model/shown.js';
import { help, readArguments } from './arguments.js';
import { findExperiments } from './find-experiments.js';
import { print } from './print.js';
import { BadUsage, Problem, Stopped } from './problem.js';
import { recordingOfLine } from './recording-of-line.js';
import { ResultFolder } from './result-folder.js';
import { linesOfRuns } from './sweep.js';

/**
 * @typedef {import('../experiments/experiment.js').DeclaredRun} DeclaredRun
 * @typedef {import('../experiments/experiment.js').Experiment} Experiment
 * @typedef {import('../experiments/experiment.js').Finding} Finding
 * @typedef {import('./recording-of-line.js').Line} Line
 */

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
 * Signals that were ignored when the command started, for example by `nohup`, stay ignored. Node has reset them;
 * $SKA_IGNORED_SIGNALS lists them.
 * @returns {AbortSignal} aborted with reason Stopped when a signal requests this process to end
 */
function stopBySignals() {
  const controller = new AbortController();
  const ignored = (process.env.SKA_IGNORED_SIGNALS ?? '').split(',');
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => void (ignored.includes(signal) || controller.abort(new Stopped(signal))));
  }
  return controller.signal;
}

/** @param {Finding} finding */
function findingLine({ claim, verdict, text }) {
  const word = { holds: 'holds: ', fails: 'does not hold: ', open: 'open: ', fact: '' }[verdict];
  return `${word}${claim ? `${claim} ` : ''}${text}`;
}

/** @param {import('./arguments.js').Asked} asked @param {ReadonlyMap<string, Experiment>} experiments */
async function run({ name, out, controls, force, quiet, workers }, experiments) {
  const experiment = experiments.get(name);
  if (!experiment) {
    throw new BadUsage(`There is no experiment ${shown(name)}; there are ${[...experiments.keys()].join(', ')}.`);
  }
  const { values, complaints } = readControls(experiment.controls, controls);
  if (complaints.length > 0) throw new BadUsage(complaints.map(({ message }) => message).join(' '));
  const runs = experiment.runs(values);
  const stop = stopBySignals();
  const progress = (/** @type {string} */ line) => void (quiet || print(process.stderr, line));
  const result = new ResultFolder(out, force);
  await result.besides(async (folder) => {
    const lines = await linesOfRuns(runs, folder, { workers, progress, stop });
    const lineOf = (/** @type {DeclaredRun} */ { key }) => /** @type {Line} */ (lines.get(key));
    const outcome = new Outcome(runs, (each) =>
      lineOf(each).error === undefined ? recordingOfLine(each.settings, lineOf(each)) : null,
    );
    const failed = runs.filter((each) => lineOf(each).error !== undefined);
    const failures = Object.fromEntries(failed.map((each) => [each.key, lineOf(each).error ?? '']));
    const report = experiment.report(outcome, values);
    const files = experimentFiles({ name, experiment, values, outcome, report, failures });
    const indices = runs.map((each) => ({ key: each.key, indices: lineOf(each).indices ?? [] }));
    files.push({ name: 'indices.json', content: `${JSON.stringify(indices)}\n` });
    await setImmediate(); // handles signals that arrived in the meantime
    stop.throwIfAborted();
    result.write(folder, files);
    if (!quiet) {
      const summary = `${outcome.finished.length} of ${runs.length} runs, ${files.length} files in ${out}`;
      for (const line of [...report.findings.map(findingLine), summary]) print(process.stdout, line);
    }
    if (failed.length > 0)
      throw new Problem(`${failed.length} of ${runs.length} runs failed; ${join(out, 'README.md')} says why.`);
  });
}

/** @param {string[]} words */
async function main(words) {
  const asked = readArguments(words);
  if (asked.what === 'help') return void process.stdout.write(help);
  const experiments = await findExperiments();
  if (asked.what === 'list') return void process.stdout.write(listText(experiments));
  await run(asked, experiments);
}

/** @param {unknown} error */
function fail(error) {
  if (!(error instanceof Problem)) throw error;
  print(process.stderr, `ska experiment: ${error.message}`);
  process.exitCode = error.code;
}

process.stdout.on('error', () => fail(new Problem('What was asked for cannot be printed.')));
process.stderr.on('error', () => {}); // the error cannot be reported anywhere
try {
  await main(process.argv.slice(2));
} catch (error) {
  fail(error);
}
