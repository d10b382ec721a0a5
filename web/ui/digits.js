// Draws images of the batch on a canvas.
import { currentTheme } from '../charts/theme.js';

/** @typedef {import('../data/idx.js').Digits} Digits */

/**
 * Draws as many digits as fit the canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {Digits} digits
 */
export function drawDigits(canvas, { count, columns, rows, pixels }) {
  const perRow = Math.floor(canvas.width / columns);
  const shown = Math.min(count, perRow * Math.floor(canvas.height / rows));
  drawImages(
    canvas,
    pixels,
    Array.from({ length: shown }, (_, i) => i),
    perRow,
    columns,
  );
}

/**
 * Draws images side by side. A pixel's value is the opacity of the ink.
 * @param {HTMLCanvasElement} canvas resized to fit the images
 * @param {Uint8Array} pixels (samples, side²)
 * @param {number[]} positions indices of the samples to draw
 * @param {number} perRow
 * @param {number} side
 */
export function drawImages(canvas, pixels, positions, perRow, side) {
  Object.assign(canvas, { width: perRow * side, height: Math.ceil(positions.length / perRow) * side });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const [red, green, blue] = rgbOf(context, currentTheme().ink);
  const image = context.createImageData(side, side);
  const ink = image.data;
  for (let at = 0; at < ink.length; at += 4) {
    ink[at] = red;
    ink[at + 1] = green;
    ink[at + 2] = blue;
  }
  positions.forEach((position, i) => {
    const first = position * side * side;
    for (let p = 0; p < side * side; ++p) ink[4 * p + 3] = pixels[first + p];
    context.putImageData(image, (i % perRow) * side, Math.floor(i / perRow) * side);
  });
}

/**
 * RGB channels of any CSS colour.
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 */
function rgbOf(context, colour) {
  context.fillStyle = colour;
  const hex = context.fillStyle; // a canvas returns opaque colours as #rrggbb
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}
