import { describe, expect, it } from 'vitest';

import { experiment } from '../../../web/experiments/how-far/experiment.js';
import { median, rangeText } from '../../../web/experiments/how-far/common.js';
import { scaled } from '../../../web/experiments/how-far/width.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { paperDigits } from './paper-digits.js';
import { curvesIn, idsIn, recordingOf, reported, tableIn } from './synthetic.js';
import { readControls } from '../../../web/experiments/controls.js';
import { defaultSettings } from '../../../web/model/settings.js';

const scans = ['tau', 'seeds', 'samples', 'depth', 'width'];

/** @param {string} scan @param {Record<string, string>} [texts] */
const declared = (scan, texts = {}) => reported(experiment, { scan, ...texts }, () => null).runs;

/** A valley of this depth at a record. @param {number} record @param {number} depth */
const valley = (record, depth) => (/** @type {number} */ k) => -depth / (1 + Math.abs(k - record));

describe('what is run', () => {
  it('is for τ one run, the longest, of which the others are the beginnings', () => {
    const runs = declared('tau');
    expect(runs.map(({ key }) => key)).toEqual(['eta-0.01-steps-800']);
    expect(runs[0].settings.config).toMatchObject({ steps: 800, learning_rate: 0.01, seed: 42 });
    expect(declared('tau', { taus: '1,0.2', learning_rate: '0.02' })[0].settings.config.steps).toBe(50);
  });

  it('is for τ no longer than a run can be', () => {
    expect(declared('tau', { taus: '100', learning_rate: '0.001' })[0].settings.config.steps).toBe(10_000);
    expect(declared('tau', { taus: '0.001', learning_rate: '1' })[0].settings.config.steps).toBe(2);
  });

  it('is one run of every seed, counted on, and from the greatest to 0', () => {
    expect(declared('seeds').map(({ settings }) => settings.config.seed)).toEqual(
      Array.from({ length: 20 }, (_, i) => 42 + i),
    );
    expect(
      declared('seeds', { seed: '4294967295', seed_count: '3' }).map(({ settings }) => settings.config.seed),
    ).toEqual([4294967295, 0, 1]);
  });

  it('is one run of every number of samples, network and width', () => {
    expect(declared('samples').map(({ settings }) => settings.data.per_class)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(declared('depth', { networks: '10,32-10' }).map(({ settings }) => settings.config.layers)).toEqual([
      [10],
      [32, 10],
    ]);
    expect(declared('width').map(({ settings }) => settings.config.layers.join('-'))).toEqual([
      '32-16-8-10',
      '64-32-16-10',
      '128-64-32-10',
      '256-128-64-10',
      '512-256-128-10',
    ]);
    expect(scaled([4096, 3, 7], 8)).toEqual([4096, 24, 7]);
    expect(scaled([3, 7], 0.01)).toEqual([1, 7]);
  });

  it('has a name of its own each time', () => {
    for (const scan of scans) {
      const keys = declared(scan).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.every((key) => /^[a-z0-9.-]+$/.test(key))).toBe(true);
    }
  });
});

