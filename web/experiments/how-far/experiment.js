// Experiment: how a run changes with more time, other weights, more samples, and deeper or wider networks.
import { perClassRange } from '../../model/settings.js';
import { samplesAllowed } from '../base-controls.js';
import { choice, networks, realNumbers, wholeNumber, wholeNumbers } from '../controls.js';
import { paceControls } from '../pace-controls.js';
import { depth } from './depth.js';
import { samples } from './samples.js';
import { seeds } from './seeds.js';
import { tau } from './tau.js';
import { width } from './width.js';

/** @typedef {import('./common.js').Scan} Scan */

/** @type {Record<string, Scan>} */
const scans = { tau, seeds, samples, depth, width };

const controls = {
  scan: choice({
    label: 'What grows',
    help: 'Each has a list of its own below; the other lists do not matter then.',
    fallback: 'tau',
    options: {
      tau: 'The characteristic time τ',
      seeds: 'The number of weight seeds',
      samples: 'The samples per class',
      depth: 'The depth of the network',
      width: 'The width of the network',
    },
  }),
  taus: realNumbers({
    label: 'Times τ',
    help: 'For τ alone. One run as long as the longest, at the η below; its beginnings are the shorter ones.',
    fallback: [0.5, 1, 2, 4, 8],
    range: { least: 0.001, greatest: 100, words: 'a number from 0.001 to 100' },
    most: 12,
  }),
  seed_count: wholeNumber({
    label: 'Weight seeds',
    help: 'For the seeds alone: how many, counted on from the weight seed below.',
    fallback: 20,
    range: { least: 1, greatest: 100, words: 'a whole number from 1 to 100' },
  }),
  sample_counts: wholeNumbers({
    label: 'Samples per class',
    help: 'For the samples alone, in place of the number below.',
    fallback: [1, 2, 5, 10, 20, 50, 100],
    range: perClassRange('fashion-mnist'),
    allowed: (counts, values) => samplesAllowed(Math.max(...counts), values),
    most: 20,
  }),
  networks: networks({
    label: 'Networks',
    help: 'For the depth alone, in place of the layers below.',
    fallback: [
      [10],
      [64, 10],
      [128, 64, 10],
      [256, 128, 64, 10],
      [256, 256, 128, 64, 10],
      [256, 256, 256, 128, 64, 10],
    ],
    most: 12,
  }),
  factors: realNumbers({
    label: 'Width factors',
    help: 'For the width alone: all layers below but the last are so many times as wide.',
    fallback: [0.125, 0.25, 0.5, 1, 2],
    range: { least: 0.01, greatest: 8, words: 'a number from 0.01 to 8' },
    most: 12,
  }),
  ...paceControls,
  steps: { ...paceControls.steps, help: 'For all but τ, which tells the number of steps itself.' },
};

/** @type {import('../experiment.js').Experiment} */
export const experiment = {
  order: 6,
  title: 'How far does it go',
  question: 'What remains of a run’s course with more time, other weights, fewer samples, deeper or wider networks?',
  about:
    'The papers show one network, its weights of seed 42, up to τ = η·K = 0.5. Here one thing at a time is changed: the time ' +
    'τ, to see what comes after the equilibrium; the weights’ seed, to see what is chance; the number of samples, the depth ' +
    'and the width, to see what scales with what.',
  controls,
  runs: (values) => scans[values.scan].runs(values),
  report(outcome, values) {
    if (outcome.finished.length === 0) return { findings: [], sections: [] };
    return scans[values.scan].report(outcome, values);
  },
};
