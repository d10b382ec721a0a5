// Scan over the number of samples N. Entropy is a sum over samples, while an update is a mean over them.
import { numberText } from '../../charts/format.js';
import { layersOf, samplesOf } from '../series.js';
import { paceSettings } from '../pace-controls.js';
import { leastEntropy, percent, rangeText, unfinishedText } from './common.js';
import { leastPerUnit, perUnitFigure, perUnitTable } from './per-unit.js';

/**
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/** @type {import('./per-unit.js').Unit} */
const sample = { name: 'sample', symbol: 'N', count: samplesOf };

/**
 * How a layer's minima grow with N.
 * @param {FinishedRun[]} runs at least two, fewest samples first
 * @param {number} layer
 * @returns {Finding}
 */
function growth(runs, layer) {
  const [few, many] = [runs[0], runs[runs.length - 1]];
  const before = runs[runs.length - 2];
  const power =
    Math.log(leastEntropy(many.recording, layer).value / leastEntropy(few.recording, layer).value) /
    Math.log(samplesOf(many.recording) / samplesOf(few.recording));
  const change = leastPerUnit(sample, many, layer) / leastPerUnit(sample, before, layer) - 1;
  return {
    verdict: 'fact',
    value: power,
    text:
      `Layer ${layer + 1}: from N = ${samplesOf(few.recording)} to ${samplesOf(many.recording)} the least entropy grows as N ` +
      `to the power of ${numberText(power)}, where 1 is in proportion. Per sample it is ` +
      `${rangeText(runs, (run) => leastPerUnit(sample, run, layer))}; from N = ${samplesOf(before.recording)} to ` +
      `${samplesOf(many.recording)} it changes by ${percent(Math.abs(change))}. It is least at record ` +
      `${rangeText(runs, (run) => leastEntropy(run.recording, layer).step)}.${unfinishedText(runs, layer)}`,
  };
}

/** @type {import('./common.js').Scan} */
export const samples = {
  runs: ({ sample_counts, ...values }) =>
    sample_counts.map((/** @type {number} */ count) => ({
      key: `samples-${count}`,
      name: `${count} per class`,
      settings: paceSettings({ ...values, samples: count }),
    })),
  report(outcome) {
    const runs = [...outcome.finished].sort((a, b) => samplesOf(a.recording) - samplesOf(b.recording));
    if (runs[0].recording.records === 0) return { findings: [], sections: [] };
    const all = layersOf(runs[0].recording);
    return {
      findings:
        runs.length > 1
          ? all.map((layer) => growth(runs, layer))
          : [{ verdict: 'open', text: 'Growth is seen between two numbers of samples; so far there is one.' }],
      sections: [
        {
          title: 'Per sample',
          text: 'Entropy divided by the number of samples N: where it grows with N alone the curves become one.',
          figures: all.map((layer) => perUnitFigure(sample, outcome, runs, layer)),
          tables: [
            perUnitTable(
              sample,
              { id: 'samples', title: 'Entropy minima by the number of samples' },
              {
                'Samples per class': ({ recording }) => recording.data.per_class,
                N: ({ recording }) => samplesOf(recording),
              },
              runs,
              all,
            ),
          ],
        },
      ],
    };
  },
};
