// Exports all kept runs as a zip of run cards, newest first, each with its initial weights if these were given.
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';

import { features } from '../model/settings.js';
import { zipTime } from './csv-files.js';
import { writeNpz } from './npz.js';
import { runCard } from './run-card.js';
import { recordingOf } from '../model/kept-run.js';

/**
 * Splits the concatenated weights into layers.
 * @param {Float32Array} flat
 * @param {number[]} sizes
 */
function layersOf(flat, sizes) {
  let at = 0;
  return sizes.map((neurons, l) => {
    const inputs = l === 0 ? features : sizes[l - 1];
    const weights = flat.subarray(at, (at += inputs * neurons));
    const biases = flat.subarray(at, (at += neurons));
    return { weights, biases, inputs, neurons };
  });
}

/** @param {import('../model/kept-run.js').KeptRun} run @param {string} digest of its samples */
export function cardOf(run, digest) {
  const { settings, name, created, start, computedBy, contract, fingerprint } = run;
  return runCard({
    settings,
    recording: recordingOf(run),
    about: computedBy,
    digest,
    name,
    created,
    start: start && { digest: start.digest, name: start.name },
    contract,
    fingerprint,
  });
}

/**
 * @param {{ run: import('../model/kept-run.js').KeptRun, digest: string }[]} runs in the order of the list
 * @param {(share: number) => void} [progress]
 * @returns {Blob}
 */
export function zipRuns(runs, progress = () => {}) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(/** @type {Uint8Array<ArrayBuffer>} */ (part));
  });
  const digits = String(runs.length).length;
  runs.forEach(({ run, digest }, i) => {
    const name = `run-${String(i + 1).padStart(digits, '0')}`;
    const card = Object.assign(new ZipDeflate(`${name}.json`), { mtime: zipTime });
    zip.add(card);
    card.push(strToU8(cardOf(run, digest)), true);
    if (run.start && run.start.weights.length > 0) {
      const weights = Object.assign(new ZipPassThrough(`${name}.npz`), { mtime: zipTime });
      zip.add(weights);
      weights.push(writeNpz(layersOf(run.start.weights, run.settings.config.layers)), true);
    }
    progress((i + 1) / runs.length);
  });
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}
