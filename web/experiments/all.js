// Collects the page's experiments: every folder here with an experiment.js.

/** @typedef {import('./experiment.js').Experiment} Experiment */

/** @type {Record<string, { experiment: Experiment }>} */
const files = import.meta.glob('./*/experiment.js', { eager: true });

/** By folder name, sorted. @type {ReadonlyMap<string, Experiment>} */
export const experiments = new Map(
  Object.entries(files)
    .map(([path, { experiment }]) => /** @type {const} */ ([path.split('/')[1], experiment]))
    .sort(([, a], [, b]) => a.order - b.order),
);
