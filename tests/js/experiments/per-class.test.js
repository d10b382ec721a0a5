// Comparison of digits that run separately, and the reference's minima on the papers' digits.
import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from 'vitest';

import { readControls } from '../../../web/experiments/controls.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { experiment } from '../../../web/experiments/per-class/experiment.js';
import { defaultSettings } from '../../../web/model/settings.js';
import { paperDigits } from './paper-digits.js';
import { outcomeOf, valley, valuesOf } from './synthetic.js';

const small = { layers: [4, 2], steps: 30, samples: 5 };

/** @param {import('../../../web/experiments/experiment.js').DeclaredRun} run */
const digitOf = ({ settings }) => settings.data.classes[0];

/**
 * A report of runs whose entropies have one valley per layer.
 * @param {Record<string, any>} changes changes of the controls
 * @param {(digit: number, layer: number) => [step: number, depth: number] | null} valleyOf null if the run is missing
 */
function reportOf(changes, valleyOf) {
  const values = valuesOf(experiment, { ...small, ...changes });
  const outcome = outcomeOf(experiment.runs(values), (run) =>
    valleyOf(digitOf(run), 0)
      ? { entropy: (k, layer) => valley(.../** @type {[number, number]} */ (valleyOf(digitOf(run), layer)))(k) }
      : null,
  );
  return experiment.report(outcome, values);
}

/** @param {import('../../../web/experiments/experiment.js').Report} report */
const tablesOf = ({ sections }) => sections.flatMap(({ tables }) => tables ?? []);

describe('the declared runs', () => {
  it('of the default controls are the papers’ run, of one digit each', () => {
    const runs = experiment.runs(valuesOf(experiment));
    expect(runs.map(({ key }) => key)).toEqual(Array.from({ length: 10 }, (_, digit) => `digit-${digit}`));
    runs.forEach(({ settings }, digit) => {
      expect(settings).toEqual({ ...defaultSettings, data: { ...defaultSettings.data, classes: [digit] } });
    });
  });

  it('are of the digits chosen, at the pace chosen', () => {
    const texts = new Map([
      ['digits', '7, 3'],
      ['steps', '20'],
      ['learning_rate', '0.02'],
      ['samples', '50'],
      ['layers', '8-4'],
      ['seed', '1'],
    ]);
    const { values, complaints } = readControls(experiment.controls, texts);
    expect(complaints).toEqual([]);
    const config = { ...defaultSettings.config, layers: [8, 4], steps: 20, learning_rate: 0.02, seed: 1 };
    expect(experiment.runs(values).map(({ settings }) => settings)).toEqual(
      [7, 3].map((digit) => ({
        config,
        data: { set: 'mnist', per_class: 50, classes: [digit], data_seed: null },
        fast: false,
      })),
    );
  });

  it.each(['', '10', '1,1', '-1', '1.5'])('are not of the digits “%s”', (text) => {
    expect(experiment.controls.digits.read(text)).toBeUndefined();
  });
});

describe('findings', () => {
  const [first, second] = [
    { 1: [5, 40], 4: [20, 10], 9: [11, 20] },
    { 1: [9, 6], 4: [11, 8], 9: [11, 7] },
  ];
  const planted = (/** @type {number} */ digit, /** @type {number} */ layer) =>
    /** @type {[number, number]} */ ((layer === 0 ? first : second)[/** @type {1 | 4 | 9} */ (digit)]);

  it('tell which digits are deepest and shallowest, and where the minima lie', () => {
    const { findings } = reportOf({ digits: [1, 4, 9] }, planted);
    expect(findings[0]).toEqual({
      verdict: 'fact',
      value: 4,
      text:
        'Layer 1: entropy falls deepest for digit 1, to −40.00, and least for digit 4, to −10.00; the one is 4.000 times ' +
        'the other. The minima lie between step 5 (digit 1) and step 20 (digit 4).',
    });
    expect(findings[1].text).toBe(
      'Layer 2: entropy falls deepest for digit 4, to −8.000, and least for digit 1, to −6.000; the one is 1.333 times ' +
        'the other. The minima lie between step 9 (digit 1) and step 11 (digits 4 and 9).',
    );
    expect(findings[2].text).toBe(
      'The depths of the digits differ most in layer 1, by a factor of 4.000, and least in layer 2, by 1.333.',
    );
    expect(findings[3]).toMatchObject({ verdict: 'holds', value: 2, allowed: 2 });
    expect(findings[3].text).toContain('varies by 15 in layer 1, and by 2 in layer 2;');
  });

  it('deny that the layers above agree in time, where they do not', () => {
    const { findings } = reportOf({ digits: [1, 4] }, (digit, layer) => [10 + layer * digit, 5]);
    expect(findings.at(-1)).toMatchObject({ verdict: 'fails', value: 3 });
  });

  it('leave it open while digits are missing, and where a minimum is not reached', () => {
    const missing = reportOf({ digits: [1, 4, 9] }, (digit, layer) => (digit === 4 ? null : planted(digit, layer)));
    expect(missing.findings.at(-1)?.verdict).toBe('open');
    const { findings } = reportOf({ digits: [1, 4] }, (digit, layer) => [layer === 1 && digit === 4 ? 99 : 10, 5]);
    expect(findings[1].text).toContain('It still falls at the last step for digit 4.');
    expect(findings.at(-1)).toMatchObject({ verdict: 'open' });
    expect(findings.at(-1)?.text).toContain('In layer 2 a minimum is not reached within the run.');
  });
});

