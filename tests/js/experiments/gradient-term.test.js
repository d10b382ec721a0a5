// Comparison of the variants of the learning rule, and the reference's minima on the papers' digits.
import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from 'vitest';

import { readControls } from '../../../web/experiments/controls.js';
import { movement, widestDifference } from '../../../web/experiments/gradient-term/differences.js';
import { experiment } from '../../../web/experiments/gradient-term/experiment.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { defaultSettings } from '../../../web/model/settings.js';
import { paperDigits } from './paper-digits.js';
import { outcomeOf, recordingOf, valley, valuesOf } from './synthetic.js';

const small = { layers: [3, 2], steps: 12 };

/** @param {Record<string, any>} changes */
function declared(changes) {
  const values = valuesOf(experiment, { ...small, ...changes });
  return { values, runs: experiment.runs(values) };
}

describe('the declared runs', () => {
  it('of the default controls are the papers’ run, and the same without the shift term', () => {
    const [rule, without, ...more] = experiment.runs(valuesOf(experiment));
    expect(more).toEqual([]);
    expect(rule.settings).toEqual(defaultSettings);
    expect(without.settings).toEqual({
      ...defaultSettings,
      config: { ...defaultSettings.config, shift_term: false },
    });
  });

  it.each([
    ['input', [{}, { layer_input: 'current' }]],
    ['equation', [{}, { gradient_equation: 31 }]],
    ['all', [{}, { shift_term: false }, { layer_input: 'current' }, { gradient_equation: 31 }]],
  ])('of “%s” change what is compared and nothing else', (compare, changes) => {
    const { runs } = declared({ compare, learning_rate: 0.1 });
    const plain = { ...defaultSettings.config, ...small, learning_rate: 0.1 };
    expect(runs.map(({ settings }) => settings.config)).toEqual(changes.map((change) => ({ ...plain, ...change })));
    expect(new Set(runs.map(({ key }) => key)).size).toBe(runs.length);
  });

  it('are chosen by a text', () => {
    const { values, complaints } = readControls(experiment.controls, new Map([['compare', 'both']]));
    expect(values.compare).toBe('shift');
    expect(complaints).toEqual([
      { field: 'compare', message: 'Compare must be “shift” or “input” or “equation” or “all”; “both” was given.' },
    ]);
  });
});

describe('differences', () => {
  const { settings } = declared({}).runs[0];
  const rule = recordingOf(settings, { entropy: (k) => (k === 4 ? -10 : -1) });
  const variant = recordingOf(settings, { entropy: (k) => (k === 6 ? -8 : -1) });

  it('are widest where the one has its valley and the other none', () => {
    // −10 and −1 at step 4: a difference of 9, relative to a curve of magnitude 10.
    expect(widestDifference(variant, rule, 'entropy', 0)).toEqual({ width: 9, share: 0.9, step: 4 });
  });

  it('tell how the minimum moved', () => {
    expect(movement(variant, rule, 1)).toEqual({
      before: { value: -10, step: 4 },
      after: { value: -8, step: 6 },
      steps: 2,
      depth: 0.8,
    });
  });

  it('of a curve that is 0 throughout have no share, and without records no step', () => {
    expect(widestDifference(variant, rule, 'cosine', 0)).toEqual({ width: 0, share: NaN, step: 1 });
    const none = recordingOf(settings, {}, 1);
    expect(widestDifference(none, none, 'entropy', 0)).toEqual({ width: NaN, share: NaN, step: NaN });
  });
});

describe('findings', () => {
  /**
   * Findings on runs whose entropies have one valley per layer.
   * @param {string} compare
   * @param {Record<string, number[]>} steps steps of the minima, by run key, per layer
   */
  function findings(compare, steps) {
    const { values, runs } = declared({ compare });
    const outcome = outcomeOf(runs, ({ key }) => ({ entropy: (k, layer) => valley(steps[key][layer], 10)(k) }));
    return experiment.report(outcome, values).findings;
  }

  it.each([
    ['holds', [6, 9], 'earlier in layers 1 and 2. Without it the minimum takes 1.500 to 1.800 times as many steps.'],
    ['fails', [6, 5], 'earlier in layer 1, at the same step in layer 2.'],
    ['fails', [3, 9], 'earlier in layer 2, later in layer 1.'],
    ['holds', [6, 11], 'earlier in layers 1 and 2. Without it the minimum takes 1.500 times as many steps.'],
  ])('say that it “%s” that ΔD speeds learning for minima at %j without it', (verdict, without, words) => {
    const [claim] = findings('shift', { rule: [4, 5], 'no-shift': without });
    expect(claim.verdict).toBe(verdict);
    expect(claim.text).toContain(words.split('. ')[0]);
    if (verdict === 'holds') expect(claim.text).toContain(words);
  });

  it('leave it open where the curve with ΔD still falls at the end', () => {
    const [claim] = findings('shift', { rule: [4, 11], 'no-shift': [6, 11] });
    expect(claim.verdict).toBe('open');
    expect(claim.text).toContain('earlier in layer 1, in layer 2 not reached within the run.');
  });

  it('tell steps, depth and the widest difference of every layer', () => {
    const found = findings('shift', { rule: [4, 5], 'no-shift': [5, 5] });
    // Valleys of depth 10 at steps 4 and 5: the curves are −10 and −5 at step 4, and −5 and −10 at step 5.
    expect(found[1]).toEqual({
      verdict: 'fact',
      value: 1,
      text:
        'Layer 1, Without ΔD: the minimum of entropy moves from step 4 to 5, 1 step later, and is as deep ' +
        '(−10.00, then −10.00). The curves are farthest apart at step 4: 50 % of the greatest magnitude.',
    });
    expect(found[2].text).toBe('Layer 2, Without ΔD: the curve of entropy is the rule’s own, to the bit.');
  });

  it('say of a curve that still falls that its minimum may lie beyond', () => {
    const found = findings('equation', { rule: [4, 5], 'equation-31': [6, 11] });
    expect(found[0].text).not.toContain('falls');
    expect(found[1].text).toMatch(/ “Equation \(31\)” still falls at the last step: its minimum may lie beyond\.$/);
  });

  it('check that layer 1 does not hear from above', () => {
    const same = findings('input', { rule: [4, 5], 'input-of-this-step': [4, 6] })[0];
    expect([same.verdict, same.value]).toEqual(['holds', 0]);
    const other = findings('input', { rule: [4, 5], 'input-of-this-step': [5, 6] })[0];
    expect([other.verdict, other.value]).toEqual(['fails', 5]);
  });

  it('tell how far equation (31) goes towards no ΔD', () => {
    const { values, runs } = declared({ compare: 'all' });
    const depths = { rule: 10, 'no-shift': 6, 'input-of-this-step': 10, 'equation-31': 9 };
    const outcome = outcomeOf(runs, ({ key }) => ({
      entropy: valley(4, depths[/** @type {keyof typeof depths} */ (key)]),
    }));
    const { findings: found } = experiment.report(outcome, values);
    const ways = found.filter(({ text }) => text.includes('of that way'));
    expect(ways.map(({ value }) => value)).toEqual([0.25, 0.25]); // from −10 to −9, as a share of −10 to −6
    expect(ways[0].text).toContain('1 − ln 2 = 0.3069');
  });
});

