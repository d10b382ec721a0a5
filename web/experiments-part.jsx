// Entry point of the experiments. Loaded on first use.
import { Conductor } from './experiments/conductor.js';
import { experiments } from './experiments/all.js';
import { EngineClient } from './engine/client.js';
import { smallBuild } from './engine/builds.js';
import { Experimenting } from './state/experimenting.js';
import { ExperimentsView } from './ui/experiments/experiments-view.jsx';

/** Estimated memory of an engine with a large batch, in gigabytes. */
const memoryOfEngine = 0.25;

/**
 * The number of engines: one per core, limited by memory.
 * @param {number} cores
 */
function enginesFor(cores) {
  // Browsers report at most 8 GB, and some report nothing.
  const gigabytes = /** @type {{ deviceMemory?: number }} */ (navigator).deviceMemory ?? 4;
  return Math.max(1, Math.min(cores, Math.floor(gigabytes / memoryOfEngine)));
}

/**
 * @param {object} means
 * @param {number} means.cores
 * @param {(data: import('./model/settings.js').DataSettings) => Promise<import('./data/batches.js').Samples>} means.samplesOf
 * @returns the experiments' view for the page, and the objects for tests and the console
 */
export function createExperiments({ cores, samplesOf }) {
  const conductor = new Conductor({
    newEngine: () => new EngineClient(smallBuild),
    samplesOf,
    most: enginesFor(cores),
  });
  const experimenting = new Experimenting(experiments, conductor);
  return {
    conductor,
    experimenting,
    View: () => <ExperimentsView experimenting={experimenting} conductor={conductor} experiments={experiments} />,
  };
}
