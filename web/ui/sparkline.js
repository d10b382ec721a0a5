// Computes a sparkline of a run's total entropy.
import { StepRecord } from '../model/record.js';

/** More points cannot be seen. */
const mostPoints = 60;

/**
 * @param {import('../model/kept-run.js').KeptRun} run
 * @param {number} width
 * @param {number} height
 * @returns {string} an SVG path from left to right, with 0 at the top
 */
export function curvePath({ values, steps, settings }, width, height) {
  const length = values.length / steps;
  const stride = Math.max(1, Math.ceil((steps - 1) / mostPoints));
  /** @type {number[]} */
  const entropies = [];
  for (let k = 1; k < steps; k += stride) {
    const record = new StepRecord(values.subarray(k * length, (k + 1) * length), settings.config.layers.length);
    entropies.push(record.totalEntropy);
  }
  const least = Math.min(0, ...entropies);
  const greatest = Math.max(0, ...entropies);
  const span = greatest - least || 1;
  const inset = 2;
  const points = entropies.map((value, i) => {
    const x = (width * i) / Math.max(1, entropies.length - 1);
    const y = inset + ((greatest - value) / span) * (height - 2 * inset);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return points.length > 0 ? `M${points.join('L')}` : '';
}