describe('tables', () => {
  it('hold minimum, step and last of every layer, and the same per neuron and sample', () => {
    // Entropies are −depth at the step, and about −depth / (1 + 9²) nine steps later; 29 is the last record.
    const report = reportOf({ digits: [3] }, (_, layer) => [20, 10 * (layer + 1)]);
    const [whole, each] = tablesOf(report).map(({ rows }) => rows);
    expect(whole).toEqual([[3, 5, -10, 20, -10 / 82, -20, 20, -20 / 82]]);
    // 5 samples with 4 neurons, and with 2.
    expect(each).toEqual([[3, 5, -0.5, 20, -10 / 82 / 20, -2, 20, -20 / 82 / 10]]);
  });
});

describe('a report', () => {
  it('comes of every part of the runs, of any layers and of few steps', () => {
    for (const layers of [[2], [3, 2], [3, 3, 3, 2, 2]]) {
      for (const steps of [2, 3, 12]) {
        for (const digits of [[], [5], [5, 6], [5, 6, 7]]) {
          const report = reportOf({ digits: [5, 6, 7], layers, steps }, (digit) =>
            digits.includes(digit) ? [digit, 1] : null,
          );
          if (digits.length === 0) expect(report).toEqual({ findings: [], sections: [] });
          const figures = report.sections.flatMap((section) => section.figures ?? []);
          expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
          for (const { columns, rows } of tablesOf(report)) {
            expect(rows).toHaveLength(digits.length);
            for (const row of rows) expect(row).toHaveLength(columns.length);
          }
          for (const { text } of report.findings) expect(text).not.toMatch(/NaN|undefined|Infinity/);
        }
      }
    }
  });

  it('draws all layers per neuron and sample on one axis', () => {
    const { sections } = reportOf({ digits: [1, 2] }, (digit, layer) => [9, (digit + 1) * (layer + 1) * 10]);
    const axes = (sections[1].figures ?? []).map((figure) => figure.kind === 'curves' && figure.y);
    expect(axes).toHaveLength(2);
    expect(axes[0]).toEqual(axes[1]);
    expect(axes[0]).toMatchObject({ least: -6, greatest: 0 }); // digit 2, layer 2: −60 over 5 samples and 2 neurons
  });
});

describe('on the papers’ digits', () => {
  /** @type {Awaited<ReturnType<typeof paperDigits>>} */
  let run;
  beforeAll(async () => {
    run = await paperDigits();
  });

  it('the minima of every digit are the reference’s', () => {
    const golden = JSON.parse(readFileSync(new URL('../../golden/experiments.json', import.meta.url), 'utf8'));
    const values = valuesOf(experiment);
    const report = experiment.report(new Outcome(experiment.runs(values), run), values);
    const { rows } = tablesOf(report)[0];
    expect(rows).toHaveLength(10);
    for (const [digit, samples, ...numbers] of rows) {
      expect(samples).toBe(100);
      const { entropy_min, entropy_min_step, entropy_last } = golden[`digit ${digit}`];
      for (let layer = 0; layer < 4; ++layer) {
        const [value, step, last] = numbers.slice(3 * layer).map(Number);
        const allowed = 1e-5 * Math.abs(entropy_min[layer]); // tolerance of the spec for a float engine
        expect(step).toBe(entropy_min_step[layer]);
        expect(Math.abs(value - entropy_min[layer])).toBeLessThan(allowed);
        expect(Math.abs(last - entropy_last[layer])).toBeLessThan(allowed);
      }
    }
    expect(report.findings.at(-1)).toMatchObject({ verdict: 'holds', value: 1 });
  });
});
