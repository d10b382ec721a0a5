// The runs that are kept, in the browser's IndexedDB: at most so many of them, each checked when it is read, and the same in
// every tab of the page.
import { openDB } from 'idb';
import * as v from 'valibot';

import { recordLength } from '../engine/record.js';
import { Recording } from '../state/recording.js';
import { checkedSettings, features, sameSettings } from '../state/settings.js';
import { isKnownContract } from './contract.js';
import { hexDigits, isShortName, isTime } from './run-card.js';

/**
 * A run as it is kept.
 * @typedef {object} KeptRun
 * @property {string} id
 * @property {string} name
 * @property {string} created ISO date, as its card says where it came from one
 * @property {number} [kept] when this device got it, in milliseconds since 1970; runs of earlier versions have none
 * @property {import('../state/settings.js').Settings} settings
 * @property {string | null} fingerprint
 * @property {string} [contract] of the fingerprint; none means the first
 * @property {number} computed milliseconds
 * @property {import('../state/recording.js').Start | null} start
 * @property {{ kernels: string, exact: boolean, threads: number }} computedBy
 * @property {string} [digest] of its samples, where its card says it
 * @property {number} steps
 * @property {Float64Array} values all records, one after another
 */

/** What another tab did. @typedef {{ put: string[], deleted: string[] }} Change */

const databaseName = 'ska-lab';
const storeName = 'runs';
const version = 1;
const channelName = 'ska-lab-runs';

/** With more runs than these, or more bytes, the oldest give way. */
export const mostRuns = 60;
export const mostBytes = 64e6;

/** @param {KeptRun} run */
export function recordingOf({ settings, start, values, steps, computed, fingerprint, contract }) {
  const recording = new Recording(settings.config, settings.fast, settings.data, start);
  const length = values.length / steps;
  for (let k = 0; k < steps; ++k) recording.append(values.slice(k * length, (k + 1) * length), computed);
  recording.fingerprint = isKnownContract(contract) ? fingerprint : null;
  return recording;
}

/**
 * @param {Recording} recording
 * @param {Pick<KeptRun, 'id' | 'name' | 'created' | 'computedBy'>} about
 * @returns {KeptRun}
 */
export function keptRun(recording, about) {
  const records = Array.from({ length: recording.steps }, (_, k) => recording.at(k).values);
  const values = new Float64Array(records.reduce((sum, { length }) => sum + length, 0));
  records.forEach((record, k) => values.set(record, k * record.length));
  const { settings, start, fingerprint, computed, steps } = recording;
  return { ...about, settings, start, fingerprint, computed, steps, values };
}

/** @param {KeptRun} run */
export const bytesOf = ({ values, start }) => values.byteLength + (start?.weights.byteLength ?? 0);

/**
 * When this device got a run. A run of an earlier version has only its own date, which counts unless it is yet to come.
 * @param {KeptRun} run
 */
function keptAt({ kept, created }) {
  const date = kept ?? Date.parse(created);
  return kept !== undefined || date <= Date.now() ? date : 0;
}

/** The runs, the one that this device got last first. @param {KeptRun[]} runs */
export const newestFirst = (runs) => [...runs].sort((a, b) => keptAt(b) - keptAt(a));

/** A time for the next run: later than those of all others, even where the clock was set back. @param {KeptRun[]} runs */
export const nextKept = (runs) => Math.max(Date.now(), ...runs.map((run) => keptAt(run) + 1));

/**
 * Those of the runs, newest first, that have to give way to the first.
 * @param {KeptRun[]} runs
 */
export function surplus(runs) {
  let bytes = 0;
  return runs.filter((run, i) => {
    bytes += bytesOf(run);
    return i > 0 && (i >= mostRuns || bytes > mostBytes);
  });
}

/**
 * Whether two runs are the same, to the last bit.
 * @param {Pick<KeptRun, 'settings' | 'fingerprint' | 'start'> & Partial<KeptRun>} a
 * @param {KeptRun} b
 */
