// How do many runs get done? A few engines at once take them from one row, until it is empty, paused or given up.
import { signal } from '@preact/signals';

import { Recording } from '../state/recording.js';
import { defaultSettings } from '../state/settings.js';

/**
 * @typedef {import('./experiment.js').DeclaredRun} DeclaredRun
 * @typedef {import('../state/settings.js').Settings} Settings
 * @typedef {import('../engine/protocol.js').Batch} Batch
 * @typedef {import('../engine/client.js').EngineClient} EngineClient
 */

/**
 * What a conductor needs of an engine.
 * @typedef {Pick<EngineClient, 'create' | 'advance' | 'pause' | 'close' | 'onStep'>} Engine
 */

/** @typedef {'waiting' | 'running' | 'finished' | 'failed'} Status */

/**
 * @typedef {object} Part
 * @property {DeclaredRun} run
 * @property {Status} status
 * @property {Recording | null} recording what it has recorded so far; all of it when it is finished
 * @property {string} failure why it failed; empty where it did not
 */

/** @typedef {'idle' | 'running' | 'paused'} Phase */

/** Finished runs that are kept for the next time they are asked for, in bytes of records. */
const mostKept = 64e6;

/** How long the page waits before it shows how far runs have come, in milliseconds. */
const betweenNews = 100;

/** @param {Settings} settings */
const keyOf = (settings) => JSON.stringify(settings);

/** What a run costs, in multiplications or so; to share time out by. @param {Settings} settings */
export function costOf({ config, data }) {
  const sizes = [160, ...config.layers]; // of 784 pixels about so many are lit
  const products = config.layers.reduce((sum, neurons, l) => sum + neurons * (sizes[l] + 8), 0);
  return config.steps * data.per_class * data.classes.length * products;
}

/** @param {Recording} recording */
const bytesOf = ({ steps, layers, outputs }) => 8 * steps * (14 * layers + 2 * outputs);

/** @typedef {ReturnType<typeof gate>} Gate */

