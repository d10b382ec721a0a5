// npm test: installs what is missing, builds everything, and runs every test: the C++ ones natively, under
// sanitizers and as WebAssembly in Node, the JavaScript ones in Vitest, and the page in a real Chromium.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { check } from './setup/checks.mjs';
import { prepareData } from './setup/data.mjs';
import { buildNative, buildWasm } from './setup/cmake.mjs';
import { requireNodePackages } from './setup/node-packages.mjs';
import { main, Problem, projectDir, run } from './setup/shell.mjs';
import { buildSite } from './setup/site.mjs';
import { needs, requireSystemPackages } from './setup/system-packages.mjs';

const reports = `${projectDir}/build/reports`;
const packages = `${projectDir}/node_modules`;

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * Counts from the JUnit file that CTest writes.
 * @param {string} file
 * @returns {Tally}
 */
function ctestTally(file) {
  const suite = readFileSync(file, 'utf8').match(/<testsuite[^>]*>/s)?.[0] ?? '';
  const count = (/** @type {string} */ name) => Number(suite.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  const skipped = count('skipped') + count('disabled');
  return { passed: count('tests') - count('failures') - skipped, failed: count('failures'), skipped };
}

/** @param {string} file @returns {Tally} */
function vitestTally(file) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** @param {string} file @returns {Tally} */
function playwrightTally(file) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(file, 'utf8')).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** @param {string} preset */
function ctestArguments(preset) {
  const parallel = String(availableParallelism());
  return ['--preset', preset, '--parallel', parallel, '--output-junit', `${reports}/${preset}.xml`, '--no-tests=error'];
}

/**
 * The suites, in the order in which a fault is cheapest to find. Each builds what it needs, then runs.
 * @type {{ name: string, runTests: () => void, tally: () => Tally }[]}
 */
const suites = [
  {
    name: 'C++, native',
    runTests() {
      buildNative('native', ['ska_tests', 'ska']);
      run('ctest', ctestArguments('native'));
    },
    tally: () => ctestTally(`${reports}/native.xml`),
  },
  {
    name: 'C++, native, with sanitizers',
    runTests() {
      buildNative('sanitize', ['ska_tests']);
      run('ctest', ctestArguments('sanitize'));
    },
    tally: () => ctestTally(`${reports}/sanitize.xml`),
  },
  {
    name: 'C++, the same bits with clang++',
    runTests() {
      buildNative('clang', ['ska_tests']);
      run('ctest', ctestArguments('clang'));
    },
    tally: () => ctestTally(`${reports}/clang.xml`),
  },
  {
    name: 'C++, the same bits without optimisation',
    runTests() {
      buildNative('unoptimised', ['ska_tests']);
      run('ctest', ctestArguments('unoptimised'));
    },
    tally: () => ctestTally(`${reports}/unoptimised.xml`),
  },
  {
    name: 'C++, WebAssembly in Node',
    runTests() {
      const emscripten = buildWasm(['ska_tests']);
      emscripten.run('ctest', ctestArguments('wasm'));
    },
    tally: () => ctestTally(`${reports}/wasm.xml`),
  },
  {
    name: 'JavaScript, the module and the command (Vitest)',
    runTests() {
      const output = `--outputFile.json=${reports}/vitest.json`;
      run(process.execPath, [`${packages}/vitest/vitest.mjs`, 'run', '--reporter=default', '--reporter=json', output]);
    },
    tally: () => vitestTally(`${reports}/vitest.json`),
  },
  {
    name: 'The page in Chromium (Playwright)',
    runTests() {
      run(process.execPath, [`${packages}/@playwright/test/cli.js`, 'test', '--reporter=list,json'], {
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/playwright.json` },
      });
    },
    tally: () => playwrightTally(`${reports}/playwright.json`),
  },
];

/**
 * Runs a suite to its end. A suite that could not even report counts as one failure.
 * @param {(typeof suites)[number]} suite
 * @returns {Tally & { name: string }}
 */
function outcome({ name, runTests, tally }) {
  console.log(`\n${name}`);
  let problem = null;
  try {
    runTests();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem = error.message;
    console.error(problem);
  }
  try {
    const counted = tally();
    return { name, ...counted, failed: problem ? Math.max(1, counted.failed) : counted.failed };
  } catch {
    return { name, passed: 0, failed: 1, skipped: 0 };
  }
}

await main(() => {
  requireNodePackages();
  requireSystemPackages(Object.values(needs).filter((need) => need !== needs.debootstrap && need !== needs.bubblewrap));
  prepareData();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  buildSite();
  check(); // after the build: the page's types include the module's

  const outcomes = suites.map(outcome);
  console.log('');
  for (const { name, passed, failed, skipped } of outcomes) {
    console.log(`${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }
  const sum = (/** @type {keyof Tally} */ key) => outcomes.reduce((total, tally) => total + tally[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  if (sum('failed') > 0 || sum('passed') === 0) process.exitCode = 1;
});
