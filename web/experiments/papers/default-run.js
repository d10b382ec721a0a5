// The part of the report on the papers' default run: its figures and numbers.
import { findingsOf, tableOf } from '../agreement.js';
import { outputsOverSteps, overSteps } from '../layer-figures.js';
import { ofFigure, ofOutputs, ofTotalEntropy } from './compare.js';
import { authorsRun } from './published.js';

/**
 * @typedef {import('../experiment.js').Report} Report
 * @typedef {import('../../model/recording.js').Recording} Recording
 * @typedef {import('../agreement.js').Comparison} Comparison
 */

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

/** @param {Recording} run @returns {Record<string, import('../../charts/figures/figure.js').CurvesFigure[]>} by group */
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

/** The report on the default run. @param {Recording} run @returns {Report} */
export function ofDefaultRun(run) {
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
