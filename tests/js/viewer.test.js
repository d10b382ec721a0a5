// The page's viewer and its worker's script, communicating without a thread between them.
import createSka from '#ska';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { smallBuild } from '../../web/engine/builds.js';
import { Viewer } from '../../web/engine/viewer.js';

/** @type {import('#ska').MainModule} */
let module;
beforeAll(async () => {
  module = await createSka();
});

const loadEngine = vi.hoisted(() => vi.fn());
vi.mock('../../web/engine/load.js', () => ({ loadEngine }));
const compiled = { error: { name: 'Error', message: 'of no use here' } };
vi.mock('../../web/engine/modules.js', () => ({ compiled: async () => compiled }));

/** Messages posted to the worker, and buffers transferred to the page. */
let posted = /** @type {any[]} */ ([]);
let given = 0;

/** @param {unknown} data */
const message = (data) => Object.assign(new Event('message'), { data });

/**
 * A worker in this thread. Messages are copied and delivered asynchronously, as between threads. Its `self` stays in
 * place, for work that ends after its test.
 */
class NearWorker extends EventTarget {
  #inside = new EventTarget();
  #ready;
  #ended = false;

  constructor() {
    super();
    const scope = Object.assign(this.#inside, {
      postMessage: (/** @type {any} */ data, /** @type {{ transfer?: ArrayBuffer[] }} */ options) => {
        if (this.#ended) return;
        given += options?.transfer?.length ?? 0;
        const copy = structuredClone(data, options);
        setTimeout(() => this.#ended || this.dispatchEvent(message(copy)));
      },
    });
    vi.stubGlobal('self', scope);
    vi.resetModules();
    this.#ready = import('../../web/engine/viewer-worker.js');
  }

  /** @param {any} data */
  postMessage(data) {
    posted.push(data);
    const copy = structuredClone(data);
    this.#ready.then(() => setTimeout(() => this.#ended || this.#inside.dispatchEvent(message(copy))));
  }

  terminate() {
    this.#ended = true;
  }
}

beforeEach(() => {
  posted = [];
  given = 0;
  loadEngine.mockImplementation(async (build) => ({ ska: module, build }));
  vi.stubGlobal('Worker', NearWorker);
});

/** @type {import('../../web/model/types.js').Config} */
const config = { layers: [5, 3], steps: 8, learning_rate: 0.1, seed: 1, shift_term: true };
const batch = { pixels: Uint8Array.from({ length: 54 }, (_, i) => (i * i * 7 + i) % 256), samples: 6 };
const labels = Uint8Array.of(0, 1, 2, 0, 1, 2);
const wish = { config, batch, labels, step: 4 };

describe('a viewer', () => {
  it('looks inside, with weights that were given and not copied', async () => {
    const viewer = new Viewer(smallBuild);
    const look = await viewer.look({ ...wish, sample: 1 });
    const engine = new module.Engine(config, batch.pixels, batch.samples);
    engine.advance(5, () => {});
    expect(look?.layers.map(({ weights }) => weights)).toEqual([engine.weights(0), engine.weights(1)]);
    expect(look?.sample?.layers[0].decisions).toEqual(engine.decisions(0).slice(5, 10));
    engine.delete();
    expect(given).toBe(2 + 2 * 2); // weights of two layers, and one row of Z and D of each
    expect(loadEngine.mock.lastCall).toEqual([smallBuild, compiled]);
    viewer.dispose();
  });

  it('starts its worker once more where the first does not start', async () => {
    let attempts = 0;
    vi.stubGlobal(
      'Worker',
      class extends NearWorker {
        constructor() {
          super();
          attempts += 1;
          if (attempts === 1) queueMicrotask(() => this.dispatchEvent(new Event('error')));
        }
      },
    );
    const viewer = new Viewer(smallBuild);
    expect((await viewer.look(wish))?.step).toBe(4);
    expect(attempts).toBe(2);
    viewer.dispose();
  });

  it('sends a batch once', async () => {
    const viewer = new Viewer(smallBuild);
    for (const step of [1, 2, 0]) await viewer.look({ ...wish, step });
    await viewer.look({ ...wish, labels: labels.slice() });
    await viewer.look({ ...wish, batch: { ...batch } });
    expect(posted.map(({ kind }) => kind).filter((kind) => kind !== 'load')).toEqual([
      'show',
      'look',
      'look',
      'look',
      'show',
      'look',
      'show',
      'look',
    ]);
    viewer.dispose();
  });

  it('answers older wishes with null, at once', async () => {
    const viewer = new Viewer(smallBuild);
    /** @type {[number, unknown][]} */
    const order = [];
    await Promise.all(
      [1, 2, 3].map(async (step) => {
        order.push([step, (await viewer.look({ ...wish, step }))?.step]);
      }),
    );
    expect(order).toEqual([
      [1, undefined],
      [2, undefined],
      [3, 3],
    ]);
    viewer.dispose();
  });

  it('shows other samples at the same step, and a newer look takes none of them away', async () => {
    const viewer = new Viewer(smallBuild);
    expect(await viewer.sampleRow(0)).toBeNull();
    await viewer.look(wish);
    const rows = [viewer.sampleRow(3), viewer.sampleRow(5)];
    const look = viewer.look({ ...wish, step: 6 });
    expect((await Promise.all(rows)).map((row) => row?.sample)).toEqual([3, 5]);
    expect((await look)?.step).toBe(6);
    viewer.dispose();
  });

  it('passes on what is wrong with a wish, and goes on', async () => {
    const viewer = new Viewer(smallBuild);
    const faulty = { ...config, layers: [0] };
    await expect(viewer.look({ ...wish, config: faulty })).rejects.toMatchObject({
      name: 'RangeError',
      faults: [{ field: 'layers', message: 'Layer 1 has 0 neurons; a layer has 1 to 4096.' }],
    });
    await expect(viewer.look({ ...wish, labels: Uint8Array.of(1) })).rejects.toThrow(
      'There are 6 samples and 1 labels; they should be as many.',
    );
    expect((await viewer.look(wish))?.step).toBe(4);
    await expect(viewer.sampleRow(6)).rejects.toThrow('The batch has samples 0 to 5; 6 was asked for.');
    viewer.dispose();
  });

  it('says so where the engine cannot be had', async () => {
    loadEngine.mockRejectedValue(new Error('The engine could not be started (no memory).'));
    const viewer = new Viewer(smallBuild);
    await expect(viewer.look(wish)).rejects.toThrow('The engine could not be started (no memory).');
    viewer.dispose();
  });

  it('says so where the worker is lost', async () => {
    vi.stubGlobal(
      'Worker',
      class extends NearWorker {
        constructor() {
          super();
          queueMicrotask(() => this.dispatchEvent(Object.assign(new Event('error'), { message: 'out of reach' })));
        }
      },
    );
    const viewer = new Viewer(smallBuild);
    const look = viewer.look(wish);
    const words = 'The second engine could not be started: out of reach';
    await expect(look).rejects.toThrow(words);
    await expect(viewer.look(wish)).rejects.toThrow(words);
    await expect(viewer.sampleRow(0)).rejects.toThrow(words);
  });

  it('answers with null once it is disposed of', async () => {
    const viewer = new Viewer(smallBuild);
    const look = viewer.look(wish);
    viewer.dispose();
    expect(await look).toBeNull();
    expect(await viewer.look(wish)).toBeNull();
    expect(await viewer.sampleRow(0)).toBeNull();
  });
});
