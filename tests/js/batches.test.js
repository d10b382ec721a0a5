// Samples that the page gives a run, and the files it fetches for them.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import createSka from '#ska';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { numpySamples } from '../golden/numpy-samples.js';
import { Batches } from '../../web/data/batches.js';
import { classInWords, classTitle, filesFor, setNames, sets } from '../../web/model/sets.js';

/** @typedef {import('../../web/model/settings.js').DataSettings} Data */

const dataDir = new URL('../../public/data/', import.meta.url);
/** @param {string} name */
const fileOf = (name) => readFileSync(new URL(name, dataDir));
const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** @type {import('#ska').MainModule} */
let ska;
/** @type {string[]} names of the requested image files, without extensions */
let fetched = [];
/** @type {(number | null)[]} */
let progress = [];

beforeAll(async () => {
  ska = await createSka();
});
beforeEach(() => {
  fetched = [];
  progress = [];
  vi.stubGlobal('document', { baseURI: 'https://example.org/ska/' });
  vi.stubGlobal('fetch', async (/** @type {URL} */ url) => {
    const name = String(url.pathname.split('/').at(-1));
    if (name.includes('-images-')) fetched.push(name.slice(0, name.indexOf('-images-')));
    const bytes = fileOf(name);
    return new Response(new Uint8Array(bytes), { headers: { 'Content-Length': String(bytes.length) } });
  });
});
afterEach(() => vi.unstubAllGlobals());

const batches = () =>
  new Batches(
    async (labels, { per_class, classes, data_seed }) => ska.sampleIndices(labels, { per_class, classes, data_seed }),
    (share) => progress.push(share),
  );

/** @param {Partial<Data>} change @returns {Data} */
const data = (change) => ({ set: 'mnist', per_class: 100, classes: all, data_seed: null, ...change });

/** @param {import('../../web/model/sets.js').SetName} set */
const labelsOf = (set) => gunzipSync(fileOf(`${sets[set].whole}-labels-idx1-ubyte.gz`)).subarray(8);

