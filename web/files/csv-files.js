// Writes a run as the papers' CSV files. JavaScript counterpart of cpp/io/csv.h.
import { strToU8, zipSync } from 'fflate';

import { quantities } from '../model/record.js';
import { exactText, stepRecords } from './records.js';

/**
 * @typedef {import('../model/recording.js').Recording} Recording
 * @typedef {import('../model/record.js').Quantity} Quantity
 * @typedef {import('../model/record.js').StepRecord} StepRecord
 */

/**
 * A file to be written: its path within a folder, and its content.
 * @typedef {{ name: string, content: string }} TextFile
 */

/** The file name of every quantity. @type {Readonly<Record<Quantity, string>>} */
const fileNames = {
  knowledge_norm: 'frobenius_history.csv',
  entropy: 'entropy_history.csv',
  cosine: 'cosine_history.csv',
  tensor_net: 'tensor_net_history.csv',
  flow: 'knowledge_flow_history.csv',
  lagrangian: 'lagrangian_history.csv',
  weight_norm: 'weight_frobenius_history.csv',
};

const outputsName = 'output_neuron_activation.csv';

/** The names of all CSV files of a run. @type {readonly string[]} */
export const csvNames = [...Object.values(fileNames), outputsName];

/** The earliest timestamp that a zip can hold. It is constant, so that the same run gives the same bytes. */
export const zipTime = new Date(1980, 0, 1);

/** @param {string[][]} rows */
const csvText = (rows) => rows.map((row) => `${row.join()}\n`).join('');

/** @param {StepRecord[]} steps @param {number} layers @param {Quantity} quantity */
function quantityCsv(steps, layers, quantity) {
  const recorded = quantity === 'knowledge_norm' ? steps : steps.slice(1); // step 0 has no previous step
  return csvText([
    ['', ...recorded.map((_, i) => `K=${i + 1}`)],
    ...Array.from({ length: layers }, (_, l) => [
      `Layer ${l + 1}`,
      ...recorded.map((step) => exactText(step.of(quantity)[l])),
    ]),
  ]);
}

/** @param {StepRecord[]} steps @param {number} outputs */
function outputsCsv(steps, outputs) {
  return csvText([
    ['Step', ...Array.from({ length: outputs }, (_, j) => `Neuron ${j}`)],
    ...steps.map((step, k) => [String(k), ...Array.from(step.outputs, exactText)]),
  ]);
}

/**
 * One file per quantity, with layers as rows and records as columns (K=1, K=2, …), and output_neuron_activation.csv
 * with one row per step. Every number reads back exactly.
 * @param {Recording} recording with any number of steps
 * @returns {TextFile[]}
 */
export function csvFiles(recording) {
  const { layers } = recording.config;
  const steps = stepRecords(recording);
  return [
    ...quantities.map((quantity) => ({
      name: fileNames[quantity],
      content: quantityCsv(steps, layers.length, quantity),
    })),
    { name: outputsName, content: outputsCsv(steps, layers[layers.length - 1]) },
  ];
}

/**
 * The CSV files as a zip, with run.json if given.
 * @param {Recording} recording
 * @param {string} [runJson] the output of runJson
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function csvZip(recording, runJson) {
  const files = csvFiles(recording);
  if (runJson !== undefined) files.push({ name: 'run.json', content: runJson });
  return zipSync(Object.fromEntries(files.map(({ name, content }) => [name, strToU8(content)])), { mtime: zipTime });
}
