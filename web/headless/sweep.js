// Computes runs without a page, with `ska sweep`. The child process ends within one run after this process ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { Problem } from './problem.js';

/**
 * @typedef {import('../experiments/experiment.js').DeclaredRun} DeclaredRun
 * @typedef {import('./recording-of-line.js').Line} Line
 */

/**
 * @typedef {object} How
 * @property {string | null} workers
 * @property {(line: string) => void} progress
 * @property {AbortSignal} stop
 */

const errorMark = 'ska: ';

/**
 * The settings of a run, with the names of a sweep specification.
 * @param {import('../model/settings.js').Settings} settings
 * @returns {Record<string, unknown>}
 */
const flatSettings = ({ config, data }) => ({ ...config, ...data });

/**
 * Runs the command until it exits or `stop` is aborted.
 * @param {string} command
 * @param {string[]} words
 * @param {Pick<How, 'progress' | 'stop'>} how
 * @returns {Promise<string>} its error messages; empty if it succeeded
 */
async function said(command, words, { progress, stop }) {
  stop.throwIfAborted();
  // The command always writes its progress, so it ends once nobody reads stderr.
  const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => child.kill('SIGKILL'); // none of its files are kept
  stop.addEventListener('abort', end);
  const reasons = /** @type {string[]} */ ([]);
  const read = async () => {
    for await (const line of createInterface({ input: child.stderr })) {
      if (line.startsWith(errorMark)) reasons.push(line.slice(errorMark.length));
      else progress(line);
    }
  };
  try {
    const [[, signal]] = await Promise.all([once(child, 'close'), read()]);
    stop.throwIfAborted();
    if (signal) reasons.push(`${command} was ended by ${signal}.`);
    return reasons.join(' ');
  } catch (error) {
    stop.throwIfAborted();
    throw new Problem(`${command} could not be started: ${/** @type {Error} */ (error).message}`);
  } finally {
    stop.removeEventListener('abort', end);
  }
}

/** @param {string} file */
async function linesIn(file) {
  /** @type {Line[]} */
  const lines = [];
  if (!existsSync(file)) return lines;
  for await (const line of createInterface({ input: createReadStream(file) })) lines.push(JSON.parse(line));
  return lines;
}

/**
 * Computes runs with a sweep.
 * @param {DeclaredRun[]} runs
 * @param {string} folder for temporary files
 * @param {How} how
 * @returns {Promise<Map<string, Line>>} by run key; a failed run has a line too
 * @throws {Problem} if the runs cannot be computed
 */
export async function linesOfRuns(runs, folder, { workers, ...how }) {
  const command = process.env.SKA_COMMAND;
  if (!command) throw new Problem('SKA_COMMAND does not name the ska executable: start this as `ska experiment`.');
  const texts = runs.map(({ settings }) => JSON.stringify(flatSettings(settings)));
  const different = [...new Set(texts)]; // a sweep computes runs with equal settings once
  const [specFile, linesFile] = [join(folder, 'sweep.json'), join(folder, 'sweep.jsonl')];
  writeFileSync(specFile, `{"runs":[${different.join()}],"records":"all"}`);
  const options = workers === null ? [] : ['--workers', workers];
  const reason = await said(command, ['sweep', specFile, '--out', linesFile, ...options], how);
  const lines = await linesIn(linesFile);
  if (lines.length !== different.length) throw new Problem(`The runs were not made. ${reason}`);
  const line = new Map(different.map((text, i) => [text, lines[i]]));
  return new Map(runs.map(({ key }, i) => [key, /** @type {Line} */ (line.get(texts[i]))]));
}
