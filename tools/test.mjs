// npm test: installs what is missing, builds everything, and runs every test: the C++ ones natively, under
// sanitizers and as WebAssembly in Node, the JavaScript ones in Vitest, and the page in a real Chromium.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { check } from './setup/checks.mjs';
import { prepareData } from './setup/data.mjs';
import { buildNative, buildWasm } from './setup/cmake.mjs';
import { failedInCtest, failedInPlaywright, failedInVitest, failureLines } from './setup/failed-tests.mjs';
import { requireNodePackages } from './setup/node-packages.mjs';
import { main, Problem, projectDir, run } from './setup/shell.mjs';
import { buildSite } from './setup/site.mjs';
import { needs, requireSystemPackages } from './setup/system-packages.mjs';

const reports = `${projectDir}/build/reports`;
const packages = `${projectDir}/node_modules`;

/**
 * @typedef {import('./setup/failed-tests.mjs').FailedTest} FailedTest
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ tally: Tally, failures: FailedTest[] }} Report
 */

/**
 * From the JUnit file that CTest writes.
 * @param {string} preset
 * @returns {Report}
 */
function ctestReport(preset) {
  const xml = readFileSync(`${reports}/${preset}.xml`, 'utf8');
  const suite = xml.match(/<testsuite[^>]*>/s)?.[0] ?? '';
  const count = (/** @type {string} */ name) => Number(suite.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  const skipped = count('skipped') + count('disabled');
  const tally = { passed: count('tests') - count('failures') - skipped, failed: count('failures'), skipped };
  return { tally, failures: failedInCtest(xml) };
}

/** @returns {Report} */
function vitestReport() {
  const result = JSON.parse(readFileSync(`${reports}/vitest.json`, 'utf8'));
  const skipped = result.numPendingTests + result.numTodoTests;
  const tally = { passed: result.numPassedTests, failed: result.numFailedTests, skipped };
  return { tally, failures: failedInVitest(result) };
}

/** @returns {Report} */
function playwrightReport() {
  const result = JSON.parse(readFileSync(`${reports}/playwright.json`, 'utf8'));
  const { expected, unexpected, flaky, skipped } = result.stats;
  return { tally: { passed: expected, failed: unexpected + flaky, skipped }, failures: failedInPlaywright(result) };
}

/** @param {string} preset */
function ctestArguments(preset) {
  const parallel = String(availableParallelism());
  return ['--preset', preset, '--parallel', parallel, '--output-junit', `${reports}/${preset}.xml`, '--no-tests=error'];
}

/**
 * The suites, in the order in which a fault is cheapest to find. Each builds what it needs, then runs.
 * @type {{ name: string, runTests: () => void, report: () => Report }[]}
 */
const suites = [
  {
    name: 'C++, native',
    runTests() {
      buildNative('native', ['ska_tests', 'ska']);
      run('ctest', ctestArguments('native'));
    },
    report: () => ctestReport('native'),
  },
  {
    name: 'C++, native, with sanitizers',
    runTests() {
      buildNative('sanitize', ['ska_tests']);
      run('ctest', ctestArguments('sanitize'));
    },
    report: () => ctestReport('sanitize'),
  },
  {
    name: 'C++, the same bits with clang++',
    runTests() {
      buildNative('clang', ['ska_tests']);
      run('ctest', ctestArguments('clang'));
    },
    report: () => ctestReport('clang'),
  },
  {
    name: 'C++, the same bits without optimisation',
    runTests() {
      buildNative('unoptimised', ['ska_tests']);
      run('ctest', ctestArguments('unoptimised'));
    },
    report: () => ctestReport('unoptimised'),
  },
  {
    name: 'C++, WebAssembly in Node',
    runTests() {
      const emscripten = buildWasm(['ska_tests']);
      emscripten.run('ctest', ctestArguments('wasm'));
    },
    report: () => ctestReport('wasm'),
  },
  {
    name: 'JavaScript, the module and the command (Vitest)',
    runTests() {
      const output = `--outputFile.json=${reports}/vitest.json`;
      run(process.execPath, [`${packages}/vitest/vitest.mjs`, 'run', '--reporter=default', '--reporter=json', output]);
    },
    report: vitestReport,
  },
  {
    name: 'The page in Chromium (Playwright)',
    runTests() {
      run(process.execPath, [`${packages}/@playwright/test/cli.js`, 'test', '--reporter=list,json'], {
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: `${reports}/playwright.json` },
      });
    },
    report: playwrightReport,
  },
];

/**
 * Runs a suite to its end. A suite that could not even report counts as one failure.
 * @param {(typeof suites)[number]} suite
 * @returns {Tally & { name: string, failures: FailedTest[] }}
 */
function outcome({ name, runTests, report }) {
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
    const { tally, failures } = report();
    return { name, ...tally, failed: problem ? Math.max(1, tally.failed) : tally.failed, failures };
  } catch {
    const failures = [{ name: 'it could not report', message: problem ? [problem] : [] }];
    return { name, passed: 0, failed: 1, skipped: 0, failures };
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
  // Last of all, so that they stand in the end of a log of which only the end is kept.
  const failures = outcomes.flatMap(({ name, failures }) => failureLines(name, failures));
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
  if (sum('failed') > 0 || sum('passed') === 0) process.exitCode = 1;
});
