// Runs the command for tests, and writes its input files.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect } from 'vitest';

export const projectDir = fileURLToPath(new URL('../..', import.meta.url));

/** The command under test; $SKA overrides it. */
export const binary = process.env.SKA ?? join(projectDir, 'build/native/ska');

/** @typedef {{ code: number | null, signal: string | null, stdout: string, stderr: string }} Outcome */

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, stdout?: number, timeout?: number }} [options] `stdout`: an open file
 * @returns {Outcome}
 */
export function execute(program, args, { cwd, env, stdout, timeout = 60_000 } = {}) {
  const result = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout, // a command that hangs fails its test: it then has a signal instead of an exit code
  });
  if (result.error && !result.signal) throw result.error;
  return { code: result.status, signal: result.signal, stdout: result.stdout ?? '', stderr: result.stderr };
}

/**
 * Runs `ska` in a folder.
 * @param {string} cwd
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, stdout?: number, timeout?: number }} [options]
 */
export function ska(cwd, args, options = {}) {
  return execute(binary, args, { cwd, ...options });
}

/**
 * Runs `ska` from a shell that has set limits.
 * @param {string} cwd
 * @param {string} limits shell commands
 * @param {string[]} args
 */
export function limitedSka(cwd, limits, args) {
  return execute('sh', ['-c', `${limits}; exec "$0" "$@"`, binary, ...args], { cwd });
}

/**
 * Expects only the given line on standard error, and this exit code.
 * @param {Outcome} outcome
 * @param {number} code
 * @param {string | RegExp} message
 */
export function expectRefusal(outcome, code, message) {
  expect(outcome.stderr).toMatch(/^ska: [^\n]+\n$/);
  const said = outcome.stderr.slice('ska: '.length, -1);
  if (typeof message === 'string') expect(said).toBe(message);
  else expect(said).toMatch(message);
  expect(outcome.code).toBe(code);
  expect(outcome.stdout).toBe('');
}

/** @param {Outcome} outcome */
export function expectSuccess(outcome) {
  expect(outcome.stderr).toBe('');
  expect(outcome.code).toBe(0);
}

/** A new, empty folder for every test of a file; `path` returns paths in it. */
export function temporaryFolder() {
  const folder = { path: '' };
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'ska-cli-'));
  });
  afterEach(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/**
 * Every file below a folder, with its bytes, by name.
 * @param {string} folder
 * @returns {Map<string, Buffer>}
 */
export function contents(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(names.sort().map((name) => [name.slice(folder.length + 1), readFileSync(name)]));
}

/** Every file and folder below a folder. @param {string} folder */
export function tree(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

/** @param {...number} words */
function bigEndian(...words) {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => bytes.writeUInt32BE(word, 4 * i));
  return bytes;
}

/**
 * @param {number} count
 * @param {number} rows
 * @param {number} columns
 * @param {Uint8Array} pixels
 */
export function idxImages(count, rows, columns, pixels, magic = 0x803) {
  return Buffer.concat([bigEndian(magic, count, rows, columns), pixels]);
}

/** @param {number[]} labels */
export function idxLabels(labels, magic = 0x801) {
  return Buffer.concat([bigEndian(magic, labels.length), Buffer.from(labels)]);
}

/** Labels of the small data set: class 7 has three samples, class 2 two and class 200 one. */
export const smallLabels = [7, 2, 7, 200, 7, 2];
const smallSide = 3;

/** Pixels of sample `i` of the small data set; all samples differ. @param {number} i */
export function smallImage(i) {
  return Buffer.from(Array.from({ length: smallSide ** 2 }, (_, j) => (37 * i + 61 * j + i * j * j) % 256));
}

/**
 * An image file with some of the small data set's samples.
 * @param {number[]} chosen
 */
export function smallImages(chosen) {
  return idxImages(chosen.length, smallSide, smallSide, Buffer.concat(chosen.map(smallImage)));
}

/**
 * Writes a pair of IDX files and returns their options.
 * @param {string} folder
 * @param {{ name?: string, images?: Uint8Array, labels?: Uint8Array }} [files] default: the small data set
 */
export function writeData(folder, { name = 'small', images, labels } = {}) {
  writeFileSync(join(folder, `${name}-images`), images ?? smallImages(smallLabels.map((_, i) => i)));
  writeFileSync(join(folder, `${name}-labels`), labels ?? idxLabels(smallLabels));
  return ['--images', `${name}-images`, '--labels', `${name}-labels`];
}

/** A run that takes a few milliseconds. */
export const smallRun = ['run', '--layers', '5,3', '--steps', '6'];
