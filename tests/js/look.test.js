// The view inside the network, with the real engine.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import createSka from '#ska';
import { beforeAll, describe, expect, it } from 'vitest';

import { LabelledBatch, lookInside, sampleRow } from '../../web/model/look.js';
import { parseDigits } from '../../web/data/idx.js';
import { papersRun, pixelsOf } from '../golden/exact-runs.js';
import { goldenDefault, tolerance } from '../golden/golden.js';

/** @typedef {import('../../web/model/look.js').Look} Look */

/** @type {import('#ska').MainModule} */
let module;
beforeAll(async () => {
  module = await createSka();
});

/**
 * The result of a generator, run to its end.
 * @template T
 * @param {Generator<void, T>} work
 * @returns {T}
 */
function finished(work) {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const norm = (/** @type {ArrayLike<number>} */ values) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0));

describe('a look at the papers’ run', () => {
  const run = papersRun();
  const read = (/** @type {string} */ name) =>
    new Uint8Array(
      gunzipSync(readFileSync(new URL(`../../public/data/mnist-paper-${name}-ubyte.gz`, import.meta.url))),
    );
  const names = { images: 'images-idx3', labels: 'labels-idx1', indices: '' };
  const { pixels, labels, count } = parseDigits(read(names.images), read(names.labels), null, names);
  const labelled = new LabelledBatch({ pixels, samples: count }, labels);
  const last = run.config.steps - 1;
  const steps = [0, 1, last];
  /** @type {Map<number, { look: Look, knowledge: Float32Array[], decisions: Float32Array[] }>} */
  const seen = new Map();
  const at = (/** @type {number} */ step) => /** @type {NonNullable<ReturnType<typeof seen.get>>} */ (seen.get(step));

  beforeAll(() => {
    const engine = new module.Engine(run.config, pixelsOf(run), run.samples);
    for (const step of steps) {
      engine.advance(step + 1 - engine.stepsDone, () => {});
      seen.set(step, {
        look: finished(lookInside(engine, run.config, labelled, { neighbours: true, sample: 7 })),
        knowledge: run.config.layers.map((_, layer) => engine.knowledge(layer)),
        decisions: run.config.layers.map((_, layer) => engine.decisions(layer)),
      });
    }
    engine.delete();
  });

  it('has the sizes of the network', () => {
    for (const step of steps) {
      const { look } = at(step);
      expect(look.step).toBe(step);
      expect(look.neighbourSamples).toBe(1000);
      expect(look.layers.map(({ inputs, neurons }) => [inputs, neurons])).toEqual([
        [784, 256],
        [256, 128],
        [128, 64],
        [64, 10],
      ]);
      for (const { inputs, neurons, weights } of look.layers) expect(weights).toHaveLength(inputs * neurons);
    }
  });

  it('shows the weights after the step’s update', () => {
    goldenDefault('weight_norm').forEach((golden, layer) => {
      for (const step of steps.slice(1)) {
        const difference = Math.abs(norm(at(step).look.layers[layer].weights) - golden[step - 1]);
        expect(difference).toBeLessThanOrEqual(tolerance('weight_norm', golden));
      }
      expect(at(1).look.layers[layer].weights).not.toEqual(at(0).look.layers[layer].weights);
    });
    // Step 0 changes nothing, so these are the initial weights.
    const drawn = [0.01926915, 0.01487284, 0.00900717, -0.02105521];
    drawn.forEach((value, i) => expect(at(0).look.layers[0].weights[i]).toBeCloseTo(value, 8));
  });

  it('shows the Z and D that the step saw, before its update', () => {
    goldenDefault('knowledge_norm').forEach((golden, layer) => {
      for (const step of steps) {
        const difference = Math.abs(norm(at(step).knowledge[layer]) - golden[step]);
        expect(difference).toBeLessThanOrEqual(tolerance('knowledge_norm', golden));
      }
    });
  });

  it('counts every Z and D in its histogram', () => {
    for (const step of steps) {
      at(step).look.layers.forEach(({ neurons, zHistogram, dHistogram }, layer) => {
        for (const { counts } of [zHistogram, dHistogram]) {
          expect(counts.reduce((sum, n) => sum + n, 0)).toBe(1000 * neurons);
        }
        const knowledge = Array.from(at(step).knowledge[layer]);
        expect(zHistogram.range).toEqual([
          knowledge.reduce((a, b) => Math.min(a, b)),
          knowledge.reduce((a, b) => Math.max(a, b)),
        ]);
        expect(dHistogram.range).toEqual([0, 1]);
      });
    }
  });

  it('shows the row of the sample in every layer', () => {
    for (const step of steps) {
      const { look, knowledge, decisions } = at(step);
      expect([look.sample?.step, look.sample?.sample]).toEqual([step, 7]);
      look.sample?.layers.forEach((row, layer) => {
        const neurons = run.config.layers[layer];
        expect(row.knowledge).toEqual(knowledge[layer].slice(7 * neurons, 8 * neurons));
        expect(row.decisions).toEqual(decisions[layer].slice(7 * neurons, 8 * neurons));
      });
    }
  });

  it('finds how alike the samples have become after the run', () => {
    // From the reference, in double precision.
    const { layers } = at(last).look;
    expect(layers.map(({ spread }) => Number(spread.toPrecision(3)))).toEqual([0.0425, 4.99e-4, 2.18e-5, 3.34e-6]);
    expect(layers.map(({ commonShare }) => Number((1 - commonShare).toPrecision(3)))).toEqual([
      0.0641, 3.18e-4, 1.87e-7, 3.04e-10,
    ]);
  });

  it('finds 88.0 % of the neighbours of raw pixels right', () => {
    expect(at(0).look.pixelAccuracy).toBe(0.88);
    expect(at(last).look.pixelAccuracy).toBe(0.88);
  });

  /**
   * Number of samples whose nearest neighbour could have another label if each D were off by half a unit in the last
   * place of a float. The engine's arithmetic cannot decide these.
   * @param {Float32Array} decisions (1000, neurons)
   * @param {number} neurons
   */
  function undecided(decisions, neurons) {
    const off = 2 ** -25 * Math.sqrt(neurons); // bound on the error of one sample, as a distance
    let found = 0;
    for (let i = 0; i < count; ++i) {
      let same = Infinity;
      let other = Infinity;
      for (let j = 0; j < count; ++j) {
        if (j === i) continue;
        let sum = 0;
        for (let k = 0; k < neurons; ++k) sum += (decisions[i * neurons + k] - decisions[j * neurons + k]) ** 2;
        if (labels[i] === labels[j]) same = Math.min(same, sum);
        else other = Math.min(other, sum);
      }
      if (Math.abs(Math.sqrt(same) - Math.sqrt(other)) <= 4 * off) ++found; // two distances, each between two samples
    }
    return found;
  }

  // From the reference, in double precision. "Before the run" is after the first step, which changes nothing.
  it.each([
    ['before the run', 0, [875, 847, 811, 493]],
    ['after the run', last, [637, 269, 141, 137]],
  ])('finds as many neighbours right as the reference, %s, where floats can tell', (_, step, right) => {
    right.forEach((expected, layer) => {
      const neurons = run.config.layers[layer];
      const unsure = undecided(at(step).decisions[layer], neurons);
      const share = expected / count;
      // An undecided sample is correct by chance, here and in the reference. Allow three standard deviations of the
      // difference.
      const allowed = Math.min(unsure, 3 * Math.sqrt(2 * unsure * share * (1 - share)));
      const found = Math.round(Number(at(step).look.layers[layer].neighbourAccuracy) * count);
      expect(Math.abs(found - expected), `layer ${layer + 1}, ${unsure} undecided`).toBeLessThanOrEqual(allowed);
    });
  });
});

