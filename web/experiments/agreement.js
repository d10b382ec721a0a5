// Compares computed numbers with published ones. They agree if the computed number rounds to the printed digits.
import { numberText } from '../charts/format.js';
import { wholeText } from './words.js';

/** @typedef {import('./experiment.js').Finding} Finding */
/** @typedef {import('./experiment.js').Table} Table */

/**
 * @typedef {object} Comparison
 * @property {string} name
 * @property {number} value computed; NaN for "never" or a missing value
 * @property {number} published NaN for "never"
 * @property {number} allowed maximum absolute difference
 * @property {number} difference value − published; 0 if both are "never", NaN if only one is
 * @property {boolean} agrees
 * @property {string} source
 * @property {number} [decimals] of the number as printed
 * @property {string} [note] explanation in case they do not agree
 */

/** @param {string} printed such as -6931.37, without a power of ten */
const decimalsOf = (printed) => printed.split('.')[1]?.length ?? 0;

/**
 * Half a unit of the last digit: the largest rounding error.
 * @param {string} printed
 */
export const halfUnit = (printed) => Number(`5e-${decimalsOf(printed) + 1}`);

/**
 * @param {Pick<Comparison, 'name' | 'value' | 'published' | 'allowed' | 'source' | 'decimals' | 'note'>} numbers
 * @returns {Comparison}
 */
export function compared({ value, published, allowed, ...rest }) {
  const bothNever = Number.isNaN(value) && Number.isNaN(published);
  const difference = bothNever ? 0 : value - published;
  return { ...rest, value, published, allowed, difference, agrees: Math.abs(difference) <= allowed };
}

/**
 * @param {Pick<Comparison, 'name' | 'value' | 'source' | 'note'> & { printed: string }} numbers printed is empty for "never"
 */
export const comparedWithPrint = ({ printed, ...rest }) =>
  printed === ''
    ? compared({ ...rest, published: NaN, allowed: 0 })
    : compared({
        ...rest,
        published: Number(printed),
        allowed: halfUnit(printed),
        decimals: decimalsOf(printed),
      });

/** A number for a table; NaN is shown as "never". @param {number} value */
const cell = (value) => (Number.isNaN(value) ? 'never' : value);

/** @param {number} value @param {number} [decimals] */
function text(value, decimals) {
  if (Number.isNaN(value)) return 'never';
  if (decimals === undefined) return wholeText(value);
  const format = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en', format).replaceAll(',', '\u202f').replace('-', '−');
}

/**
 * A table of computed and published numbers.
 * @param {{ id: string, title: string, note?: string }} about
 * @param {Comparison[]} comparisons
 * @returns {Table}
 */
export const tableOf = (about, comparisons) => ({
  ...about,
  columns: ['Number', 'Computed', 'Published', 'Difference', 'Allowed', 'Agrees', 'Source'],
  rows: comparisons.map(({ name, value, published, difference, allowed, agrees, source }) => [
    name,
    cell(value),
    cell(published),
    Number.isNaN(difference) ? '–' : difference,
    allowed,
    agrees ? 'yes' : 'no',
    source,
  ]),
});

/**
 * One comparison as a finding.
 * @param {Comparison} comparison
 * @returns {Finding}
 */
export function findingOf({ name, value, published, allowed, difference, agrees, source, decimals, note = '' }) {
  const isNumber = !Number.isNaN(difference) && !Number.isNaN(value);
  const print = text(published, decimals);
  // Agreeing numbers are shown with the published number of digits, others with one more digit, so that they differ
  // visibly.
  const more = decimals === undefined ? undefined : decimals + 1;
  const apart = `${numberText(Math.abs(difference))} away, where ${Number(allowed.toPrecision(3))} is allowed`;
  return {
    claim: `${name}: ${print}.`,
    source,
    verdict: agrees ? 'holds' : 'fails',
    ...(isNumber ? { value, published, allowed } : {}),
    text: agrees
      ? `${name}: ${text(value, decimals)}, as published.`
      : `${name}: ${text(value, more)}; ${source} has ${print}${isNumber ? `, ${apart}` : ''}. ${note}`.trimEnd(),
  };
}

/**
 * One finding with the number of agreeing comparisons, and one more for each that does not agree.
 * @param {string} group follows "numbers of"
 * @param {Comparison[]} comparisons from one source, at least one
 * @param {string} [closeness] the criterion, in words
 * @returns {Finding[]}
 */
export function findingsOf(group, comparisons, closeness = 'to the last digit printed') {
  const apart = comparisons.filter(({ agrees }) => !agrees);
  const agreeing = comparisons.length - apart.length;
  return [
    {
      claim: `The ${comparisons.length} numbers of ${group} are reproduced, ${closeness}.`,
      source: comparisons[0].source,
      verdict: apart.length === 0 ? 'holds' : 'fails',
      value: agreeing,
      published: comparisons.length,
      allowed: 0,
      text: `${agreeing} of ${comparisons.length} numbers of ${group} agree.`,
    },
    ...apart.map(findingOf),
  ];
}
