import { describe, expect, it } from 'vitest';

import { recordLength } from '../../web/model/record.js';
import { Recording } from '../../web/model/recording.js';
import { Session } from '../../web/state/session.js';

const config = { layers: [2], steps: 4, learning_rate: 0.1, seed: 1, shift_term: true };
/** @type {import('../../web/model/settings.js').DataSettings} */
const data = { set: 'mnist', per_class: 100, classes: [0, 1], data_seed: null };
const requested = { config, data, fast: false };
const fingerprint = '0123456789abcdef0123456789abcdef';
/** @param {boolean} fast @returns {import('../../web/engine/builds.js').Build} */
const buildFor = (fast) => ({ name: fast ? 'ska-fast' : 'ska', threads: 1, why: '' });
const batch = { pixels: Uint8Array.of(1, 2), samples: 1 };

/** An engine whose steps complete when the test says so. */
class FakeClient {
  /** @type {string[]} */
  calls = [];
  /** @type {(step: any) => void} */
  onStep = () => {};
  /** @type {(answer: import('../../web/engine/protocol.js').Progress) => void} */
  endAdvance = () => {};
  /** @type {Error | null} */
  failure = null;
  #step = 0;

  /** @type {string | null} */
  build = null;

  /** @param {import('../../web/engine/builds.js').Build} build */
  async use({ name }) {
    this.build = name;
  }
  async create() {
    this.calls.push('create');
    this.#step = 0;
    if (this.failure) throw this.failure;
  }
  advance() {
    this.calls.push('advance');
    return new Promise((resolve) => {
      this.endAdvance = resolve;
    });
  }
  async step() {
    this.calls.push('step');
    this.push();
    const finished = this.#step === config.steps;
    return { taken: this.#step, finished, fingerprint: finished ? fingerprint : null };
  }
  async pause() {
    this.calls.push('pause');
    this.endAdvance({ taken: this.#step, finished: false, fingerprint: null });
  }
  restart() {
    this.calls.push('restart');
  }
  push() {
    const record = new Float64Array(recordLength(1, 2));
    record[0] = this.#step++;
    this.onStep({ kind: 'step', record, computed: this.#step });
  }
}

function start() {
  const client = new FakeClient();
  const session = new Session(/** @type {any} */ (client), requested, buildFor, async () => batch);
  session.dataLoaded();
  return { client, session };
}

/** Lets pending promises settle. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('a session', () => {
  it('does nothing before the data are there', async () => {
    const client = new FakeClient();
    const session = new Session(/** @type {any} */ (client), requested, buildFor, async () => batch);
    await session.run(requested);
    expect([session.phase, client.calls]).toEqual(['loading', []]);
  });

  it('runs, pauses and continues the same run', async () => {
    const { client, session } = start();
    const first = session.run(requested);
    await settle();
    client.push();
    client.push();
    expect(session.phase).toBe('running');
    await session.pause();
    await first;
    expect([session.phase, session.recording.steps, session.continues(requested)]).toEqual(['paused', 2, true]);
    const second = session.run(requested);
    await settle();
    client.push();
    client.push();
    client.endAdvance({ taken: 4, finished: true, fingerprint });
    await second;
    expect([session.phase, session.recording.steps]).toEqual(['finished', 4]);
    expect(client.calls).toEqual(['create', 'advance', 'pause', 'advance']);
  });

  it('steps, and finishes with the last step', async () => {
    const { client, session } = start();
    for (const expected of ['paused', 'paused', 'paused', 'finished']) {
      await session.step(requested);
      expect(session.phase).toBe(expected);
    }
    await session.step(requested); // another step starts over
    expect([session.phase, session.recording.steps]).toEqual(['paused', 1]);
    expect(client.calls.filter((call) => call === 'create')).toHaveLength(2);
  });

  it('starts a new run for other settings', async () => {
    const { client, session } = start();
    await session.step(requested);
    await session.step({ config: { ...config, seed: 2 }, data, fast: false });
    expect([session.recording.steps, session.recording.config.seed]).toEqual([1, 2]);
    expect(client.calls).toEqual(['create', 'step', 'create', 'step']);
  });

  it('keeps the fingerprint of a finished run with its recording', async () => {
    const { session } = start();
    for (const expected of [null, null, null, fingerprint]) {
      await session.step(requested);
      expect(session.recording.fingerprint).toBe(expected);
    }
    await session.reset(requested);
    expect(session.recording.fingerprint).toBe(null);
  });

  it('starts a new run for another engine, and never goes on under it', async () => {
    const { client, session } = start();
    await session.step(requested);
    expect(client.build).toBe('ska');
    const fast = { ...requested, fast: true };
    expect([session.continues(requested), session.continues(fast)]).toEqual([true, false]);
    await session.step(fast);
    expect([client.build, session.recording.steps, session.recording.fast]).toEqual(['ska-fast', 1, true]);
    expect(client.calls).toEqual(['create', 'step', 'create', 'step']);
  });

  it('forgets a run on reset, even one whose steps still arrive', async () => {
    const { client, session } = start();
    const running = session.run(requested);
    await settle();
    client.push();
    const reset = session.reset(requested);
    client.push();
    await Promise.all([running, reset]);
    expect([session.phase, session.recording.steps]).toEqual(['idle', 0]);
    expect(client.calls).toEqual(['create', 'advance', 'pause']);
  });

  it('does not advance a run that was reset while it was being made', async () => {
    const { client, session } = start();
    const running = session.run(requested);
    await session.reset(requested);
    await running;
    expect([session.phase, client.calls.includes('advance')]).toEqual(['idle', false]);
  });

  it('remembers a pause that was asked for while the run was being made', async () => {
    const { client, session } = start();
    const running = session.run(requested);
    await session.pause();
    await running;
    expect([session.phase, client.calls.includes('advance')]).toEqual(['paused', false]);
    const again = session.run(requested);
    await settle();
    expect(client.calls.filter((call) => call === 'create')).toHaveLength(1);
    client.endAdvance({ taken: 4, finished: true, fingerprint });
    await again;
    expect(session.phase).toBe('finished');
  });

  it('says that it is pausing until the step at work is over', async () => {
    const { client, session } = start();
    const running = session.run(requested);
    await settle();
    const end = client.endAdvance;
    client.endAdvance = () => {};
    await session.pause();
    expect([session.phase, session.pausing]).toEqual(['running', true]);
    end({ taken: 0, finished: false, fingerprint: null });
    await running;
    expect([session.phase, session.pausing]).toEqual(['paused', false]);
  });

  it('replaces an engine too busy to hear that its run was given up', async () => {
    const { client, session } = start();
    session.run(requested);
    await settle();
    client.pause = () => new Promise(() => {});
    const reset = session.reset(requested);
    expect(session.phase).toBe('idle');
    const next = session.run(requested); // called at once; it waits for the new engine
    await reset;
    await settle();
    client.endAdvance({ taken: 4, finished: true, fingerprint });
    await next;
    expect(session.phase).toBe('finished');
    expect(client.calls).toEqual(['create', 'advance', 'restart', 'create', 'advance']);
  });

  it('fails with the engine’s words, and can run again', async () => {
    const { client, session } = start();
    client.failure = new RangeError('A network has 1 to 16 layers; 0 were given.');
    await session.run(requested);
    expect([session.phase, session.error?.message]).toEqual(['failed', client.failure.message]);
    client.failure = null;
    await session.step(requested);
    expect([session.phase, session.error]).toEqual(['paused', null]);
  });

  it('tells its listeners of every change', async () => {
    const { session } = start();
    let changes = 0;
    session.subscribe(() => ++changes);
    await session.step(requested);
    expect(changes).toBe(3); // stepping, the step, paused
  });
});

