// Writes run.json for a run of the page: the fields of cpp/io/run_json.h that the page knows.

import { perClassInFirst } from '../data/sets.js';
import { completeConfig } from '../state/config.js';
import { contract } from './contract.js';
import { features } from '../state/settings.js';

/**
 * @typedef {import('../state/settings.js').Settings} Settings
 * @typedef {import('../state/recording.js').Recording} Recording
 * @typedef {import('../engine/protocol.js').About} About
 */

const allClasses = 10;

/**
 * @param {{ settings: Settings, recording: Recording, about: About }} run
 * @returns {string} JSON, indented.
 */
export function runJson({ settings: { data }, recording, about }) {
  const { layers, steps, learning_rate, ...others } = completeConfig(recording.config);
  const { per_class, classes, data_seed } = data;
  const isOfPapers = data.set === 'mnist' && data_seed === null && per_class <= perClassInFirst;
  const set = isOfPapers ? 'mnist-paper' : data.set; // the names of the command
  const run = {
    program: 'ska',
    version: about.version,
    contract,
    config: {
      layers,
      steps,
      learning_rate,
      tau: learning_rate * steps,
      ...others,
    },
    data: {
      images: set,
      labels: set,
      sampling: data_seed === null ? 'first' : 'shuffle',
      per_class,
      classes: classes.length < allClasses ? classes : null,
      data_seed,
      samples: per_class * classes.length,
      features,
    },
    start: recording.start && { digest: recording.start.digest },
    fingerprint: recording.fingerprint,
    computed: { kernels: about.kernels, exact: about.exact, threads: about.threads },
  };
  return `${JSON.stringify(run, null, 2)}\n`;
}
