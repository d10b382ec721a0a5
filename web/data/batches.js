// Which samples does a run look at? Those of the paper subset, or of all MNIST training digits where they are shuffled.
import { loadDigits } from './digits.js';

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
 * @property {number[]} indices of the samples, in the paper subset or in MNIST's training set
 */

/** Samples of the paper subset of every class. */
const perClassInPaperSubset = 100;

/** @param {Data} data */
const isPaperSubset = ({ per_class, classes, data_seed }) =>
  data_seed === null && per_class === perClassInPaperSubset && classes.length === 10;

/** Loads digits when they are first asked for, and picks a run's samples. */
export class Batches {
  #pick;
  #onProgress;
  /** @type {Map<string, Promise<Digits>>} */
  #sets = new Map();
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
    return this.#set('mnist-paper');
  }

  /**
   * @param {Data} data
   * @returns {Promise<Samples>} the same object for the same data, as long as no others were asked for
   * @throws {Error} that says what could not be had
   */
  of(data) {
    const key = JSON.stringify([data.per_class, data.classes, data.data_seed]);
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
    const digits = await this.#set(data.data_seed === null ? 'mnist-paper' : 'train');
    const { count, pixels, labels } = digits;
    if (isPaperSubset(data)) return { pixels, samples: count, labels, indices: Array.from(labels.keys()) };
    const indices = Array.from(await this.#pick(labels, data));
    const features = digits.rows * digits.columns;
    const picked = new Uint8Array(indices.length * features);
    indices.forEach((index, i) => picked.set(pixels.subarray(index * features, (index + 1) * features), i * features));
    return {
      pixels: picked,
      samples: indices.length,
      labels: Uint8Array.from(indices, (index) => labels[index]),
      indices,
    };
  }

  /** @param {'mnist-paper' | 'train'} name */
  #set(name) {
    let digits = this.#sets.get(name);
    if (!digits) {
      const large = name === 'train';
      digits = loadDigits(name, large ? this.#onProgress : () => {}).finally(() => large && this.#onProgress(null));
      digits.catch(() => this.#sets.delete(name));
      this.#sets.set(name, digits);
    }
    return digits;
  }
}
