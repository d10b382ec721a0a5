// Selects and caches the samples of a run: the first of each class, from a small file if that has enough of them, or
// shuffled ones from the whole set.
import { loadDigits } from './digits.js';
import { filesFor, perClassInFirst, sets } from '../model/sets.js';

/**
 * @typedef {import('./idx.js').Digits} Digits
 * @typedef {import('../model/settings.js').DataSettings} Data
 */

/**
 * The samples of a run and their origin.
 * @typedef {object} Samples
 * @property {Uint8Array} pixels (samples, features)
 * @property {number} samples
 * @property {Uint8Array} labels for display, never for learning
 * @property {number[]} indices of the samples within their set
 */

/** Number of whole sets to keep in memory: each takes 47 MB for 60 000 images. */
const mostWholeSets = 2;

/** Loads data sets on first use and selects a run's samples. */
export class Batches {
  #pick;
  #onProgress;
  /** Small files, by name. @type {Map<string, Promise<Digits>>} */
  #first = new Map();
  /** Whole sets, by name, in order of last use. @type {Map<string, Promise<Digits>>} */
  #whole = new Map();
  /** Progress of the current downloads, the latest last. @type {Map<string, number>} */
  #shares = new Map();
  /** @type {{ key: string, samples: Promise<Samples> } | null} */
  #last = null;

  /**
   * @param {(labels: Uint8Array, data: Data) => Promise<Int32Array>} pick selects the indices; implemented by the
   *   engine
   * @param {(share: number | null) => void} onProgress of a long download, from 0 to 1; null if there is none
   */
  constructor(pick, onProgress) {
    this.#pick = pick;
    this.#onProgress = onProgress;
  }

  /** The papers' 1000 digits. */
  paperSubset() {
    return this.#firstOf('mnist-paper');
  }

  /**
   * @param {Data} data
   * @returns {Promise<Samples>} the same object for the same data, until other data is requested
   * @throws {Error} with a message that names what could not be loaded
   */
  of(data) {
    const key = JSON.stringify([data.set, data.per_class, data.classes, data.data_seed]);
    if (this.#last?.key !== key) {
      const samples = this.#select(data);
      this.#last = { key, samples };
      samples.catch(() => {
        if (this.#last?.samples === samples) this.#last = null; // so that the next call retries
      });
    }
    return this.#last.samples;
  }

  /** @param {Data} data @returns {Promise<Samples>} */
  async #select(data) {
    const { files, isWhole } = filesFor(data);
    const digits = await (isWhole ? this.#wholeOf(files) : this.#firstOf(files));
    const { count, pixels, labels } = digits;
    const isAll =
      !isWhole && data.per_class === perClassInFirst && data.classes.length === sets[data.set].classes.length;
    if (isAll) return { pixels, samples: count, labels, indices: Array.from(digits.indices ?? labels.keys()) };
    const indices = Array.from(await this.#pick(labels, data));
    const features = digits.rows * digits.columns;
    const picked = new Uint8Array(indices.length * features);
    indices.forEach((index, i) => picked.set(pixels.subarray(index * features, (index + 1) * features), i * features));
    return {
      pixels: picked,
      samples: indices.length,
      labels: Uint8Array.from(indices, (index) => labels[index]),
      indices: digits.indices ? indices.map((index) => /** @type {Int32Array} */ (digits.indices)[index]) : indices,
    };
  }

  /** @param {string} files */
  #firstOf(files) {
    return kept(this.#first, files, () => loadDigits(files, false));
  }

  /** @param {string} files */
  #wholeOf(files) {
    const digits = kept(this.#whole, files, () => this.#download(files));
    this.#whole.delete(files); // reinserts it as the most recently used
    this.#whole.set(files, digits);
    const [oldest] = this.#whole.keys();
    if (this.#whole.size > mostWholeSets) this.#whole.delete(oldest);
    return digits;
  }

  /** Downloads a set. Only the latest download reports its progress. @param {string} files */
  async #download(files) {
    const tell = () => this.#onProgress([...this.#shares.values()].at(-1) ?? null);
    this.#shares.set(files, 0);
    try {
      return await loadDigits(files, true, (share) => {
        if (!this.#shares.has(files)) return; // the labels failed to load, so the images are no longer needed
        this.#shares.set(files, share);
        tell();
      });
    } finally {
      this.#shares.delete(files);
      tell();
    }
  }
}

/**
 * The cached digits, or else newly loaded ones. A failed load is removed, so that the next call retries.
 * @param {Map<string, Promise<Digits>>} digitsByName
 * @param {string} name
 * @param {() => Promise<Digits>} load
 */
function kept(digitsByName, name, load) {
  let digits = digitsByName.get(name);
  if (!digits) {
    const loading = load();
    loading.catch(() => digitsByName.get(name) === loading && digitsByName.delete(name));
    digitsByName.set(name, loading);
    digits = loading;
  }
  return digits;
}
