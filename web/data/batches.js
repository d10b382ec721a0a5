// Which samples does a run look at? The first of each class, from a small file where that has enough, or shuffled ones.
import { loadDigits } from './digits.js';
import { filesFor, perClassInFirst, sets } from './sets.js';

/**
 * @typedef {import('./idx.js').Digits} Digits
 * @typedef {import('../state/settings.js').DataSettings} Data
 */

/**
 * The samples of a run, and where they come from.
 * @typedef {object} Samples
 * @property {Uint8Array} pixels (samples, features)
 * @property {number} samples
 * @property {Uint8Array} labels for looking at, never for learning
 * @property {number[]} indices of the samples in their set
 */

/** Whole sets in memory: 47 MB for 60 000 images. */
const mostWholeSets = 2;

/** Loads digits when they are first asked for, and picks a run's samples. */
export class Batches {
  #pick;
  #onProgress;
  /** The small files that were loaded. @type {Map<string, Promise<Digits>>} */
  #first = new Map();
  /** The whole sets, the one that was asked for last at the end. @type {Map<string, Promise<Digits>>} */
  #whole = new Map();
  /** How far the downloads under way have come, the latest last. @type {Map<string, number>} */
  #shares = new Map();
  /** @type {{ key: string, samples: Promise<Samples> } | null} */
  #last = null;

  /**
   * @param {(labels: Uint8Array, data: Data) => Promise<Int32Array>} pick the engine's choice of indices
   * @param {(share: number | null) => void} onProgress of a long download, from 0 to 1; null when there is none
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
   * @returns {Promise<Samples>} the same object for the same data, as long as no others were asked for
   * @throws {Error} that says what could not be had
   */
  of(data) {
    const key = JSON.stringify([data.set, data.per_class, data.classes, data.data_seed]);
    if (this.#last?.key !== key) {
      const samples = this.#select(data);
      this.#last = { key, samples };
      samples.catch(() => {
        if (this.#last?.samples === samples) this.#last = null; // to be tried again
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
    this.#whole.delete(files); // and in again, as the latest
    this.#whole.set(files, digits);
    const [oldest] = this.#whole.keys();
    if (this.#whole.size > mostWholeSets) this.#whole.delete(oldest);
    return digits;
  }

  /** Tells of the latest of the downloads alone. @param {string} files */
  async #download(files) {
    const tell = () => this.#onProgress([...this.#shares.values()].at(-1) ?? null);
    this.#shares.set(files, 0);
    try {
      return await loadDigits(files, true, (share) => {
        if (!this.#shares.has(files)) return; // the labels could not be had: the images come for nothing
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
 * What is kept under a name, or else what is loaded now. What could not be loaded is tried again the next time.
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
