// Compares a variant's curves with those of the papers' rule, step by step.
import { minimum, values } from '../series.js';

/** @typedef {import('../../model/recording.js').Recording} Recording */
/** @typedef {import('../../model/record.js').Quantity} Quantity */

/**
 * The variant's curve minus the rule's, per record.
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
 * The record with the greatest difference; the first, if several are equal.
 * @param {Recording} variant
 * @param {Recording} rule
 * @param {Quantity} quantity
 * @param {number} layer
 * @returns {{ width: number, share: number, step: number }} share is relative to the greatest magnitude of the rule's
 *   curve; NaN if there is no record, or if that curve is always 0
 */
export function widestDifference(variant, rule, quantity, layer) {
  const apart = difference(variant, rule, quantity, layer).map(Math.abs);
  if (apart.length === 0) return { width: NaN, share: NaN, step: NaN };
  const width = Math.max(...apart);
  const magnitude = Math.max(...values(rule, quantity, layer, Math.abs));
  return { width, share: magnitude > 0 ? width / magnitude : NaN, step: apart.indexOf(width) + 1 };
}

/**
 * The shift of a layer's entropy minimum.
 * @param {Recording} variant
 * @param {Recording} rule
 * @param {number} layer
 */
export function movement(variant, rule, layer) {
  const before = minimum(rule.series('entropy', layer));
  const after = minimum(variant.series('entropy', layer));
  return { before, after, steps: after.step - before.step, depth: after.value / before.value };
}
