// Views at any step of a run, with the real engine: steps are recomputed, and the newest request is answered.
import createSka from '#ska';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { Replay } from '../../web/engine/replay.js';
import { Viewing } from '../../web/engine/viewing.js';

// A message port in Node delivers a thousand messages before timers get a turn; in browsers timers are not starved.
vi.mock('../../web/engine/listen.js', () => ({ listen: () => new Promise((resolve) => setImmediate(resolve)) }));

/** @type {import('#ska').MainModule} */
let module;
beforeAll(async () => {
  module = await createSka();
});

/** @type {import('../../web/model/types.js').Config} */
const config = { layers: [5, 3], steps: 8, learning_rate: 0.1, seed: 1, shift_term: true };
const batch = { pixels: Uint8Array.from({ length: 54 }, (_, i) => (i * i * 7 + i) % 256), samples: 6 };
const labels = Uint8Array.of(0, 1, 2, 0, 1, 2);

/** The values that a separate engine has after a step. */
function expected(step = 0, settings = config, { pixels, samples } = batch) {
  const engine = new module.Engine(settings, pixels, samples);
  try {
    engine.advance(step + 1, () => {});
    return {
      weights: settings.layers.map((_, layer) => engine.weights(layer)),
      decisions: settings.layers.map((_, layer) => engine.decisions(layer)),
      knowledge: settings.layers.map((_, layer) => engine.knowledge(layer)),
    };
  } finally {
    engine.delete();
  }
}

