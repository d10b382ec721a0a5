// Paths through entropy space: measurements and figures.
import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { readControls, writeControls } from '../../../web/experiments/controls.js';
import { axesFor } from '../../../web/experiments/entropy-state/axes.js';
import { experiment } from '../../../web/experiments/entropy-state/experiment.js';
import * as paths from '../../../web/experiments/entropy-state/paths.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { defaultSettings } from '../../../web/model/settings.js';
import { paperDigits } from './paper-digits.js';
import { outcomeOf, valley, valuesOf } from './synthetic.js';

/** @typedef {import('../../../web/experiments/experiment.js').Report} Report */
/** @typedef {import('../../../web/experiments/experiment.js').DeclaredRun} DeclaredRun */

/** @param {Report} report @param {string} id */
const rowsOf = (report, id) =>
  report.sections.flatMap(({ tables }) => tables ?? []).find((table) => table.id === id)?.rows;

/** @param {Report} report @param {string} id */
function spaceOf(report, id) {
  const found = report.sections.flatMap(({ figures }) => figures ?? []).find((figure) => figure.id === id);
  if (found?.kind !== 'space') throw new Error(`There is no figure ${id}.`);
  return found;
}

/** @param {DeclaredRun} run */
const digitOf = ({ settings }) => settings.data.classes[0];

/**
 * A report of runs of two layers with the given entropies per record.
 * @param {Record<string, any>} changes changes of the controls
 * @param {(run: DeclaredRun) => number[][] | null} statesOf null if the run is missing
 */
function reportOf(changes, statesOf) {
  const values = valuesOf(experiment, { layers: [2, 1], samples: 5, unit: 'whole', ...changes });
  const outcome = outcomeOf(experiment.runs(values), (run) => {
    const states = statesOf(run);
    return states && { entropy: (k, layer) => states[k - 1][layer] };
  });
  return experiment.report(outcome, values);
}

describe('the declared runs', () => {
  it('of the default controls are the papers’ run, of one digit each', () => {
    const runs = experiment.runs(valuesOf(experiment));
    expect(runs.map(({ key }) => key)).toEqual(Array.from({ length: 10 }, (_, digit) => `digit-${digit}-seed-42`));
    runs.forEach(({ settings }, digit) => {
      expect(settings).toEqual({ ...defaultSettings, data: { ...defaultSettings.data, classes: [digit] } });
    });
  });

  it('are joined by those of other seeds, and none is run twice', () => {
    const runs = experiment.runs(valuesOf(experiment, { digits: [3, 5], also: [7, 42] }));
    expect(runs.map(({ key }) => key)).toEqual([
      'digit-3-seed-42',
      'digit-5-seed-42',
      'digit-3-seed-7',
      'digit-5-seed-7',
    ]);
    expect(runs[3].name).toBe('Digit 5, seed 7');
    expect(runs[3].settings).toEqual({
      config: { ...defaultSettings.config, seed: 7 },
      data: { ...defaultSettings.data, classes: [5] },
      fast: false,
    });
  });
});

describe('the controls', () => {
  it.each([
    ['', []],
    ['none', []],
    ['3', [3]],
    ['1, 2,3', [1, 2, 3]],
  ])('read “%s” as further seeds', (text, also) => {
    const { values, complaints } = readControls(experiment.controls, new Map([['also', text]]));
    expect([values.also, complaints]).toEqual([also, []]);
    const written = writeControls(experiment.controls, values);
    expect(readControls(experiment.controls, written).values).toEqual(values);
  });

  it.each(['none,1', '1,1', '-1', '1,2,3,4,5,6,7,8,9,10,11', '4294967296'])('refuse “%s” as further seeds', (text) => {
    expect(experiment.controls.also.read(text)).toBeUndefined();
  });

  it.each(['1-2', '1-2-2', '0-1-2', '1-2-17', '1-2-3-4', '1,2,3', '', '1-2-', '1-2-2.5'])(
    'refuse “%s” as axes',
    (text) => {
      expect(experiment.controls.axes.read(text)).toBeUndefined();
    },
  );

  it('read axes in the order given', () => {
    expect(experiment.controls.axes.read('4-1-16')).toEqual([4, 1, 16]);
  });
});

