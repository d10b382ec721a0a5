// The runs whose fingerprints are kept in fingerprints.csv: awkward sizes, and pixels that any host can make.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** @typedef {import('../../web/engine/protocol.js').Config} Config */

/**
 * @typedef {object} ExactRun
 * @property {string} name
 * @property {number} samples
 * @property {number} features
 * @property {number} lit how many of 256 pixels are not 0; 0 stands for the papers' digits
 * @property {Config} config
 * @property {string} fingerprint as kept
 */

const file = new URL('./fingerprints.csv', import.meta.url);

/** @returns {ExactRun[]} */
export function exactRuns() {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [name, samples, features, lit, layers, steps, rate, seed, shift, fingerprint] = line.split(',');
    return {
      name,
      samples: Number(samples),
      features: Number(features),
      lit: Number(lit),
      config: {
        layers: layers.split('-').map(Number),
        steps: Number(steps),
        learning_rate: Number(rate),
        seed: Number(seed),
        shift_term: shift === '1',
      },
      fingerprint,
    };
  });
}

/** The papers' default run. */
export function papersRun() {
  const run = exactRuns().find(({ lit }) => lit === 0);
  if (!run) throw new Error('The default run is not in fingerprints.csv.');
  return run;
}

/**
 * The pixels of such a run, from Marsaglia's xorshift (13, 17, 5) begun at 1.
 * @param {ExactRun} run
 */
export function pixelsOf({ samples, features, lit }) {
  if (lit === 0) {
    const packed = readFileSync(new URL('../../public/data/mnist-paper-images-idx3-ubyte.gz', import.meta.url));
    return new Uint8Array(gunzipSync(packed).subarray(16));
  }
  let x = 1;
  return Uint8Array.from({ length: samples * features }, () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return x >>> 24 < lit ? 1 + ((x >>> 8) % 255) : 0;
  });
}
