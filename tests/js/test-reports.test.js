// npm test names the failed tests, gives the reasons, and prints the slowest tests' durations.
import { expect, it } from 'vitest';

import { ctestReport, failureLines, playwrightReport, slowest, vitestReport } from '../../tools/setup/test-reports.mjs';

it('reads them from the JUnit file of CTest', () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="(empty)" tests="6" failures="4" disabled="0" skipped="1" hostname="" time="1">
	<testcase name="Sigmoid.Of&lt;float&gt;" classname="Sigmoid.Of&lt;float&gt;" time="0.03" status="fail">
		<failure message=""/>
		<system-out>Running main()
[ RUN      ] Sigmoid.Of
sigmoid_test.cpp:12: Failure
Expected: (a) &lt; (b), actual: 3 vs 2

[  FAILED  ] Sigmoid.Of
1 FAILED TEST
</system-out>
	</testcase>
	<testcase name="Team.Ends" classname="Team.Ends" time="1" status="fail">
		<failure message=""/>
		<system-out></system-out>
	</testcase>
	<testcase name="Run.Sanitized" classname="Run.Sanitized" time="1" status="fail">
		<failure message=""/>
		<system-out>[ RUN      ] Run.Sanitized
==1==ERROR: AddressSanitizer: heap-use-after-free
</system-out>
	</testcase>
	<testcase name="Run.Aborts" classname="Run.Aborts" time="1" status="fail">
		<failure message=""/>
		<system-out>[ RUN      ] Run.Aborts
</system-out>
	</testcase>
	<testcase name="Run.IsFine" classname="Run.IsFine" time="0.01" status="run">
		<system-out>a.cpp:1: Failure
</system-out>
	</testcase>
	<testcase name="ska_tests_NOT_BUILT" classname="ska_tests_NOT_BUILT" time="0" status="notrun">
		<skipped message="Unable to find executable"/>
		<system-out>Unable to find executable: ska_tests</system-out>
	</testcase>
</testsuite>`;
  const { tally, failures, durations } = ctestReport(xml);
  expect(tally).toEqual({ passed: 1, failed: 4, skipped: 1 });
  expect(durations[0]).toEqual({ name: 'Sigmoid.Of<float>', seconds: 0.03 });
  expect(durations.map(({ seconds }) => seconds)).toEqual([0.03, 1, 1, 1, 0.01, 0]);
  expect(failures).toEqual([
    {
      name: 'Sigmoid.Of<float>',
      message: [
        'sigmoid_test.cpp:12: Failure',
        'Expected: (a) < (b), actual: 3 vs 2',
        '[  FAILED  ] Sigmoid.Of',
        '1 FAILED TEST',
      ],
    },
    { name: 'Team.Ends', message: ['It printed nothing: it crashed, or took too long.'] },
    { name: 'Run.Sanitized', message: ['==1==ERROR: AddressSanitizer: heap-use-after-free'] },
    { name: 'Run.Aborts', message: ['[ RUN      ] Run.Aborts'] },
    { name: 'ska_tests_NOT_BUILT', message: ['Unable to find executable: ska_tests'] },
  ]);
});

it('reads them from the report of Vitest, with files that could not be read and hooks that failed', () => {
  const failed = (/** @type {string} */ fullName, /** @type {string} */ message) => ({
    fullName,
    status: 'failed',
    duration: 52.3,
    failureMessages: [message],
  });
  const passed = { fullName: 'adds', status: 'passed', duration: 1, failureMessages: [] };
  const report = {
    numPassedTests: 3,
    numFailedTests: 3,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      {
        name: 'a.test.js',
        status: 'failed',
        message: '',
        assertionResults: [
          failed(
            'outer is equal',
            'AssertionError: expected [ 1 ] to deeply equal [ 2 ]\n    at a.test.js:3:65\n    at b',
          ),
          passed,
          failed(
            'holds',
            'Error: Property failed after 1 tests\n{ seed: -12, path: "0:1" }\nCounterexample: [5]\nA\nB\n',
          ),
          failed('ends', 'Error: STACK_TRACE_ERROR\n    at task'),
        ],
      },
      { name: 'b.test.js', status: 'failed', message: "Cannot find module './c.js'", assertionResults: [] },
      { name: 'd.test.js', status: 'failed', message: 'in the hook', assertionResults: [passed] },
      { name: 'e.test.js', status: 'passed', message: '', assertionResults: [passed] },
    ],
  };
  const { tally, failures, durations } = vitestReport(report);
  expect(tally).toEqual({ passed: 3, failed: 3, skipped: 3 });
  expect(durations[1]).toEqual({ name: 'a.test.js: adds', seconds: 0.001 });
  expect(durations).toHaveLength(6);
  expect(failures).toEqual([
    { name: 'a.test.js: outer is equal', message: ['AssertionError: expected [ 1 ] to deeply equal [ 2 ]'] },
    {
      name: 'a.test.js: holds',
      message: ['Error: Property failed after 1 tests', '{ seed: -12, path: "0:1" }', 'Counterexample: [5]', 'A'],
    },
    { name: 'a.test.js: ends', message: ['It took too long: 52 ms.'] },
    { name: 'b.test.js', message: ["Cannot find module './c.js'"] },
    { name: 'd.test.js', message: ['in the hook'] },
  ]);
});

it('reads them from the report of Playwright, without its colours', () => {
  const test = (/** @type {string} */ status, /** @type {string[]} */ ...messages) => ({
    status,
    results: [{ errors: messages.map((message) => ({ message })), duration: 250 }],
  });
  const report = {
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
    errors: [{ message: 'Error: No tests found' }],
    suites: [
      {
        title: 'offline.test.js',
        specs: [
          { title: 'loads', tests: [test('expected')] },
          {
            title: 'reloads',
            tests: [test('unexpected', '\u001b[31mTest timeout exceeded.\u001b[39m', 'Error: waits')],
          },
        ],
        suites: [{ title: 'within', specs: [{ title: 'is luck', tests: [test('flaky', 'Error: late\n\n    at x')] }] }],
      },
    ],
  };
  const { tally, failures, durations } = playwrightReport(report);
  expect(tally).toEqual({ passed: 1, failed: 2, skipped: 0 });
  expect(durations).toContainEqual({ name: 'offline.test.js › within › is luck', seconds: 0.25 });
  expect(durations).toHaveLength(3);
  expect(failures).toEqual([
    { name: 'offline.test.js › reloads', message: ['Test timeout exceeded.', 'Error: waits'] },
    { name: 'offline.test.js › within › is luck', message: ['Error: late'] },
    { name: 'before or after all tests', message: ['Error: No tests found'] },
  ]);
});

it('tells them in lines, and nothing where nothing failed', () => {
  expect(failureLines('C++, native', [{ name: 'A.B', message: ['a.cpp:1: Failure', 'why'] }])).toEqual([
    'C++, native: A.B',
    '    a.cpp:1: Failure',
    '    why',
  ]);
  expect(failureLines('C++, native', [])).toEqual([]);
});

it('finds the slowest of all', () => {
  const durations = [3, 1, 2].map((seconds) => ({ name: `takes ${seconds}`, seconds }));
  expect(slowest(durations, 2)).toEqual(['   3.0 s  takes 3', '   2.0 s  takes 2']);
  expect(durations.map(({ seconds }) => seconds)).toEqual([3, 1, 2]);
});
