// Permanent compatibility: links, run cards, weights and other files of version 1 are read to the same settings and
// bits.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { quantities } from '../../web/model/record.js';
import { experiments as declared } from '../../web/experiments/all.js';
import { decodeExperiment } from '../../web/link/experiment-link.js';
import { decodeLink } from '../../web/link/link.js';
import { readNpz } from '../../web/files/npz.js';
import { readRunCard } from '../../web/files/run-card.js';
import {
  bytesOf,
  cards,
  digestOf,
  embeds,
  experiments,
  jsonOf,
  links,
  oldest,
  pathOf,
  startedLink,
  textOf,
  weights,
} from '../fixtures/v1.js';
import { fileOf, parseCsv } from '../golden/golden.js';

/** @typedef {import('../../web/model/recording.js').Recording} Recording */

describe('a link', () => {
  it.each(links)('of $what', ({ what, hash, ...said }) => {
    const { link, complaints } = decodeLink(hash);
    expect(complaints).toEqual([]);
    const { settings, view, step, hide, fingerprint } = link;
    expect({ settings, view, step, hide }).toMatchObject({
      settings: said.settings,
      view: said.view,
      step: said.step,
      hide: said.hide,
    });
    expect(fingerprint).toBe(what.endsWith('not shared') ? null : said.fingerprint);
  });

  it('of the papers’ run promises the published fingerprint', () => {
    const [papers] = links.filter(({ what }) => what === 'the papers’ run');
    expect(decodeLink(papers.hash).link.fingerprint).toBe('701fa23f76377a318aa8c49b6fb059ba');
  });

  it('to a run from given weights promises no fingerprint: it cannot hold the weights', () => {
    const { link, complaints } = decodeLink(startedLink);
    expect([link.settings.config.layers, link.fingerprint, complaints]).toEqual([[3, 2], null, []]);
  });

  it('of an embedded chart', () => {
    for (const { hash } of embeds) {
      const { link, complaints } = decodeLink(hash);
      expect(complaints).toEqual([]);
      expect(link.settings.config).toMatchObject({ layers: [8, 4], steps: 5 });
    }
  });

  it.each(experiments)('of the experiment $name', ({ name, ...said }) => {
    const read = decodeExperiment(said.hash, declared);
    expect(read).toMatchObject({ name, values: said.values, complaints: [] });
    const runs = declared.get(name)?.runs(read.values);
    expect(runs).toMatchObject(said.runs.map((/** @type {any} */ { key, settings }) => ({ key, settings })));
  });

  it('is there for every experiment of version 1', () => {
    expect(experiments.map(({ name }) => name)).toEqual([
      ...['time-invariance', 'gradient-term', 'per-class', 'entropy-state', 'tensor-net', 'how-far', 'papers'],
    ]);
  });
});

/** @param {Recording} recording */
const rowsOf = (recording) => Array.from({ length: recording.steps }, (_, k) => recording.at(k).values);

/** @param {string} file @returns {any} */
const cardOf = (file) => cards.find((card) => card.file === file);

/** @param {string} file */
function read(file) {
  const { card, recording, faults } = readRunCard(textOf(`cards/${file}`));
  expect(faults).toEqual([]);
  if (!card) throw new Error(`${file} was not read.`);
  return { card, recording };
}

