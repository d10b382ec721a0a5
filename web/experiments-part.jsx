// The experiments' beginning: fetched when they are first looked at, and put together here.
import { Conductor } from './experiments/conductor.js';
import { experiments } from './experiments/all.js';
import { EngineClient } from './engine/client.js';
import { smallBuild } from './engine/builds.js';
import { Experimenting } from './state/experimenting.js';
import { ExperimentsView } from './ui/experiments/experiments-view.jsx';

/** What an engine with its batch may take of the memory, in gigabytes: a quarter, for runs of many samples. */
const memoryOfEngine = 0.25;

/**
 * As many engines as cores, and as memory allows.
 * @param {number} cores
 */
function enginesFor(cores) {
  // Browsers tell 8 at most, and some do not tell.
  const gigabytes = /** @type {{ deviceMemory?: number }} */ (navigator).deviceMemory ?? 4;
  return Math.max(1, Math.min(cores, Math.floor(gigabytes / memoryOfEngine)));
}

/**
 * @param {object} means
 * @param {number} means.cores
 * @param {(data: import('./state/settings.js').DataSettings) => Promise<import('./data/batches.js').Samples>} means.samplesOf
 * @returns what the page shows of them, and what tests and the console look at
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
