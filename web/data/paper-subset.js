// The papers' data set: the first 100 digits of each class of MNIST, as the site ships it.
import { parseDigits } from './idx.js';

const files = { images: 'data/mnist-paper-images-idx3-ubyte.gz', labels: 'data/mnist-paper-labels-idx1-ubyte.gz' };

/**
 * Bytes as they are, or unpacked where they are gzip. Some hosts unpack such files themselves on the way.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {string} path relative to the page */
async function load(path) {
  const response = await fetch(new URL(path, document.baseURI)).catch(() => null);
  if (!response?.ok) {
    throw new Error(
      `The digits could not be loaded: ${path} ${response ? `gave ${response.status}` : 'is out of reach'}.`,
    );
  }
  return unpacked(new Uint8Array(await response.arrayBuffer()));
}

/** Loads the 1000 digits. Rejects with an Error that says which file could not be had. */
export async function loadPaperSubset() {
  const [images, labels] = await Promise.all([load(files.images), load(files.labels)]);
  return parseDigits(images, labels);
}
