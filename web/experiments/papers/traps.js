// Tests two formulas whose printed form does not reproduce the papers' own figures.
import { tableOf } from '../agreement.js';
import { ofFigure, ofPrintedSign } from './compare.js';
import { firstPaper, secondPaper } from './published.js';
import { defaultKey, otherEquation } from './runs.js';

/**
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../experiment.js').Report} Report
 * @typedef {import('../outcome.js').Outcome} Outcome
 * @typedef {import('../agreement.js').Comparison} Comparison
 */

/**
 * Reports the two places where the printed formula differs from the one behind the figures.
 * @param {Outcome} outcome
 * @returns {Report}
 */
export function traps(outcome) {
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