describe('a run that was recorded before', () => {
  /** An engine that takes as many steps per call as requested, and can be paused in between. */
  class CatchingUp extends FakeClient {
    /** @type {number[]} */
    asked = [];
    taken = 0;
    async advance(most = 0) {
      this.asked.push(most);
      const now = Math.min(most, 2); // as if paused early
      this.taken += now;
      for (let i = 0; i < now; ++i) this.push();
      const finished = this.taken >= 6;
      return { taken: this.taken, finished, fingerprint: finished ? fingerprint : null };
    }
    async extend() {
      this.calls.push('extend');
    }
  }

  /** A session that shows a finished run that its engine has not computed. */
  async function opened() {
    const client = new CatchingUp();
    const session = new Session(/** @type {any} */ (client), requested, buildFor, async () => batch);
    session.dataLoaded();
    const recording = new Recording(config, false, data);
    for (let k = 0; k < 4; ++k) {
      const record = new Float64Array(recordLength(1, 2));
      record[0] = k;
      recording.append(record, 1);
    }
    recording.fingerprint = fingerprint;
    await session.show(recording);
    return { client, session, recording };
  }

  it('is shown as it ended, and that is no end of a run', async () => {
    const client = new CatchingUp();
    const session = new Session(/** @type {any} */ (client), requested, buildFor, async () => batch);
    session.dataLoaded();
    let ended = 0;
    session.onFinished = () => (ended += 1);
    const recording = new Recording({ ...config, steps: 1 }, false, data);
    recording.append(new Float64Array(recordLength(1, 2)), 1);
    await session.show(recording);
    expect([session.phase, ended]).toEqual(['finished', 0]);
  });

  it('goes on from where it was, even where its steps are made again in pieces', async () => {
    const { client, session, recording } = await opened();
    await session.run({ ...requested, config: { ...config, steps: 6 } });
    expect(client.asked.slice(0, 2)).toEqual([4, 2]); // recorded steps are recomputed, but not pushed again
    expect(recording.steps).toBe(6);
    expect(Array.from({ length: 6 }, (_, k) => recording.at(k).step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect([session.phase, recording.config.steps]).toEqual(['finished', 6]);
  });

  it('keeps what it was where it is given up before it goes on', async () => {
    const { client, session, recording } = await opened();
    client.failure = new Error('No engine today.');
    await session.run({ ...requested, config: { ...config, steps: 6 } });
    expect(session.phase).toBe('failed');
    expect([recording.config.steps, recording.fingerprint]).toEqual([4, fingerprint]);
  });

  it('has its weights made one at a time', async () => {
    const { client, session } = await opened();
    const asked = { weights: 0 };
    Object.assign(client, {
      weights: async () => {
        asked.weights += 1;
        return client.taken;
      },
    });
    expect(await Promise.all([session.weights(), session.weights()])).toEqual([4, 4]);
    expect(client.calls.filter((call) => call === 'create')).toHaveLength(1);
  });
});
