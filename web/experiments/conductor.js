// Computes many runs in parallel: several engines take runs from a shared queue until it is empty, paused or cancelled.
import { signal } from '@preact/signals';

import { Recording } from '../model/recording.js';
import { defaultSettings } from '../model/settings.js';

/**
 * @typedef {import('./experiment.js').DeclaredRun} DeclaredRun
 * @typedef {import('../model/settings.js').Settings} Settings
 * @typedef {import('../model/types.js').Batch} Batch
 * @typedef {import('../engine/client.js').EngineClient} EngineClient
 */

/**
 * The part of an engine's interface that a conductor uses.
 * @typedef {Pick<EngineClient, 'create' | 'advance' | 'pause' | 'close' | 'onStep'>} Engine
 */

/** @typedef {'waiting' | 'running' | 'finished' | 'failed'} Status */

/**
 * @typedef {object} Part
 * @property {DeclaredRun} run
 * @property {Status} status
 * @property {Recording | null} recording the records so far; complete when the run is finished
 * @property {string} failure the error message; empty if the run did not fail
 */

/** @typedef {'idle' | 'running' | 'paused'} Phase */

/** Size limit of the cache of finished runs, in bytes of records. */
const mostKept = 64e6;

/** Throttle of progress notifications, in milliseconds. */
const betweenNews = 100;

/** @param {Settings} settings */
const keyOf = (settings) => JSON.stringify(settings);

/**
 * Estimated cost of a run, in about one multiplication; used for progress and time estimates.
 * @param {Settings} settings
 */
export function costOf({ config, data }) {
  const sizes = [160, ...config.layers]; // about this many of a digit's 784 pixels are nonzero
  const products = config.layers.reduce((sum, neurons, l) => sum + neurons * (sizes[l] + 8), 0);
  return config.steps * data.per_class * data.classes.length * products;
}

/** @param {Recording} recording */
const bytesOf = ({ steps, layers, outputs }) => 8 * steps * (14 * layers + 2 * outputs);

/** @typedef {ReturnType<typeof gate>} Gate */

/** A promise with a function that resolves it. */
function gate() {
  let open = () => {};
  /** @type {Promise<void>} */
  const opened = new Promise((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

export class Conductor {
  #newEngine;
  #samplesOf;
  /** @type {Map<string, Recording>} by settings, least recently used first */
  #kept = new Map();
  /** @type {Set<Engine>} */
  #engines = new Set();
  /** Pending during a pause; null otherwise. @type {Gate | null} */
  #pausing = null;
  /** Counts starts, so that asynchronous work of an earlier start can detect that it is outdated. */
  #turn = 0;
  /** Compute time before the last pause, and the time of the last start or resume. */
  #worked = 0;
  #since = 0;
  /** The progress at the start. */
  #shareAtStart = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;
  /** @type {Part[]} */
  parts = [];
  /** @type {Phase} */
  phase = 'idle';
  /** Counts changes. A view of the parts reads it to subscribe. */
  changes = signal(0);
  /** Counts finished and failed runs. */
  results = signal(0);

  /**
   * @param {object} means
   * @param {() => Engine} means.newEngine creates an exact, single-threaded engine
   * @param {(data: import('../model/settings.js').DataSettings) => Promise<Batch>} means.samplesOf
   * @param {number} means.most maximum number of engines
   */
  constructor({ newEngine, samplesOf, most }) {
    this.#newEngine = newEngine;
    this.#samplesOf = samplesOf;
    /** Maximum number of engines. */
    this.most = most;
  }

  /** Number of active engines. */
  get engines() {
    return this.#engines.size;
  }

  /**
   * Selects these runs and restores cached results; computes nothing.
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

  /** Computes all selected runs that are not finished. Resolves when they have ended or are cancelled. */
  async start() {
    if (this.phase !== 'idle') return this.resume();
    const turn = ++this.#turn;
    this.#worked = 0;
    this.#since = performance.now();
    for (const part of this.parts)
      if (part.status === 'failed') Object.assign(part, { status: 'waiting', failure: '' });
    // The longest first: the last runs are then short, and the engines finish at about the same time.
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

  /** Pauses after the current steps; `resume` continues from there. */
  pause() {
    if (this.phase !== 'running') return;
    this.#worked += performance.now() - this.#since;
    this.#pausing = gate();
    this.phase = 'paused';
    for (const engine of this.#engines) engine.pause().catch(() => {}); // the worker loop reports a lost engine
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

  /** Discards unfinished runs and closes all engines. */
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

  /** The progress of all runs, from 0 to 1, weighted by cost. */
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

  /** The cost of the unfinished runs, in units of the papers' default run. */
  get workLeft() {
    const waiting = this.parts.filter(({ status }) => status === 'waiting' || status === 'failed');
    return waiting.reduce((sum, { run }) => sum + costOf(run.settings), 0) / costOf(defaultSettings);
  }

  /** Estimated remaining time, in milliseconds; null if unknown. */
  get timeLeft() {
    if (this.phase === 'idle') return null;
    const worked = this.#worked + (this.phase === 'running' ? performance.now() - this.#since : 0);
    const gained = this.share - this.#shareAtStart;
    return gained > 0.01 && worked > 300 ? ((1 - this.share) * worked) / gained : null;
  }

  /**
   * The loop of one engine.
   * @param {Part[]} row the queue of runs, shared by all engines
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
        // Discard the engine; the next run gets a fresh one.
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

  /** Waits until no pause is active. Loops, because another pause may start before the caller continues. */
  async #untilGoingOn() {
    while (this.#pausing) await this.#pausing.opened;
  }

  /** @param {Settings} settings */
  #keptOf(settings) {
    const key = keyOf(settings);
    const recording = this.#kept.get(key) ?? null;
    if (recording) {
      this.#kept.delete(key); // reinserts it as the most recently used
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

  /** Notifies views. Uses `peek`, so that an effect that calls `show` or `cancel` does not subscribe to `changes`. */
  #tell() {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.changes.value = this.changes.peek() + 1;
  }
}