describe('the samples of a run', () => {
  it('are the papers’ subset by default, with their indices in MNIST, from the small file', async () => {
    const found = await batches().of(data({}));
    expect(found.samples).toBe(1000);
    expect([...found.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect(found.indices.at(-1)).toBe(1105);
    expect(fetched).toEqual(['mnist-paper']);
    expect(progress).toEqual([]);
  });

  it.each(setNames)('of %s are the first of each class in its order, whichever file they come from', async (set) => {
    const labels = labelsOf(set);
    const images = gunzipSync(fileOf(`${sets[set].whole}-images-idx3-ubyte.gz`)).subarray(16);
    for (const per_class of [7, 100, 101]) {
      const seen = Array(10).fill(0);
      const expected = [...labels.keys()].filter((i) => ++seen[labels[i]] <= per_class);
      const found = await batches().of(data({ set, per_class }));
      expect(found.indices).toEqual(expected);
      expect([...found.labels]).toEqual(expected.map((i) => labels[i]));
      const last = Number(expected.at(-1));
      expect(Buffer.from(found.pixels.subarray(-784)).equals(images.subarray(784 * last, 784 * last + 784))).toBe(true);
    }
    const { whole, first } = sets[set];
    expect(fetched).toEqual([first ?? whole, first ?? whole, whole]);
  });

  it.each(numpySamples())('of $set with data seed $seed are NumPy’s', async ({ set, seed, indices }) => {
    const found = await batches().of(data({ set, per_class: 10, data_seed: seed }));
    expect(found.indices).toEqual(indices.flat());
    expect([...found.labels]).toEqual(all.flatMap((label) => Array(10).fill(label)));
  });

  it('of some classes are of those', async () => {
    const found = await batches().of(data({ set: 'fashion-mnist', per_class: 2, classes: [0, 9] }));
    const labels = labelsOf('fashion-mnist');
    const first = (/** @type {number} */ label) => [...labels.keys()].filter((i) => labels[i] === label).slice(0, 2);
    expect(found.indices).toEqual([...first(0), ...first(9)].sort((a, b) => a - b));
    expect(fetched).toEqual(['fashion-mnist-first']);
  });

  it('can be as many as the smallest class has', async () => {
    for (const set of setNames) {
      const { perClass } = sets[set];
      const counts = all.map((label) => labelsOf(set).filter((each) => each === label).length);
      expect(Math.min(...counts)).toBe(perClass);
      expect(labelsOf(set).length).toBe(sets[set].count);
    }
    const { perClass } = sets['mnist-test'];
    expect((await batches().of(data({ set: 'mnist-test', per_class: perClass }))).samples).toBe(10 * perClass);
  });

  it('tell how far a whole set has come', async () => {
    await batches().of(data({ set: 'mnist-test' }));
    expect(progress.at(-2)).toBe(1);
    expect(progress.at(-1)).toBe(null);
  });

  it('tell of the download that was begun last, where there are two', async () => {
    const found = batches();
    const asked = [data({ set: 'mnist-test' }), data({ set: 'fashion-mnist-test' })].map((each) => found.of(each));
    await Promise.all(asked);
    const shares = progress.map((share) => share ?? 2);
    // Each share rises from 0 to 1; if both were reported, they would alternate.
    const falls = shares.filter((share, i) => i > 0 && share < shares[i - 1]);
    expect(falls.length).toBeLessThanOrEqual(1);
    expect(progress.at(-1)).toBe(null);
  });

  it('that broke off leave no progress behind, though their images still come', async () => {
    const answering = fetch;
    /** @type {ReadableStreamDefaultController<Uint8Array> | null} */
    let images = null;
    vi.stubGlobal('fetch', async (/** @type {URL} */ url) => {
      if (url.pathname.includes('-labels-')) return new Response('', { status: 500 });
      const body = new ReadableStream({ start: (controller) => void (images = controller) });
      return new Response(body, { headers: { 'Content-Length': '10' } });
    });
    const found = batches();
    const asked = found.of(data({ set: 'mnist-test' }));
    await expect(asked).rejects.toThrow(/labels-idx1-ubyte\.gz gave 500/);
    expect(progress.at(-1)).toBe(null);
    const stream = /** @type {any} */ (images);
    stream.enqueue(new Uint8Array(5));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(progress.at(-1)).toBe(null);
    stream.error(new Error('The network is gone.'));
    vi.stubGlobal('fetch', answering);
    expect((await found.of(data({ set: 'mnist-test' }))).samples).toBe(1000);
    // The failed images are requested again. Wait for it, or the request would count in the next test.
    await vi.waitFor(() => expect(fetched).toEqual(['t10k', 't10k']), { timeout: 30_000 });
  });

  it('that break off midway are told of, and asked for again', async () => {
    const answering = fetch;
    vi.stubGlobal('fetch', async (/** @type {URL} */ url) => {
      if (url.pathname.includes('-labels-')) return answering(url);
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array(5));
          setTimeout(() => controller.error(new TypeError('network error')));
        },
      });
      return new Response(body, { headers: { 'Content-Length': '10' } });
    });
    const found = batches();
    await expect(found.of(data({ set: 'mnist-test' }))).rejects.toThrow(
      /^The digits could not be loaded: data\/t10k-images-idx3-ubyte\.gz broke off\.$/,
    );
    expect(progress.at(-1)).toBe(null);
    vi.stubGlobal('fetch', answering);
    expect((await found.of(data({ set: 'mnist-test' }))).samples).toBe(1000);
  });

  it('come from two whole sets in memory at the most, and those asked for last', async () => {
    const kept = batches();
    const ask = (/** @type {import('../../web/model/sets.js').SetName} */ set) => kept.of(data({ set, data_seed: 1 }));
    for (const set of /** @type {const} */ (['mnist', 'mnist-test', 'mnist'])) await ask(set);
    expect(fetched).toEqual(['train', 't10k']);
    await ask('fashion-mnist-test'); // replaces the least recently requested set: mnist-test
    await ask('mnist');
    expect(fetched).toEqual(['train', 't10k', 'fashion-mnist-t10k']);
    await ask('mnist-test');
    expect(fetched).toEqual(['train', 't10k', 'fashion-mnist-t10k', 't10k']);
  });

  it('that could not be had are asked for again', async () => {
    const answering = fetch;
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    const tried = batches();
    await expect(tried.of(data({ set: 'fashion-mnist' }))).rejects.toThrow(
      /^The images could not be loaded: data\/fashion-mnist-first-.*\.gz gave 404\. This site was built without Fashion-MNIST; MNIST’s digits are there\.$/,
    );
    await expect(tried.of(data({}))).rejects.toThrow(
      /^The digits could not be loaded: data\/mnist-paper-.*\.gz gave 404\.$/,
    );
    vi.stubGlobal('fetch', answering);
    expect((await tried.of(data({ set: 'fashion-mnist' }))).samples).toBe(1000);
  });

  it('that the site does not have are told of where its host answers with a page', async () => {
    vi.stubGlobal('fetch', async () => new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } }));
    await expect(batches().of(data({ set: 'fashion-mnist-test' }))).rejects.toThrow(
      /^The images could not be loaded: there is no data\/fashion-mnist-t10k-.*\.gz\. This site was built without/,
    );
  });
});

describe('a data set', () => {
  it('needs its small files alone where these have enough', () => {
    const files = (/** @type {Partial<Data>} */ change) => filesFor(data(change)).files;
    expect([files({}), files({ per_class: 101 }), files({ data_seed: 0 })]).toEqual(['mnist-paper', 'train', 'train']);
    expect(files({ set: 'fashion-mnist' })).toBe('fashion-mnist-first');
    expect(files({ set: 'mnist-test', per_class: 1 })).toBe('t10k');
  });
  it('has names for its classes', () => {
    expect(classInWords('mnist', 8)).toBe('a 8');
    expect(classInWords('fashion-mnist', 3)).toBe('a Dress (class 3)');
    expect(classInWords('fashion-mnist-test', 9)).toBe('an Ankle boot (class 9)');
    expect([classTitle('mnist-test', 3), classTitle('fashion-mnist', 0)]).toEqual(['3', '0: T-shirt/top']);
  });
});
