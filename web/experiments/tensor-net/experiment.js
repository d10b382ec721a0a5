// Experiment: tensor net, knowledge flow and Lagrangian over a run, with the points that the second paper marks.
import { crossings, interpolated, landmarksOf } from '../../model/landmarks.js';
import { numberText } from '../../charts/format.js';
import { defaultSettings, sameSettings } from '../../model/settings.js';
import { findingsOf, tableOf } from '../agreement.js';
import { choice } from '../controls.js';
import { axisNames, layerName, overSteps } from '../layer-figures.js';
import { ofFigure, ofPrintedSign } from '../papers/compare.js';
import { layerMeasures, sum } from '../papers/measures.js';
import { paceControls, paceSettings } from '../pace-controls.js';
import { secondPaper } from '../papers/published.js';
import { layersOf, steps, values } from '../series.js';
import { printedTensorNet } from './printed-sign.js';

/**
 * @typedef {import('../../charts/figures/figure.js').Curve} Curve
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../experiment.js').Section} Section
 * @typedef {import('../experiment.js').Table} Table
 * @typedef {import('../../model/record.js').Quantity} Quantity
 * @typedef {import('../../model/recording.js').Recording} Recording
 */

/** @typedef {'tensor_net' | 'flow' | 'lagrangian' | 'entropy'} Drawn */

const controls = {
  ...paceControls,
  sign: choice({
    label: 'Sign of ∇H',
    help: 'The second paper prints a minus sign before ∇H; its figures are of the plus sign. “Minus” lays that curve over the other.',
    fallback: 'plus',
    options: { plus: 'Plus, as in the figures', minus: 'Minus too, as in the formula' },
  }),
};

const key = 'run';

/** The kind of landmark that is ringed for each quantity. @type {Record<Drawn, 'crossing' | 'maximum' | 'minimum'>} */
const ringed = { tensor_net: 'crossing', flow: 'maximum', lagrangian: 'minimum', entropy: 'minimum' };

/** The name of a ring. @param {Drawn} quantity @param {boolean} global */
const ringName = (quantity, global) =>
  quantity === 'tensor_net' ? 'zero' : `${global ? '' : 'further '}${ringed[quantity]}`;

/**
 * The ringed points of a quantity, as marked in the papers.
 * @param {Recording} recording
 * @param {Drawn} quantity
 * @param {(record: number, layer: number) => number} at maps a record to its horizontal coordinate
 */
const marksOf = (recording, quantity, at) =>
  landmarksOf(recording)
    .filter((landmark) => landmark.quantity === quantity && landmark.kind === ringed[quantity])
    .map(({ layer, record, value, global }) => ({
      name: `${layerName(layer)}, ${ringName(quantity, global)}`,
      ink: layer,
      x: at(record, layer),
      y: value,
    }));

/**
 * The tensor net with the printed sign.
 * @param {Recording} recording
 * @param {(layer: number) => Float64Array} across
 * @returns {Curve[]}
 */
const printedCurves = (recording, across) =>
  layersOf(recording).map((layer) => ({
    name: `${layerName(layer)}, minus sign`,
    ink: layer,
    dash: 'dashed',
    x: across(layer),
    y: printedTensorNet(recording, layer),
  }));

const zero = { name: '0', along: /** @type {const} */ ('y'), at: 0 };

/**
 * A quantity over the steps, with rings.
 * @param {Recording} recording
 * @param {Drawn} quantity
 * @param {string} title
 * @returns {CurvesFigure}
 */
const ringedOverSteps = (recording, quantity, title) => ({
  ...overSteps(recording, quantity, { id: quantity.replace('_', '-'), title }),
  marks: marksOf(recording, quantity, (record) => record),
});

/**
 * A quantity over ‖Z‖: the path of every layer.
 * @param {Recording} recording
 * @param {Drawn} quantity
 * @param {string} title
 * @returns {CurvesFigure}
 */
const overKnowledge = (recording, quantity, title) => ({
  kind: 'curves',
  id: `${quantity.replace('_', '-')}-over-knowledge`,
  title,
  x: { name: '‖Z‖' },
  y: { name: axisNames[quantity] },
  curves: layersOf(recording).map((layer) => ({
    name: layerName(layer),
    ink: layer,
    x: values(recording, 'knowledge_norm', layer),
    y: values(recording, quantity, layer),
  })),
  marks: marksOf(recording, quantity, (record, layer) =>
    interpolated(recording.series('knowledge_norm', layer), record),
  ),
});

