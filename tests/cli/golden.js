// What does the reference compute? Its CSV files, and how close an engine in single precision must come.
import { readFileSync } from 'node:fs';

import { expect } from 'vitest';

/** Columns by file: every quantity, under the name of its CSV file. */
export const historyNames = /** @type {const} */ ([
  'frobenius_history',
  'entropy_history',
  'cosine_history',
  'tensor_net_history',
  'knowledge_flow_history',
  'lagrangian_history',
  'weight_frobenius_history',
]);
export const outputsName = 'output_neuron_activation';
export const csvNames = [...historyNames, outputsName];

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

/** @param {string} name */
export function goldenCsv(name) {
  return parseCsv(readFileSync(new URL(`../golden/default/${name}.csv`, import.meta.url), 'utf8'));
}

/** @param {number[][]} table */
export function transposed(table) {
  return table[0].map((_, j) => table.map((row) => row[j]));
}

/**
 * Compares curves with the reference's: to 1e-5 of a curve's largest magnitude, and cosines to 1e-4.
 * @param {string} name a quantity
 * @param {number[][]} curves one per layer or output neuron
 * @param {number[][]} golden
 */
export function expectGolden(name, curves, golden) {
  expect(curves.map((curve) => curve.length)).toEqual(golden.map((curve) => curve.length));
  golden.forEach((curve, c) => {
    const largest = Math.max(...curve.map(Math.abs));
    const tolerance = name === 'cosine_history' ? 1e-4 : 1e-5 * largest;
    const difference = Math.max(...curve.map((value, i) => Math.abs(value - curves[c][i])));
    expect(difference, `${name}, curve ${c}`).toBeLessThanOrEqual(tolerance); // NaN is not
  });
}
