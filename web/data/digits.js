// Loads the sample files that the site ships (gzipped IDX), with progress for large ones.
import { obtain, Unobtainable } from '../offline/obtain.js';
import { parseDigits } from './idx.js';

/**
 * Decompresses gzip; returns other bytes unchanged, because some hosts decompress such files themselves.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Whether a site may be built without this file. @param {string} path */
const isOptional = (path) => path.startsWith('data/fashion-mnist');

/** @param {string} path */
const nounFor = (path) => (isOptional(path) ? 'images' : 'digits');

/** @param {string} path */
const absenceOf = (path) =>
  isOptional(path) ? ' This site was built without Fashion-MNIST; MNIST’s digits are there.' : '';

/** @param {string} path relative to the page @param {(share: number) => void} onProgress */
async function load(path, onProgress) {
  const read = async (/** @type {Response} */ response) => {
    // Some hosts answer with an HTML page if a file does not exist.
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
 * Loads a labelled set. Rejects with an Error that names the file that could not be loaded.
 * @param {string} files the prefix of its file names
 * @param {boolean} isWhole whether the files hold the whole set; if not, there is also a file with the samples' indices
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