/** @template T @param {Generator<void, T>} work @returns {T} */
function finished(work) {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

describe('a replay', () => {
  it('brings the engine to any step, later or earlier, with the same bits', () => {
    const replay = new Replay(module, 1);
    for (const step of [3, 3, 7, 0, 5, 4]) {
      const engine = finished(replay.to(config, batch, step));
      expect(engine.stepsDone).toBe(step + 1);
      expect([0, 1].map((layer) => engine.weights(layer))).toEqual(expected(step).weights);
      expect([0, 1].map((layer) => engine.decisions(layer))).toEqual(expected(step).decisions);
    }
    replay.forget();
  });

  it('goes on with the same engine where it can, and else frees it', () => {
    const before = module.heapBytesInUse();
    const replay = new Replay(module, 1);
    const first = finished(replay.to(config, batch, 2));
    expect(finished(replay.to({ ...config, layers: [...config.layers] }, batch, 4))).toBe(first);
    const earlier = finished(replay.to(config, batch, 3));
    expect(() => first.stepsDone).toThrow(/deleted/);
    const other = finished(replay.to({ ...config, seed: 2 }, batch, 3));
    expect(() => earlier.stepsDone).toThrow(/deleted/);
    finished(replay.to({ ...config, seed: 2 }, { ...batch }, 3));
    expect(() => other.stepsDone).toThrow(/deleted/);
    replay.forget();
    expect(module.heapBytesInUse()).toBe(before);
  });

  it('may be abandoned anywhere', () => {
    const replay = new Replay(module, 1);
    replay.to(config, batch, 6).next();
    replay.to({ ...config, seed: 3 }, batch, 6).next();
    expect(finished(replay.to(config, batch, 6)).weights(1)).toEqual(expected(6).weights[1]);
    replay.forget();
  });

  it.each([[-1], [8], [1.5], [NaN]])('has no step %d', (step) => {
    const replay = new Replay(module, 1);
    const error = new RangeError(`A run of 8 steps has the steps 0 to 7; ${step} was asked for.`);
    expect(() => finished(replay.to(config, batch, step))).toThrow(error);
    finished(replay.to(config, batch, 2));
    expect(() => finished(replay.to(config, batch, step))).toThrow(error);
    expect(finished(replay.to(config, batch, 3)).stepsDone).toBe(4);
    replay.forget();
  });

  it('says why a run fails, and shows its steps before', () => {
    const failing = { ...config, learning_rate: 1e300 };
    const replay = new Replay(module, 1);
    for (let round = 0; round < 2; ++round) {
      expect(() => finished(replay.to(failing, batch, 3))).toThrow(/^The run stopped at step 1, layer 1: /);
      expect(finished(replay.to(failing, batch, 0)).stepsDone).toBe(1);
    }
    replay.forget();
  });
});

describe('a viewing', () => {
  function start() {
    const viewing = new Viewing(Promise.resolve({ ska: module, threads: 1 }));
    viewing.show(batch, labels);
    return viewing;
  }

  it('looks at one step after another', async () => {
    const viewing = start();
    for (const step of [4, 1, 7]) {
      const look = await viewing.look({ config, step, neighbours: true, sample: 2 });
      expect(look?.step).toBe(step);
      expect(look?.layers.map(({ weights }) => weights)).toEqual(expected(step).weights);
      expect(look?.sample?.layers[1].knowledge).toEqual(expected(step).knowledge[1].slice(6, 9));
      expect(look?.pixelAccuracy).not.toBeNull();
    }
  });

  it('answers the newest wish, and the older ones with null', async () => {
    const viewing = start();
    const long = { ...config, layers: [300, 300], steps: 10_000 };
    const wishes = [
      { config: long, step: 9_999 },
      { config, step: 5 },
      { config, step: 3 },
    ];
    const looks = await Promise.all(wishes.map((wish) => viewing.look(wish)));
    expect(looks.map((look) => look && look.step)).toEqual([null, null, 3]);
    expect(looks[2]?.layers.map(({ weights }) => weights)).toEqual(expected(3).weights);
  });

  it('gives up a long look while it is at work', async () => {
    const viewing = start();
    const long = { ...config, layers: [1000, 1000], steps: 10_000 }; // would take minutes if completed
    const old = viewing.look({ config: long, step: 9_999 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const look = await viewing.look({ config, step: 6 });
    expect(look?.layers.map(({ weights }) => weights)).toEqual(expected(6).weights);
    expect(await old).toBeNull();
  });

  it('shows other samples at the same step', async () => {
    const viewing = start();
    expect(await viewing.sampleRow(0)).toBeNull();
    await viewing.look({ config, step: 4 });
    for (const sample of [0, 5]) {
      const row = await viewing.sampleRow(sample);
      expect([row?.step, row?.sample]).toEqual([4, sample]);
      const { knowledge, decisions } = expected(4);
      expect(row?.layers).toEqual(
        config.layers.map((neurons, layer) => ({
          knowledge: knowledge[layer].slice(sample * neurons, (sample + 1) * neurons),
          decisions: decisions[layer].slice(sample * neurons, (sample + 1) * neurons),
        })),
      );
    }
    await expect(viewing.sampleRow(6)).rejects.toThrow('The batch has samples 0 to 5; 6 was asked for.');
  });

  it('shows a sample at the step of the newest look, though that was wished for later', async () => {
    const viewing = start();
    const looks = [viewing.look({ config, step: 2 })];
    const row = viewing.sampleRow(1);
    looks.push(viewing.look({ config, step: 6 }));
    expect((await row)?.step).toBe(6);
    await Promise.all(looks);
  });

  it('goes on after a wish that cannot be fulfilled', async () => {
    const viewing = start();
    await expect(viewing.look({ config: { ...config, layers: [0] }, step: 1 })).rejects.toThrow(
      'Layer 1 has 0 neurons; a layer has 1 to 4096.',
    );
    expect(await viewing.sampleRow(0)).toBeNull();
    await expect(viewing.look({ config, step: 8 })).rejects.toThrow(RangeError);
    await expect(viewing.look({ config, step: 1, sample: 99 })).rejects.toThrow(RangeError);
    expect((await viewing.look({ config, step: 1 }))?.step).toBe(1);
  });

  it('looks at the samples it was shown last', async () => {
    const viewing = start();
    await viewing.look({ config, step: 3 });
    const other = { pixels: batch.pixels.slice().reverse(), samples: 6 };
    viewing.show(other, labels);
    const look = await viewing.look({ config, step: 3 });
    expect(look?.layers.map(({ weights }) => weights)).toEqual(expected(3, config, other).weights);
  });

  it('says why there is no engine', async () => {
    const viewing = new Viewing(Promise.reject(new Error('The engine could not be started (no memory).')));
    viewing.show(batch, labels);
    await expect(viewing.look({ config, step: 0 })).rejects.toThrow('The engine could not be started (no memory).');
    expect(await viewing.sampleRow(0)).toBeNull();
  });
});
