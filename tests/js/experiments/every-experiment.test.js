// Properties of every experiment, with any controls, any number of finished runs, and any numbers.
import { readdirSync } from 'node:fs';

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { figureNumbers, figureWords } from '../../../web/charts/figures/figure-words.js';
import { readControls, writeControls } from '../../../web/experiments/controls.js';
import { Outcome } from '../../../web/experiments/outcome.js';
import { csvOf } from '../../../web/files/table-csv.js';
import { decodeExperiment, encodeExperiment } from '../../../web/link/experiment-link.js';
import { settingsSchema } from '../../../web/model/settings.js';
import { recordingOf } from './synthetic.js';

/**
 * @typedef {import('../../../web/experiments/experiment.js').Experiment} Experiment
 * @typedef {import('../../../web/experiments/experiment.js').Report} Report
 * @typedef {import('../../../web/experiments/experiment.js').DeclaredRun} DeclaredRun
 */

const folder = new URL('../../../web/experiments/', import.meta.url);
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(new URL(`${entry.name}/`, folder)).includes('experiment.js'))
  .map(({ name }) => name);
/** @type {Map<string, Experiment>} */
const experiments = new Map(
  await Promise.all(
    names.map(async (name) => {
      const { experiment } = await import(`../../../web/experiments/${name}/experiment.js`);
      return /** @type {[string, Experiment]} */ ([name, experiment]);
    }),
  ),
);

/** Texts at the limits of some control; each control gets those that it accepts. */
const oddTexts = [
  ...['0', '1', '2', '3', '9', '10', '100', '5421', '6000', '10000', '4294967295'],
  ...['1e-5', '0.00001', '0.001', '0.01', '0.125', '8', '1e-320', '1e300'],
  ...['9,0', '0,1,2', '5421,1', '6000,1', '0.001,100', '0.01,8', '1,1.0000001', '42,7'],
  ...['0.01x2', '10x2,0.00001x3', '0.02x25,0.01x50', '1e-300x2,1e300x2', '0.01x2,0.010000001x2', '0.1x2,0.2x1000'],
  ...['1-1', '2-3', '1-2-3', '14-15-16', '16-1-8', '10-9-8-7-6-5-4-3-2-1-1-2-3-4-5-6', '4096', '65', '4096-1'],
  ...['1,1-1', '10,32-10,64-32-10', '4096,1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16'],
  'none',
];

/** @param {Experiment} experiment yields each control alone at every limit, and some combinations */
function* oddControls({ controls }) {
  yield {};
  const all = Object.entries(controls).map(([name, control]) => {
    const texts = [...Object.keys(control.options ?? {}), ...oddTexts].filter((text) => {
      const value = control.read(text);
      return value !== undefined;
    });
    return /** @type {const} */ ([name, texts]);
  });
  for (const [name, texts] of all) for (const text of texts) yield { [name]: text };
  for (let i = 0; i < 8; ++i) {
    yield Object.fromEntries(all.map(([name, texts], c) => [name, texts[(i * (c + 1) + c) % texts.length]]));
  }
}

/** @param {DeclaredRun[]} runs */
const numbersOf = (runs) =>
  runs.reduce((sum, { settings: { config } }) => sum + config.steps * config.layers.length, 0);

/** More numbers take a test too long. */
const mostNumbers = 1500;

/** @type {Record<string, (k: number, layer: number) => number>} */
const shapes = {
  'a valley': (k, layer) => -100 / (1 + (k - 2 - layer) ** 2),
  zeros: () => 0,
  'never a number': () => NaN,
  'now and then a number': (k) => (k % 2 ? NaN : -k),
  'beyond all bounds': (k) => (k % 2 ? Infinity : -Infinity),
  'the smallest and the largest': (k) => (k % 2 ? 5e-324 : -1.7e308),
};

/**
 * Asserts for all elements with one `expect`, because a call per element would take longer than the reports.
 * @template T
 * @param {readonly T[]} all
 * @param {(each: T) => boolean} isSound
 */
const expectAll = (all, isSound) => expect(all.filter((each) => !isSound(each))).toEqual([]);

