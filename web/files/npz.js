// Reads and writes weights as NumPy .npz files: numpy.savez('w.npz', W1=…, b1=…, W2=…, b2=…).
import { strToU8, zipSync } from 'fflate';

import { ranges } from '../model/settings.js';
import { shown } from '../model/shown.js';
import { zipTime } from './csv-files.js';
import { unzipped, zipEntries } from './unzip.js';

/** @typedef {import('./unzip.js').Entry} Entry */
/** @typedef {import('../model/types.js').LayerWeights} LayerWeights */

/**
 * The array of a .npy file, row-major.
 * @typedef {{ shape: number[], values: Float32Array }} NpyArray
 */

const mostBytes = 512 * 2 ** 20;
const magic = '\x93NUMPY';
const alignment = 64; // NumPy's alignment of the numbers in a file
const mostInputs = 1_000_000; // the limit of cpp/core/config.h

/**
 * A .npy file of version 1.0: magic, version, the header's length, the header, and the numbers.
 * @param {number[]} shape
 * @param {Float32Array} values row-major
 */
function npyFile(shape, values) {
  const shapeText = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shapeText}, }`;
  const fixed = magic.length + 2 + 2;
  const start = Math.ceil((fixed + description.length + 1) / alignment) * alignment;
  const header = `${description.padEnd(start - fixed - 1)}\n`;
  const file = new Uint8Array(start + 4 * values.length);
  const view = new DataView(file.buffer);
  file.set(strToU8(magic, true));
  file[magic.length] = 1;
  view.setUint16(magic.length + 2, header.length, true);
  file.set(strToU8(header), fixed);
  for (let i = 0; i < values.length; ++i) view.setFloat32(start + 4 * i, values[i], true);
  return file;
}

/**
 * Weights as an .npz file: arrays W1, b1, W2, b2, … of 32-bit floats.
 * @param {LayerWeights[]} layers
 * @returns {Uint8Array<ArrayBuffer>} deterministic: the same bytes for the same weights
 */
export function writeNpz(layers) {
  const files = layers.flatMap(({ weights, biases, inputs, neurons }, l) => [
    [`W${l + 1}.npy`, npyFile([inputs, neurons], weights)],
    [`b${l + 1}.npy`, npyFile([neurons], biases)],
  ]);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: zipTime });
}

/**
 * Parses the header of a .npy file; `start` is the offset of its numbers.
 * @param {string} name
 * @param {Uint8Array} file
 */
function npyHeader(name, file) {
  const text = (/** @type {number} */ from, /** @type {number} */ to) =>
    new TextDecoder('latin1').decode(file.subarray(from, to));
  const isNpy = file.length >= 12 && file[0] === 0x93 && text(1, magic.length) === magic.slice(1);
  const major = file[magic.length];
  if (!isNpy || major < 1 || major > 3) {
    throw new Error(`${name} is not an array of NumPy’s format, version 1, 2 or 3.`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = major === 1 ? 10 : 12;
  const end = start + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = text(start, Math.min(end, start + 0xffff));
  const descr = /["']descr["']\s*:\s*["']([^"']*)["']/.exec(header)?.[1];
  const order = /["']fortran_order["']\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /["']shape["']\s*:\s*\(((?:\s*\d{1,12}\s*,)*\s*(?:\d{1,12}\s*)?)\)/.exec(header)?.[1];
  if (end > file.length || descr === undefined || order === undefined || shape === undefined) {
    throw new Error(`${name} has a header that does not say what numbers it holds: ${shown(header)}.`);
  }
  const sizes = shape.split(',').filter((size) => size.trim());
  return { descr, fortran: order === 'True', shape: sizes.map(Number), start: end };
}

/**
 * Converts column-major values to row-major order.
 * @param {Float32Array} values
 * @param {number} rows
 * @param {number} columns
 */
function transposed(values, rows, columns) {
  const result = new Float32Array(values.length);
  for (let i = 0; i < rows; ++i) {
    for (let j = 0; j < columns; ++j) result[i * columns + j] = values[j * rows + i];
  }
  return result;
}

/**
 * Parses the header of a .npy file, and checks its number type and its size.
 * @param {string} name
 * @param {Uint8Array} file only its beginning is required
 * @param {number} length of the whole file
 */
function checkedHeader(name, file, length) {
  const { descr, fortran, shape, start } = npyHeader(name, file);
  if (descr !== '<f4' && descr !== '<f8') {
    throw new Error(`${name} has numbers of the type ${shown(descr)}; float32 (<f4) and float64 (<f8) are read.`);
  }
  const size = descr === '<f4' ? 4 : 8;
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (count * size !== length - start) {
    throw new Error(
      `${name} of shape (${shape.join(', ')}) has ${count * size} bytes of numbers; ${length - start} follow.`,
    );
  }
  return { fortran, shape, start, size, count };
}

/**
 * Reads the array of a .npy file.
 * @param {string} name
 * @param {Uint8Array} file
 * @returns {NpyArray}
 */
function npyArray(name, file) {
  const { fortran, shape, start, size, count } = checkedHeader(name, file, file.length);
  const view = new DataView(file.buffer, file.byteOffset + start, count * size);
  const values = new Float32Array(count);
  for (let i = 0; i < count; ++i) {
    values[i] = size === 4 ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true);
    if (!Number.isFinite(values[i])) {
      const given = size === 4 ? values[i] : view.getFloat64(8 * i, true);
      throw new Error(`${name} has ${given} as its number ${i + 1}; weights must be finite 32-bit floats.`);
    }
  }
  return { shape, values: fortran && shape.length === 2 ? transposed(values, shape[0], shape[1]) : values };
}

/**
 * The entries of a zip that are named like weights. Nothing is unpacked yet.
 * @param {Uint8Array} bytes
 */
function weightFiles(bytes) {
  const entries = zipEntries(bytes).filter(({ name }) => /^[Wb]\d{1,3}\.npy$/.test(name));
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (unpacked > mostBytes) {
    throw new Error(`The weights take ${unpacked} bytes unpacked; at most ${mostBytes} are read.`);
  }
  return new Map(entries.map((entry) => [entry.name.replace('.npy', ''), entry]));
}

/**
 * The number of layers: the greatest number in a name. Throws if an array is missing.
 * @param {string[]} names
 */
function countLayers(names) {
  const zeroth = names.find((name) => Number(name.slice(1)) === 0);
  if (zeroth)
    throw new Error(`The file has an array ${zeroth}; the layers’ arrays are counted from 1: W1, b1, W2, b2.`);
  const depth = Math.max(0, ...names.map((name) => Number(name.slice(1))));
  const missing = Array.from({ length: Math.max(1, depth) }, (_, l) => [`W${l + 1}`, `b${l + 1}`])
    .flat()
    .find((name) => !names.includes(name));
  if (missing) {
    throw new Error(`The file has no array ${missing}; weights are arrays W1, b1, W2, b2 and so on, one pair a layer.`);
  }
  const { greatest } = ranges.layers;
  if (depth > greatest) throw new Error(`The file has weights of ${depth} layers; a network has 1 to ${greatest}.`);
  return depth;
}

/**
 * Throws if the shape is invalid for a layer's weights or biases.
 * @param {string} name such as W1 or b1
 * @param {number[]} shape
 */
function checkShape(name, shape) {
  const { greatest } = ranges.neurons;
  if (name.startsWith('b')) {
    if (shape.length === 1 && shape[0] <= greatest) return;
    throw new Error(`${name} has the shape ${shapeText(shape)}; it must be (neurons,), at most ${greatest} of them.`);
  }
  const [inputs, neurons] = shape;
  if (shape.length !== 2) throw new Error(`${name} has the shape ${shapeText(shape)}; it must be (inputs, neurons).`);
  if (inputs < 1 || inputs > mostInputs || neurons < 1 || neurons > greatest) {
    throw new Error(
      `${name} has the shape ${shapeText(shape)}; a layer has 1 to ${mostInputs} inputs and 1 to ${greatest} neurons.`,
    );
  }
}

/** @param {number[]} shape */
const shapeText = (shape) => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

/**
 * Combines two arrays to a layer. Throws if their shapes do not match each other or the previous layer.
 * @param {number} number of the layer, from 1
 * @param {NpyArray} W
 * @param {NpyArray} b
 * @param {LayerWeights | undefined} before
 * @returns {LayerWeights}
 */
function layerOf(number, W, b, before) {
  const [inputs, neurons] = W.shape;
  if (before && inputs !== before.neurons) {
    throw new Error(`W${number} has ${inputs} inputs; the layer before it has ${before.neurons} neurons.`);
  }
  if (b.shape.length !== 1 || b.shape[0] !== neurons) {
    throw new Error(
      `b${number} has the shape ${shapeText(b.shape)}; with the ${neurons} neurons of W${number} it must be (${neurons},).`,
    );
  }
  return { weights: W.values, biases: b.values, inputs, neurons };
}

/**
 * Reads weights from an .npz file, stored or deflated: arrays W1 (inputs, neurons), b1 (neurons), W2, b2, … of float32
 * or float64, in C or Fortran order. float64 is rounded to float32. Other arrays are ignored.
 * @param {Uint8Array} bytes
 * @param {(share: number) => void} [progress] called with the unpacked share, from 0 to 1
 * @returns {{ layers: LayerWeights[] }} each layer's neurons are the next layer's inputs
 * @throws {Error} for anything else, with a message that names the fault
 */
export function readNpz(bytes, progress = () => {}) {
  const files = weightFiles(bytes);
  const depth = countLayers([...files.keys()]);
  const all = [...files.values()].reduce((sum, { unpacked }) => sum + unpacked, 0);
  let done = 0;
  /** @param {string} name */
  const array = (name) => {
    const entry = /** @type {Entry} */ (files.get(name));
    const file = unzipped(bytes, entry, {
      begins: (start) => checkShape(name, checkedHeader(name, start, entry.unpacked).shape),
      progress: (more) => progress((done += more) / all),
    });
    return npyArray(name, file);
  };
  /** @type {LayerWeights[]} */
  const layers = [];
  for (let l = 1; l <= depth; ++l) layers.push(layerOf(l, array(`W${l}`), array(`b${l}`), layers.at(-1)));
  return { layers };
}
