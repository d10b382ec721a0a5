// How are digits loaded that the site ships? As gzipped IDX files, with word of how far a large one has come.
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

/**
 * @param {Response} response
 * @param {(share: number) => void} onProgress
 */
async function bytesOf(response, onProgress) {
  const length = Number(response.headers.get('Content-Length'));
  if (!response.body || !(length > 0)) return new Uint8Array(await response.arrayBuffer());
  let received = 0;
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        received += chunk.byteLength;
        onProgress(Math.min(1, received / length));
        controller.enqueue(chunk);
      },
    }),
  );
  return new Uint8Array(await new Response(counted).arrayBuffer());
}

/**
 * @param {string} path relative to the page
 * @param {(share: number) => void} onProgress
 */
async function load(path, onProgress) {
  const response = await fetch(new URL(path, document.baseURI)).catch(() => null);
  if (!response?.ok) {
    throw new Error(
      `The digits could not be loaded: ${path} ${response ? `gave ${response.status}` : 'is out of reach'}.`,
    );
  }
  const bytes = await bytesOf(response, onProgress).catch(() => {
    throw new Error(`The digits could not be loaded: ${path} broke off.`);
  });
  return unpacked(bytes);
}

/**
 * Loads a labelled set. Rejects with an Error that says which file could not be had.
 * @param {'mnist-paper' | 'train' | 't10k'} name
 * @param {(share: number) => void} [onProgress] of the images, from 0 to 1
 */
export async function loadDigits(name, onProgress = () => {}) {
  const [images, labels] = await Promise.all([
    load(`data/${name}-images-idx3-ubyte.gz`, onProgress),
    load(`data/${name}-labels-idx1-ubyte.gz`, () => {}),
  ]);
  return parseDigits(images, labels);
}
