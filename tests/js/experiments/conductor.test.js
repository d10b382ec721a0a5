import { describe, expect, it } from 'vitest';

import { Conductor } from '../../../web/experiments/conductor.js';
import { recordLength } from '../../../web/model/record.js';
import { defaultSettings } from '../../../web/model/settings.js';

/** @param {number} steps @param {number} [seed] */
const declared = (steps, seed = 1) => ({
  key: `${steps}-${seed}`,
  name: `${steps} steps`,
  settings: { ...defaultSettings, config: { ...defaultSettings.config, layers: [1], steps, seed } },
});

/** @param {number} seed */
function large(seed) {
  const run = declared(300, seed);
  run.settings.config.layers = [4096];
  return run;
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Engines whose steps complete when the test says so. */
class Workshop {
  /** @type {FakeEngine[]} */
  all = [];
  get open() {
    return this.all.filter(({ isOpen }) => isOpen);
  }
  newEngine = () => {
    const engine = new FakeEngine();
    this.all.push(engine);
    return engine;
  };
}

class FakeEngine {
  isOpen = true;
  taken = 0;
  steps = 0;
  /** @type {string | null} */
  failure = null;
  /** @type {(step: any) => void} */
  onStep = () => {};
  /** @type {((answer: any) => void) | null} */
  answer = null;
  /** @type {(error: Error) => void} */
  reject = () => {};

  /** @param {import('../../../web/model/types.js').Config} config */
  async create({ steps }) {
    this.taken = 0;
    this.steps = steps;
    return null;
  }
  advance() {
    return /** @type {Promise<any>} */ (
      new Promise((resolve, reject) => {
        this.answer = resolve;
        this.reject = reject;
      })
    );
  }
  async pause() {
    this.answer?.({ taken: this.taken, finished: false, fingerprint: null });
    return null;
  }
  close() {
    this.isOpen = false;
    this.reject(new Error('The engine was ended.'));
  }
  /** @param {number} count */
  step(count) {
    for (let i = 0; i < count; ++i) {
      const record = new Float64Array(recordLength(1, 1));
      record[0] = this.taken++;
      this.onStep({ record, computed: this.taken });
    }
  }
  async finish() {
    this.step(this.steps - this.taken);
    this.answer?.({ taken: this.taken, finished: true, fingerprint: 'f'.repeat(32) });
    await turn();
  }
}

/** @param {number} most @param {Partial<{ samplesOf: any, newEngine: () => any }>} [means] */
function setUp(most, means = {}) {
  const workshop = new Workshop();
  const conductor = new Conductor({
    newEngine: workshop.newEngine,
    samplesOf: async () => ({ pixels: Uint8Array.of(1), samples: 1 }),
    most,
    ...means,
  });
  return { workshop, conductor };
}

const statuses = (/** @type {Conductor} */ { parts }) => parts.map(({ status }) => status);

describe('the conductor', () => {
  it('has as many engines at work as it may, the longest runs first, and ends them all', async () => {
    const { workshop, conductor } = setUp(2);
    conductor.show([declared(2), declared(9), declared(5)]);
    const done = conductor.start();
    await turn();
    expect(workshop.all.map(({ steps }) => steps)).toEqual([9, 5]);
    expect(statuses(conductor)).toEqual(['waiting', 'running', 'running']);
    await workshop.all[1].finish();
    expect(workshop.all).toHaveLength(2);
    expect(workshop.all[1].steps).toBe(2);
    await workshop.all[1].finish();
    await workshop.all[0].finish();
    await done;
    expect(statuses(conductor)).toEqual(['finished', 'finished', 'finished']);
    expect(conductor.phase).toBe('idle');
    expect(workshop.open).toEqual([]);
    expect(conductor.parts.map(({ recording }) => recording?.steps)).toEqual([2, 9, 5]);
    expect(conductor.parts[0].recording?.fingerprint).toBe('f'.repeat(32));
  });

  it('pauses after the steps at hand, and goes on from there', async () => {
    const { workshop, conductor } = setUp(1);
    conductor.show([declared(6)]);
    const done = conductor.start();
    await turn();
    const [engine] = workshop.all;
    engine.step(2);
    conductor.pause();
    await turn();
    expect(conductor.phase).toBe('paused');
    expect(conductor.parts[0].recording?.steps).toBe(2);
    engine.answer = null;
    conductor.resume();
    await turn();
    expect(engine.answer).not.toBeNull(); // it was requested to advance again
    await engine.finish();
    await done;
    expect(conductor.parts[0].recording?.steps).toBe(6);
  });

  it('leaves no engine behind when it is cancelled, whether runs go on or are paused', async () => {
    for (const isPaused of [false, true]) {
      const { workshop, conductor } = setUp(2);
      conductor.show([declared(3), declared(4), declared(5)]);
      const done = conductor.start();
      await turn();
      if (isPaused) conductor.pause();
      conductor.cancel();
      await done;
      await turn();
      expect(workshop.open).toEqual([]);
      expect(conductor.engines).toBe(0);
      expect(statuses(conductor)).toEqual(['waiting', 'waiting', 'waiting']);
      expect(workshop.all).toHaveLength(2);
    }
  });

  it('makes no engine for what is cancelled while its samples are fetched', async () => {
    let fetched = () => {};
    const { workshop, conductor } = setUp(1, {
      samplesOf: () => new Promise((resolve) => (fetched = () => resolve({ pixels: Uint8Array.of(1), samples: 1 }))),
    });
    conductor.show([declared(3)]);
    const done = conductor.start();
    await turn();
    conductor.cancel();
    fetched();
    await done;
    expect(workshop.open).toEqual([]);
    expect(statuses(conductor)).toEqual(['waiting']);
  });

  it('shows a failed run with its reason, gives the next to a fresh engine, and tries again when asked', async () => {
    const { workshop, conductor } = setUp(1);
    conductor.show([declared(9), declared(2)]);
    const done = conductor.start();
    await turn();
    workshop.all[0].reject(new Error('The numbers stopped being finite at step 3.'));
    await turn();
    expect(conductor.parts[0]).toMatchObject({
      status: 'failed',
      failure: 'The numbers stopped being finite at step 3.',
    });
    expect(workshop.all).toHaveLength(2);
    await workshop.all[1].finish();
    await done;
    expect(statuses(conductor)).toEqual(['failed', 'finished']);
    const again = conductor.start();
    await turn();
    await workshop.all[2].finish();
    await again;
    expect(statuses(conductor)).toEqual(['finished', 'finished']);
    expect(conductor.parts[0].failure).toBe('');
  });

  it('knows runs that it has made already', async () => {
    const { workshop, conductor } = setUp(1);
    conductor.show([declared(3)]);
    const done = conductor.start();
    await turn();
    await workshop.all[0].finish();
    await done;
    conductor.show([declared(4), declared(3)]);
    expect(statuses(conductor)).toEqual(['waiting', 'finished']);
    expect(conductor.share).toBeCloseTo(3 / 7, 12);
  });

  it('takes no step while it is paused again before anybody has gone on', async () => {
    const { workshop, conductor } = setUp(1);
    conductor.show([declared(6)]);
    const done = conductor.start();
    await turn();
    const [engine] = workshop.all;
    conductor.pause();
    await turn();
    engine.answer = null;
    conductor.resume();
    conductor.pause();
    await turn();
    expect(engine.answer).toBeNull(); // it was not requested to advance
    conductor.resume();
    await turn();
    await engine.finish();
    await done;
    expect(statuses(conductor)).toEqual(['finished']);
  });

  it('waits with a run whose samples come during a pause', async () => {
    let fetched = () => {};
    const { workshop, conductor } = setUp(1, {
      samplesOf: () => new Promise((resolve) => (fetched = () => resolve({ pixels: Uint8Array.of(1), samples: 1 }))),
    });
    conductor.show([declared(3)]);
    const done = conductor.start();
    await turn();
    conductor.pause();
    fetched();
    await turn();
    expect(workshop.all[0].answer).toBeNull();
    conductor.resume();
    await turn();
    await workshop.all[0].finish();
    await done;
    expect(statuses(conductor)).toEqual(['finished']);
  });

  it('starts once, however often it is asked to', async () => {
    const { workshop, conductor } = setUp(2);
    conductor.show([declared(3), declared(4)]);
    conductor.start();
    conductor.start();
    await turn();
    expect(workshop.all).toHaveLength(2);
    conductor.cancel();
    const again = conductor.start();
    await turn();
    expect(workshop.open).toHaveLength(2);
    for (const engine of workshop.open) await engine.finish();
    await again;
    expect(statuses(conductor)).toEqual(['finished', 'finished']);
  });

  it('shows a run as failed for which there is no engine to be had', async () => {
    const { conductor } = setUp(1, {
      newEngine: () => {
        throw new Error('No engine could be started.');
      },
    });
    conductor.show([declared(3)]);
    await conductor.start();
    expect(conductor.phase).toBe('idle');
    expect(conductor.parts[0]).toMatchObject({ status: 'failed', failure: 'No engine could be started.' });
  });

  it('has results for runs of the same settings under different keys', async () => {
    const { workshop, conductor } = setUp(1);
    const runs = ['a', 'b'].map((key) => ({ ...declared(3), key }));
    conductor.show(runs);
    const done = conductor.start();
    await turn();
    await workshop.all[0].finish();
    await workshop.all[0].finish();
    await done;
    expect(conductor.parts.map(({ recording }) => recording?.steps)).toEqual([3, 3]);
    conductor.show(runs);
    expect(statuses(conductor)).toEqual(['finished', 'finished']);
  });

  it('forgets first what was not asked for longest', async () => {
    const { workshop, conductor } = setUp(1);
    // 4096 outputs stored twice, and 14 other numbers, are 65.6 kB per step: 300 steps are 19.7 MB. Three such runs
    // fit.
    conductor.show([large(0), large(1), large(2)]);
    const done = conductor.start();
    await turn();
    for (let i = 0; i < 3; ++i) await workshop.all[0].finish();
    await done;
    conductor.show([large(0)]); // requested again, so the oldest is now that of seed 1
    conductor.show([large(3)]);
    const another = conductor.start();
    await turn();
    await workshop.all[1].finish();
    await another;
    conductor.show([large(0), large(1), large(2), large(3)]);
    expect(statuses(conductor)).toEqual(['finished', 'waiting', 'finished', 'finished']);
  });

  it('tells beforehand how much work it is, in default runs', async () => {
    const { workshop, conductor } = setUp(1);
    const run = { ...declared(1), settings: structuredClone(defaultSettings) };
    const long = { ...declared(2), settings: structuredClone(defaultSettings) };
    long.settings.config.steps *= 200;
    conductor.show([run, long]);
    expect(conductor.workLeft).toBeCloseTo(201, 9);
    conductor.start();
    await turn();
    workshop.all[0].reject(new Error('The numbers stopped being finite.'));
    await turn();
    await workshop.all[1].finish();
    expect(conductor.workLeft).toBeCloseTo(200, 9); // the failed one can be retried
  });

  it('tells how far it has come by what runs cost', async () => {
    const { workshop, conductor } = setUp(1);
    conductor.show([declared(6), declared(2)]);
    conductor.start();
    await turn();
    workshop.all[0].step(3);
    expect(conductor.share).toBeCloseTo(3 / 8, 12);
    conductor.cancel();
    expect(conductor.share).toBe(0);
  });
});
