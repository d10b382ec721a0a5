// Writes run.json for a run of the page: the fields of cpp/io/run_json.h that the page knows.

import { perClassInFirst } from '../model/sets.js';
import { completeConfig } from '../model/config.js';
import { contract } from '../model/contract.js';
import { features } from '../model/settings.js';

/**
 * @typedef {import('../model/settings.js').Settings} Settings
 * @typedef {import('../model/recording.js').Recording} Recording
 * @typedef {import('../model/types.js').About} About
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
