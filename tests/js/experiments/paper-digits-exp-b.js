// Runs on the papers' digits, by the WebAssembly module.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { features } from '../../../web/state/settings.js';
import { Recording } from '../../../web/state/recording.js';

/** @param {string} name */
const read = (name) =>
  new Uint8Array(
    gunzipSync(readFileSync(new URL(`../../../public/data/mnist-paper-${name}-ubyte.gz`, import.meta.url))),
  );

/** The first of each class, in file order. @param {import('../../../web/state/settings.js').DataSettings} data */
function pixelsOf({ per_class, classes }) {
  const images = read('images-idx3').subarray(16);
  const labels = read('labels-idx1').subarray(8);
  const seen = Array(10).fill(0);
  const kept = [...labels.keys()].filter((i) => classes.includes(labels[i]) && seen[labels[i]]++ < per_class);
  const pixels = new Uint8Array(kept.length * features);
  kept.forEach((i, at) => pixels.set(images.subarray(i * features, (i + 1) * features), at * features));
  return { pixels, samples: kept.length };
}

/**
 * @param {import('#ska').MainModule} module
 * @param {import('../../../web/state/settings.js').Settings} settings
 */
export function computed(module, { config, data }) {
  const { pixels, samples } = pixelsOf(data);
  const engine = new module.Engine(config, pixels, samples);
  try {
    const recording = new Recording(config, false, data);
    engine.advance(config.steps, (/** @type {Float64Array} */ record) => recording.append(record.slice(), 0));
    return recording;
  } finally {
    engine.delete();
  }
}
