// How are an experiment's runs asked of `ska sweep`? As a list of flat settings.

/**
 * The settings of a run under the names of a sweep.
 * @param {import('../state/settings.js').Settings} settings
 * @returns {Record<string, unknown>}
 */
export const flatSettings = ({ config, data }) => ({ ...config, ...data });

/** @param {import('../experiments/experiment.js').DeclaredRun[]} runs */
export const sweepSpec = (runs) => ({ runs: runs.map(({ settings }) => flatSettings(settings)), records: 'all' });
