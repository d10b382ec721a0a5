// How are runs made where there is no page? By `ska sweep`, which does not outlive this process by more than a run.
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
 * The settings of a run under the names of a sweep.
 * @param {import('../state/settings.js').Settings} settings
 * @returns {Record<string, unknown>}
 */
const flatSettings = ({ config, data }) => ({ ...config, ...data });

/**
 * Runs the command until it ends, or is to stop.
 * @param {string} command
 * @param {string[]} words
 * @param {Pick<How, 'progress' | 'stop'>} how
 * @returns {Promise<string>} what it said went wrong; empty where nothing did
 */
async function said(command, words, { progress, stop }) {
  stop.throwIfAborted();
  // It always tells its progress: where nobody is left to read that, it ends.
  const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => child.kill('SIGKILL'); // of its files nothing is kept
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
 * Has runs made.
 * @param {DeclaredRun[]} runs
 * @param {string} folder for the files in between
 * @param {How} how
 * @returns {Promise<Map<string, Line>>} by the keys of the runs; a run that failed has a line too
 * @throws {Problem} where the runs cannot be made
 */
export async function linesOfRuns(runs, folder, { workers, ...how }) {
  const command = process.env.SKA_COMMAND;
  if (!command) throw new Problem('SKA_COMMAND does not name the ska executable: start this as `ska experiment`.');
  const texts = runs.map(({ settings }) => JSON.stringify(flatSettings(settings)));
  const different = [...new Set(texts)]; // of runs with the same settings a sweep makes one
  const [specFile, linesFile] = [join(folder, 'sweep.json'), join(folder, 'sweep.jsonl')];
  writeFileSync(specFile, `{"runs":[${different.join()}],"records":"all"}`);
  const options = workers === null ? [] : ['--workers', workers];
  const reason = await said(command, ['sweep', specFile, '--out', linesFile, ...options], how);
  const lines = await linesIn(linesFile);
  if (lines.length !== different.length) throw new Problem(`The runs were not made. ${reason}`);
  const line = new Map(different.map((text, i) => [text, lines[i]]));
  return new Map(runs.map(({ key }, i) => [key, /** @type {Line} */ (line.get(texts[i]))]));
}
