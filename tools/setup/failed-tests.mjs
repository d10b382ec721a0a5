// Which tests failed, and why? Read from the reports that CTest, Vitest and Playwright write.
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} FailedTest
 * @property {string} name
 * @property {string[]} message its first lines
 */

const mostLines = 4;

/** The first lines of a message, without the stack that may follow. @param {string} text */
function firstLines(text) {
  const lines = stripVTControlCharacters(text).trim().split('\n');
  const end = lines.findIndex((line) => /^\s+at /.test(line));
  const told = (end < 0 ? lines : lines.slice(0, end)).map((line) => line.trimEnd()).filter(Boolean);
  return told.slice(0, mostLines);
}

const entities = /** @type {Record<string, string>} */ ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' });

/** @param {string} text as it stands in XML */
const plain = (text) => text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => entities[name]);

/** What a test printed, from where it says what was wrong. @param {string} printed */
function complaint(printed) {
  const start = printed.search(/^.*(: Failure$|runtime error: |ERROR: |what\(\): )/m);
  if (start >= 0) return firstLines(printed.slice(start));
  const last = firstLines(printed.trim().split('\n').slice(-mostLines).join('\n'));
  return last.length > 0 ? last : ['It printed nothing: it crashed, or took too long.'];
}

/**
 * @param {string} xml the JUnit file that CTest writes
 * @returns {FailedTest[]}
 */
export function failedInCtest(xml) {
  const tests = xml.match(/<testcase\b[^>]*\/>|<testcase\b.*?<\/testcase>/gs) ?? [];
  const failed = tests.filter((test) => /^<testcase[^>]*\bstatus="fail"|Unable to find executable/.test(test));
  return failed.map((test) => ({
    name: plain(test.match(/\bname="([^"]*)"/)?.[1] ?? ''),
    message: complaint(plain(test.match(/<system-out>(.*?)<\/system-out>/s)?.[1] ?? '')),
  }));
}

/** What Vitest's report says of a test that took too long, and only of such a one. */
const vitestTimeout = 'STACK_TRACE_ERROR';

/**
 * @param {any} report what Vitest's json reporter writes
 * @returns {FailedTest[]}
 */
export function failedInVitest(report) {
  return report.testResults.flatMap((/** @type {any} */ file) => {
    const failed = file.assertionResults
      .filter((/** @type {any} */ { status }) => status === 'failed')
      .map((/** @type {any} */ { fullName, failureMessages, duration }) => {
        const [text = ''] = failureMessages;
        const late = `It took too long: ${Math.round(duration)} ms.`;
        return { name: `${file.name}: ${fullName}`, message: text.includes(vitestTimeout) ? [late] : firstLines(text) };
      });
    // A file that could not be read, or whose hooks failed, has no test to say so.
    if (file.status === 'failed' && (failed.length === 0 || file.message))
      failed.push({ name: file.name, message: firstLines(file.message) });
    return failed;
  });
}

/**
 * @param {any} report what Playwright's json reporter writes
 * @returns {FailedTest[]}
 */
export function failedInPlaywright(report) {
  const inSuite = (/** @type {any} */ suite, /** @type {string[]} */ path) => {
    const titles = [...path, suite.title];
    /** @type {FailedTest[]} */
    const failed = (suite.specs ?? []).flatMap((/** @type {any} */ { title, tests }) =>
      tests
        .filter((/** @type {any} */ { status }) => status === 'unexpected' || status === 'flaky')
        .map((/** @type {any} */ { results }) => {
          const errors = results.flatMap((/** @type {any} */ result) => result.errors);
          const text = errors.map((/** @type {any} */ { message }) => message ?? '').join('\n');
          return { name: [...titles, title].join(' › '), message: firstLines(text) };
        }),
    );
    const deeper = (suite.suites ?? []).flatMap((/** @type {any} */ each) => inSuite(each, titles));
    return [...failed, ...deeper];
  };
  const whole = report.errors.map((/** @type {any} */ { message }) => ({
    name: 'before or after all tests',
    message: firstLines(message ?? ''),
  }));
  return [...report.suites.flatMap((/** @type {any} */ suite) => inSuite(suite, [])), ...whole];
}

/**
 * As people read it; nothing where nothing failed.
 * @param {string} suite
 * @param {FailedTest[]} failed
 */
export const failureLines = (suite, failed) =>
  failed.flatMap(({ name, message }) => [`${suite}: ${name}`, ...message.map((line) => `    ${line}`)]);
