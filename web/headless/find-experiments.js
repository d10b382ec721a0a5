// Loads all experiments from the same folders as the page, without a bundler.
import { existsSync, readdirSync } from 'node:fs';

const folder = new URL('../experiments/', import.meta.url);

/** @returns {Promise<Map<string, import('../experiments/experiment.js').Experiment>>} by folder name, sorted */
export async function findExperiments() {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/experiment.js`, folder)))
    .map(({ name }) => name);
  const found = await Promise.all(
    names.map(
      async (name) => /** @type {const} */ ([name, (await import(`../experiments/${name}/experiment.js`)).experiment]),
    ),
  );
  return new Map(found.sort(([, a], [, b]) => a.order - b.order));
}
