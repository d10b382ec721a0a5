// Which experiments does the page have? Every folder here that holds an experiment.js.

/** @typedef {import('./experiment.js').Experiment} Experiment */

/** @type {Record<string, { experiment: Experiment }>} */
const files = import.meta.glob('./*/experiment.js', { eager: true });

/** By the names of their folders, in their order. @type {ReadonlyMap<string, Experiment>} */
export const experiments = new Map(
  Object.entries(files)
    .map(([path, { experiment }]) => /** @type {const} */ ([path.split('/')[1], experiment]))
    .sort(([, a], [, b]) => a.order - b.order),
);
