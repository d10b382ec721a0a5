// The part of the report on runs whose numbers are published only in part or not individually.
import { findingsOf, tableOf } from '../agreement.js';
import { overSteps } from '../layer-figures.js';
import { allOfReference, ofSecondLayer, referenceTable } from './compare.js';
import { pairKeys } from './runs.js';

/**
 * @typedef {import('../experiment.js').Report} Report
 * @typedef {import('../outcome.js').Outcome} Outcome
 */

/** The engine uses floats, the reference double precision. */
const asNearAsFloats = 'as nearly as floats allow';

/** @param {Outcome} outcome @returns {Report} */
export function ofPairs({ finished }) {
  const runs = finished.filter(({ key }) => pairKeys.includes(key));
  const isWhole = runs.length === pairKeys.length;
  const published = runs.length > 0 ? ofSecondLayer(runs) : [];
  const references = allOfReference(runs);
  return {
    findings: isWhole
      ? [
          ...findingsOf('the times at which layer 2’s entropy is least in the six pairs', published),
          ...findingsOf('the reference for the six pairs', references, asNearAsFloats),
        ]
      : [
          {
            verdict: 'open',
            text: `Of the six pairs of η and K with τ = η·K = 0.5, ${runs.length} have finished; the claim on their minima needs all.`,
          },
        ],
    sections:
      runs.length === 0
        ? []
        : [
            {
              title: 'Time invariance: the six pairs',
              text: 'Every run of a pair in full is in the experiment “Time invariance”.',
              figures: runs.map(({ key, name, recording }) =>
                overSteps(recording, 'entropy', { id: `entropy-${key}`, title: `Entropy, ${name}` }),
              ),
              tables: [
                tableOf({ id: 'second-layer', title: 'When layer 2’s entropy is least' }, isWhole ? published : []),
                referenceTable({ id: 'pairs-reference', title: 'Entropy minima of the pairs' }, runs),
              ].filter(({ rows }) => rows.length > 0),
            },
          ],
  };
}

/**
 * Runs whose numbers only the reference provides.
 * @param {Outcome} outcome
 * @param {{ id: string, title: string, keys: string[], of: string }} group
 * @returns {Report}
 */
export function ofReferenceOnly({ finished }, { id, title, keys, of }) {
  const runs = finished.filter(({ key }) => keys.includes(key));
  if (runs.length === 0) return { findings: [], sections: [] };
  return {
    findings: findingsOf(of, allOfReference(runs), asNearAsFloats),
    sections: [
      {
        title,
        figures: runs.map(({ key, name, recording }) =>
          overSteps(recording, 'entropy', { id: `entropy-${key}`, title: `Entropy, ${name}` }),
        ),
        tables: [referenceTable({ id, title: `${title}: entropy minima` }, runs)],
      },
    ],
  };
}
