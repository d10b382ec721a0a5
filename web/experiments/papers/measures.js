// Computes each number that the papers publish from a run's records.
import { crossings } from '../../model/landmarks.js';
import { maximum, minimum } from '../series.js';

/** @typedef {import('../../model/recording.js').Recording} Recording */

/** @param {Float64Array} series NaN for an empty one */
const last = (series) => series.at(-1) ?? NaN;
/** @param {Float64Array} series */
export const sum = (series) => series.reduce((total, value) => total + value, 0);

/**
 * Measures of one layer, counted from 0; NaN if undefined. A crossing is the first, if there are several.
 * @satisfies {Record<string, (run: Recording, layer: number) => number>}
 */
export const layerMeasures = {
  entropyMinimum: (run, layer) => minimum(run.series('entropy', layer)).value,
  entropyMinimumRecord: (run, layer) => minimum(run.series('entropy', layer)).step,
  entropyLast: (run, layer) => last(run.series('entropy', layer)),
  cosineMaximum: (run, layer) => maximum(run.series('cosine', layer)).value,
  cosineMaximumRecord: (run, layer) => maximum(run.series('cosine', layer)).step,
  cosineLast: (run, layer) => last(run.series('cosine', layer)),
  tensorNetCrossing: (run, layer) => crossings(run.series('tensor_net', layer))[0] ?? NaN,
  tensorNetSum: (run, layer) => sum(run.series('tensor_net', layer)),
  flowMaximum: (run, layer) => maximum(run.series('flow', layer)).value,
  flowMaximumRecord: (run, layer) => maximum(run.series('flow', layer)).step,
  lagrangianMinimum: (run, layer) => minimum(run.series('lagrangian', layer)).value,
  lagrangianMinimumRecord: (run, layer) => minimum(run.series('lagrangian', layer)).step,
  knowledgeNormFirst: (run, layer) => run.at(0).of('knowledge_norm')[layer],
  knowledgeNormLast: (run, layer) => last(run.series('knowledge_norm', layer)),
  weightNormLast: (run, layer) => last(run.series('weight_norm', layer)),
};

/** @typedef {keyof typeof layerMeasures} LayerMeasure */
