// The test stages, ordered so that faults are found as early and cheaply as possible. Each stage builds what it needs,
// then runs.
//
// The quick check (npm test) is for someone who has just cloned the project. The full check (npm run test:full) adds
// further stages, and runs them with another language and time zone than the developers'.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { check } from './checks.mjs';
import { buildNative } from './cmake.mjs';
import { requireEmscripten } from './emscripten.mjs';
import { buildFuzzers, runFuzzers } from './fuzz.mjs';
import { Problem, projectDir, run } from './shell.mjs';
import { buildSite } from './site.mjs';
import { ctestReport, playwrightReport, vitestReport } from './test-reports.mjs';

/**
 * @typedef {import('./test-reports.mjs').Report} Report
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => void} [build] if it throws, the stage fails
 * @property {() => void | Promise<void>} run if it throws, the stage fails
 * @property {() => Report} [report] of the tests; none if the stage is a single check
 */

export const reportsDir = `${projectDir}/build/reports`;
const packages = `${projectDir}/node_modules`;

/** Tests must not depend on locale or time zone. */
const farAway = {
  LC_ALL: 'de_DE.UTF-8',
  LANG: 'de_DE.UTF-8',
  LANGUAGE: 'de',
  TZ: 'Asia/Kathmandu',
  SKA_TEST_LOCALE: 'de-DE',
};

/** @param {string} preset @param {(command: string, args: string[]) => void} [runIn] */
function ctestStage(preset, runIn = run) {
  const file = `${reportsDir}/${preset}.xml`;
  return {
    run: () =>
      runIn('ctest', [
        ...['--preset', preset, '--output-junit', file, '--no-tests=error', '--schedule-random'],
        ...['--parallel', String(availableParallelism())],
      ]),
    report: () => ctestReport(readFileSync(file, 'utf8')),
  };
}

/**
 * The tests of one preset of the native build.
 * @param {string} name
 * @param {import('./cmake.mjs').NativePreset} preset
 * @param {string[]} [targets]
 * @returns {Stage}
 */
const nativeStage = (name, preset, targets = ['ska_tests']) => ({
  name,
  build: () => buildNative(preset, targets),
  ...ctestStage(preset),
});

/**
 * @param {string} name
 * @param {string} reportName
 * @param {string[]} selection
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Stage}
 */
function vitestStage(name, reportName, selection, env) {
  const file = `${reportsDir}/${reportName}.json`;
  return {
    name,
    run: () =>
      run(
        process.execPath,
        [
          ...[`${packages}/vitest/vitest.mjs`, 'run', ...selection],
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
        ],
        { env },
      ),
    report: () => vitestReport(JSON.parse(readFileSync(file, 'utf8'))),
  };
}

/**
 * @param {string} name
 * @param {string} reportName
 * @param {string[]} selection
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Stage}
 */
function playwrightStage(name, reportName, selection, env) {
  const file = `${reportsDir}/${reportName}.json`;
  return {
    name,
    run: () =>
      run(process.execPath, [`${packages}/@playwright/test/cli.js`, 'test', '--reporter=list,json', ...selection], {
        env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      }),
    report: () => playwrightReport(JSON.parse(readFileSync(file, 'utf8'))),
  };
}

/** Seconds of fuzzing, shared by all targets. */
const fuzzingSeconds = 360;

/** @type {Awaited<ReturnType<typeof runFuzzers>>} */
let fuzzed = [];

/** @type {Stage} */
const fuzzStage = {
  name: 'Readers of files, fuzzed',
  build: buildFuzzers,
  async run() {
    fuzzed = [];
    fuzzed = await runFuzzers({ seconds: fuzzingSeconds });
    const failed = fuzzed.filter(({ ok }) => !ok);
    if (failed.length > 0) throw new Problem(failed.map(({ message }) => message).join('\n\n'));
  },
  report: () => ({
    tally: { passed: fuzzed.filter(({ ok }) => ok).length, failed: fuzzed.filter(({ ok }) => !ok).length, skipped: 0 },
    failures: fuzzed.filter(({ ok }) => !ok).map(({ name, message }) => ({ name, message: message.split('\n') })),
    durations: [],
  }),
};

const core = '@core';
/** Files run separately, longest first; tests within a file run in random order. */
const shuffled = ['--sequence.shuffle.tests'];

/** @type {Stage[]} */
export const quickStages = [
  // The checks need the site to be built: the page's types include the module's.
  { name: 'Types, lint and formatting', build: () => buildSite(['ska_tests']), run: check },
  nativeStage('C++, native', 'native', ['ska_tests', 'ska']),
  {
    name: 'C++, WebAssembly in Node',
    ...ctestStage('wasm', (command, args) => requireEmscripten().run(command, args)),
  },
  vitestStage('JavaScript and the module (Vitest)', 'vitest-js', ['--project', 'js', ...shuffled]),
  playwrightStage('The page in Chromium, core (Playwright)', 'playwright-core', ['--grep', core]),
];

/** Stages that only the full check runs. @type {Stage[]} */
export const furtherStages = [
  nativeStage('C++, with sanitizers', 'sanitize'),
  nativeStage('C++ that starts threads, with ThreadSanitizer', 'tsan'),
  nativeStage('C++, the same bits with clang++', 'clang'),
  nativeStage('C++, the same bits without optimisation', 'unoptimised'),
  fuzzStage,
  {
    ...vitestStage('The command (Vitest)', 'vitest-cli', ['--project', 'cli', ...shuffled], farAway),
    build: () => buildNative('native', ['ska']),
  },
  playwrightStage('The page in Chromium, the rest (Playwright)', 'playwright-rest', ['--grep-invert', core], farAway),
  vitestStage('The page in Firefox and WebKitGTK', 'vitest-browsers', [
    ...['--config', `${projectDir}/tests/browsers/vitest.config.js`],
    ...['--project', 'firefox', '--project', 'webkit'],
  ]),
];
