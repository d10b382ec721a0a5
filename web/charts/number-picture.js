// Draws arrays of numbers as images, one pixel per number.
import { colourBytes, coolwarmReversed, viridis } from './colormaps.js';

/** @typedef {{ bytes: Uint8Array, low: number, high: number }} PixelScale */

const diverging = colourBytes([...coolwarmReversed].reverse());
const sequential = colourBytes(viridis);

/** Colour scale: blue below 0, grey at 0, red above. @param {ArrayLike<number>} values @returns {PixelScale} */
export function aroundZero(values) {
  let size = 0;
  for (let i = 0; i < values.length; ++i) size = Math.max(size, Math.abs(values[i]));
  return { bytes: diverging, low: -size, high: size };
}

/** Colour scale for D, from 0 to 1. @type {PixelScale} */
export const zeroToOne = { bytes: sequential, low: 0, high: 1 };

/**
 * Writes numbers as pixels, row by row.
 * @param {ImageData} image has one pixel per number
 * @param {(index: number) => number} valueAt
 * @param {PixelScale} scale
 */
function paint(image, valueAt, { bytes, low, high }) {
  const factor = high > low ? 255 / (high - low) : 0;
  const pixels = image.data;
  for (let i = 0, at = 0; at < pixels.length; ++i, at += 4) {
    const colour = 3 * Math.max(0, Math.min(255, Math.round((valueAt(i) - low) * factor)));
    pixels[at] = bytes[colour];
    pixels[at + 1] = bytes[colour + 1];
    pixels[at + 2] = bytes[colour + 2];
    pixels[at + 3] = 255;
  }
}

/** @param {HTMLCanvasElement} canvas */
const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));

/**
 * Draws a matrix, one pixel per number.
 * @param {HTMLCanvasElement} canvas resized to the matrix
 * @param {ArrayLike<number>} values (rows, columns)
 * @param {number} columns
 * @param {PixelScale} scale
 */
export function drawMatrix(canvas, values, columns, scale) {
  const rows = Math.ceil(values.length / columns);
  Object.assign(canvas, { width: columns, height: rows });
  const image = new ImageData(columns, rows);
  paint(image, (i) => values[i] ?? 0, scale);
  image.data.fill(0, 4 * values.length); // padding of the last row is transparent
  contextOf(canvas).putImageData(image, 0, 0);
}

/**
 * Draws the weights of every first-layer neuron as an image of its own.
 * @param {HTMLCanvasElement} canvas resized to fit all images
 * @param {Float32Array} weights (side², neurons)
 * @param {number} neurons
 * @param {{ first: number, count: number, perRow: number, side: number }} shown
 * @param {PixelScale} scale
 */
export function drawReceptiveFields(canvas, weights, neurons, { first, count, perRow, side }, scale) {
  const gap = 2;
  const pitch = side + gap;
  Object.assign(canvas, { width: perRow * pitch - gap, height: Math.ceil(count / perRow) * pitch - gap });
  const context = contextOf(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < count; ++i) {
    const image = new ImageData(side, side);
    paint(image, (pixel) => weights[pixel * neurons + first + i], scale);
    context.putImageData(image, (i % perRow) * pitch, Math.floor(i / perRow) * pitch);
  }
}

/**
 * Draws an image of the batch, dark on light.
 * @param {HTMLCanvasElement} canvas resized to the image
 * @param {Uint8Array} pixels (side²)
 * @param {number} side
 */
export function drawDigit(canvas, pixels, side) {
  Object.assign(canvas, { width: side, height: side });
  const image = new ImageData(side, side);
  pixels.forEach((value, i) => image.data.set([255 - value, 255 - value, 255 - value, 255], 4 * i));
  contextOf(canvas).putImageData(image, 0, 0);
}
