// The learning rules to compare: the papers' rule and variants that differ from it in one term.

/**
 * @typedef {object} Variant
 * @property {string} key
 * @property {string} name
 * @property {Record<string, unknown>} change changes to a run's config
 */

/** @typedef {'shift' | 'input' | 'equation' | 'all'} Comparison */

/** @param {string} name @returns {Variant} */
const rule = (name) => ({ key: 'rule', name, change: {} });

/** @type {Variant} */
const withoutShift = { key: 'no-shift', name: 'Without ΔD', change: { shift_term: false } };
/** @type {Variant} */
const presentInput = { key: 'input-of-this-step', name: 'Input of this step', change: { layer_input: 'current' } };
/** @type {Variant} */
const equation31 = { key: 'equation-31', name: 'Equation (31)', change: { gradient_equation: 31 } };

/** The options of the control. @type {Record<Comparison, string>} */
export const comparisons = {
  shift: 'With ΔD and without',
  input: 'Layer input: of the step before, and of this step',
  equation: 'Gradient: equation (22), and (31)',
  all: 'The papers’ rule and all three changes',
};

/** The papers' rule comes first. @type {Record<Comparison, Variant[]>} */
const compared = {
  shift: [rule('With ΔD'), withoutShift],
  input: [rule('Input of the step before'), presentInput],
  equation: [rule('Equation (22)'), equation31],
  all: [rule('The papers’ rule'), withoutShift, presentInput, equation31],
};

/** @param {Comparison} comparison */
export const variantsOf = (comparison) => compared[comparison];
