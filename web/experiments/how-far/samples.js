// How does entropy grow with the number of samples N, over which it is a sum, while an update is a mean over them?
import { numberText } from '../../charts/format.js';
import { layerName } from '../layer-figures.js';
import { layersOf, steps, values } from '../series.js';
import { paceSettings } from '../pace-controls.js';
import { leastEntropy, percent, rangeText, samplesOf, unfinishedText } from './common.js';

/**
 * @typedef {import('../experiment.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 */

/** @param {FinishedRun} run @param {number} layer */
const leastPerSample = ({ recording }, layer) => leastEntropy(recording, layer).value / samplesOf(recording);

/** @param {FinishedRun[]} runs @param {number} layer @param {(run: FinishedRun) => number} inkOf @returns {CurvesFigure} */
const figure = (runs, layer, inkOf) => ({
  kind: 'curves',
  id: `entropy-per-sample-layer-${layer + 1}`,
  title: `${layerName(layer)}: entropy per sample`,
  x: { name: 'Step k' },
  y: { name: 'H / N' },
  curves: runs.map((run) => ({
    name: run.name,
    ink: inkOf(run),
    x: steps(run.recording),
    y: values(run.recording, 'entropy', layer, (value) => value / samplesOf(run.recording)),
  })),
  marks: runs.map((run) => ({
    name: `Minimum, ${run.name}`,
    ink: inkOf(run),
    x: leastEntropy(run.recording, layer).step,
    y: leastPerSample(run, layer),
  })),
});

/** How the minima of a layer grow with N. @param {FinishedRun[]} runs at least two, fewest samples first @param {number} layer @returns {Finding} */
function growth(runs, layer) {
  const [few, many] = [runs[0], runs[runs.length - 1]];
  const before = runs[runs.length - 2];
  const power =
    Math.log(leastEntropy(many.recording, layer).value / leastEntropy(few.recording, layer).value) /
    Math.log(samplesOf(many.recording) / samplesOf(few.recording));
  const change = leastPerSample(many, layer) / leastPerSample(before, layer) - 1;
  return {
    verdict: 'fact',
    value: power,
    text:
      `Layer ${layer + 1}: from N = ${samplesOf(few.recording)} to ${samplesOf(many.recording)} the least entropy grows as N ` +
      `to the power of ${numberText(power)}, where 1 is in proportion. Per sample it is ` +
      `${rangeText(runs, (run) => leastPerSample(run, layer))}; from N = ${samplesOf(before.recording)} to ` +
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
  report({ finished, declared }) {
    const runs = [...finished].sort((a, b) => samplesOf(a.recording) - samplesOf(b.recording));
    if (runs[0].recording.records === 0) return { findings: [], sections: [] };
    const all = layersOf(runs[0].recording);
    const inkOf = (/** @type {FinishedRun} */ run) => declared.findIndex(({ key }) => key === run.key);
    return {
      findings:
        runs.length > 1
          ? all.map((layer) => growth(runs, layer))
          : [{ verdict: 'open', text: 'Growth is seen between two numbers of samples; so far there is one.' }],
      sections: [
        {
          title: 'Per sample',
          text: 'Entropy divided by the number of samples N: where it grows with N alone the curves become one.',
          figures: all.map((layer) => figure(runs, layer, inkOf)),
          tables: [
            {
              id: 'samples',
              title: 'Entropy minima by the number of samples',
              columns: [
                'Samples per class',
                'N',
                ...all.flatMap((layer) => [
                  `${layerName(layer)}: record`,
                  `${layerName(layer)}: H`,
                  `${layerName(layer)}: H / N`,
                ]),
              ],
              rows: runs.map((run) => [
                run.recording.data.per_class,
                samplesOf(run.recording),
                ...all.flatMap((layer) => {
                  const { value, step } = leastEntropy(run.recording, layer);
                  return [step, value, leastPerSample(run, layer)];
                }),
              ]),
            },
          ],
        },
      ],
    };
  },
};
