// Stores the kept runs in the browser's IndexedDB. Limits their number and size, validates each when it is read, and
// keeps all tabs of the page in sync.
import { openDB } from 'idb';

import { bytesOf, checkedRun } from '../model/kept-run.js';

/** @typedef {import('../model/kept-run.js').KeptRun} KeptRun */

/** Ids that another tab changed. @typedef {{ put: string[], deleted: string[] }} Change */

const databaseName = 'ska-lab';
const storeName = 'runs';
const version = 1;
const channelName = 'ska-lab-runs';

/** Limits: with more runs or bytes, the oldest are removed. */
export const mostRuns = 60;
export const mostBytes = 64e6;

/**
 * When a run was stored on this device. For runs of earlier versions: their date, or 0 if that is in the future.
 * @param {KeptRun} run
 */
function keptAt({ kept, created }) {
  const date = kept ?? Date.parse(created);
  return kept !== undefined || date <= Date.now() ? date : 0;
}

/** Sorts runs, the last stored first. @param {KeptRun[]} runs */
export const newestFirst = (runs) => [...runs].sort((a, b) => keptAt(b) - keptAt(a));

/** A timestamp for the next run: later than all others, even if the clock was set back. @param {KeptRun[]} runs */
export const nextKept = (runs) => Math.max(Date.now(), ...runs.map((run) => keptAt(run) + 1));

/**
 * The runs to remove to meet the limits. The input is sorted newest first; the first is never removed.
 * @param {KeptRun[]} runs
 */
export function surplus(runs) {
  let bytes = 0;
  return runs.filter((run, i) => {
    bytes += bytesOf(run);
    return i > 0 && (i >= mostRuns || bytes > mostBytes);
  });
}

const newer =
  'The runs kept here are of a newer version of this page, which this one leaves alone: reload it to see them. What is done now lasts only until the page closes.';
const blocked = 'This browser does not let the page store runs (a private window?): they are gone when it closes.';
const waiting = 'Another tab holds the kept runs up: close the other tabs of this page.';
const full = 'The browser’s storage is full or blocked: what was just done lasts only until the page closes.';

/** @param {unknown} error */
const nameOf = (error) => (error instanceof Error || error instanceof DOMException ? error.name : '');

/** The store of kept runs. If the browser refuses storage, runs live only as long as the page. */
export class RunStore {
  /** @type {Promise<import('idb').IDBPDatabase | null> | null} */
  #database = null;
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** Messages about failures since the last `takeTrouble`. @type {Set<string>} */
  #trouble = new Set();
  /** Messages that are reported only once. @type {Set<string>} */
  #reported = new Set();
  /** Runs that could not be written, by id. @type {Map<string, KeptRun>} */
  #unwritten = new Map();
  #hasAsked = false;

  /** Called when another tab has changed the stored runs. */
  onChange = /** @type {(change: Change) => void} */ (() => {});

  /**
   * @param {{ persist?: () => void }} [means] `persist` asks the browser to make the storage persistent; called once
   */
  constructor({ persist = () => {} } = {}) {
    this.persist = persist;
    try {
      this.#channel = new BroadcastChannel(channelName);
      this.#channel.onmessage = ({ data }) => this.onChange(data);
    } catch {
      // Without a channel, tabs are not notified of each other's changes.
    }
  }

  /** Returns the pending messages about failures, and clears them. */
  takeTrouble() {
    const trouble = [...this.#trouble].join(' ');
    this.#trouble.clear();
    return trouble || null;
  }

  /** Whether a run exists only on this page. @param {string} id */
  isUnwritten(id) {
    return this.#unwritten.has(id);
  }

  /** @returns {Promise<import('idb').IDBPDatabase | null>} null if there is none, which is reported */
  #open() {
    // Opened within a promise, because browsers that block storage fail synchronously or later.
    this.#database ??= Promise.resolve()
      .then(() =>
        openDB(databaseName, version, {
          upgrade: (database) => void database.createObjectStore(storeName, { keyPath: 'id' }),
          blocked: () => this.#tell(waiting),
          // Another tab wants to upgrade or delete the database: close it, so that the tab is not blocked.
          blocking: (_old, _new, event) => {
            /** @type {IDBDatabase} */ (event.target).close();
            this.#database = null;
          },
          terminated: () => (this.#database = null),
        }),
      )
      .catch((error) => {
        this.#tell(nameOf(error) === 'VersionError' ? newer : blocked);
        this.#database = null; // so that the next call retries
        return null;
      });
    return this.#database;
  }

  /** Reports a lasting problem once. @param {string} sentence */
  #tell(sentence) {
    if (!this.#reported.has(sentence)) this.#trouble.add(sentence);
    this.#reported.add(sentence);
  }

  /**
   * Runs `work` in a transaction.
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: any) => Promise<T>} work
   * @returns {Promise<T | undefined>} undefined if the transaction failed, which is reported
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
          // The transaction has already ended.
        }
        throw error;
      }
    } catch {
      this.#trouble.add(full);
      return undefined;
    }
  }

  /**
   * Notifies the other tabs.
   * @param {string[]} put
   * @param {string[]} [deleted]
   */
  #announce(put, deleted = []) {
    this.#channel?.postMessage({ put, deleted });
  }

  /** The entries that are valid runs. Others stay in the store, which is reported. @param {unknown[]} entries */
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

  /** All runs, newest first. @returns {Promise<KeptRun[]>} */
  async all() {
    const entries = await this.#transact('readonly', (store) => store.getAll());
    const runs = this.#checked(entries ?? []).filter(({ id }) => !this.#unwritten.has(id));
    return newestFirst([...runs, ...this.#unwritten.values()]);
  }

  /** The runs with these ids that exist. @param {string[]} ids @returns {Promise<KeptRun[]>} */
  async some(ids) {
    const entries = await this.#transact('readonly', (store) => Promise.all(ids.map((id) => store.get(id))));
    return this.#checked((entries ?? []).filter((entry) => entry !== undefined));
  }

  /**
   * Stores runs and deletes others in one transaction: if storing fails, nothing is deleted.
   * @param {KeptRun[]} runs
   * @param {string[]} [givenUp] ids to delete
   * @returns {Promise<boolean>} whether they are stored; if not, they live only as long as the page, which is reported
   */
  async put(runs, givenUp = []) {
    const done = await this.#transact('readwrite', async (store) => {
      // Sequential, so that the first failure stops the rest.
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
   * Renames a run if it still exists.
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

  /** @param {string} id @returns {Promise<boolean>} whether it is deleted */
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