describe('τ', () => {
  const texts = { scan: 'tau', layers: '2-2', taus: '1,0.5', learning_rate: '0.1' }; // K 10 and 5, records 9 and 4
  /** @param {(k: number) => number} entropy @param {(k: number) => number} output */
  const report = (entropy, output = () => 0.5) =>
    reported(experiment, texts, () => ({ entropy, outputs: (k) => output(k) })).report;

  it('tells what of the minimum’s size is left at the end of each', () => {
    // −8 at record 2, −4 at record 4, −1 at record 9
    const entropies = [0, 0, -8, -6, -4, -3.5, -3, -2.5, -2, -1];
    const { findings } = report((k) => entropies[k]);
    expect(findings[0]).toMatchObject({ verdict: 'holds', value: 1 / 8 });
    const power = Math.log(1 / 4) / Math.log(9 / 4);
    expect(findings[0].text).toBe(
      'Layer 1: the entropy is least at t = 0.2000; of that size it has 50 % at τ = 0.5, 13 % at τ = 1. ' +
        `It goes on towards 0, at last as t to the power of −${Math.abs(power).toPrecision(4)}.`,
    );
    expect(
      tableIn(
        report((k) => entropies[k]),
        'tau',
      ).rows,
    ).toEqual([
      [0.5, 5, -4, 0.5, -4, 0.5, 0.5, 0.5],
      [1, 10, -1, 0.125, -1, 0.125, 0.5, 0.5],
    ]);
  });

  it('says so where the entropy does not go on towards 0', () => {
    const [first] = report((k) => -k).findings;
    expect(first.verdict).toBe('fails');
    expect(first.text).toContain('Not each of these is less than the one before.');
  });

  it('measures outputs from the nearer of 0 and 1', () => {
    const saturation = (/** @type {(k: number) => number} */ output) => report(() => -1, output).findings.at(-1);
    expect(saturation((k) => (k < 5 ? 0.75 : 0.875))).toMatchObject({ verdict: 'holds', value: 0.125 });
    expect(saturation((k) => (k < 5 ? 0.125 : 0.25))).toMatchObject({ verdict: 'fails', value: 0.25 });
  });

  it('marks where the shorter runs end', () => {
    const { rules } = curvesIn(report(valley(3, 4)), 'entropy-over-time');
    expect(rules?.map(({ name, at }) => [name, at])).toEqual([
      ['τ = 0.5', 0.4],
      ['τ = 1', 0.9],
    ]);
  });

  it('leaves out what cannot be reached, and says so', () => {
    const { report: cut } = reported(
      experiment,
      { scan: 'tau', layers: '1', taus: '1,2,20', learning_rate: '0.001' },
      () => ({ entropy: valley(3, 4) }),
    );
    expect(tableIn(cut, 'tau').rows.map(([tau]) => tau)).toEqual([1, 2]);
    expect(cut.findings.at(-1)).toMatchObject({ verdict: 'open' });
  });

  it('finds the equilibrium of the papers’ run passing', async () => {
    const computed = await paperDigits();
    const { values } = readControls(experiment.controls, new Map([['taus', '0.5,1']]));
    const outcome = new Outcome(experiment.runs(values), computed);
    const { findings } = experiment.report(outcome, values);
    expect(findings.map(({ verdict }) => verdict)).toEqual(Array(5).fill('holds'));
    // From the reference: last entropy over the minimum, at τ = 0.5.
    const [first] = tableIn(experiment.report(outcome, values), 'tau').rows;
    // A float engine may be off by 1e-5 of the curve's largest magnitude, at the end and at the minimum.
    expect(Math.abs(Number(first[3]) - -3182.1459697 / -6931.3659264)).toBeLessThanOrEqual(2e-5);
    expect(Math.abs(Number(first[5]) - -228.6386436 / -8234.0686487)).toBeLessThanOrEqual(2e-5);
  });
});

describe('seeds', () => {
  // Minima at records 2, 3, 7, of depths 4, 5, 10.
  const places = [2, 3, 7];
  const depths = [4, 5, 10];
  const texts = { scan: 'seeds', layers: '2', steps: '9', seed_count: '3' };
  const all = () =>
    reported(experiment, texts, (_, i) => ({
      entropy: valley(places[i], depths[i]),
      outputs: (_k, neuron) => (neuron === i % 2 ? 0.9 : 0.1),
    })).report;

  it('tells how far minima lie apart, in records and in depth', () => {
    expect(tableIn(all(), 'spread').rows).toEqual([[1, 2, 3, 7, -10, -5, -4]]);
    expect(all().findings[0]).toMatchObject({ verdict: 'fact', value: 6 / 5 });
    expect(all().findings[0].text).toBe(
      'Layer 1: the entropy is least between records 2 and 7, the median at 3; its minima are from −10.00 to −4.000, ' +
        'which is 120 % of the median, −5.000.',
    );
    expect(all().findings[1]).toMatchObject({ value: 2 });
  });

  it('draws the band from the least to the greatest, and the median in it', () => {
    const { bands, curves } = curvesIn(all(), 'entropy-layer-1');
    const at = (/** @type {number} */ k) => places.map((place, i) => valley(place, depths[i])(k)).sort((a, b) => a - b);
    for (const k of [1, 4, 8]) {
      expect([bands?.[0].low[k - 1], curves[0].y[k - 1], bands?.[0].high[k - 1]]).toEqual(at(k));
    }
  });

  it('counts the seeds whose minimum is yet to come', () => {
    const { report } = reported(experiment, texts, (_, i) => ({ entropy: (k) => (i === 0 ? -k : valley(3, 20)(k)) }));
    expect(report.findings[0].text).toContain('In 1 of 3 runs it still falls at the end');
  });
});

