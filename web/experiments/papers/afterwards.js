// The part of the report beyond τ = 0.5, where the papers' figures end.
import { numberText } from '../../charts/format.js';
import { layerName, outputsOverSteps, overSteps } from '../layer-figures.js';
import { layersOf, minimum } from '../series.js';
import { percentText } from '../words.js';
import { ends } from './runs.js';

/**
 * @typedef {import('../experiment.js').Report} Report
 * @typedef {import('../../model/recording.js').Recording} Recording
 */

/** The greatest distance of a mean output from the nearer of 0 and 1. @param {Recording} run @param {number} k */
const farthestOutput = (run, k) => Math.max(...run.at(k).outputs.map((mean) => Math.min(mean, 1 - mean)));

/** Reports how the run continues after τ = 0.5. @param {Recording | null} run @returns {Report} */
export function afterwards(run) {
  if (!run) return { findings: [], sections: [] };
  const rate = run.config.learning_rate;
  // A run of K steps has K − 1 records; this is its last one.
  const records = ends.map((tau) => Math.round(tau / rate) - 1);
  const all = layersOf(run);
  const sizes = all.map((layer) => records.map((record) => Math.abs(run.series('entropy', layer)[record - 1])));
  const falling = sizes.filter((size) => size.every((value, i) => i === 0 || value < size[i - 1])).length;
  const shares = sizes.map((size, layer) => size.map((value) => value / -minimum(run.series('entropy', layer)).value));
  const outputs = records.map((record) => farthestOutput(run, record));
  return {
    findings: [
      {
        claim: 'After τ = 0.5 the entropies of all layers go on towards 0: at τ = 1, 2 and 4 each is nearer.',
        verdict: falling === all.length ? 'holds' : 'fails',
        value: falling,
        published: all.length,
        allowed: 0,
        text:
          `At τ = 0.5 the layers’ entropies are at ${shares.map(([share]) => percentText(share)).join(', ')} of their ` +
          `minima, at τ = 4 at ${shares.map((share) => percentText(share[3])).join(', ')}; from one τ to the next ` +
          `${falling} of ${all.length} only fall.${falling === all.length ? ' The equilibrium at τ = 0.5 is passing.' : ''}`,
      },
      {
        verdict: 'fact',
        text:
          'The output that is farthest from both 0 and 1 is away from the nearer one by ' +
          `${ends.map((tau, i) => `${numberText(outputs[i])} at τ = ${tau}`).join(', ')}.`,
      },
    ],
    sections: [
      {
        title: 'Beyond τ = 0.5',
        text: 'One run up to τ = 4; its beginnings are the runs of smaller τ. “How far does it go” has more of it.',
        figures: [
          {
            ...overSteps(run, 'entropy', { id: 'entropy-tau-4', title: 'Entropy up to τ = 4' }),
            rules: ends.map((tau, i) => ({ name: `τ = ${tau}`, along: /** @type {const} */ ('x'), at: records[i] })),
          },
          outputsOverSteps(run, { id: 'outputs-tau-4', title: 'Mean outputs up to τ = 4' }),
        ],
        tables: [
          {
            id: 'tau-ends',
            title: 'Entropy at the end of τ, and the output farthest from 0 and 1',
            columns: ['τ', ...all.map(layerName), 'Farthest output'],
            rows: ends.map((tau, i) => [
              tau,
              ...all.map((layer) => run.series('entropy', layer)[records[i] - 1]),
              outputs[i],
            ]),
          },
        ],
      },
    ],
  };
}
