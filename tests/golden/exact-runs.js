// The runs whose fingerprints are kept in fingerprints.csv and, of the rule’s variants, in fingerprints-variants.csv:
// awkward sizes, and pixels that any host can make.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** @typedef {import('../../web/model/types.js').Config} Config */

/**
 * @typedef {object} ExactRun
 * @property {string} name
 * @property {number} samples
 * @property {number} features
 * @property {number} lit how many of 256 pixels are not 0; 0 stands for the papers' digits
 * @property {Config} config
 * @property {string} fingerprint as kept
 */

/** The files that hold them. */
export const fingerprintFiles = ['fingerprints.csv', 'fingerprints-variants.csv'].map(
  (name) => new URL(name, import.meta.url),
);

/** Those of one file. @param {URL} file @returns {ExactRun[]} */
export function exactRunsOf(file) {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const run = Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
    return {
      name: run.name,
      samples: Number(run.samples),
      features: Number(run.features),
      lit: Number(run.lit),
      config: {
        layers: run.layers.split('-').map(Number),
        steps: Number(run.steps),
        learning_rate: Number(run.learning_rate),
        seed: Number(run.seed),
        shift_term: run.shift_term === '1',
        ...('layer_input' in run && {
          layer_input: /** @type {'previous' | 'current'} */ (run.layer_input),
          gradient_equation: /** @type {22 | 31} */ (Number(run.gradient_equation)),
        }),
      },
      fingerprint: run.fingerprint,
    };
  });
}

/** All of them. */
export const exactRuns = () => fingerprintFiles.flatMap(exactRunsOf);

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