describe('axes', () => {
  const layer = (/** @type {number} */ number) => ({ kind: 'layer', layer: number - 1 });
  const [time, cosine] = [{ kind: 'time' }, { kind: 'cosine' }];
  it.each([
    [[1, 2, 3], 4, [layer(1), layer(2), layer(3)], ''],
    [[4, 1, 2], 4, [layer(4), layer(1), layer(2)], ''],
    [
      [2, 3, 7],
      4,
      [layer(2), layer(3), layer(1)],
      'The network has 4 layers; instead of layer 7 an axis shows layer 1.',
    ],
    [
      [1, 2, 3],
      2,
      [layer(1), layer(2), time],
      'The network has 2 layers; instead of layer 3 an axis shows the time t = η·k.',
    ],
    [
      [1, 2, 3],
      1,
      [layer(1), time, cosine],
      'The network has 1 layer; instead of layers 2 and 3 axes show the time t = η·k and the cosine of layer 1.',
    ],
  ])('%j of %d layers', (wished, layers, axes, note) => {
    expect(axesFor(wished, layers)).toEqual({ axes, note });
  });
});

describe('a path', () => {
  // A right angle: 3 along the first layer, 4 along the second, then back to (0, 4).
  const path = [
    [0, 0],
    [-3, 0],
    [-3, -4],
    [0, -4],
  ];

  it('has the length of its steps, and a farthest point', () => {
    expect(paths.stepLengths(path)).toEqual([3, 4, 3]);
    expect(paths.lengthOf(path)).toBe(10);
    expect(paths.farthestPoint(path)).toEqual({ distance: 5, step: 3 });
  });

  it('has a shape, in shares of each layer’s greatest magnitude', () => {
    expect(paths.shapeOf(path)).toEqual([
      [0, 0],
      [-1, 0],
      [-1, -1],
      [0, -1],
    ]);
    expect(
      paths.shapeOf([
        [0, 0],
        [0, -2],
      ]),
    ).toEqual([
      [0, 0],
      [0, -1],
    ]);
  });

  it('is apart from others at equal steps', () => {
    const straight = path.map((_, i) => [-i, 0]);
    // At steps 1 to 4: 0, 2, √(1 + 16), 5.
    expect(paths.pairsOf([path, straight])).toEqual([{ first: 0, second: 1, distance: 5, step: 4 }]);
    expect(paths.pairsOf([path, path, straight], 4).map(({ distance }) => distance)).toEqual([0, 5, 5]);
    expect(paths.widestByLayer([path, straight])).toEqual([3, 4]);
  });

  it('is as long as the way between its ends at least, and its shape does not depend on its size', () => {
    const state = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }));
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 20 }), (any) => {
        const direct = paths.distance(any[0], any[any.length - 1]);
        // Each of at most 20 roots and sums is rounded to half a unit of at most 60000.
        expect(paths.lengthOf(any)).toBeGreaterThanOrEqual(direct - 40 * 60000 * Number.EPSILON);
        const doubled = any.map((each) => each.map((value) => 4 * value)); // a power of two: no rounding
        expect(paths.shapeOf(doubled)).toEqual(paths.shapeOf(any));
      }),
    );
  });
});