describe('a report', () => {
  it('draws the differences layer by layer, and of all layers together', () => {
    const { values, runs } = declared({ steps: 3 });
    const outcome = outcomeOf(runs, ({ key }) => ({ entropy: (k, layer) => (key === 'rule' ? -k : -3 * k) - layer }));
    const figures = experiment.report(outcome, values).sections.flatMap((section) => section.figures ?? []);
    const curves = ['layer-1', 'layer-2', 'total'].map((which) => {
      const figure = figures.find(({ id }) => id === `entropy-difference-${which}`);
      return figure?.kind === 'curves' && figure.curves.map(({ name, ink, y }) => ({ name, ink, y: Array.from(y) }));
    });
    const about = { name: 'Without ΔD − With ΔD', ink: 1 };
    expect(curves).toEqual([[{ ...about, y: [-2, -4] }], [{ ...about, y: [-2, -4] }], [{ ...about, y: [-4, -8] }]]);
  });

  it.each(['shift', 'input', 'equation', 'all'])('of “%s” comes of every part of the runs', (compare) => {
    for (const steps of [2, 3, 12]) {
      for (const layers of [[2], [3, 2], [4, 3, 3, 2, 2]]) {
        const { values, runs } = declared({ compare, steps, layers });
        for (let finished = 0; finished < 2 ** runs.length; ++finished) {
          const outcome = outcomeOf(runs, (run) =>
            finished & (2 ** runs.indexOf(run)) ? { entropy: valley(2, 5), cosine: () => 0.5 } : null,
          );
          const { findings, sections } = experiment.report(outcome, values);
          if (finished === 0) expect({ findings, sections }).toEqual({ findings: [], sections: [] });
          const figures = sections.flatMap((section) => section.figures ?? []);
          expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
          for (const { columns, rows } of sections.flatMap(({ tables }) => tables ?? [])) {
            for (const row of rows) expect(row).toHaveLength(columns.length);
          }
          for (const { text } of findings) expect(text).not.toMatch(/NaN|undefined|Infinity|–/);
        }
      }
    }
  });
});

describe('on the papers’ digits', () => {
  /** @type {Awaited<ReturnType<typeof paperDigits>>} */
  let run;
  beforeAll(async () => {
    run = await paperDigits();
  });

  it('the minima are the reference’s, and come earlier with ΔD', () => {
    const golden = JSON.parse(readFileSync(new URL('../../golden/experiments.json', import.meta.url), 'utf8'));
    const values = valuesOf(experiment);
    const report = experiment.report(new Outcome(experiment.runs(values), run), values);
    expect(report.findings[0].verdict).toBe('holds');
    const table = report.sections.flatMap(({ tables }) => tables ?? []).find(({ id }) => id === 'extremes');
    for (const [name, reference] of [
      ['With ΔD', golden.default],
      ['Without ΔD', golden.no_shift_term],
    ]) {
      const rows = (table?.rows ?? []).filter((row) => row[1] === name);
      expect(rows).toHaveLength(4);
      rows.forEach(([, , value, step, , last], layer) => {
        const allowed = 1e-5 * Math.abs(reference.entropy_min[layer]); // tolerance of the spec for a float engine
        expect(step).toBe(reference.entropy_min_step[layer]);
        expect(Math.abs(Number(value) - reference.entropy_min[layer])).toBeLessThan(allowed);
        expect(Math.abs(Number(last) - reference.entropy_last[layer])).toBeLessThan(allowed);
      });
    }
  });
});
