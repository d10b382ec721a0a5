// Experiment: the effect of the gradient's term ΔD, and of the two other readings of the papers' rule.
import { choice } from '../controls.js';
import { paceControls, paceSettings } from '../pace-controls.js';
import { layersOf, maximum, minimum, steps, totalEntropy, values } from '../series.js';
import { difference, movement, widestDifference } from './differences.js';
import { firstLayerIsTheSame, shiftOfMinimum, speed, wayTowardsNone } from './findings.js';
import { comparisons, variantsOf } from './variants.js';

/**
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../experiment.js').Section} Section
 * @typedef {import('../experiment.js').Table} Table
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 * @typedef {import('../outcome.js').Outcome} Outcome
 */

const controls = {
  compare: choice({
    label: 'Compare',
    help: 'Which change to the papers’ rule, or all of them.',
    fallback: 'shift',
    options: comparisons,
  }),
  ...paceControls,
};

const axis = { name: 'Step k' };

/** The finished runs, split into the papers' rule and its variants. @param {Outcome} outcome */
const partsOf = ({ finished }) => ({
  rule: finished.find(({ key }) => key === 'rule'),
  variants: finished.filter(({ key }) => key !== 'rule'),
});

/**
 * One quantity of one layer for all variants.
 * @param {Outcome} outcome
 * @param {number} layer
 * @param {'entropy' | 'cosine' | 'flow'} quantity
 * @param {string} title
 * @param {import('../../charts/figures/figure.js').Axis} y
 * @returns {CurvesFigure}
 */
const overlaid = (outcome, layer, quantity, title, y) => ({
  kind: 'curves',
  id: `${quantity}-layer-${layer + 1}`,
  title: `Layer ${layer + 1}: ${title}`,
  x: axis,
  y,
  curves: outcome.finished.map((run) => ({
    name: run.name,
    ink: outcome.inkOf(run),
    x: steps(run.recording),
    y: values(run.recording, quantity, layer),
  })),
});

/** @param {Outcome} outcome @param {number} layer @returns {CurvesFigure} */
function entropyFigure(outcome, layer) {
  return {
    ...overlaid(outcome, layer, 'entropy', 'entropy', { name: 'Entropy' }),
    marks: outcome.finished
      .filter(({ recording }) => recording.records > 0)
      .map((run) => {
        const { value, step } = minimum(run.recording.series('entropy', layer));
        return { name: `Minimum, ${run.name}`, ink: outcome.inkOf(run), x: step, y: value };
      }),
  };
}

/** @param {Outcome} outcome @param {number} layer @param {'entropy' | 'cosine'} quantity @returns {CurvesFigure[]} */
function differenceFigure(outcome, layer, quantity) {
  const { rule, variants } = partsOf(outcome);
  if (!rule || variants.length === 0) return [];
  return [
    {
      kind: 'curves',
      id: `${quantity}-difference-layer-${layer + 1}`,
      title: `Layer ${layer + 1}: ${quantity} less that of the rule`,
      x: axis,
      y: { name: `Difference of ${quantity}` },
      curves: variants.map((run) => ({
        name: `${run.name} − ${rule.name}`,
        ink: outcome.inkOf(run),
        x: steps(run.recording),
        y: difference(run.recording, rule.recording, quantity, layer),
      })),
      rules: [{ name: 'No difference', along: 'y', at: 0 }],
    },
  ];
}

/** @param {Outcome} outcome @returns {CurvesFigure} */
const totalFigure = (outcome) => ({
  kind: 'curves',
  id: 'entropy-total',
  title: 'All layers together: entropy',
  x: axis,
  y: { name: 'Total entropy' },
  curves: outcome.finished.map((run) => ({
    name: run.name,
    ink: outcome.inkOf(run),
    x: steps(run.recording),
    y: totalEntropy(run.recording),
  })),
});

/** @param {Outcome} outcome @param {FinishedRun} rule @param {FinishedRun[]} variants @returns {CurvesFigure} */
function totalDifferenceFigure(outcome, rule, variants) {
  const before = totalEntropy(rule.recording);
  return {
    kind: 'curves',
    id: 'entropy-difference-total',
    title: 'All layers together: entropy less that of the rule',
    x: axis,
    y: { name: 'Difference of total entropy' },
    curves: variants.map((run) => ({
      name: `${run.name} − ${rule.name}`,
      ink: outcome.inkOf(run),
      x: steps(run.recording),
      y: totalEntropy(run.recording).map((value, i) => value - before[i]),
    })),
    rules: [{ name: 'No difference', along: 'y', at: 0 }],
  };
}

/** All layers of each run, as in the papers' figures. @param {FinishedRun[]} runs @returns {CurvesFigure[]} */
const alone = (runs) =>
  /** @type {const} */ (['entropy', 'cosine']).flatMap((quantity) =>
    runs.map((run) => ({
      kind: 'curves',
      id: `${quantity}-${run.key}`,
      title: `${run.name}: ${quantity}`,
      x: axis,
      y: quantity === 'cosine' ? { name: 'Cosine', greatest: 1 } : { name: 'Entropy' },
      curves: layersOf(run.recording).map((layer) => ({
        name: `Layer ${layer + 1}`,
        ink: layer,
        x: steps(run.recording),
        y: values(run.recording, quantity, layer),
      })),
    })),
  );

/** @param {Float64Array} series */
const lastOf = (series) => series.at(-1) ?? NaN;

