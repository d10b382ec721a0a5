// Writes the indices of a run's samples as a CSV file.

/**
 * One line per sample, in the order of the batch: its position in the batch, its index in the set, its label.
 * @param {Pick<import('../data/batches.js').Samples, 'indices' | 'labels'>} samples
 * @returns {string}
 */
export const samplesCsv = ({ indices, labels }) =>
  ['position,index,label', ...indices.map((index, i) => `${i},${index},${labels[i]}`), ''].join('\n');
