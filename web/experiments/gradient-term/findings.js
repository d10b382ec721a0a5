// Findings about the terms of the learning rule, from the entropy minima and the distances between curves.
import { numberText } from '../../charts/format.js';
import { isFalling, layersOf } from '../series.js';
import { counted, layersText, percentText } from '../words.js';
import { difference, movement, widestDifference } from './differences.js';

/**
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/** @param {number} depth relative to the rule's */
const depthText = (depth) =>
  depth === 1 ? 'as deep' : `${percentText(Math.abs(depth - 1))} ${depth > 1 ? 'deeper' : 'shallower'}`;

/** @param {FinishedRun} variant @param {FinishedRun} rule @param {number} layer @returns {Finding} */
export function shiftOfMinimum(variant, rule, layer) {
  const { before, after, steps, depth } = movement(variant.recording, rule.recording, layer);
  const { share, step } = widestDifference(variant.recording, rule.recording, 'entropy', layer);
  const number = layer + 1;
  if (share === 0) {
    return {
      verdict: 'fact',
      text: `Layer ${number}, ${variant.name}: the curve of entropy is the rule’s own, to the bit.`,
    };
  }
  const moved =
    steps === 0
      ? `stays at step ${before.step}`
      : `moves from step ${before.step} to ${after.step}, ${counted(Math.abs(steps), 'step')} ${steps > 0 ? 'later' : 'earlier'}`;
  // A ratio of depths requires both minima to be below 0.
  const deeper = before.value < 0 && after.value < 0 ? depthText(depth) : 'of another depth';
  const unknown = [rule, variant].filter(({ recording }) => isFalling(recording.series('entropy', layer)));
  return {
    verdict: 'fact',
    value: steps,
    text:
      `Layer ${number}, ${variant.name}: the minimum of entropy ${moved}, and is ${deeper} ` +
      `(${numberText(before.value)}, then ${numberText(after.value)}). The curves are farthest apart at step ${step}: ` +
      `${percentText(share)} of the greatest magnitude.` +
      unknown.map(({ name }) => ` “${name}” still falls at the last step: its minimum may lie beyond.`).join(''),
  };
}

/** “1.500”, or “1.500 to 1.800”. @param {number[]} values at least one */
function spanText(values) {
  const [least, greatest] = [Math.min(...values), Math.max(...values)].map(numberText);
  return least === greatest ? least : `${least} to ${greatest}`;
}

/**
 * Whether layers learn faster with ΔD, which means that their entropy minima are earlier.
 * @param {FinishedRun} without
 * @param {FinishedRun} rule
 * @returns {Finding}
 */
export function speed(without, rule) {
  /** @type {Record<'earlier' | 'same' | 'later' | 'unknown', number[]>} */
  const layers = { earlier: [], same: [], later: [], unknown: [] };
  for (const layer of layersOf(rule.recording)) {
    const { steps } = movement(without.recording, rule.recording, layer);
    // The minimum of a curve that still falls is at the last step or beyond. It is known to be the later one only if
    // the other curve has an earlier minimum.
    const ruleFalls = isFalling(rule.recording.series('entropy', layer));
    const withoutFalls = isFalling(without.recording.series('entropy', layer));
    const kind =
      (ruleFalls && steps >= 0) || (withoutFalls && steps <= 0)
        ? 'unknown'
        : steps > 0
          ? 'earlier'
          : steps < 0
            ? 'later'
            : 'same';
    layers[kind].push(layer + 1);
  }
  const told = [
    layers.earlier.length > 0 && `earlier in ${layersText(layers.earlier)}`,
    layers.later.length > 0 && `later in ${layersText(layers.later)}`,
    layers.same.length > 0 && `at the same step in ${layersText(layers.same)}`,
    layers.unknown.length > 0 && `in ${layersText(layers.unknown)} not reached within the run`,
  ].filter(Boolean);
  // The ratio of the steps is known only if both minima are inside the run.
  const longer = layersOf(rule.recording)
    .filter((layer) => [rule, without].every(({ recording }) => !isFalling(recording.series('entropy', layer))))
    .map((layer) => movement(without.recording, rule.recording, layer))
    .map(({ before, after }) => after.step / before.step);
  const contrary = layers.later.length + layers.same.length > 0;
  return {
    claim: 'The term ΔD speeds learning: with it the entropy of every layer is least earlier.',
    source: 'a question of these pages',
    verdict: contrary ? 'fails' : layers.unknown.length > 0 ? 'open' : 'holds',
    text:
      `With ΔD the minimum of entropy is ${told.join(', ')}.` +
      (longer.length > 0 ? ` Without it the minimum takes ${spanText(longer)} times as many steps.` : ''),
  };
}

/**
 * The first layer's input is the images at every step, and it receives nothing from the layers above.
 * @param {FinishedRun} present the run whose layers use the current step's input
 * @param {FinishedRun} rule
 * @returns {Finding}
 */
export function firstLayerIsTheSame(present, rule) {
  const { width } = widestDifference(present.recording, rule.recording, 'entropy', 0);
  return {
    claim: 'Layer 1 does not depend on which step the layers above take their input from.',
    source: 'follows from the rule: nothing goes backward',
    verdict: width === 0 ? 'holds' : 'fails',
    value: width,
    allowed: 0,
    text:
      width === 0
        ? 'Both curves of layer 1 are the same in all bits, as they must be: its input is the pictures, and no layer hears from those above it.'
        : `The two curves of layer 1 differ by up to ${numberText(width)}, which they must not: its input is the pictures at every step.`,
  };
}

/**
 * Equation (31) weights ΔD by ln 2 relative to (22), so its curve should lie between those with and without ΔD.
 * @param {FinishedRun} equation31
 * @param {FinishedRun} without
 * @param {FinishedRun} rule
 * @param {number} layer
 * @returns {Finding[]} empty if the curve without ΔD equals the rule's
 */
export function wayTowardsNone(equation31, without, rule, layer) {
  const { step } = widestDifference(without.recording, rule.recording, 'entropy', layer);
  const whole = difference(without.recording, rule.recording, 'entropy', layer)[step - 1];
  const part = difference(equation31.recording, rule.recording, 'entropy', layer)[step - 1];
  if (!(Math.abs(whole) > 0)) return [];
  const way = part / whole;
  return [
    {
      verdict: 'fact',
      value: way,
      text:
        `Layer ${layer + 1}: at step ${step}, where dropping ΔD changes entropy most, equation (31) goes ` +
        `${numberText(way)} of that way. It takes ΔD ln 2 times as strongly as equation (22), so that ` +
        `1 − ln 2 = ${(1 - Math.LN2).toFixed(4)} would be expected if entropy changed in proportion.`,
    },
  ];
}
