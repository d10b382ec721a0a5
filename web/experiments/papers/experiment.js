// Experiment: recomputes the papers' figures and numbers.
import { choice } from '../controls.js';
import { afterwards } from './afterwards.js';
import { ofDefaultRun } from './default-run.js';
import { ofPairs, ofReferenceOnly } from './other-runs.js';
import { notInRecords } from './published.js';
import { allRuns, defaultKey, defaultRun, digitKeys, longKey, withoutShift } from './runs.js';
import { traps } from './traps.js';

const controls = {
  extent: choice({
    label: 'Runs',
    help: 'The default run has most of the numbers; all runs together cost forty times as much.',
    fallback: 'all',
    options: { all: 'All runs', default: 'The default run only' },
  }),
};

/** @type {import('../experiment.js').Section} */
const elsewhere = {
  title: 'What records do not hold',
  text: 'These numbers are given of the default run as well, and do not follow from what a run records.',
  tables: [
    {
      id: 'not-in-records',
      title: 'Not computed here',
      columns: ['Number', 'Given', 'Why not', 'Where this page shows it'],
      rows: notInRecords.map(({ name, printed, why, where }) => [name, printed, why, where]),
    },
  ],
};

/** @type {import('../experiment.js').Report} */
const waiting = {
  findings: [{ verdict: 'open', text: 'The default run has not finished; most of the published numbers are its own.' }],
  sections: [],
};

/** @type {import('../experiment.js').Experiment} */
export const experiment = {
  order: 7,
  title: 'The papers’ numbers',
  question: 'Which of the papers’ figures and numbers come out when they are computed again?',
  about:
    'Every figure and number that follows from what a run records is computed again, from the papers’ settings, and held ' +
    'against what was published. A number agrees where it rounds to the digits that were printed. Where nothing was ' +
    'published number by number, this project’s own reference in double precision stands in, and says so.',
  controls,
  runs: ({ extent }) => (extent === 'default' ? [defaultRun()] : allRuns()),
  report(outcome, { extent }) {
    const run = outcome.of(defaultKey);
    const parts = [
      run ? ofDefaultRun(run) : waiting,
      ...(extent === 'default'
        ? []
        : [
            ofPairs(outcome),
            ofReferenceOnly(outcome, {
              id: 'no-shift-term',
              title: 'Without the shift term',
              keys: [withoutShift],
              of: 'the reference for the run without shift term',
            }),
            ofReferenceOnly(outcome, {
              id: 'digits',
              title: 'One digit at a time',
              keys: digitKeys,
              of: 'the reference for the runs of single digits',
            }),
            afterwards(outcome.of(longKey)),
          ]),
      traps(outcome),
    ];
    return {
      findings: parts.flatMap(({ findings }) => findings),
      sections: [...parts.flatMap(({ sections }) => sections), elsewhere],
    };
  },
};
