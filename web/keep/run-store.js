// Where do finished runs stay? In the browser's IndexedDB, and no more of them than a person can use.
import { openDB } from 'idb';

import { Recording } from '../state/recording.js';
import { defaultSettings } from '../state/settings.js';

/**
 * A run as it is kept.
 * @typedef {object} KeptRun
 * @property {string} id
 * @property {string} name
 * @property {string} created ISO date
 * @property {import('../state/settings.js').Settings} settings
 * @property {string | null} fingerprint
 * @property {number} computed milliseconds
 * @property {import('../state/recording.js').Start | null} start
 * @property {{ kernels: string, exact: boolean, threads: number }} computedBy
 * @property {number} steps
 * @property {Float64Array} values all records, one after another
 */

const databaseName = 'ska-lab';
const storeName = 'runs';
/** More runs than these, or more bytes, and the oldest give way. */
export const mostRuns = 60;
export const mostBytes = 64e6;

/** @param {KeptRun} run */
export function recordingOf({ settings, start, values, steps, computed, fingerprint }) {
  const recording = new Recording(settings.config, settings.fast, settings.data, start);
  const length = values.length / steps;
  for (let k = 0; k < steps; ++k) recording.append(values.slice(k * length, (k + 1) * length), computed);
  recording.fingerprint = fingerprint;
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
 * Those of the runs, newest first, that have to give way.
 * @param {KeptRun[]} runs
 */
export function surplus(runs) {
  let bytes = 0;
  return runs.filter((run, i) => {
    bytes += bytesOf(run);
    return i > 0 && (i >= mostRuns || bytes > mostBytes);
  });
}

/** A run that was kept before there were other data sets is of the first. @param {KeptRun} run @returns {KeptRun} */
export const withSet = (run) => ({
  ...run,
  settings: { ...run.settings, data: { ...run.settings.data, set: run.settings.data.set ?? defaultSettings.data.set } },
});

/** The runs that are kept. Where the browser does not let the page store anything they live as long as the page. */
export class RunStore {
  #database;
  /** What could not be done since this was last told, in words for a person. @type {string | null} */
  #trouble = null;

  constructor() {
    // Asked for within a promise: browsers that block storage refuse at once or later.
    const opened = Promise.resolve().then(() =>
      openDB(databaseName, 1, { upgrade: (database) => database.createObjectStore(storeName, { keyPath: 'id' }) }),
    );
    this.#database = opened.catch(() => {
      this.#trouble =
        'This browser does not let the page store runs (a private window?): they are gone when it closes.';
      return null;
    });
  }

  /** What could not be done, once. */
  takeTrouble() {
    const trouble = this.#trouble;
    this.#trouble = null;
    return trouble;
  }

  /** Newest first. @returns {Promise<KeptRun[]>} */
  async all() {
    const database = await this.#database;
    const runs = await this.#tried(async () => database?.getAll(storeName));
    return (runs ?? []).map(withSet).sort((a, b) => b.created.localeCompare(a.created));
  }

  /** @param {KeptRun} run */
  async put(run) {
    const database = await this.#database;
    await this.#tried(async () => database?.put(storeName, run));
  }

  /** @param {string} id */
  async delete(id) {
    const database = await this.#database;
    await this.#tried(async () => database?.delete(storeName, id));
  }

  /** @template T @param {() => Promise<T>} work @returns {Promise<T | null>} */
  async #tried(work) {
    try {
      return await work();
    } catch {
      this.#trouble = 'The browser’s storage is full or blocked: what was just done lasts only until the page closes.';
      return null;
    }
  }
}
