// Finds the layers in which digits differ when each is learned separately, from the depths and steps of the entropy
// minima.
import { numberText } from '../../charts/format.js';
import { digitOf } from '../digit-runs.js';
import { layersOf, minimum } from '../series.js';
import { layersText, listText } from '../words.js';

/**
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/**
 * @typedef {{ digit: number, value: number, step: number, isInside: boolean }} Minimum isInside: not at the last record
 */

/** The minima of a layer, by digit. @param {FinishedRun[]} runs @param {number} layer @returns {Minimum[]} */
export const minimaOf = (runs, layer) =>
  runs.map((run) => {
    const series = run.recording.series('entropy', layer);
    const { value, step } = minimum(series);
    return { digit: digitOf(run), value, step, isInside: step < series.length };
  });

/** @param {Minimum[]} minima @param {'value' | 'step'} what */
function ends(minima, what) {
  const sorted = [...minima].sort((a, b) => a[what] - b[what]);
  return { least: sorted[0], greatest: sorted[sorted.length - 1] };
}

/** Lists the digits whose minima are at a step. @param {Minimum[]} minima @param {number} step */
function digitsAt(minima, step) {
  const digits = minima.filter((each) => each.step === step).map(({ digit }) => digit);
  return `digit${digits.length === 1 ? '' : 's'} ${listText(digits)}`;
}

/** The ratio of the deepest minimum to the shallowest. @param {Minimum[]} minima */
export function factorOf(minima) {
  const { least, greatest } = ends(minima, 'value');
  return greatest.value < 0 ? least.value / greatest.value : NaN;
}

/** @param {FinishedRun[]} runs at least two @param {number} layer @returns {Finding} */
export function depthsAndSteps(runs, layer) {
  const minima = minimaOf(runs, layer);
  const { least: deepest, greatest: shallowest } = ends(minima, 'value');
  const { least: first, greatest: last } = ends(minima, 'step');
  const factor = factorOf(minima);
  const falling = minima.filter(({ isInside }) => !isInside).map(({ digit }) => digit);
  return {
    verdict: 'fact',
    ...(Number.isFinite(factor) && { value: factor }),
    text:
      `Layer ${layer + 1}: entropy falls deepest for digit ${deepest.digit}, to ${numberText(deepest.value)}, and least for ` +
      `digit ${shallowest.digit}, to ${numberText(shallowest.value)}` +
      (Number.isFinite(factor) ? `; the one is ${numberText(factor)} times the other. ` : '. ') +
      (first.step === last.step
        ? `All minima are at step ${first.step}.`
        : `The minima lie between step ${first.step} (${digitsAt(minima, first.step)}) and step ${last.step} ` +
          `(${digitsAt(minima, last.step)}).`) +
      (falling.length > 0
        ? ` It still falls at the last step for digit${falling.length === 1 ? '' : 's'} ${listText(falling)}.`
        : ''),
  };
}

/** The step of a minimum is known to one step, so two equal minima may be two steps apart. */
const allowedSteps = 2;

/**
 * Whether the digits' minima differ in time only in the first layer.
 * @param {FinishedRun[]} runs at least two, of at least two layers
 * @param {boolean} isWhole whether all digits are included
 * @returns {Finding}
 */
export function sameTimeAbove(runs, isWhole) {
  const spreads = layersOf(runs[0].recording).map((layer) => {
    const minima = minimaOf(runs, layer);
    const { least, greatest } = ends(minima, 'step');
    return { number: layer + 1, steps: greatest.step - least.step, isKnown: minima.every(({ isInside }) => isInside) };
  });
  const above = spreads.slice(1);
  const known = above.filter(({ isKnown }) => isKnown);
  const far = known.filter(({ steps }) => steps > allowedSteps).map(({ number }) => number);
  const widest = known.length > 0 ? Math.max(...known.map(({ steps }) => steps)) : NaN;
  const unknown = above.filter(({ isKnown }) => !isKnown).map(({ number }) => number);
  return {
    claim: 'Above layer 1 entropy is least at nearly the same step for every digit.',
    source: 'a question of these pages',
    verdict: far.length > 0 ? 'fails' : isWhole && unknown.length === 0 ? 'holds' : 'open',
    ...(known.length > 0 && { value: widest, allowed: allowedSteps }),
    text:
      `From one digit to another the step of the minimum varies by ${spreads[0].steps} in layer 1` +
      (known.length > 0
        ? `, and by ${listText(known.map(({ steps }) => steps))} in ${layersText(known.map(({ number }) => number))}`
        : '') +
      `; two that agree may lie ${allowedSteps} apart, as each can be told to one step.` +
      (unknown.length > 0 ? ` In ${layersText(unknown)} a minimum is not reached within the run.` : ''),
  };
}

/**
 * The layers in which the digits' depths differ most and least.
 * @param {FinishedRun[]} runs at least two, of at least two layers
 * @returns {Finding[]} empty if entropy does not fall below 0
 */
export function mostUnlike(runs) {
  const factors = layersOf(runs[0].recording)
    .map((layer) => ({ number: layer + 1, factor: factorOf(minimaOf(runs, layer)) }))
    .filter(({ factor }) => Number.isFinite(factor))
    .sort((a, b) => b.factor - a.factor);
  if (factors.length < 2) return [];
  const most = factors[0];
  const least = factors[factors.length - 1];
  return [
    {
      verdict: 'fact',
      text:
        `The depths of the digits differ most in layer ${most.number}, by a factor of ${numberText(most.factor)}, and ` +
        `least in layer ${least.number}, by ${numberText(least.factor)}.`,
    },
  ];
}
