// Builds the fuzz targets of tests/fuzz and runs them, each for its share of a time.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';

import { buildNative } from './cmake.mjs';
import { Problem, projectDir, say } from './shell.mjs';

const build = `${projectDir}/build/fuzz`;

// Generous, so that no target fails because of what else the machine does.
const mostSecondsPerInput = 120;
const mostMegabytes = 2048;
const mostBytes = 1 << 12;

/** The targets that there are. */
export const fuzzerNames = readdirSync(`${projectDir}/tests/fuzz`)
  .filter((file) => file.endsWith('.cpp'))
  .map((file) => file.slice(0, -'.cpp'.length))
  .sort();

/** Builds all targets, with clang++ and its sanitizers. */
export function buildFuzzers() {
  buildNative('fuzz', ['ska_fuzzers']);
}

/**
 * What libFuzzer prints at the end of a run.
 * @param {string} text
 */
export function readFuzzerReport(text) {
  const executions = Number(/^stat::number_of_executed_units:\s*(\d+)/m.exec(text)?.[1] ?? 0);
  const artifact = /Test unit written to (.+)$/m.exec(text)?.[1] ?? null;
  return { executions, artifact };
}

/**
 * Runs targets that are built, one after another. What one finds in its inputs is kept in build/fuzz/NAME/found for the
 * next time; an input that fails is written beside it.
 * @param {object} options
 * @param {number} options.seconds for all of them together
 * @param {string[]} [options.names] default: all
 * @returns {{ name: string, ok: boolean, executions: number, message: string }[]} `message`: how to reproduce a failure
 */
export function runFuzzers({ seconds, names = fuzzerNames }) {
  const unknown = names.find((name) => !fuzzerNames.includes(name));
  if (unknown !== undefined) {
    throw new Problem(`There is no fuzz target ${JSON.stringify(unknown)}; there are ${fuzzerNames.join(', ')}.`);
  }
  const each = Math.max(1, Math.floor(seconds / names.length));
  return names.map((name) => {
    say(`Fuzzing ${name} for ${each} s`);
    return runFuzzer(name, each);
  });
}

/** @param {string} name @param {number} seconds */
function runFuzzer(name, seconds) {
  const folder = `build/fuzz/${name}`;
  const found = `${folder}/found`;
  mkdirSync(`${projectDir}/${found}`, { recursive: true });
  for (const file of readdirSync(`${projectDir}/${folder}`)) {
    if (file !== 'found') rmSync(`${projectDir}/${folder}/${file}`); // of a former run
  }
  const args = [
    `-max_total_time=${seconds}`,
    `-timeout=${mostSecondsPerInput}`,
    `-rss_limit_mb=${mostMegabytes}`,
    `-max_len=${mostBytes}`,
    `-artifact_prefix=${folder}/`,
    '-print_final_stats=1',
    found,
    `tests/fuzz/corpus/${name}`,
  ];
  const { status, stderr, error } = spawnSync(`${build}/fuzz_${name}`, args, {
    cwd: projectDir,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
  if (error) throw new Problem(`The fuzz target ${name} could not be started: ${error.message}`);
  const { executions, artifact } = readFuzzerReport(stderr);
  const ok = status === 0 && executions > 0;
  if (ok) return { name, ok, executions, message: '' };
  const end = stderr.trimEnd().split('\n').slice(-40).join('\n');
  const how = artifact
    ? `Run build/fuzz/fuzz_${name} ${artifact} to reproduce it, and make the input a regression test.`
    : 'It wrote no input to reproduce it.';
  return { name, ok, executions, message: `The fuzz target ${name} failed. ${how}\n${end}` };
}
