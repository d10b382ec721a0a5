// Parses IDX files. JavaScript counterpart of cpp/io/idx.h.

const imageMagic = 0x00000803;
const labelMagic = 0x00000801;
const indexMagic = 0x00000c01; // one dimension of 32-bit integers

/**
 * @typedef {object} Digits
 * @property {number} count
 * @property {number} rows
 * @property {number} columns
 * @property {Uint8Array} pixels (count, rows, columns)
 * @property {Uint8Array} labels (count)
 * @property {Int32Array | null} indices positions of the samples in the set they were taken from; null if this is the
 *   whole set, in order
 */

/**
 * The sizes in the header, after checking type and length of the file.
 * @param {Uint8Array} bytes
 * @param {number} magic
 * @param {string} name what messages call the file
 */
function checkedSizes(bytes, magic, name) {
  const dimensions = magic & 0xff;
  const bytesEach = magic === indexMagic ? 4 : 1;
  const header = 4 + 4 * dimensions;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < header || view.getUint32(0) !== magic) {
    throw new Error(`${name} is not the IDX file it should be.`);
  }
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const announced = sizes.reduce((product, size) => product * size, bytesEach);
  if (announced !== bytes.length - header) {
    throw new Error(`${name} announces ${announced} bytes, and ${bytes.length - header} follow.`);
  }
  return { sizes, body: bytes.subarray(header) };
}

/** @param {Uint8Array} file @param {string} name */
function parseIndices(file, name) {
  const { sizes, body } = checkedSizes(file, indexMagic, name);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return Int32Array.from({ length: sizes[0] }, (_, i) => view.getInt32(4 * i));
}

/** @typedef {{ images: string, labels: string, indices: string }} Names */

/**
 * @param {Uint8Array} imageFile
 * @param {Uint8Array} labelFile
 * @param {Uint8Array | null} indexFile
 * @param {Names} names what messages call the files
 * @returns {Digits}
 * @throws {Error} unless the files are an image file, a label file and, if given, an index file of the same count
 */
export function parseDigits(imageFile, labelFile, indexFile, names) {
  const images = checkedSizes(imageFile, imageMagic, names.images);
  const labels = checkedSizes(labelFile, labelMagic, names.labels);
  const [count, rows, columns] = images.sizes;
  if (labels.sizes[0] !== count) {
    throw new Error(
      `${names.images} has ${count} images and ${names.labels} ${labels.sizes[0]} labels; they should be as many.`,
    );
  }
  const indices = indexFile && parseIndices(indexFile, names.indices);
  if (indices && indices.length !== count) {
    throw new Error(
      `${names.images} has ${count} images and ${names.indices} ${indices.length} indices; they should be as many.`,
    );
  }
  return { count, rows, columns, pixels: images.body, labels: labels.body, indices };
}
