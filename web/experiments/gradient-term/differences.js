// How far does a variant go from the papers' rule? Its curves are compared with the rule's step by step.
import { minimum, values } from '../series.js';

/** @typedef {import('../../state/recording.js').Recording} Recording */
/** @typedef {import('../../engine/record.js').Quantity} Quantity */

/**
 * A variant's curve less the rule's, record by record.
 * @param {Recording} variant
 * @param {Recording} rule
 * @param {Quantity} quantity
 * @param {number} layer counted from 0
 */
export function difference(variant, rule, quantity, layer) {
  const before = rule.series(quantity, layer);
  return values(variant, quantity, layer).map((value, i) => value - before[i]);
}

/**
 * Where a difference is greatest, the first of equals.
 * @param {Recording} variant
 * @param {Recording} rule
 * @param {Quantity} quantity
 * @param {number} layer
 * @returns {{ width: number, share: number, step: number }} share is of the greatest magnitude of the rule's curve;
 *   NaN where there is no record, or that curve is 0 throughout
 */
export function widestDifference(variant, rule, quantity, layer) {
  const apart = difference(variant, rule, quantity, layer).map(Math.abs);
  if (apart.length === 0) return { width: NaN, share: NaN, step: NaN };
  const width = Math.max(...apart);
  const magnitude = Math.max(...values(rule, quantity, layer, Math.abs));
  return { width, share: magnitude > 0 ? width / magnitude : NaN, step: apart.indexOf(width) + 1 };
}

/**
 * How a layer's entropy minimum moves.
 * @param {Recording} variant
 * @param {Recording} rule
 * @param {number} layer
 */
export function movement(variant, rule, layer) {
  const before = minimum(rule.series('entropy', layer));
  const after = minimum(variant.series('entropy', layer));
  return { before, after, steps: after.step - before.step, depth: after.value / before.value };
}
