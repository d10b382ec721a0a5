// Which of the papers' figures and numbers come out when they are computed again?
import { numberText } from '../../charts/format.js';
import { defaultSettings } from '../../state/settings.js';
import { findingsOf, tableOf } from '../agreement.js';
import { baseSettings } from '../base-controls.js';
import { choice } from '../controls.js';
import { layerName, outputsOverSteps, overSteps } from '../layer-figures.js';
import { layersOf, minimum } from '../series.js';
import {
  allOfReference,
  ofFigure,
  ofOutputs,
  ofPrintedSign,
  ofSecondLayer,
  ofTotalEntropy,
  referenceTable,
} from './compare.js';
import { authorsRun, firstPaper, notInRecords, referenceMinima, secondPaper } from './published.js';

/**
 * @typedef {import('../experiment.js').DeclaredRun} DeclaredRun
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../experiment.js').Section} Section
 * @typedef {import('../../state/recording.js').Recording} Recording
 * @typedef {import('../outcome.js').Outcome} Outcome
 * @typedef {import('../agreement.js').Comparison} Comparison
 */

const controls = {
  extent: choice({
    label: 'Runs',
    help: 'The default run has most of the numbers; all runs together cost forty times as much.',
    fallback: 'all',
    options: { all: 'All runs', default: 'The default run only' },
  }),
};

const papers = () => {
  const { config, data } = defaultSettings;
  return baseSettings({ layers: config.layers, seed: config.seed, samples: data.per_class });
};

/** @param {string} key @param {string} name @param {object} [config] @param {object} [data] @returns {DeclaredRun} */
function declared(key, name, config = {}, data = {}) {
  const settings = papers();
  Object.assign(settings.config, config);
  Object.assign(settings.data, data);
  return { key, name, settings };
}

const defaultKey = 'eta-0.01-steps-50';
const withoutShift = 'no-shift-term';
const longKey = 'tau-4';
const otherEquation = 'equation-31';

/** τ = η·K, at each of which the long run is looked at: the papers' and what comes after it. */
const ends = [0.5, 1, 2, 4];

/** @param {string} key */
const paceOf = (key) => {
  const [, learning_rate, , steps] = key.split('-');
  return { learning_rate: Number(learning_rate), steps: Number(steps) };
};

const pairKeys = Object.keys(referenceMinima).filter((key) => key.startsWith('eta-'));
const pairRun = (/** @type {string} */ key) => {
  const pace = paceOf(key);
  return declared(key, `η ${pace.learning_rate}, K ${pace.steps}`, pace);
};
const digitKeys = Array.from({ length: 10 }, (_, digit) => `digit-${digit}`);

/** @param {Recording} run @returns {{ id: string, title: string, comparisons: Comparison[], of: string }[]} */
const groupsOf = (run) => [
  {
    id: 'entropy',
    title: 'Entropy',
    comparisons: [...ofFigure('entropy', run), ...ofTotalEntropy(run)],
    of: 'the entropy',
  },
  { id: 'cosine', title: 'Cosine', comparisons: ofFigure('cosine', run), of: 'the cosine' },
  { id: 'outputs', title: 'Outputs', comparisons: ofOutputs(run), of: 'the outputs' },
  { id: 'tensor-net', title: 'Tensor net', comparisons: ofFigure('tensor-net', run), of: 'the tensor net' },
  { id: 'flow', title: 'Knowledge flow', comparisons: ofFigure('flow', run), of: 'the knowledge flow' },
  { id: 'lagrangian', title: 'Lagrangian', comparisons: ofFigure('lagrangian', run), of: 'the Lagrangian' },
  { id: 'norms', title: '‖Z‖ and ‖W‖', comparisons: ofFigure('norms', run), of: 'the norms of knowledge and weights' },
];

/** @param {Recording} run @returns {Record<string, import('../experiment.js').CurvesFigure[]>} by the group */
const figuresOf = (run) => ({
  entropy: [overSteps(run, 'entropy', { id: 'entropy', title: 'Entropy of every layer' })],
  cosine: [overSteps(run, 'cosine', { id: 'cosine', title: 'Cosine of every layer' })],
  outputs: [
    outputsOverSteps(run, {
      id: 'outputs',
      title: 'Mean outputs',
      note: 'The papers name them classes; no label has had a part in them, and they are neurons.',
    }),
  ],
  'tensor-net': [overSteps(run, 'tensor_net', { id: 'tensor-net', title: 'Tensor net of every layer' })],
  flow: [overSteps(run, 'flow', { id: 'flow', title: 'Knowledge flow of every layer' })],
  lagrangian: [overSteps(run, 'lagrangian', { id: 'lagrangian', title: 'Lagrangian of every layer' })],
  norms: [
    overSteps(run, 'knowledge_norm', { id: 'knowledge-norm', title: '‖Z‖ of every layer' }),
    overSteps(run, 'weight_norm', { id: 'weight-norm', title: '‖W‖ of every layer' }),
  ],
});