describe('a run card', () => {
  it('is there for every file', () => {
    expect(cards.map(({ file }) => file).sort()).toEqual(readdirSync(pathOf('cards')).sort());
  });

  it.each(cards)('of $what', (said) => {
    const { card, recording } = read(said.file);
    const { settings, fingerprint } = said;
    expect(card).toMatchObject({ settings, fingerprint });
    expect(card.name).toBe(said.name ?? 'A run of the SKA Lab');
    expect(card.created).toBe(jsonOf(`cards/${said.file}`).created);
    expect(recording.config).toMatchObject(settings.config);
    expect(recording.fast).toBe(settings.fast);
    expect(recording.fingerprint).toBe(fingerprint);
    expect(recording.steps).toBe(said.steps);
    expect(digestOf(rowsOf(recording))).toBe(said.values);
  });

  it('of the papers’ run has the published numbers', () => {
    const { recording } = read('papers.json');
    expect(recording.fingerprint).toBe('701fa23f76377a318aa8c49b6fb059ba');
    const minima = [-6931.37, -8234.07, -3828.72, -254.17]; // published with two decimals
    minima.forEach((minimum, layer) => expect(Math.min(...recording.series('entropy', layer))).toBeCloseTo(minimum, 2));
  });

  it('says what kind of run it is of', () => {
    expect(read('paused.json').recording.steps).toBeLessThan(read('paused.json').card.settings.config.steps);
    expect(read('fast.json').card).toMatchObject({ settings: { fast: true }, fingerprint: null });
    expect(read('started.json').card.start?.digest).toMatch(/^[0-9a-f]{32}$/);
    expect(read('shuffled.json').card.settings.data).toEqual({
      ...{ set: 'mnist-test', per_class: 3, classes: [3, 8], data_seed: 7 },
    });
    expect(read('variants.json').card.name).toBe('Größe η → 0: «первый» <b>数字</b> 🙂 "1"');
  });

  it('of before there were other data sets and variants', () => {
    const { card, recording, faults } = readRunCard(JSON.stringify(oldest.card));
    expect(faults).toEqual([]);
    const said = cardOf('layers.json');
    expect(card).toMatchObject({ settings: said.settings, fingerprint: said.fingerprint, name: said.name });
    expect(recording && digestOf(rowsOf(recording))).toBe(said.values);
  });
});

it('weights are the numbers that the run ended with', () => {
  const { layers } = readNpz(new Uint8Array(bytesOf('files/weights.npz')));
  expect(layers).toHaveLength(weights.layers.length);
  const { recording } = read('layers.json');
  layers.forEach(({ inputs, neurons, weights: values, biases }, l) => {
    const said = weights.layers[l];
    expect([inputs, neurons, [...biases], [...values.slice(0, 4)]]).toEqual([
      ...[said.inputs, said.neurons, said.biases, said.first],
    ]);
    // 2352 squares of floats, summed as doubles in two different orders: an error of at most 2352 · 2⁻⁵³ of the sum.
    const recorded = recording.series('weight_norm', l)[recording.records - 1];
    expect(Math.abs(Math.hypot(...values) / recorded - 1)).toBeLessThan(2352 * 2 ** -53);
  });
});

describe('the CSV files in a zip', () => {
  const files = unzipSync(new Uint8Array(bytesOf('files/csv.zip')));
  const { recording } = read('fashion.json');

  it.each(quantities)('%s has the numbers of the run card', (quantity) => {
    const { values } = parseCsv(strFromU8(files[`${fileOf[quantity]}.csv`]));
    const first = quantity === 'knowledge_norm' ? 0 : 1;
    const ofLayer = (/** @type {number} */ layer) =>
      rowsOf(recording)
        .slice(first)
        .map((_, k) => recording.at(k + first).of(quantity)[layer]);
    expect(values).toEqual(recording.config.layers.map((_, layer) => ofLayer(layer)));
  });

  it('have the outputs and a run.json of the run', () => {
    const { values } = parseCsv(strFromU8(files['output_neuron_activation.csv']));
    expect(values).toEqual(rowsOf(recording).map((_, k) => [...recording.at(k).outputs]));
    const run = JSON.parse(strFromU8(files['run.json']));
    const { config, data } = cardOf('fashion.json').settings;
    expect(run.config).toMatchObject(config);
    expect([run.data.images, run.data.classes, run.data.per_class]).toEqual([data.set, data.classes, data.per_class]);
    expect(run.fingerprint).toBe(recording.fingerprint);
  });
});

it('indices name the samples that the run card has the digest of', () => {
  const rows = parseCsv(textOf('files/indices.csv')).values;
  const set = new URL('../../public/data/fashion-mnist-train', import.meta.url);
  const data = (/** @type {string} */ kind, /** @type {number} */ head) =>
    gunzipSync(readFileSync(`${set.pathname}-${kind}-ubyte.gz`)).subarray(head);
  const [images, labels] = [data('images-idx3', 16), data('labels-idx1', 8)];
  const hash = createHash('sha256');
  for (const [index, label] of rows) {
    expect(labels[index]).toBe(label);
    hash.update(images.subarray(784 * index, 784 * (index + 1)));
  }
  expect(rows).toHaveLength(12);
  expect(hash.digest('hex').slice(0, 32)).toBe(jsonOf('cards/fashion.json').data.digest);
});