/** @param {FinishedRun[]} runs @param {number[]} layers @returns {Table} */
const extremesTable = (runs, layers) => ({
  id: 'extremes',
  title: 'Minima of entropy, and what else marks a run',
  note: 'A minimum at the last record is none yet: entropy may go on to fall.',
  columns: [
    'Layer',
    'Rule',
    'Entropy minimum',
    'Entropy minimum: step',
    'Entropy minimum: t = η·k',
    'Entropy, last',
    'Cosine maximum',
    'Cosine maximum: step',
    'Flow maximum',
    'Flow maximum: step',
    '‖W‖, last',
  ],
  rows: layers.flatMap((layer) =>
    runs.map(({ name, recording }) => {
      const entropy = recording.series('entropy', layer);
      const { value, step } = minimum(entropy);
      const cosine = maximum(recording.series('cosine', layer));
      const flow = maximum(recording.series('flow', layer));
      return [
        layer + 1,
        name,
        value,
        step,
        step * recording.config.learning_rate,
        lastOf(entropy),
        cosine.value,
        cosine.step,
        flow.value,
        flow.step,
        lastOf(recording.series('weight_norm', layer)),
      ];
    }),
  ),
});

/** @param {FinishedRun[]} variants @param {FinishedRun} rule @param {number[]} layers @returns {Table} */
const changesTable = (variants, rule, layers) => ({
  id: 'changes',
  title: `What changes against: ${rule.name}`,
  note: 'Differences are the greatest of all steps; those of entropy and flow are shares of the greatest magnitude of the rule’s curve.',
  columns: [
    'Layer',
    'Rule',
    'Minimum moves by steps',
    'Depth, times the rule’s',
    'Entropy differs by',
    'Entropy differs most at step',
    'Cosine differs by',
    'Cosine differs most at step',
    'Flow differs by',
    'Flow differs most at step',
  ],
  rows: layers.flatMap((layer) =>
    variants.map(({ name, recording }) => {
      const moved = movement(recording, rule.recording, layer);
      const [entropy, cosine, flow] = /** @type {const} */ (['entropy', 'cosine', 'flow']).map((quantity) =>
        widestDifference(recording, rule.recording, quantity, layer),
      );
      return [
        layer + 1,
        name,
        moved.steps,
        moved.depth,
        entropy.share,
        entropy.step,
        cosine.width,
        cosine.step,
        flow.share,
        flow.step,
      ];
    }),
  ),
});

/** @param {Outcome} outcome @param {number[]} layers @returns {Finding[]} */
function findingsOf(outcome, layers) {
  const { rule, variants } = partsOf(outcome);
  if (!rule || variants.length === 0) {
    return [
      {
        verdict: 'open',
        text: 'The papers’ rule and a changed one are needed to compare them; so far there are not both.',
      },
    ];
  }
  if (rule.recording.records < 2) {
    return [{ verdict: 'open', text: 'In so few steps nothing is learned that could differ; three are the least.' }];
  }
  const [without, present, equation31] = ['no-shift', 'input-of-this-step', 'equation-31'].map((key) =>
    variants.find((run) => run.key === key),
  );
  return [
    ...(without ? [speed(without, rule)] : []),
    ...(present ? [firstLayerIsTheSame(present, rule)] : []),
    ...variants.flatMap((run) => layers.map((layer) => shiftOfMinimum(run, rule, layer))),
    ...(without && equation31 ? layers.flatMap((layer) => wayTowardsNone(equation31, without, rule, layer)) : []),
  ];
}

/** @type {import('../experiment.js').Experiment} */
export const experiment = {
  order: 2,
  title: 'Gradient term',
  question: 'What does the term ΔD of the gradient do, and what do other readings of the papers’ rule change?',
  about:
    'A layer’s gradient has two terms: Z·D·(1−D), which points along its knowledge, and ΔD, by how much its decisions ' +
    'have just shifted. Here the same network learns from the same weights with ΔD and without it. Two further changes ' +
    'are readings of the papers that differ from their program: a layer may take as its input what the layer below ' +
    'gives at this step rather than at the step before, and equation (31) does not divide ΔD by ln 2, as (22) does.',
  controls,
  runs: (values) =>
    variantsOf(values.compare).map(({ key, name, change }) => {
      const settings = paceSettings(values);
      Object.assign(settings.config, change);
      return { key, name, settings };
    }),
  report(outcome, { layers: sizes }) {
    const { finished } = outcome;
    if (finished.length === 0) return { findings: [], sections: [] };
    const layers = sizes.map((/** @type {number} */ _, /** @type {number} */ layer) => layer);
    const { rule, variants } = partsOf(outcome);
    /** @type {Section[]} */
    const sections = [
      {
        title: 'Entropy, laid over each other',
        text: 'Rings mark the minima.',
        figures: [...layers.map((/** @type {number} */ layer) => entropyFigure(outcome, layer)), totalFigure(outcome)],
      },
      ...(rule && variants.length > 0
        ? [
            {
              title: 'The difference, in the same order',
              text: `Less the curve of “${rule.name}”: below 0 entropy is lower than there.`,
              figures: [
                ...layers.flatMap((/** @type {number} */ layer) => differenceFigure(outcome, layer, 'entropy')),
                totalDifferenceFigure(outcome, rule, variants),
              ],
            },
          ]
        : []),
      {
        title: 'In numbers',
        tables: [
          extremesTable(finished, layers),
          ...(rule && variants.length > 0 ? [changesTable(variants, rule, layers)] : []),
        ],
      },
      {
        title: 'Alignment and knowledge flow',
        figures: layers.flatMap((/** @type {number} */ layer) => [
          overlaid(outcome, layer, 'cosine', 'cosine', { name: 'Cosine', greatest: 1 }),
          ...differenceFigure(outcome, layer, 'cosine'),
          overlaid(outcome, layer, 'flow', 'knowledge flow', { name: '‖ΔZ‖ / η' }),
        ]),
      },
      { title: 'One beside the other', figures: alone(finished) },
    ];
    return { findings: findingsOf(outcome, layers), sections };
  },
};
