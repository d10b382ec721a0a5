// The golden numbers as JavaScript tests read them.
import { readFileSync } from 'node:fs';

const folder = new URL('./default/', import.meta.url);

const files = /** @type {const} */ ({
  knowledge_norm: 'frobenius_history',
  entropy: 'entropy_history',
  cosine: 'cosine_history',
  tensor_net: 'tensor_net_history',
  flow: 'knowledge_flow_history',
  lagrangian: 'lagrangian_history',
  weight_norm: 'weight_frobenius_history',
});

/** @typedef {keyof typeof files} GoldenQuantity */

/** The quantities that have a golden file with one row per layer. */
export const goldenFiles = /** @type {GoldenQuantity[]} */ (Object.keys(files));

/**
 * The numbers of a CSV file, without its header and its first column.
 * @param {string} text
 */
export function csvNumbers(text) {
  const [, ...rows] = text.trimEnd().split('\n');
  return rows.map((row) => row.split(',').slice(1).map(Number));
}

/**
 * The default run's golden curves: one per layer, or one per output neuron.
 * @param {GoldenQuantity | 'outputs'} quantity
 */
export function goldenDefault(quantity) {
  const name = quantity === 'outputs' ? 'output_neuron_activation' : files[quantity];
  const rows = csvNumbers(readFileSync(new URL(`${name}.csv`, folder), 'utf8'));
  return quantity === 'outputs' ? rows[0].map((_, neuron) => rows.map((row) => row[neuron])) : rows;
}

/**
 * How far a float engine may be from a golden curve: 1e-5 of its largest magnitude, 1e-4 for a cosine.
 * @param {GoldenQuantity | 'outputs'} quantity
 * @param {number[]} curve
 */
export function tolerance(quantity, curve) {
  return quantity === 'cosine' ? 1e-4 : 1e-5 * Math.max(...curve.map(Math.abs));
}
