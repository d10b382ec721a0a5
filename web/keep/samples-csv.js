// Which samples did a run look at? Their indices, as a CSV file.

/**
 * One line per sample, in the order of the batch: its position there, its index in the set, its label.
 * @param {Pick<import('../data/batches.js').Samples, 'indices' | 'labels'>} samples
 * @returns {string}
 */
export const samplesCsv = ({ indices, labels }) =>
  ['position,index,label', ...indices.map((index, i) => `${i},${index},${labels[i]}`), ''].join('\n');