/** @param {CurvesFigure} figure @param {Curve[]} more @returns {CurvesFigure} */
const laidOver = (figure, more) => ({ ...figure, curves: [...figure.curves, ...more], rules: [zero] });

/** @param {Recording} recording @param {boolean} withPrinted @returns {Section[]} */
function drawn(recording, withPrinted) {
  /** @param {(layer: number) => Float64Array} across */
  const printed = (across) => (withPrinted ? printedCurves(recording, across) : []);
  return [
    {
      title: 'Over the steps',
      text:
        'Rings mark where the tensor net changes its sign, on straight lines between records, and where the flow peaks ' +
        'and the Lagrangian is least.',
      figures: [
        laidOver(
          ringedOverSteps(recording, 'tensor_net', 'Tensor net'),
          printed(() => steps(recording)),
        ),
        ringedOverSteps(recording, 'flow', 'Knowledge flow'),
        ringedOverSteps(recording, 'lagrangian', 'Lagrangian'),
      ],
    },
    {
      title: 'Over knowledge',
      text: 'The same quantities over ‖Z‖, which every layer goes through at its own pace.',
      figures: [
        overKnowledge(recording, 'flow', 'Knowledge flow over ‖Z‖'),
        laidOver(
          overKnowledge(recording, 'tensor_net', 'Tensor net over ‖Z‖'),
          printed((layer) => values(recording, 'knowledge_norm', layer)),
        ),
        overKnowledge(recording, 'entropy', 'Entropy over ‖Z‖'),
        {
          kind: 'space',
          id: 'knowledge-flow-lagrangian',
          title: 'Knowledge, flow and Lagrangian',
          axes: ['‖Z‖', 'Flow', 'Lagrangian'],
          paths: layersOf(recording).map((layer) => ({
            name: layerName(layer),
            ink: layer,
            points: pathOf(recording, layer),
          })),
        },
      ],
    },
  ];
}

/** @param {Recording} recording @param {number} layer @returns {[number, number, number][]} */
function pathOf(recording, layer) {
  const flow = recording.series('flow', layer);
  const lagrangian = recording.series('lagrangian', layer);
  return Array.from(recording.series('knowledge_norm', layer), (norm, i) => [norm, flow[i], lagrangian[i]]);
}

/** @param {number[]} records */
const zerosText = (records) =>
  records.length === 0 ? 'never crosses zero' : `crosses zero at ${records.map(numberText).join(', ')}`;

/** The turning points of every layer's curves. @param {Recording} recording @returns {Table} */
const turningTable = (recording) => ({
  id: 'turning-points',
  title: 'Where the curves of a layer turn, in records',
  columns: [
    'Layer',
    'Entropy least',
    'Lagrangian least',
    'Flow greatest',
    'Tensor net crosses zero',
    '‖Z‖ there',
    'Tensor net, sum',
  ],
  rows: layersOf(recording).map((layer) => {
    const zeros = crossings(recording.series('tensor_net', layer));
    const norms = zeros.map((record) => interpolated(recording.series('knowledge_norm', layer), record));
    return [
      layer + 1,
      layerMeasures.entropyMinimumRecord(recording, layer),
      layerMeasures.lagrangianMinimumRecord(recording, layer),
      layerMeasures.flowMaximumRecord(recording, layer),
      zeros.map(numberText).join(', ') || 'never',
      norms.map(numberText).join(', ') || '–',
      layerMeasures.tensorNetSum(recording, layer),
    ];
  }),
});

/**
 * The relative positions of a layer's turning points.
 * @param {Recording} recording
 * @param {number} layer
 * @returns {Finding}
 */
function turning(recording, layer) {
  const entropy = layerMeasures.entropyMinimumRecord(recording, layer);
  const lagrangian = layerMeasures.lagrangianMinimumRecord(recording, layer);
  const flow = layerMeasures.flowMaximumRecord(recording, layer);
  const span = Math.max(entropy, lagrangian, flow) - Math.min(entropy, lagrangian, flow);
  return {
    verdict: 'fact',
    text:
      `${layerName(layer)}: entropy is least at record ${entropy}, the Lagrangian at ${lagrangian}, and the flow greatest ` +
      `at ${flow}: ${span === 0 ? 'all at one step' : `at most ${span} ${span === 1 ? 'step' : 'steps'} apart`}. The tensor net ` +
      `${zerosText(crossings(recording.series('tensor_net', layer)))}.`,
  };
}

