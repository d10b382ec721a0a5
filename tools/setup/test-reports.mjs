// Parses the reports of CTest, Vitest and Playwright: number of passed tests, failures with reasons, and durations.
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 * @typedef {{ name: string, seconds: number }} Duration
 * @typedef {{ tally: Tally, failures: FailedTest[], durations: Duration[] }} Report
 */

/**
 * @typedef {object} FailedTest
 * @property {string} name
 * @property {string[]} message its first lines
 */

const mostLines = 4;

/** The first lines of a message, without a stack trace. @param {string} text */
function firstLines(text) {
  const lines = stripVTControlCharacters(text).trim().split('\n');
  const end = lines.findIndex((line) => /^\s+at /.test(line));
  const told = (end < 0 ? lines : lines.slice(0, end)).map((line) => line.trimEnd()).filter(Boolean);
  return told.slice(0, mostLines);
}

const entities = /** @type {Record<string, string>} */ ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' });

/** @param {string} text XML text with entities */
const plain = (text) => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);

/** A test's output from the first error on. @param {string} printed */
function complaint(printed) {
  const start = printed.search(/^.*(: Failure$|runtime error: |ERROR: |what\(\): )/m);
  if (start >= 0) return firstLines(printed.slice(start));
  const last = firstLines(printed.trim().split('\n').slice(-mostLines).join('\n'));
  return last.length > 0 ? last : ['It printed nothing: it crashed, or took too long.'];
}

/** @param {string} xml @returns {string[]} */
const testCases = (xml) => xml.match(/<testcase\b[^>]*\/>|<testcase\b.*?<\/testcase>/gs) ?? [];

/** @param {string} element XML that begins with a tag @param {string} name */
const attribute = (element, name) => plain(element.match(new RegExp(`^<[^>]*?\\b${name}="([^"]*)"`))?.[1] ?? '');

/**
 * @param {string} xml JUnit file of CTest
 * @returns {Report}
 */
export function ctestReport(xml) {
  const suite = xml.match(/<testsuite[^>]*>/s)?.[0] ?? '';
  const [tests, failed, skipped, disabled] = ['tests', 'failures', 'skipped', 'disabled'].map((name) =>
    Number(attribute(suite, name)),
  );
  return {
    tally: { passed: tests - failed - skipped - disabled, failed, skipped: skipped + disabled },
    failures: failedInCtest(xml),
    durations: testCases(xml).map((test) => ({
      name: attribute(test, 'name'),
      seconds: Number(attribute(test, 'time')),
    })),
  };
}

/**
 * @param {string} xml JUnit file of CTest
 * @returns {FailedTest[]}
 */
function failedInCtest(xml) {
  const failed = testCases(xml).filter((test) => /^<testcase[^>]*\bstatus="fail"|Unable to find executable/.test(test));
  return failed.map((test) => ({
    name: attribute(test, 'name'),
    message: complaint(plain(test.match(/<system-out>(.*?)<\/system-out>/s)?.[1] ?? '')),
  }));
}

/** Vitest's reports contain this for tests that timed out, and for no others. */
const vitestTimeout = 'STACK_TRACE_ERROR';

/**
 * @param {any} report output of Vitest's json reporter
 * @returns {Report}
 */
export function vitestReport(report) {
  return {
    tally: {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    failures: failedInVitest(report),
    durations: report.testResults.flatMap((/** @type {any} */ file) =>
      file.assertionResults.map((/** @type {any} */ { fullName, duration }) => ({
        name: `${file.name}: ${fullName}`,
        seconds: (duration ?? 0) / 1000,
      })),
    ),
  };
}

/**
 * @param {any} report output of Vitest's json reporter
 * @returns {FailedTest[]}
 */
function failedInVitest(report) {
  return report.testResults.flatMap((/** @type {any} */ file) => {
    const failed = file.assertionResults
      .filter((/** @type {any} */ { status }) => status === 'failed')
      .map((/** @type {any} */ { fullName, failureMessages, duration }) => {
        const [text = ''] = failureMessages;
        const late = `It took too long: ${Math.round(duration)} ms.`;
        return { name: `${file.name}: ${fullName}`, message: text.includes(vitestTimeout) ? [late] : firstLines(text) };
      });
    // If a file cannot be loaded or its hooks fail, no test reports it.
    if (file.status === 'failed' && (failed.length === 0 || file.message))
      failed.push({ name: file.name, message: firstLines(file.message) });
    return failed;
  });
}

/**
 * Every test of a suite and its nested suites, with its path.
 * @param {any} suite
 * @param {string[]} path
 * @returns {{ name: string, test: any }[]}
 */
function testsIn(suite, path = []) {
  const titles = [...path, suite.title];
  return [
    ...(suite.specs ?? []).flatMap((/** @type {any} */ { title, tests }) =>
      tests.map((/** @type {any} */ test) => ({ name: [...titles, title].join(' › '), test })),
    ),
    ...(suite.suites ?? []).flatMap((/** @type {any} */ each) => testsIn(each, titles)),
  ];
}

/**
 * @param {any} report output of Playwright's json reporter
 * @returns {Report} a flaky test counts as failed
 */
export function playwrightReport(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const tests = report.suites.flatMap((/** @type {any} */ suite) => testsIn(suite));
  const message = (/** @type {any[]} */ errors) => firstLines(errors.map(({ message }) => message ?? '').join('\n'));
  const failures = tests
    .filter((/** @type {any} */ { test }) => test.status === 'unexpected' || test.status === 'flaky')
    .map((/** @type {any} */ { name, test }) => ({
      name,
      message: message(test.results.flatMap((/** @type {any} */ { errors }) => errors)),
    }));
  const outside = report.errors.map((/** @type {any} */ error) => ({
    name: 'before or after all tests',
    message: message([error]),
  }));
  return {
    tally: { passed: expected, failed: unexpected + flaky, skipped },
    failures: [...failures, ...outside],
    durations: tests.map((/** @type {any} */ { name, test }) => ({
      name,
      seconds:
        test.results.reduce((/** @type {number} */ sum, /** @type {any} */ { duration }) => sum + duration, 0) / 1000,
    })),
  };
}

/**
 * Failures as text; no lines if nothing failed.
 * @param {string} suite
 * @param {FailedTest[]} failed
 */
export const failureLines = (suite, failed) =>
  failed.flatMap(({ name, message }) => [`${suite}: ${name}`, ...message.map((line) => `    ${line}`)]);

/**
 * The slowest tests, as lines to print.
 * @param {Duration[]} durations
 * @param {number} count
 */
export const slowest = (durations, count) =>
  [...durations]
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${name}`);
