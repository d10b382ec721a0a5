// Builds the fuzz targets of tests/fuzz and runs them, sharing the given time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';

import { buildNative } from './cmake.mjs';
import { Problem, projectDir, say } from './shell.mjs';

const build = `${projectDir}/build/fuzz`;

// Generous, so that a busy machine does not fail a target.
const mostSecondsPerInput = 120;
const mostMegabytes = 2048;
const mostBytes = 1 << 12;

/** Names of all targets. */
export const fuzzerNames = readdirSync(`${projectDir}/tests/fuzz`)
  .filter((file) => file.endsWith('.cpp'))
  .map((file) => file.slice(0, -'.cpp'.length))
  .sort();

/** Builds all targets with clang++ and sanitizers. */
export function buildFuzzers() {
  buildNative('fuzz', ['ska_fuzzers']);
}

/**
 * Parses libFuzzer's output at the end of a run.
 * @param {string} text
 */
export function readFuzzerReport(text) {
  const executions = Number(/^stat::number_of_executed_units:\s*(\d+)/m.exec(text)?.[1] ?? 0);
  const artifact = /Test unit written to (.+)$/m.exec(text)?.[1] ?? null;
  return { executions, artifact };
}

/**
 * Runs the built targets, two at a time on two or more cores. New corpus inputs are kept in build/fuzz/NAME/found for
 * the next run; a failing input is written next to it.
 * @param {object} options
 * @param {number} options.seconds total for all targets
 * @param {string[]} [options.names] default: all
 * @returns {Promise<{ name: string, ok: boolean, executions: number, message: string }[]>} `message`: how to reproduce
 *   a failure
 */
export async function runFuzzers({ seconds, names = fuzzerNames }) {
  const unknown = names.find((name) => !fuzzerNames.includes(name));
  if (unknown !== undefined) {
    throw new Problem(`There is no fuzz target ${JSON.stringify(unknown)}; there are ${fuzzerNames.join(', ')}.`);
  }
  const each = Math.max(1, Math.floor(seconds / names.length));
  /** @type {Awaited<ReturnType<typeof runFuzzer>>[]} */
  const results = [];
  let next = 0;
  const takeTargets = async () => {
    while (next < names.length) {
      const i = next++;
      say(`Fuzzing ${names[i]} for ${each} s`);
      results[i] = await runFuzzer(names[i], each);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, takeTargets));
  return results;
}

/** @param {string} name @param {number} seconds */
async function runFuzzer(name, seconds) {
  const folder = `build/fuzz/${name}`;
  const found = `${folder}/found`;
  mkdirSync(`${projectDir}/${found}`, { recursive: true });
  for (const file of readdirSync(`${projectDir}/${folder}`)) {
    if (file !== 'found') rmSync(`${projectDir}/${folder}/${file}`); // left by an earlier run
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
  const target = spawn(`${build}/fuzz_${name}`, args, { cwd: projectDir, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(target, 'close').catch((error) => {
    throw new Problem(`The fuzz target ${name} could not be started: ${error.message}`);
  });
  const [[status], stderr] = await Promise.all([ended, text(target.stderr)]);
  const { executions, artifact } = readFuzzerReport(stderr);
  const ok = status === 0 && executions > 0;
  if (ok) return { name, ok, executions, message: '' };
  const end = stderr.trimEnd().split('\n').slice(-40).join('\n');
  const how = artifact
    ? `Run build/fuzz/fuzz_${name} ${artifact} to reproduce it, and make the input a regression test.`
    : 'It wrote no input to reproduce it.';
  return { name, ok, executions, message: `The fuzz target ${name} failed. ${how}\n${end}` };
}
