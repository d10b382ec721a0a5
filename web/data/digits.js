// How are samples loaded that the site ships? As gzipped IDX files, with word of how far a large one has come.
import { obtain, Unobtainable } from '../offline/obtain.js';
import { parseDigits } from './idx.js';

/**
 * Bytes as they are, or unpacked where they are gzip. Some hosts unpack such files themselves on the way.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Whether a site can be without this file. @param {string} path */
const isOptional = (path) => path.startsWith('data/fashion-mnist');

/** @param {string} path */
const nounFor = (path) => (isOptional(path) ? 'images' : 'digits');

/** @param {string} path */
const absenceOf = (path) =>
  isOptional(path) ? ' This site was built without Fashion-MNIST; MNIST’s digits are there.' : '';

/** @param {string} path relative to the page @param {(share: number) => void} onProgress */
async function load(path, onProgress) {
  const read = async (/** @type {Response} */ response) => {
    // Some hosts answer with a page of theirs where there is no file.
    if (response.headers.get('Content-Type')?.startsWith('text/html') && isOptional(path))
      throw new Unobtainable(`there is no ${path}.${absenceOf(path)}`, true);
    return unpacked(new Uint8Array(await response.arrayBuffer()));
  };
  try {
    return await obtain(path, new URL(path, document.baseURI), read, onProgress);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const absence = message.endsWith(' gave 404.') ? absenceOf(path) : '';
    throw new Error(`The ${nounFor(path)} could not be loaded: ${message}${absence}`, { cause: error });
  }
}

/**
 * Loads a labelled set. Rejects with an Error that says which file could not be had.
 * @param {string} files what the names of its files begin with
 * @param {boolean} isWhole whether they hold the whole set; else a file of their samples' indices stands beside them
 * @param {(share: number) => void} [onProgress] of the images, from 0 to 1
 */
export async function loadDigits(files, isWhole, onProgress = () => {}) {
  const names = {
    images: `data/${files}-images-idx3-ubyte.gz`,
    labels: `data/${files}-labels-idx1-ubyte.gz`,
    indices: `data/${files}-indices-idx1-int.gz`,
  };
  const [images, labels, indices] = await Promise.all([
    load(names.images, onProgress),
    load(names.labels, () => {}),
    isWhole ? null : load(names.indices, () => {}),
  ]);
  return parseDigits(images, labels, indices, names);
}
