// Computes an experiment's declared runs on the papers' digits with the module in Node.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import createSka from '#ska';

import { parseDigits } from '../../../web/data/idx.js';
import { Recording } from '../../../web/model/recording.js';

/** @typedef {import('../../../web/experiments/experiment.js').DeclaredRun} DeclaredRun */

/** @param {string} name */
const unpacked = (name) =>
  new Uint8Array(gunzipSync(readFileSync(new URL(`../../../public/data/${name}.gz`, import.meta.url))));

/**
 * @returns {Promise<(run: DeclaredRun) => Recording>} computes a run; cached
 */
export async function paperDigits() {
  const module = await createSka();
  const names = { images: 'mnist-paper-images-idx3-ubyte', labels: 'mnist-paper-labels-idx1-ubyte', indices: '' };
  const { pixels, labels, rows, columns } = parseDigits(unpacked(names.images), unpacked(names.labels), null, names);
  const features = rows * columns;
  /** @type {Map<string, Recording>} */
  const known = new Map();
  return ({ settings }) => {
    const { config, data, fast } = settings;
    const key = JSON.stringify(settings);
    const before = known.get(key);
    if (before) return before;
    const indices = Array.from(module.sampleIndices(labels, data));
    const picked = new Uint8Array(indices.length * features);
    indices.forEach((index, i) => picked.set(pixels.subarray(index * features, (index + 1) * features), i * features));
    const recording = new Recording(config, fast, data);
    const engine = new module.Engine(config, picked, indices.length);
    engine.advance(config.steps, (values) => recording.append(values.slice(), 0));
    engine.delete();
    known.set(key, recording);
    return recording;
  };
}
