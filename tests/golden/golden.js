// The golden numbers as JavaScript tests read them.
import { readFileSync } from 'node:fs';

const folder = new URL('./default/', import.meta.url);

/** The file of every quantity, without its ending. */
export const fileOf = /** @type {const} */ ({
  knowledge_norm: 'frobenius_history',
  entropy: 'entropy_history',
  cosine: 'cosine_history',
  tensor_net: 'tensor_net_history',
  flow: 'knowledge_flow_history',
  lagrangian: 'lagrangian_history',
  weight_norm: 'weight_frobenius_history',
  outputs: 'output_neuron_activation',
});

/** @typedef {keyof typeof fileOf} Golden */

/** The quantities with one row per layer. */
export const layerQuantities = /** @type {Exclude<Golden, 'outputs'>[]} */ (
  Object.keys(fileOf).filter((quantity) => quantity !== 'outputs')
);

/** @param {string} text @returns {{ columns: string[], rows: string[], values: number[][] }} */
export function parseCsv(text) {
  const [head, ...lines] = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return {
    columns: head,
    rows: lines.map(([name]) => name),
    values: lines.map(([, ...cells]) => cells.map(Number)),
  };
}

/**
 * The default run's golden file of a quantity.
 * @param {Golden} quantity
 */
export function goldenCsv(quantity) {
  return parseCsv(readFileSync(new URL(`${fileOf[quantity]}.csv`, folder), 'utf8'));
}

/**
 * The curves in a file's values: one per layer, or one per output neuron.
 * @param {Golden} quantity
 * @param {number[][]} values
 */
export function curvesIn(quantity, values) {
  return quantity === 'outputs' ? values[0].map((_, neuron) => values.map((row) => row[neuron])) : values;
}

/**
 * The default run's golden curves.
 * @param {Golden} quantity
 */
export function goldenDefault(quantity) {
  return curvesIn(quantity, goldenCsv(quantity).values);
}

/**
 * How far a float engine may be from a golden curve: 1e-5 of its largest magnitude, 1e-4 for a cosine.
 * @param {Golden} quantity
 * @param {number[]} curve
 */
export function tolerance(quantity, curve) {
  return quantity === 'cosine' ? 1e-4 : 1e-5 * Math.max(...curve.map(Math.abs));
}