/** What others wait at until it is opened. */
function gate() {
  let open = () => {};
  /** @type {Promise<void>} */
  const opened = new Promise((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

export class Conductor {
  #newEngine;
  #samplesOf;
  /** @type {Map<string, Recording>} by settings, the longest unused first */
  #kept = new Map();
  /** @type {Set<Engine>} */
  #engines = new Set();
  /** Settles when the pause is over; and is there only while there is one. @type {Gate | null} */
  #pausing = null;
  /** Counts starts: whatever belongs to an earlier one has nothing to say any more. */
  #turn = 0;
  /** Time worked before the last pause, and when work began after it. */
  #worked = 0;
  #since = 0;
  /** What had been done before the start. */
  #shareAtStart = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;
  /** @type {Part[]} */
  parts = [];
  /** @type {Phase} */
  phase = 'idle';
  /** Counts changes: whoever shows the parts reads this. */
  changes = signal(0);
  /** Counts finished and failed runs. */
  results = signal(0);

  /**
   * @param {object} means
   * @param {() => Engine} means.newEngine exact, of one thread
   * @param {(data: import('../state/settings.js').DataSettings) => Promise<Batch>} means.samplesOf
   * @param {number} means.most engines at once
   */
  constructor({ newEngine, samplesOf, most }) {
    this.#newEngine = newEngine;
    this.#samplesOf = samplesOf;
    /** Engines at once. */
    this.most = most;
  }

  /** Engines at work. */
  get engines() {
    return this.#engines.size;
  }

  /**
   * Shows these runs, with what is known of them already; computes nothing.
   * @param {DeclaredRun[]} runs
   */
  show(runs) {
    this.cancel();
    this.parts = runs.map((run) => {
      const recording = this.#keptOf(run.settings);
      return { run, recording, failure: '', status: recording ? 'finished' : 'waiting' };
    });
    this.results.value = this.results.peek() + 1;
    this.#tell();
  }

  /** Computes whatever of the runs shown is not finished. Resolves when all are, or when they are given up. */
  async start() {
    if (this.phase !== 'idle') return this.resume();
    const turn = ++this.#turn;
    this.#worked = 0;
    this.#since = performance.now();
    for (const part of this.parts)
      if (part.status === 'failed') Object.assign(part, { status: 'waiting', failure: '' });
    // The longest first: then the last ones to finish are short, and no engine waits long for another.
    const row = this.parts.filter(({ status }) => status === 'waiting');
    row.sort((a, b) => costOf(b.run.settings) - costOf(a.run.settings));
    if (row.length === 0) return;
    this.#shareAtStart = this.share;
    this.phase = 'running';
    this.#tell();
    const engines = Math.min(this.most, row.length);
    await Promise.all(Array.from({ length: engines }, () => this.#work(row, turn)));
    if (turn !== this.#turn) return;
    this.phase = 'idle';
    this.#tell();
  }

  /** Stops after the steps at hand, to go on from there. */
  pause() {
    if (this.phase !== 'running') return;
    this.#worked += performance.now() - this.#since;
    this.#pausing = gate();
    this.phase = 'paused';
    for (const engine of this.#engines) engine.pause().catch(() => {}); // one that is lost says so where it is used
    this.#tell();
  }

  resume() {
    if (this.phase !== 'paused') return;
    this.#since = performance.now();
    this.phase = 'running';
    this.#pausing?.open();
    this.#pausing = null;
    this.#tell();
  }

  /** Gives up what is not finished, and ends all engines. */
  cancel() {
    this.#turn += 1;
    this.phase = 'idle';
    this.#pausing?.open();
    this.#pausing = null;
    for (const engine of this.#engines) engine.close();
    this.#engines.clear();
    for (const part of this.parts) {
      if (part.status === 'running') Object.assign(part, { status: 'waiting', recording: null });
    }
    this.#tell();
  }

  /** How far all of them have come, from 0 to 1, by what they cost. */
  get share() {
    let done = 0;
    let all = 0;
    for (const { run, status, recording } of this.parts) {
      const cost = costOf(run.settings);
      all += cost;
      if (status === 'finished' || status === 'failed') done += cost;
      else if (recording) done += (cost * recording.steps) / run.settings.config.steps;
    }
    return all === 0 ? 0 : done / all;
  }

  /** What is not finished yet, in the papers' default runs, which it costs as much as. */
  get workLeft() {
    const waiting = this.parts.filter(({ status }) => status === 'waiting' || status === 'failed');
    return waiting.reduce((sum, { run }) => sum + costOf(run.settings), 0) / costOf(defaultSettings);
  }

  /** How long it will take yet, in milliseconds; null while nobody can tell. */
  get timeLeft() {
    if (this.phase === 'idle') return null;
    const worked = this.#worked + (this.phase === 'running' ? performance.now() - this.#since : 0);
    const gained = this.share - this.#shareAtStart;
    return gained > 0.01 && worked > 300 ? ((1 - this.share) * worked) / gained : null;
  }

  /**
   * One engine's work.
   * @param {Part[]} row what is still to be done, shared by all engines
   * @param {number} turn
   */
  async #work(row, turn) {
    /** @type {Engine | null} */
    let engine = null;
    for (let part = row.shift(); part && turn === this.#turn; part = row.shift()) {
      await this.#untilGoingOn();
      if (turn !== this.#turn) return;
      try {
        if (!engine) {
          engine = this.#newEngine();
          this.#engines.add(engine);
        }
        await this.#compute(part, engine, turn);
      } catch (error) {
        if (turn !== this.#turn) return;
        Object.assign(part, {
          status: 'failed',
          recording: null,
          failure: error instanceof Error ? error.message : String(error),
        });
        // Whatever befell the engine does not befall the next run.
        if (engine) {
          engine.close();
          this.#engines.delete(engine);
          engine = null;
        }
      }
      this.results.value = this.results.peek() + 1;
      this.#tell();
    }
    if (!engine) return;
    engine.close();
    this.#engines.delete(engine);
  }

  /** @param {Part} part @param {Engine} engine @param {number} turn */
  async #compute(part, engine, turn) {
    const { config, data, fast } = part.run.settings;
    const batch = await this.#samplesOf(data);
    if (turn !== this.#turn) return;
    const recording = new Recording(config, fast, data);
    Object.assign(part, { status: 'running', recording });
    this.#tell();
    await engine.create(config, batch);
    engine.onStep = ({ record, computed }) => {
      recording.append(record, computed);
      this.#tellSometime();
    };
    for (;;) {
      await this.#untilGoingOn();
      if (turn !== this.#turn) return;
      const { finished, fingerprint } = await engine.advance();
      if (turn !== this.#turn) return;
      if (!finished) continue;
      recording.fingerprint = fingerprint;
      break;
    }
    part.status = 'finished';
    this.#keep(part.run.settings, recording);
  }

  /** A pause may follow upon another before anybody has gone on. */
  async #untilGoingOn() {
    while (this.#pausing) await this.#pausing.opened;
  }

  /** @param {Settings} settings */
  #keptOf(settings) {
    const key = keyOf(settings);
    const recording = this.#kept.get(key) ?? null;
    if (recording) {
      this.#kept.delete(key); // and in again, as the latest
      this.#kept.set(key, recording);
    }
    return recording;
  }

  /** @param {Settings} settings @param {Recording} recording */
  #keep(settings, recording) {
    const key = keyOf(settings);
    this.#kept.delete(key);
    this.#kept.set(key, recording);
    let bytes = 0;
    for (const kept of this.#kept.values()) bytes += bytesOf(kept);
    for (const [key, kept] of this.#kept) {
      if (bytes <= mostKept) break;
      this.#kept.delete(key);
      bytes -= bytesOf(kept);
    }
  }

  #tellSometime() {
    this.#telling ??= setTimeout(() => this.#tell(), betweenNews);
  }

  /** Whoever has runs shown or cancelled in an effect does not come to depend on the count. */
  #tell() {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.changes.value = this.changes.peek() + 1;
  }
}
