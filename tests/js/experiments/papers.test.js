import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { readControls } from '../../../web/experiments/controls.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { experiment } from '../../../web/experiments/papers/experiment.js';
import { referenceMinima, referenceTensorNetSums } from '../../../web/experiments/papers/published.js';
import { defaultSettings, sameSettings, settingsSchema } from '../../../web/model/settings.js';
import { goldenDefault } from '../../golden/golden.js';
import { paperDigits } from './paper-digits.js';
import { idsIn, reported, tableIn } from './synthetic.js';
import * as v from 'valibot';

/** @type {Record<string, { entropy_min: number[], entropy_min_step: number[] }>} */
const golden = JSON.parse(readFileSync(new URL('../../golden/experiments.json', import.meta.url), 'utf8'));

/** Name of a run in the golden file. @param {string} key */
const goldenName = (key) =>
  key === 'no-shift-term'
    ? 'no_shift_term'
    : key.replace(/^eta-(.*)-steps-(.*)$/, 'time_invariance lr=$1 steps=$2').replace('digit-', 'digit ');

/**
 * The report on a selection of the runs, computed.
 * @param {(key: string) => boolean} isChosen
 * @param {Record<string, string>} [texts]
 */
async function computedReport(isChosen, texts = {}) {
  const computed = await paperDigits();
  const { values } = readControls(experiment.controls, new Map(Object.entries(texts)));
  const outcome = new Outcome(experiment.runs(values), (run) => (isChosen(run.key) ? computed(run) : null));
  return experiment.report(outcome, values);
}

describe('the reference’s numbers', () => {
  it('are those of the golden files', () => {
    for (const [key, { minimum, record }] of Object.entries(referenceMinima)) {
      const { entropy_min, entropy_min_step } = golden[goldenName(key)];
      expect(record).toEqual(entropy_min_step);
      // Stored to ten digits.
      minimum.forEach((value, layer) => expect(value).toBe(Number(entropy_min[layer].toPrecision(10))));
    }
    goldenDefault('tensor_net').forEach((curve, layer) => {
      const sum = curve.reduce((total, value) => total + value, 0);
      expect(referenceTensorNetSums[layer]).toBe(Number(sum.toFixed(4)));
    });
  });
});

describe('what is run', () => {
  const { runs } = reported(experiment, {}, () => null);

  it('is all that the numbers need, each once, in no more than 45 default runs’ steps', () => {
    expect(new Set(runs.map(({ key }) => key)).size).toBe(runs.length);
    expect(Object.keys(referenceMinima).every((key) => runs.some((run) => run.key === key))).toBe(true);
    expect(runs.reduce((sum, { settings }) => sum + settings.config.steps, 0)).toBeLessThanOrEqual(45 * 50);
    for (const { settings } of runs) expect(v.is(settingsSchema, settings)).toBe(true);
  });

  it('is what the keys say', () => {
    const of = (/** @type {string} */ key) => {
      const run = runs.find((each) => each.key === key);
      if (!run) throw new Error(`There is no run ${key}.`);
      return run.settings;
    };
    expect(sameSettings(of('eta-0.01-steps-50'), defaultSettings)).toBe(true);
    expect(of('eta-0.0033-steps-150').config).toMatchObject({ learning_rate: 0.0033, steps: 150 });
    expect(of('no-shift-term').config).toEqual({ ...defaultSettings.config, shift_term: false });
    expect(of('digit-7').data).toEqual({ ...defaultSettings.data, classes: [7] });
    expect(of('tau-4').config.steps).toBe(400);
    expect(of('equation-31').config).toEqual({ ...defaultSettings.config, gradient_equation: 31 });
  });

  it('is the default run alone, if asked', () => {
    expect(reported(experiment, { extent: 'default' }, () => null).runs.map(({ key }) => key)).toEqual([
      'eta-0.01-steps-50',
    ]);
  });
});

describe('the papers’ numbers', () => {
  it('come out of the default run, but for two sums that float runs tell apart', async () => {
    const report = await computedReport(() => true, { extent: 'default' });
    expect(report.findings[0]).toMatchObject({ verdict: 'fails', value: 71, published: 73 });
    const failing = report.findings.filter(({ verdict }) => verdict === 'fails').map(({ claim }) => claim);
    expect(failing.filter((claim) => claim?.startsWith('Layer'))).toEqual([
      'Layer 1, sum of the tensor net: 61\u202f142.6.',
      'Layer 2, sum of the tensor net: 182\u202f932.4.',
    ]);
    const numbers = ['entropy', 'cosine', 'outputs', 'tensor-net', 'flow', 'lagrangian', 'norms'].flatMap(
      (id) => tableIn(report, `${id}-numbers`).rows,
    );
    expect(numbers).toHaveLength(73);
  });

  it('come out of the reference’s runs', async () => {
    const keys = ['no-shift-term', 'digit-3', 'eta-0.02-steps-25'];
    const report = await computedReport((key) => keys.includes(key));
    expect(tableIn(report, 'no-shift-term').rows.map((row) => row.at(-1))).toEqual(Array(4).fill('yes'));
    expect(tableIn(report, 'digits').rows.map((row) => row.at(-1))).toEqual(Array(4).fill('yes'));
    expect(tableIn(report, 'pairs-reference').rows.map((row) => row.at(-1))).toEqual(Array(4).fill('yes'));
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['open', 'open', 'holds', 'holds']);
  });

  it('are told to fail where they do, by name', () => {
    // The minimum of layer 2 is at t = 0.1, not at 0.16 to 0.18.
    const { report } = reported(experiment, {}, ({ key, settings: { config } }) =>
      key.startsWith('eta-') ? { entropy: (k) => Math.abs(k - Math.round(0.1 / config.learning_rate)) - 1000 } : null,
    );
    const texts = report.findings.map(({ text }) => text);
    expect(texts).toContain('0 of 2 numbers of the times at which layer 2’s entropy is least in the six pairs agree.');
    expect(texts.some((text) => text.startsWith('Latest entropy minimum of layer 2, t = η·k: 0.1'))).toBe(true);
  });

  it('tell whether what comes after τ = 0.5 goes on towards 0', () => {
    const ofTau = (/** @type {(k: number) => number} */ entropy) =>
      reported(experiment, {}, ({ key }) => (key === 'tau-4' ? { entropy } : null)).report;
    const passing = ofTau((k) => -1000 / k);
    expect(passing.findings.find(({ claim }) => claim?.startsWith('After'))).toMatchObject({
      verdict: 'holds',
      value: 4,
    });
    expect(tableIn(passing, 'tau-ends').rows.map((row) => row[1])).toEqual([49, 99, 199, 399].map((k) => -1000 / k));
    const staying = ofTau(() => -5).findings.find(({ claim }) => claim?.startsWith('After'));
    expect(staying).toMatchObject({ verdict: 'fails', value: 0 });
    expect(staying?.text).not.toContain('is passing');
  });

  it('list what records do not hold', () => {
    const { report } = reported(experiment, {}, () => null);
    expect(tableIn(report, 'not-in-records').rows).toHaveLength(3);
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['open', 'open']);
  });

  it('do with whatever has finished', () => {
    const { runs } = reported(experiment, {}, () => null);
    for (const { key } of runs) {
      const { report } = reported(experiment, {}, (run) => (run.key === key ? {} : null));
      expect(new Set(idsIn(report)).size).toBe(idsIn(report).length);
    }
    const { report } = reported(experiment, {}, () => ({}));
    expect(new Set(idsIn(report)).size).toBe(idsIn(report).length);
  });
});