/** What is said of the default run. @param {Recording} run @returns {{ findings: Finding[], sections: Section[] }} */
function defaultRun(run) {
  const groups = groupsOf(run);
  const figures = figuresOf(run);
  const all = groups.flatMap(({ comparisons }) => comparisons);
  const [whole] = findingsOf(authorsRun, all);
  return {
    findings: [whole, ...groups.flatMap(({ of, comparisons }) => findingsOf(of, comparisons))],
    sections: groups.map(({ id, title, comparisons }) => ({
      title,
      figures: figures[id],
      tables: [tableOf({ id: `${id}-numbers`, title: `${title}: published and computed again` }, comparisons)],
    })),
  };
}

/** @param {Outcome} outcome @returns {{ findings: Finding[], sections: Section[] }} */
function pairs({ finished }) {
  const runs = finished.filter(({ key }) => pairKeys.includes(key));
  const isWhole = runs.length === pairKeys.length;
  const published = runs.length > 0 ? ofSecondLayer(runs) : [];
  const references = allOfReference(runs);
  return {
    findings: isWhole
      ? [
          ...findingsOf('the times at which layer 2’s entropy is least in the six pairs', published),
          ...findingsOf('the reference for the six pairs', references),
        ]
      : [
          {
            verdict: 'open',
            text: `Of the six pairs of η and K with τ = η·K = 0.5, ${runs.length} have finished; the claim on their minima needs all.`,
          },
        ],
    sections:
      runs.length === 0
        ? []
        : [
            {
              title: 'Time invariance: the six pairs',
              text: 'Every run of a pair in full is in the experiment “Time invariance”.',
              figures: runs.map(({ key, name, recording }) =>
                overSteps(recording, 'entropy', { id: `entropy-${key}`, title: `Entropy, ${name}` }),
              ),
              tables: [
                tableOf({ id: 'second-layer', title: 'When layer 2’s entropy is least' }, isWhole ? published : []),
                referenceTable({ id: 'pairs-reference', title: 'Entropy minima of the pairs' }, runs),
              ].filter(({ rows }) => rows.length > 0),
            },
          ],
  };
}

/**
 * Runs that only the reference has numbers of.
 * @param {Outcome} outcome
 * @param {{ id: string, title: string, keys: string[], of: string }} group
 * @returns {{ findings: Finding[], sections: Section[] }}
 */
function referenceOnly({ finished }, { id, title, keys, of }) {
  const runs = finished.filter(({ key }) => keys.includes(key));
  if (runs.length === 0) return { findings: [], sections: [] };
  return {
    findings: findingsOf(of, allOfReference(runs)),
    sections: [
      {
        title,
        figures: runs.map(({ key, name, recording }) =>
          overSteps(recording, 'entropy', { id: `entropy-${key}`, title: `Entropy, ${name}` }),
        ),
        tables: [referenceTable({ id, title: `${title}: entropy minima` }, runs)],
      },
    ],
  };
}

/** How far means of outputs are from the nearer of 0 and 1, at most. @param {Recording} run @param {number} k */
const farthestOutput = (run, k) => Math.max(...run.at(k).outputs.map((mean) => Math.min(mean, 1 - mean)));

/** What comes after τ = 0.5. @param {Recording | null} run @returns {{ findings: Finding[], sections: Section[] }} */
function afterwards(run) {
  if (!run) return { findings: [], sections: [] };
  const rate = run.config.learning_rate;
  // A run of K steps has K − 1 records: what it ends with.
  const records = ends.map((tau) => Math.round(tau / rate) - 1);
  const all = layersOf(run);
  const sizes = all.map((layer) => records.map((record) => Math.abs(run.series('entropy', layer)[record - 1])));
  const falling = sizes.filter((size) => size.every((value, i) => i === 0 || value < size[i - 1])).length;
  const shares = sizes.map((size, layer) => size.map((value) => value / -minimum(run.series('entropy', layer)).value));
  const outputs = records.map((record) => farthestOutput(run, record));
  return {
    findings: [
      {
        claim: 'After τ = 0.5 the entropies of all layers go on towards 0: at τ = 1, 2 and 4 each is nearer.',
        verdict: falling === all.length ? 'holds' : 'fails',
        value: falling,
        published: all.length,
        allowed: 0,
        text:
          `At τ = 0.5 the layers’ entropies are at ${shares.map(([share]) => percent(share)).join(', ')} of their ` +
          `minima, at τ = 4 at ${shares.map((share) => percent(share[3])).join(', ')}; from one τ to the next ` +
          `${falling} of ${all.length} only fall.${falling === all.length ? ' The equilibrium at τ = 0.5 is passing.' : ''}`,
      },
      {
        verdict: 'fact',
        text:
          'The output that is farthest from both 0 and 1 is away from the nearer one by ' +
          `${ends.map((tau, i) => `${numberText(outputs[i])} at τ = ${tau}`).join(', ')}.`,
      },
    ],
    sections: [
      {
        title: 'Beyond τ = 0.5',
        text: 'One run up to τ = 4; its beginnings are the runs of smaller τ. “How far does it go” has more of it.',
        figures: [
          {
            ...overSteps(run, 'entropy', { id: 'entropy-tau-4', title: 'Entropy up to τ = 4' }),
            rules: ends.map((tau, i) => ({ name: `τ = ${tau}`, along: /** @type {const} */ ('x'), at: records[i] })),
          },
          outputsOverSteps(run, { id: 'outputs-tau-4', title: 'Mean outputs up to τ = 4' }),
        ],
        tables: [
          {
            id: 'tau-ends',
            title: 'Entropy at the end of τ, and the output farthest from 0 and 1',
            columns: ['τ', ...all.map(layerName), 'Farthest output'],
            rows: ends.map((tau, i) => [
              tau,
              ...all.map((layer) => run.series('entropy', layer)[records[i] - 1]),
              outputs[i],
            ]),
          },
        ],
      },
    ],
  };
}

