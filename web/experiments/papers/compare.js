// Compares the runs' numbers with the published ones.
import { crossings } from '../../model/landmarks.js';
import { numberText } from '../../charts/format.js';
import { compared, comparedWithPrint } from '../agreement.js';
import { layersOf, minimum, totalEntropy } from '../series.js';
import { printedTensorNet } from '../tensor-net/printed-sign.js';
import { layerMeasures, sum } from './measures.js';
import {
  layerNumbers,
  outputNumbers,
  reference,
  referenceMinima,
  referenceTensorNetSums,
  secondLayerMinima,
  totalEntropyNumbers,
} from './published.js';

/** @typedef {import('../../model/recording.js').Recording} Recording */
/** @typedef {import('../agreement.js').Comparison} Comparison */
/** @typedef {import('../outcome.js').FinishedRun} FinishedRun */
/** @typedef {import('./measures.js').LayerMeasure} LayerMeasure */

/**
 * The default run's numbers of one figure, by layer.
 * @param {string} figure
 * @param {Recording} run the default run
 * @returns {Comparison[]}
 */
export const ofFigure = (figure, run) => layerNumbers.filter((each) => each.figure === figure).flatMap(ofLayers(run));

/**
 * The zeros and sums of the tensor net with the printed minus sign, compared with the published ones.
 * @param {Recording} run the default run
 * @returns {Comparison[]}
 */
export function ofPrintedSign(run) {
  const series = layersOf(run).map((layer) => printedTensorNet(run, layer));
  /** @type {Partial<Record<LayerMeasure, number[]>>} */
  const found = {
    tensorNetCrossing: series.map((each) => crossings(each)[0] ?? NaN),
    tensorNetSum: series.map(sum),
  };
  return layerNumbers.flatMap(({ measure, name, printed, source }) =>
    (found[measure] ?? []).map((value, layer) =>
      comparedWithPrint({ name: `Layer ${layer + 1}, ${name}`, value, printed: printed[layer], source }),
    ),
  );
}

/** @param {Recording} run @returns {(published: import('./published.js').Published) => Comparison[]} */
const ofLayers =
  (run) =>
  ({ name, measure, printed, source }) =>
    printed.map((text, layer) =>
      comparedWithPrint({
        name: `Layer ${layer + 1}, ${name}`,
        value: layerMeasures[measure](run, layer),
        printed: text,
        source,
        note: measure === 'tensorNetSum' ? aboutSums(run, layer) : '',
      }),
    );

/** Relative accuracy of a published float run, as a share of the curve's largest value. */
const publishedShare = 1e-6;

/** @param {Recording} run @param {number} layer */
function aboutSums(run, layer) {
  const series = run.series('tensor_net', layer);
  const largest = series.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return (
    `The ${reference} has ${numberText(referenceTensorNetSums[layer])}. Records of a run in floats are good to a ` +
    `millionth of the curve’s largest value, and ${series.length} of them may gather ` +
    `${numberText(publishedShare * largest * series.length)}.`
  );
}

/** Entropy of all layers together. @param {Recording} run the default run @returns {Comparison[]} */
export function ofTotalEntropy(run) {
  const series = totalEntropy(run);
  const { value, step } = minimum(series);
  const { minimum: least, record, mean, source } = totalEntropyNumbers;
  return [
    comparedWithPrint({ name: 'Total entropy, minimum', value, printed: least, source }),
    comparedWithPrint({ name: 'Record of the total entropy’s minimum', value: step, printed: record, source }),
    comparedWithPrint({ name: 'Total entropy, mean', value: sum(series) / series.length, printed: mean, source }),
  ];
}

/** @param {Recording} run the default run @returns {Comparison[]} */
export const ofOutputs = (run) =>
  outputNumbers.printed.map((printed, neuron) =>
    comparedWithPrint({
      name: `Neuron ${neuron}, mean output at the last step`,
      value: run.at(run.steps - 1).outputs[neuron],
      printed,
      source: outputNumbers.source,
    }),
  );

/**
 * The times of layer 2's entropy minima.
 * @param {FinishedRun[]} pairs at least one
 * @returns {Comparison[]}
 */
export function ofSecondLayer(pairs) {
  const moments = pairs.map(
    ({ recording }) => minimum(recording.series('entropy', 1)).step * recording.config.learning_rate,
  );
  const { earliest, latest, source } = secondLayerMinima;
  return [
    comparedWithPrint({
      name: 'Earliest entropy minimum of layer 2, t = η·k',
      value: Math.min(...moments),
      printed: earliest,
      source,
    }),
    comparedWithPrint({
      name: 'Latest entropy minimum of layer 2, t = η·k',
      value: Math.max(...moments),
      printed: latest,
      source,
    }),
  ];
}

/** Tolerance between the float engine and the reference, as a share of the curve's largest magnitude. */
const floatShare = 1e-5;

/**
 * A run's entropy minima compared with the reference.
 * @param {FinishedRun} run a run that the reference includes
 * @returns {{ minimum: Comparison, record: Comparison }[]} by layer
 */
export function ofReference({ key, name, recording }) {
  const { minimum: minima, record } = referenceMinima[key];
  return minima.map((published, layer) => {
    const found = minimum(recording.series('entropy', layer));
    const curve = `${name}, layer ${layer + 1}`;
    return {
      minimum: compared({
        name: `Entropy minimum, ${curve}`,
        value: found.value,
        published,
        allowed: floatShare * Math.abs(published),
        source: reference,
      }),
      record: compared({
        name: `Record of the entropy minimum, ${curve}`,
        value: found.step,
        published: record[layer],
        allowed: 0,
        source: reference,
      }),
    };
  });
}

/**
 * Runs compared with the reference, one row per layer.
 * @param {{ id: string, title: string }} about
 * @param {FinishedRun[]} runs
 * @returns {import('../experiment.js').Table}
 */
export const referenceTable = (about, runs) => ({
  ...about,
  note: `Nothing is published of these numbers one by one: they are held against the ${reference}.`,
  columns: ['Run', 'Layer', 'Minimum', 'Reference', 'Difference', 'Allowed', 'Record', 'Reference’s record', 'Agrees'],
  rows: runs.flatMap((run) =>
    ofReference(run).map(({ minimum: least, record }, layer) => [
      run.name,
      layer + 1,
      least.value,
      least.published,
      least.difference,
      least.allowed,
      record.value,
      record.published,
      least.agrees && record.agrees ? 'yes' : 'no',
    ]),
  ),
});

/** All comparisons of the runs with the reference. @param {FinishedRun[]} runs @returns {Comparison[]} */
export const allOfReference = (runs) =>
  runs.flatMap((run) => ofReference(run).flatMap(({ minimum: least, record }) => [least, record]));
