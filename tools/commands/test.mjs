// npm test (quick check) and npm run test:full (full check): install what is missing, build, and run the tests.
//
//   node tools/test.mjs                       the quick check
//   node tools/test.mjs --full                the quick check, then the further stages
//   node tools/test.mjs --full --after-quick  the further stages only, after a quick check
import { mkdirSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { prepareData } from '../setup/data.mjs';
import { requireNodePackages } from '../setup/node-packages.mjs';
import { main, Problem } from '../setup/shell.mjs';
import { fullCheckNeeds, quickCheckNeeds, requireSystemPackages } from '../setup/system-packages.mjs';
import { failureLines, slowest } from '../setup/test-reports.mjs';
import { furtherStages, quickStages, reportsDir } from '../setup/test-stages.mjs';

/**
 * @typedef {import('../setup/test-reports.mjs').Report} Report
 * @typedef {import('../setup/test-stages.mjs').Stage} Stage
 */

const shownTests = 10;

/** @returns {Report} result of a stage that is a single check */
const ofOneCheck = () => ({ tally: { passed: 1, failed: 0, skipped: 0 }, failures: [], durations: [] });

/** @param {() => void | Promise<void>} work @returns {Promise<{ seconds: number, problem: string | null }>} */
async function attempt(work) {
  const start = performance.now();
  let problem = null;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem = error.message;
    console.error(problem);
  }
  return { seconds: (performance.now() - start) / 1000, problem };
}

/**
 * Runs a stage to its end. A stage that fails without a failed test counts as one failure.
 * @param {Stage} stage
 */
async function outcome({ name, build = () => {}, run, report = ofOneCheck }) {
  console.log(`\n${name}`);
  const built = await attempt(build);
  const ran = built.problem === null ? await attempt(run) : { seconds: 0, problem: built.problem };
  const timed = { name, buildSeconds: built.seconds, runSeconds: ran.seconds };
  try {
    const { tally, failures, durations } = built.problem === null ? report() : ofOneCheck();
    if (ran.problem === null || tally.failed > 0) return { ...timed, ...tally, failures, durations };
    const passed = report === ofOneCheck || built.problem !== null ? 0 : tally.passed;
    return {
      ...timed,
      ...tally,
      passed,
      failed: 1,
      failures: [...failures, { name, message: [ran.problem] }],
      durations,
    };
  } catch {
    const failures = [{ name: 'it could not report', message: ran.problem ? [ran.problem] : [] }];
    return { ...timed, passed: 0, failed: 1, skipped: 0, failures, durations: [] };
  }
}

/** @param {Awaited<ReturnType<typeof outcome>>[]} outcomes @param {number} seconds total */
function summary(outcomes, seconds) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    outcomes.reduce((total, tally) => total + tally[key], 0);
  const minutes = (/** @type {number} */ time) =>
    `${Math.floor(time / 60)}:${String(Math.round(time % 60)).padStart(2, '0')}`;
  console.log('\nbuild  tests  (minutes:seconds)');
  for (const { name, buildSeconds, runSeconds, passed, failed, skipped } of outcomes) {
    const skippedText = skipped > 0 ? `, ${skipped} skipped` : '';
    const times = [buildSeconds, runSeconds].map((time) => minutes(time).padStart(5)).join('  ');
    console.log(`${times}  ${name}: ${passed} passed, ${failed} failed${skippedText}`);
  }
  console.log(`${minutes(seconds).padStart(12)}  in all`);
  const durations = outcomes.flatMap(({ name, durations }) =>
    durations.map((each) => ({ ...each, name: `${name}: ${each.name}` })),
  );
  console.log(`\nThe slowest tests\n${slowest(durations, shownTests).join('\n')}`);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  // Failures come last, because truncated logs keep their end.
  const failures = outcomes.flatMap(({ name, failures }) => failureLines(name, failures));
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
  if (sum('failed') > 0 || sum('passed') === 0) process.exitCode = 1;
}

function readOptions() {
  try {
    return parseArgs({ options: { full: { type: 'boolean' }, 'after-quick': { type: 'boolean' } } }).values;
  } catch (error) {
    throw new Problem(`${/** @type {Error} */ (error).message}\nThe options are --full and --after-quick.`);
  }
}

await main(async () => {
  const { full = false, 'after-quick': afterQuick = false } = readOptions();
  const start = performance.now();
  requireNodePackages();
  requireSystemPackages(full ? fullCheckNeeds : quickCheckNeeds);
  prepareData();
  if (!afterQuick) rmSync(reportsDir, { recursive: true, force: true });
  mkdirSync(reportsDir, { recursive: true });
  const stages = [...(afterQuick ? [] : quickStages), ...(full ? furtherStages : [])];
  const outcomes = [];
  for (const stage of stages) outcomes.push(await outcome(stage));
  summary(outcomes, (performance.now() - start) / 1000);
});