export function isSameRun(a, b) {
  if (!sameSettings(a.settings, b.settings) || a.start?.digest !== b.start?.digest) return false;
  if (a.fingerprint !== null || b.fingerprint !== null) {
    return a.fingerprint === b.fingerprint && isKnownContract(a.contract) === isKnownContract(b.contract);
  }
  // NaN is the same as NaN here.
  return a.values?.length === b.values.length && a.values.every((value, i) => Object.is(value, b.values[i]));
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const keptSchema = v.looseObject({
  id: v.string(),
  name: v.pipe(v.string(), v.check(isShortName)),
  created: v.pipe(v.string(), v.check(isTime)),
  kept: v.optional(v.pipe(v.number(), v.finite())),
  settings: v.looseObject({ config: v.looseObject({}), data: v.looseObject({}), fast: v.boolean() }),
  fingerprint: v.nullable(hexDigits),
  contract: v.optional(v.string()),
  digest: v.optional(hexDigits),
  computed: v.pipe(v.number(), v.finite(), v.minValue(0)),
  start: v.nullable(v.looseObject({ name: v.string(), digest: hexDigits, weights: v.instance(Float32Array) })),
  computedBy: v.looseObject({ kernels: v.string(), exact: v.boolean(), threads: count }),
  steps: count,
  values: v.instance(Float64Array),
});

/** The numbers of all layers' weights and biases. @param {number[]} layers */
const weightsOf = (layers) =>
  layers.reduce((sum, size, l) => sum + size * ((l === 0 ? features : layers[l - 1]) + 1), 0);

/**
 * What was read from the storage, as a run; null where it is none.
 * @param {unknown} value
 * @returns {KeptRun | null}
 */
export function checkedRun(value) {
  if (!v.is(keptSchema, value)) return null;
  const { settings, complaints } = checkedSettings(value.settings);
  const { steps, values, start, fingerprint } = value;
  const { layers } = settings.config;
  const length = recordLength(layers.length, layers[layers.length - 1]);
  const isWhole =
    complaints.length === 0 &&
    steps <= settings.config.steps &&
    values.length === steps * length &&
    // A card of a run from given weights does not have them.
    [0, weightsOf(layers)].includes(start?.weights.length ?? 0) &&
    (fingerprint === null || (steps === settings.config.steps && !settings.fast));
  if (!isWhole) return null;
  for (let k = 0; k < steps; ++k) if (values[k * length] !== k) return null;
  return /** @type {KeptRun} */ ({ ...value, settings });
}

const newer =
  'The runs kept here are of a newer version of this page, which this one leaves alone: reload it to see them. What is done now lasts only until the page closes.';
const blocked = 'This browser does not let the page store runs (a private window?): they are gone when it closes.';
const waiting = 'Another tab holds the kept runs up: close the other tabs of this page.';
const full = 'The browser’s storage is full or blocked: what was just done lasts only until the page closes.';

/** @param {unknown} error */
const nameOf = (error) => (error instanceof Error || error instanceof DOMException ? error.name : '');

/**
 * The runs that are kept. Where the browser does not let the page store anything they live as long as the page.
 */
export class RunStore {
  /** @type {Promise<import('idb').IDBPDatabase | null> | null} */
  #database = null;
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** What could not be done since this was last told, in words for a person. @type {Set<string>} */
  #trouble = new Set();
  /** Troubles that last, told once. @type {Set<string>} */
  #told = new Set();
  /** Runs that could not be written, by id. @type {Map<string, KeptRun>} */
  #unwritten = new Map();
  #hasAsked = false;

  /** Called when another tab has changed what is kept. */
  onChange = /** @type {(change: Change) => void} */ (() => {});

  /** @param {{ persist?: () => void }} [means] `persist` asks the browser not to clear what is kept; called once */
  constructor({ persist = () => {} } = {}) {
    this.persist = persist;
    try {
      this.#channel = new BroadcastChannel(channelName);
      this.#channel.onmessage = ({ data }) => this.onChange(data);
    } catch {
      // Then tabs learn of each other when they write.
    }
  }

  /** What could not be done, once. */
  takeTrouble() {
    const trouble = [...this.#trouble].join(' ');
    this.#trouble.clear();
    return trouble || null;
  }

  /** Whether a run is on this page only. @param {string} id */
  isUnwritten(id) {
    return this.#unwritten.has(id);
  }

  /** @returns {Promise<import('idb').IDBPDatabase | null>} null where there is none, which is said */
  #open() {
    // Asked for within a promise: browsers that block storage refuse at once or later.
    this.#database ??= Promise.resolve()
      .then(() =>
        openDB(databaseName, version, {
          upgrade: (database) => void database.createObjectStore(storeName, { keyPath: 'id' }),
          blocked: () => this.#tell(waiting),
          // Another tab wants a newer version, or to delete all: it must not wait for this one.
          blocking: (_old, _new, event) => {
            /** @type {IDBDatabase} */ (event.target).close();
            this.#database = null;
          },
          terminated: () => (this.#database = null),
        }),
      )
      .catch((error) => {
        this.#tell(nameOf(error) === 'VersionError' ? newer : blocked);
        this.#database = null; // tried again the next time
        return null;
      });
    return this.#database;
  }

  /** Says what lasts, once. @param {string} sentence */
  #tell(sentence) {
    if (!this.#told.has(sentence)) this.#trouble.add(sentence);
    this.#told.add(sentence);
  }

  /**
   * Does something in a transaction: all of it or nothing.
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: any) => Promise<T>} work
   * @returns {Promise<T | undefined>} undefined where it could not be done, which is said
   */
  async #transact(mode, work) {
    const database = await this.#open();
    if (!database) return undefined;
    try {
      const transaction = database.transaction(storeName, mode);
      try {
        const result = await work(transaction.store);
        await transaction.done;
        return result;
      } catch (error) {
        transaction.done.catch(() => {});
        try {
          transaction.abort();
        } catch {
          // It has ended by itself.
        }
        throw error;
      }
    } catch {
      this.#trouble.add(full);
      return undefined;
    }
  }

  /**
   * Tells the other tabs.
   * @param {string[]} put
   * @param {string[]} [deleted]
   */
  #announce(put, deleted = []) {
    this.#channel?.postMessage({ put, deleted });
  }

  /** Those of the entries that are runs; the others stay where they are, and that is said. @param {unknown[]} entries */
  #checked(entries) {
    const runs = entries.map(checkedRun);
    const damaged = runs.filter((run) => run === null).length;
    if (damaged > 0) {
      this.#tell(
        `${damaged === 1 ? 'One of the runs' : `${damaged} of the runs`} kept here cannot be read, and ${damaged === 1 ? 'is' : 'are'} left as ${damaged === 1 ? 'it is' : 'they are'}.`,
      );
    }
    return runs.filter((run) => run !== null);
  }

  /** Newest first. @returns {Promise<KeptRun[]>} */
  async all() {
    const entries = await this.#transact('readonly', (store) => store.getAll());
    const runs = this.#checked(entries ?? []).filter(({ id }) => !this.#unwritten.has(id));
    return newestFirst([...runs, ...this.#unwritten.values()]);
  }

  /** Those of some runs that are kept. @param {string[]} ids @returns {Promise<KeptRun[]>} */
  async some(ids) {
    const entries = await this.#transact('readonly', (store) => Promise.all(ids.map((id) => store.get(id))));
    return this.#checked((entries ?? []).filter((entry) => entry !== undefined));
  }

  /**
   * Keeps runs, and in the same transaction gives others up: these stay where those cannot be written.
   * @param {KeptRun[]} runs
   * @param {string[]} [givenUp] ids
   * @returns {Promise<boolean>} whether they are written; otherwise they live as long as the page, which is said
   */
  async put(runs, givenUp = []) {
    const done = await this.#transact('readwrite', async (store) => {
      // One after the other: the first that fails ends it.
      for (const id of givenUp) await store.delete(id);
      for (const run of runs) await store.put(run);
      return true;
    });
    for (const run of runs) {
      if (done) this.#unwritten.delete(run.id);
      else this.#unwritten.set(run.id, run);
    }
    if (!done) return false;
    for (const id of givenUp) this.#unwritten.delete(id);
    this.#announce(
      runs.map(({ id }) => id),
      givenUp,
    );
    if (!this.#hasAsked) this.persist();
    this.#hasAsked = true;
    return true;
  }

  /**
   * Names a run that is still there.
   * @param {string} id
   * @param {string} name
   * @returns {Promise<'renamed' | 'gone' | 'failed'>}
   */
  async rename(id, name) {
    const unwritten = this.#unwritten.get(id);
    if (unwritten) {
      this.#unwritten.set(id, { ...unwritten, name });
      return 'renamed';
    }
    const found = await this.#transact('readwrite', async (store) => {
      const entry = await store.get(id);
      if (entry) await store.put({ ...entry, name });
      return entry ? 'renamed' : 'gone';
    });
    if (found === 'renamed') this.#announce([id]);
    return /** @type {'renamed' | 'gone' | undefined} */ (found) ?? 'failed';
  }

  /** @param {string} id @returns {Promise<boolean>} whether it is gone for good */
  async delete(id) {
    if (this.#unwritten.delete(id)) return true;
    const done = await this.#transact('readwrite', async (store) => {
      await store.delete(id);
      return true;
    });
    if (done) this.#announce([], [id]);
    return done ?? false;
  }
}