describe('a look at a small run', () => {
  /** @type {import('../../web/model/types.js').Config} */
  const config = { layers: [3, 2], steps: 4, learning_rate: 0.1, seed: 1, shift_term: true };

  /** @template T @param {number} samples @param {(engine: import('#ska').Engine, labelled: LabelledBatch) => T} use */
  function withEngine(samples, use) {
    const batch = { pixels: Uint8Array.from({ length: samples * 2 }, (_, i) => (37 * i) % 256), samples };
    const labels = Uint8Array.from({ length: samples }, (_, i) => i % 2);
    const engine = new module.Engine(config, batch.pixels, samples);
    try {
      engine.advance(2, () => {});
      return use(engine, new LabelledBatch(batch, labels));
    } finally {
      engine.delete();
    }
  }

  it('seeks no neighbours unasked, and shows no sample', () => {
    const look = withEngine(5, (engine, labelled) => finished(lookInside(engine, config, labelled, {})));
    expect([look.step, look.pixelAccuracy, look.sample]).toEqual([1, null, null]);
    expect(look.layers.map(({ neighbourAccuracy }) => neighbourAccuracy)).toEqual([null, null]);
  });

  it('at a single sample finds no neighbours and no spread', () => {
    const look = withEngine(1, (engine, labelled) =>
      finished(lookInside(engine, config, labelled, { neighbours: true })),
    );
    expect(look.pixelAccuracy).toBeNull();
    for (const layer of look.layers) {
      expect([layer.neighbourAccuracy, layer.spread, layer.commonShare]).toEqual([null, 0, 1]);
    }
  });

  it('seeks neighbours among samples from all of a large batch', () => {
    const labelled = new LabelledBatch(
      { pixels: new Uint8Array(10_000), samples: 10_000 },
      Uint8Array.from({ length: 10_000 }, (_, i) => Math.floor(i / 2000)),
    );
    const chosen = labelled.chosen;
    expect(chosen).toHaveLength(4000);
    expect(chosen.slice(0, 5)).toEqual([0, 2, 5, 7, 10]);
    expect(labelled.chosenLabels.filter((label) => label === 4)).toHaveLength(800);
  });

  it('computes the accuracy of the pixels once', () => {
    withEngine(5, (_, labelled) => {
      const first = [...labelled.pixelAccuracy()];
      expect(first).toHaveLength(5);
      expect([...labelled.pixelAccuracy()]).toHaveLength(0);
    });
  });

  it.each([[-1], [5], [0.5], [NaN]])('has no sample %d', (sample) => {
    withEngine(5, (engine, labelled) => {
      expect(() => sampleRow(engine, config, labelled.batch, sample)).toThrow(
        new RangeError(`The batch has samples 0 to 4; ${sample} was asked for.`),
      );
    });
  });
});