describe('findings', () => {
  // Digit 1 goes to (−3, −4) and halfway back. Digit 2 goes twice as far, to (−6, −8), and keeps a quarter of it.
  const planted = (/** @type {DeclaredRun} */ run) => {
    const size = digitOf(run) === 1 ? 1 : 2;
    const end = digitOf(run) === 1 ? 0.5 : 0.25;
    return [0, 1, end].map((share) => [-3 * share * size, -4 * share * size]);
  };
  const changes = { digits: [1, 2], steps: 4 };

  it('tell lengths, the return, and how far ends lie apart', () => {
    const { findings } = reportOf(changes, planted);
    expect(findings[0].text).toBe('The longest path is that of digit 2, 17.50; the shortest that of digit 1, 7.500.');
    expect(findings[1]).toMatchObject({
      verdict: 'holds',
      text:
        'The paths end at 25 % (digit 2) to 50 % (digit 1) of their greatest distances from the origin; ' +
        'what is left is most in layer 2.',
    });
    // Both ends are (−1.5, −2); in between the paths are up to (3, 4) apart.
    expect(findings[2]).toMatchObject({ verdict: 'holds', value: 0, allowed: 1 });
    expect(findings[2].text).toContain('On the way the paths are up to 5.000 apart (digits 1 and 2, step 2).');
    // Both shapes are (1, 1); they end at one half and one quarter of it.
    expect(findings[3].verdict).toBe('holds');
    expect(findings[3].value).toBeCloseTo(Math.SQRT1_2 / 2, 15);
    expect(findings[3].allowed).toBeCloseTo(Math.SQRT2, 15);
    expect(findings[3].text).toContain('Layer by layer, from the first, they are up to 0.2500 and 0.2500 apart.');
  });

  it('deny one path where digits differ by more than a step', () => {
    const { findings } = reportOf({ digits: [1, 2], steps: 9 }, (run) =>
      [0, 1, 2, 3, 4, 3, 2, 1].map((size) => (digitOf(run) === 1 ? [-size, -1] : [-1, -size])),
    );
    expect(findings[3]).toMatchObject({ verdict: 'fails', claim: 'All digits follow one path, in the same steps.' });
  });

  it('deny the return of a path that is farthest at its end, and tell of one that leaves again', () => {
    const away = reportOf(changes, (run) => [
      [0, 0],
      [-1, 0],
      [digitOf(run) === 1 ? -2 : -0.5, 0],
    ]);
    expect(away.findings[1].verdict).toBe('fails');
    expect(away.findings[1].text).toContain('Still at its farthest when the run ends: digit 1.');
    const again = reportOf({ digits: [2], steps: 5 }, () => [
      [0, 0],
      [-4, 0],
      [-1, 0],
      [0, -2],
    ]);
    expect(again.findings[1].verdict).toBe('holds');
    expect(again.findings[1].text).toBe(
      'The path ends at 50 % of its greatest distance from the origin; what is left is most in layer 2. ' +
        'Nearest to it after the turn at step 3, and farther again since: digit 2.',
    );
  });

  it('say that ends lie far apart, where they do', () => {
    const { findings } = reportOf(changes, (run) =>
      digitOf(run) === 1
        ? [
            [0, 0],
            [-4, 0],
            [-3, 0],
          ]
        : [
            [0, 0],
            [0, -5],
            [0, -4],
          ],
    );
    expect(findings[2]).toMatchObject({ verdict: 'fails', value: 1.25 }); // 5 apart; the smallest path spans 4
    expect(findings[2].text).toContain('At the end digits 1 and 2 are 5.000 apart, which is 125 %');
  });

  it('are open while digits are missing', () => {
    const { findings } = reportOf({ digits: [1, 2, 3], steps: 4 }, (run) => (digitOf(run) === 3 ? null : planted(run)));
    expect(findings.map(({ verdict }) => verdict)).toEqual(['fact', 'open', 'open', 'open']);
  });

  it('compare seeds with digits', () => {
    const { findings } = reportOf({ ...changes, also: [7] }, (run) => {
      const wider = run.settings.config.seed === 7 ? 2 : 0;
      return planted(run).map(([a, b], i) => [a, b - (i === 1 ? wider : 0)]);
    });
    expect(findings.at(-1)?.text).toBe(
      'Under 2 weight seeds the paths of one digit are up to 2.000 apart at an equal step (digit 1, seeds 42 and 7, ' +
        'step 2); those of different digits under one seed up to 5.000.',
    );
  });
});