/** @param {number} share */
const percent = (share) => `${(100 * share).toPrecision(2)} %`;

/** The two places where the papers print another formula than their figures are of. @param {Outcome} outcome @returns {{ findings: Finding[], sections: Section[] }} */
function traps(outcome) {
  const run = outcome.of(defaultKey);
  const other = outcome.of(otherEquation);
  const sign = run ? ofPrintedSign(run) : [];
  const undivided = other ? ofFigure('entropy', other) : [];
  return {
    findings: [
      ...(run
        ? [formulaFinding('The tensor net with ∇H subtracted, as printed,', 'tensor net', secondPaper, sign)]
        : []),
      ...(other ? [formulaFinding('Equation (31), with ΔD undivided by ln 2,', 'entropy', firstPaper, undivided)] : []),
    ],
    sections: [
      {
        title: 'Two traps in the formulas',
        text:
          'The second paper prints ∇H in the tensor net with a minus sign, where its figures need a plus; and equation (31) of ' +
          'the first leaves ΔD undivided by ln 2, which the code divides. All other numbers here are of the plus sign and ' +
          'the divided ΔD. These tables hold the formulas as they are printed against the published numbers.',
        tables: [
          tableOf({ id: 'trap-sign', title: 'Tensor net with the printed minus sign' }, sign),
          tableOf({ id: 'trap-equation-31', title: 'Entropy by equation (31)' }, undivided),
        ].filter(({ rows }) => rows.length > 0),
      },
    ],
  };
}

/**
 * Whether a formula as printed gives the published numbers.
 * @param {string} formula
 * @param {string} quantity
 * @param {string} source
 * @param {Comparison[]} comparisons
 * @returns {Finding}
 */
function formulaFinding(formula, quantity, source, comparisons) {
  const agreeing = comparisons.filter(({ agrees }) => agrees).length;
  return {
    claim: `${formula} gives the published numbers of the ${quantity}.`,
    source,
    verdict: agreeing === comparisons.length ? 'holds' : 'fails',
    value: agreeing,
    published: comparisons.length,
    allowed: 0,
    text: `${formula} gives ${agreeing} of the ${comparisons.length} published numbers of the ${quantity}.`,
  };
}

/** @type {Section} */
const elsewhere = {
  title: 'What records do not hold',
  text: 'These numbers are published too, and cannot be computed from what a run records.',
  tables: [
    {
      id: 'not-in-records',
      title: 'Not computed here',
      columns: ['Number', 'Published', 'Why not', 'Where this page shows it'],
      rows: notInRecords.map(({ name, printed, why, where }) => [name, printed, why, where]),
    },
  ],
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
  runs({ extent }) {
    const first = pairRun(defaultKey);
    if (extent === 'default') return [first];
    return [
      ...pairKeys.map(pairRun),
      declared(withoutShift, 'Without shift term', { shift_term: false }),
      ...digitKeys.map((key, digit) => declared(key, `Digit ${digit} only`, {}, { classes: [digit] })),
      declared(longKey, 'τ = 4', { steps: Math.round(ends[ends.length - 1] / defaultSettings.config.learning_rate) }),
      declared(otherEquation, 'By equation (31)', { gradient_equation: 31 }),
    ];
  },
  report(outcome, { extent }) {
    const run = outcome.of(defaultKey);
    const parts = [
      run ? defaultRun(run) : waiting,
      ...(extent === 'default'
        ? []
        : [
            pairs(outcome),
            referenceOnly(outcome, {
              id: 'no-shift-term',
              title: 'Without the shift term',
              keys: [withoutShift],
              of: 'the reference for the run without shift term',
            }),
            referenceOnly(outcome, {
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

/** @type {{ findings: Finding[], sections: Section[] }} */
const waiting = {
  findings: [{ verdict: 'open', text: 'The default run has not finished; most of the published numbers are its own.' }],
  sections: [],
};
