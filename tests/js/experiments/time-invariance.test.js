import { describe, expect, it } from 'vitest';

import { experiment, minimaInTime } from '../../../web/experiments/time-invariance/experiment.js';
import { outcomeOf } from './synthetic.js';

const fallbacks = Object.fromEntries(
  Object.entries(experiment.controls).map(([name, { fallback }]) => [name, fallback]),
);
const values = { ...fallbacks, layers: [3, 2] };
const runs = experiment.runs(values);

/** A valley at t = 0.2 with depth over η of 100·(1 + slope·η); its limit is 100. */
const valley = (/** @type {number} */ t) => -100 * Math.exp(-(((t - 0.2) / 0.08) ** 2));
const slope = 5;
/** @type {(run: import('../../../web/experiments/experiment.js').DeclaredRun) => import('./synthetic.js').Curves} */
const invariant = ({
  settings: {
    config: { learning_rate },
  },
}) => ({
  entropy: (k) => learning_rate * valley(k * learning_rate) * (1 + slope * learning_rate),
  lagrangian: (k) => valley(k * learning_rate) * Math.LN2,
});

describe('time invariance', () => {
  it('declares the six published pairs, with one network, seed and batch', () => {
    expect(runs.map(({ settings: { config } }) => [config.learning_rate, config.steps])).toEqual([
      [0.02, 25],
      [0.01, 50],
      [0.005, 100],
      [0.0033, 150],
      [0.0025, 200],
      [0.001, 500],
    ]);
    expect(new Set(runs.map(({ key }) => key)).size).toBe(6);
    for (const { settings } of runs) {
      expect(settings.config.layers).toEqual([3, 2]);
      expect(settings.config.seed).toBe(42);
      expect(settings.data.per_class).toBe(100);
    }
  });

  it('finds planted minima at one time, and the order in which H/η comes to its limit', () => {
    const outcome = outcomeOf(runs, invariant);
    // t = 0.2 is a step in five of the pairs; with η = 0.0033 the nearest steps are 60 and 61.
    expect(minimaInTime(outcome.finished, 0).moments).toEqual([0.2, 0.2, 0.2, 61 * 0.0033, 0.2, 0.2]);
    const { findings } = experiment.report(outcome, values);
    const claims = findings.filter(({ claim }) => claim?.includes('layer 1'));
    expect(claims.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
    // The distance is slope·η of the limit, and the curve is (1 + slope·η) of it: 0.1/1.1 against 0.005/1.005.
    const order = Math.log(0.1 / 1.1 / (0.005 / 1.005)) / Math.log(20);
    expect(claims[1].value).toBeCloseTo(order, 12);
  });

  it('says that the claim does not hold where minima lie at one step instead', () => {
    const outcome = outcomeOf(runs, (run) => ({ ...invariant(run), entropy: (k) => (k - 10) ** 2 }));
    const [first] = experiment.report(outcome, values).findings;
    expect(first.verdict).toBe('fails');
    expect(first.value).toBeCloseTo(0.2 - 0.01, 12);
    expect(first.allowed).toBeCloseTo(0.03, 12);
  });

  it('tells the planted spread between curves', () => {
    const outcome = outcomeOf(runs, invariant);
    const text = experiment.report(outcome, values).findings.find(({ verdict }) => verdict === 'fact')?.text;
    // At the minimum, from 100·1.005 to 100·1.1: a difference of 9.5 of 110, or 8.6 %.
    expect(text).toContain('8.6 %');
  });

  it('reports what there is while runs are missing, and claims nothing of pairs of different τ', () => {
    for (let finished = 0; finished <= runs.length; ++finished) {
      const outcome = outcomeOf(runs, (run, i) => (i < finished ? invariant(run) : null));
      const { findings, sections } = experiment.report(outcome, values);
      expect(sections.length > 0).toBe(finished > 0);
      expect(findings.every(({ verdict }) => verdict === 'open')).toBe(finished < 2);
    }
    const others = {
      ...values,
      pairs: [
        { learning_rate: 0.01, steps: 50 },
        { learning_rate: 0.02, steps: 50 },
      ],
    };
    const { findings } = experiment.report(outcomeOf(experiment.runs(others), invariant), others);
    expect(findings.map(({ verdict }) => verdict)).toEqual(['open']);
  });
});