/** @param {Report} report */
function expectSound(report) {
  for (const { text, verdict } of report.findings) {
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/undefined|\[object|NaN|Infinity/);
    expect(['holds', 'fails', 'open', 'fact']).toContain(verdict);
  }
  const { sections } = report;
  expect(new Set(sections.map(({ title }) => title)).size).toBe(sections.length);
  const figures = sections.flatMap(({ figures = [] }) => figures);
  const tables = sections.flatMap(({ tables = [] }) => tables);
  for (const ids of [figures.map(({ id }) => id), tables.map(({ id }) => id)]) {
    expectAll(ids, (id) => /^[A-Za-z0-9-][A-Za-z0-9.-]*$/.test(id));
    // Some file systems ignore case.
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
  }
  for (const figure of figures) {
    expect(figureWords(figure).trim()).not.toBe('');
    csvOf(figureNumbers(figure));
    if (figure.kind === 'space') {
      for (const { points } of figure.paths) expectAll(points, (point) => point.length === 3);
      continue;
    }
    expectAll(figure.curves, ({ x, y }) => x.length === y.length);
    for (const { x, low, high } of figure.bands ?? []) expect([low.length, high.length]).toEqual([x.length, x.length]);
  }
  for (const { columns, rows } of tables) {
    expect(new Set(columns).size).toBe(columns.length);
    expectAll(rows, (row) => row.length === columns.length);
    expectAll(rows.flat(), (cell) => ['string', 'number'].includes(typeof cell));
  }
}

it('finds experiments, each with an order of its own', () => {
  expect(names.length).toBeGreaterThan(0);
  const orders = [...experiments.values()].map(({ order }) => order);
  expect(new Set(orders).size).toBe(orders.length);
});

describe.each(names)('%s', (name) => {
  const experiment = /** @type {Experiment} */ (experiments.get(name));
  const cases = [...oddControls(experiment)].map((texts) => {
    const { values, complaints } = readControls(experiment.controls, new Map(Object.entries(texts)));
    return { texts, values, complaints };
  });

  it('declares runs that can be made, under names of their own that folders can have', () => {
    for (const { texts, values, complaints } of cases) {
      // Each text is allowed alone, but may be too large in combination with a set of fewer samples.
      for (const { message } of complaints) expect(message).toMatch(/as the smallest class of \S+ has no more/);
      const runs = experiment.runs(values);
      expect(runs.length).toBeGreaterThan(0);
      const keys = runs.map(({ key }) => key);
      expect([texts, new Set(keys.map((key) => key.toLowerCase())).size]).toEqual([texts, keys.length]);
      for (const { key, name: title, settings } of runs) {
        expect(key).toMatch(/^[A-Za-z0-9-][A-Za-z0-9.-]*$/);
        expect(title.trim()).not.toBe('');
        const { issues = [] } = v.safeParse(settingsSchema, settings);
        expect([texts, issues.map(({ message }) => message)]).toEqual([texts, []]);
      }
    }
  });

  it('has controls that links and fields hold', () => {
    for (const { values } of cases) {
      expect(readControls(experiment.controls, writeControls(experiment.controls, values))).toEqual({
        values,
        complaints: [],
      });
      expect(decodeExperiment(encodeExperiment(name, experiment, values), experiments)).toEqual({
        name,
        values,
        complaints: [],
      });
    }
  });

  it('has a report, however many of its runs have finished', () => {
    for (const { texts, values } of cases) {
      const runs = experiment.runs(values);
      const isDefault = Object.keys(texts).length === 0;
      if (numbersOf(runs) > mostNumbers && !isDefault) continue;
      const recordings = runs.map((run) =>
        recordingOf(run.settings, { entropy: shapes['a valley'], cosine: () => 0.5 }),
      );
      const counts =
        isDefault && runs.length <= 10 ? [...runs.keys(), runs.length] : [0, 1, runs.length - 1, runs.length];
      for (const count of new Set(counts)) {
        for (const fromTheEnd of [false, true]) {
          const isFinished = (/** @type {number} */ i) => (fromTheEnd ? i >= runs.length - count : i < count);
          const outcome = new Outcome(runs, (run) => {
            const i = runs.indexOf(run);
            return isFinished(i) ? recordings[i] : null;
          });
          told(texts, `${count} finished`, () => expectSound(experiment.report(outcome, values)));
        }
      }
    }
  });

  it.each(Object.entries(shapes))('has a report of numbers that are %s', (shape, value) => {
    for (const { texts, values } of cases) {
      const runs = experiment.runs(values);
      if (numbersOf(runs) > mostNumbers / 2 && Object.keys(texts).length > 0) continue;
      const quantities = { knowledge_norm: value, entropy: value, cosine: value, tensor_net: value, flow: value };
      const made = runs.map((run) =>
        recordingOf(run.settings, {
          ...quantities,
          lagrangian: value,
          weight_norm: value,
          outputs: (k) => value(k, 0),
        }),
      );
      const outcome = new Outcome(runs, (run) => made[runs.indexOf(run)]);
      told(texts, shape, () => expectSound(experiment.report(outcome, values)));
    }
  });
});

/**
 * Adds the controls to the message of a failure.
 * @param {Record<string, string>} texts
 * @param {string} what
 * @param {() => void} check
 */
function told(texts, what, check) {
  try {
    check();
  } catch (error) {
    throw new Error(`With ${JSON.stringify(texts)}, ${what}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