describe('figures and tables', () => {
  const states = [
    [0, 0],
    [-6, -8],
    [-2, -9],
  ];
  const changes = { digits: [4], steps: 4, also: [1], learning_rate: 0.1 };

  it.each([
    ['whole', 1, 1],
    ['neuron', 2, 1],
    ['sample', 10, 5],
  ])('are of entropies in the unit “%s”', (unit, first, second) => {
    const report = reportOf({ ...changes, unit }, () => states);
    const figure = spaceOf(report, 'paths');
    expect(figure.paths.map(({ name, ink, faint }) => ({ name, ink, faint }))).toEqual([
      { name: 'Digit 4', ink: 4, faint: undefined },
      { name: 'Digit 4, seed 1', ink: 4, faint: true },
    ]);
    // With two layers, the third axis is time.
    expect(figure.axes[2]).toBe('t = η·k');
    expect(figure.note).toContain('instead of layer 3 an axis shows the time');
    expect(figure.paths[0].points).toEqual(states.map(([a, b], i) => [a / first, b / second, (i + 1) * 0.1]));
    expect(spaceOf(report, 'shapes').paths[0].points[2]).toEqual([-2 / first / (6 / first), -1, 3 * 0.1]);
  });

  it('tell the states at the start, at the minimum of total entropy, and at the end', () => {
    const report = reportOf({ ...changes, also: [] }, () => states);
    expect(rowsOf(report, 'states')).toEqual([
      [4, 42, 'Start', 1, 0.1, 0, 0, 0, 0],
      [4, 42, 'Minimum of total entropy', 2, 0.2, -6, -8, -14, 10],
      [4, 42, 'End', 3, 3 * 0.1, -2, -9, -11, Math.sqrt(85)],
    ]);
    expect(rowsOf(report, 'paths')).toEqual([[4, 42, 10 + Math.sqrt(17), 10, 2, Math.sqrt(85), Math.sqrt(85) / 10]]);
  });

  it('come of every part of the runs, of any layers and of few steps', () => {
    for (const layers of [[2], [3, 2], [3, 3, 3, 2, 2]]) {
      for (const steps of [1, 2, 3, 12]) {
        for (const finished of [0, 1, 2, 3, 6, 9, 12, 15]) {
          const values = valuesOf(experiment, { digits: [2, 8], layers, steps, also: [3] });
          const runs = experiment.runs(values);
          const outcome = outcomeOf(runs, (run) =>
            finished & (2 ** runs.indexOf(run)) ? { entropy: (k) => (k === 1 ? 0 : valley(4, digitOf(run))(k)) } : null,
          );
          const report = experiment.report(outcome, values);
          const figures = report.sections.flatMap((section) => section.figures ?? []);
          expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
          for (const { columns, rows } of report.sections.flatMap(({ tables }) => tables ?? [])) {
            for (const row of rows) expect(row).toHaveLength(columns.length);
          }
          for (const { text } of report.findings) expect(text).not.toMatch(/NaN|undefined|Infinity|–/);
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

  it('the last states and the minima of total entropy are the reference’s', () => {
    const golden = JSON.parse(readFileSync(new URL('../../golden/experiments.json', import.meta.url), 'utf8'));
    const values = valuesOf(experiment, { unit: 'whole' });
    const report = experiment.report(new Outcome(experiment.runs(values), run), values);
    const rows = rowsOf(report, 'states') ?? [];
    expect(rows).toHaveLength(30);
    for (let digit = 0; digit < 10; ++digit) {
      const { entropy_last, entropy_min, entropy_total } = golden[`digit ${digit}`];
      const [, minimum, end] = rows.slice(3 * digit);
      const least = Math.min(...entropy_total);
      expect(minimum[3]).toBe(entropy_total.indexOf(least) + 1);
      // Tolerance of the spec for a float engine: 1e-5 of a curve's largest magnitude.
      expect(Math.abs(Number(minimum[9]) - least)).toBeLessThan(1e-5 * Math.abs(least));
      for (let layer = 0; layer < 4; ++layer) {
        const allowed = 1e-5 * Math.abs(entropy_min[layer]);
        expect(Math.abs(Number(end[5 + layer]) - entropy_last[layer])).toBeLessThan(allowed);
      }
    }
  });
});