describe('samples', () => {
  it('tells how entropy grows with their number, and what it is per sample', () => {
    const { report } = reported(
      experiment,
      { scan: 'samples', layers: '2', steps: '9', sample_counts: '100,1' },
      ({ settings: { data } }) => ({ entropy: valley(4, data.per_class ** 2) }),
    );
    expect(report.findings[0].value).toBeCloseTo(2, 12);
    expect(tableIn(report, 'samples').rows).toEqual([
      [1, 10, 4, -1, -0.1],
      [100, 1000, 4, -10_000, -10],
    ]);
    expect(report.findings[0].text).toContain('from N = 10 to 1000');
    expect(report.findings[0].text).toContain('It is least at record 4 in all.');
  });
});

describe('depth and width', () => {
  it('tells in which order the layers’ entropies are least, and which have not been', () => {
    const { report } = reported(experiment, { scan: 'depth', networks: '3-2-2', steps: '9' }, () => ({
      entropy: (k, layer) => valley([5, 2, 8][layer], 10)(k),
    }));
    expect(report.findings[0].text).toContain('layer 2 (record 2), layer 1 (record 5), layer 3 (record 8)');
    expect(report.findings[0].text).toContain('Still falling at the end: layer 3.');
    expect(tableIn(report, 'depth').rows.map((row) => row.slice(0, 5))).toEqual([
      ['3-2-2', 1, 3, 5, -10],
      ['3-2-2', 2, 2, 2, -10],
      ['3-2-2', 3, 2, 8, -10],
    ]);
  });

  it('tells the entropy per neuron', () => {
    const { report } = reported(
      experiment,
      { scan: 'width', layers: '8-2', factors: '0.5,1', steps: '9' },
      ({ settings: { config } }) => ({ entropy: valley(config.layers[0] / 2, 12) }),
    );
    expect(tableIn(report, 'width').rows).toEqual([
      ['× 0.5: 4-2', 2, -12, -3, 2, -12, -6],
      ['× 1: 8-2', 4, -12, -1.5, 4, -12, -6],
    ]);
    expect(report.findings[0].text).toBe(
      'Layer 1: the least entropy per neuron is −3 (× 0.5: 4-2) to −1.500 (× 1: 8-2), at record 2 (× 0.5: 4-2) to 4 (× 1: 8-2).',
    );
  });
});

describe('how far does it go', () => {
  it('does with whatever has finished, of any length and depth', () => {
    for (const scan of scans) {
      expect(reported(experiment, { scan }, () => null).report).toEqual({ findings: [], sections: [] });
      for (const steps of ['2', '3'])
        for (const layers of ['1', '3-2-2']) {
          const texts = { scan, steps, layers, taus: '0.01,0.02,0.03' };
          for (const isPartial of [true, false]) {
            const { report } = reported(experiment, texts, (_, i) =>
              isPartial && i > 0 ? null : { entropy: (k) => -k },
            );
            expect(new Set(idsIn(report)).size).toBe(idsIn(report).length);
          }
        }
    }
  });

  it('takes the value in the middle for the median, or the one half way', () => {
    expect([median([5, 1, 9]), median([4, 1, 9, 5]), median([3])]).toEqual([5, 4.5, 3]);
  });

  it('names the runs at both ends of a range', () => {
    const runs = [3, 1, 2].map((value) => ({
      key: String(value),
      name: `run ${value}`,
      settings: defaultSettings,
      recording: recordingOf(defaultSettings, {}),
    }));
    expect(rangeText(runs, ({ key }) => Number(key))).toBe('1 (run 1) to 3 (run 3)');
    expect(rangeText(runs, () => 7)).toBe('7 in all');
  });
});