/** The effect of the minus sign. @param {Recording} recording @param {number} layer @returns {Finding} */
function otherSign(recording, layer) {
  const printed = printedTensorNet(recording, layer);
  const recorded = recording.series('tensor_net', layer);
  return {
    verdict: 'fact',
    text:
      `${layerName(layer)}: with the minus sign the tensor net ${zerosText(crossings(printed))}, and its sum is ` +
      `${numberText(sum(printed))}; with the plus sign it ${zerosText(crossings(recorded))}, and its sum is ` +
      `${numberText(sum(recorded))}.`,
  };
}

/** @param {Recording} recording with the papers' settings @returns {Finding} */
function signClaim(recording) {
  const minus = ofPrintedSign(recording);
  const plus = ofFigure('tensor-net', recording);
  const agreeing = minus.filter(({ agrees }) => agrees).length;
  return {
    claim: 'The tensor net is Σ ΔZ·(D − ∇H), with the minus sign as printed.',
    source: secondPaper,
    verdict: agreeing === minus.length ? 'holds' : 'fails',
    value: agreeing,
    published: minus.length,
    allowed: 0,
    text:
      `With the minus sign as printed ${agreeing} of the ${minus.length} published zeros and sums of the tensor net come ` +
      `out, with the plus sign ${plus.filter(({ agrees }) => agrees).length}.`,
  };
}

/** Comparisons for the figures that this experiment draws. @param {Recording} recording with the papers' settings */
const claimsOf = (recording) => ['tensor-net', 'flow', 'lagrangian'].flatMap((figure) => ofFigure(figure, recording));

/** @type {import('../experiment.js').Experiment} */
export const experiment = {
  order: 5,
  title: 'Tensor net, flow, Lagrangian',
  question:
    'How do tensor net, knowledge flow and Lagrangian evolve, and where are the points that the second paper marks?',
  about:
    'One run. The knowledge flow ‖ΔZ‖/η tells how fast knowledge Z moves, the Lagrangian −Σ Z·D·(1−D)·ΔZ/η how this ' +
    'motion goes with the slope of the decisions, and the tensor net Σ ΔZ·(D − Z·D·(1−D)/ln 2) weighs decisions against ' +
    'the gradient of entropy: the second paper calls its change of sign the start of structured learning. They are drawn ' +
    'over the steps and over ‖Z‖, and their marked points are held against the published ones.',
  controls,
  runs: (values) => [{ key, name: `η ${values.learning_rate}, K ${values.steps}`, settings: paceSettings(values) }],
  report(outcome, { sign }) {
    const recording = outcome.of(key);
    if (!recording) return { findings: [], sections: [] };
    const asPublished = sameSettings(recording.settings, defaultSettings);
    const claims = asPublished ? claimsOf(recording) : [];
    const withPrinted = sign === 'minus';
    const all = layersOf(recording);
    /** @type {Finding[]} */
    const unpublished = asPublished
      ? []
      : [
          {
            verdict: 'open',
            text: 'The published numbers are of the papers’ settings; of these nothing is published.',
          },
        ];
    return {
      findings: [
        ...unpublished,
        ...(asPublished ? findingsOf('tensor net, flow and Lagrangian', claims) : []),
        ...all.map((layer) => turning(recording, layer)),
        ...(withPrinted ? all.map((layer) => otherSign(recording, layer)) : []),
        ...(withPrinted && asPublished ? [signClaim(recording)] : []),
      ],
      sections: [
        ...drawn(recording, withPrinted),
        {
          title: 'The marked points',
          tables: [
            ...(asPublished ? [tableOf({ id: 'claims', title: 'Published and computed again' }, claims)] : []),
            turningTable(recording),
            ...(withPrinted ? [signTable(recording)] : []),
          ],
        },
      ],
    };
  },
};

/** @param {Recording} recording @returns {Table} */
const signTable = (recording) => ({
  id: 'signs',
  title: 'The tensor net with either sign',
  columns: ['Layer', 'Plus: crosses zero', 'Plus: sum', 'Minus: crosses zero', 'Minus: sum'],
  rows: layersOf(recording).map((layer) => {
    const recorded = recording.series('tensor_net', layer);
    const printed = printedTensorNet(recording, layer);
    return [
      layer + 1,
      crossings(recorded).map(numberText).join(', ') || 'never',
      sum(recorded),
      crossings(printed).map(numberText).join(', ') || 'never',
      sum(printed),
    ];
  }),
});
