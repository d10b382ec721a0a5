// What does the network look at? The first digits of the batch, as they are.
import { currentTheme } from '../charts/theme.js';

/** @typedef {import('../data/idx.js').Digits} Digits */

/**
 * Draws as many digits as fit the canvas, in ink whose strength is the pixel's value.
 * @param {HTMLCanvasElement} canvas
 * @param {Digits} digits
 */
export function drawDigits(canvas, { count, rows, columns, pixels }) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const perRow = Math.floor(canvas.width / columns);
  const shown = Math.min(count, perRow * Math.floor(canvas.height / rows));
  const [red, green, blue] = rgbOf(context, currentTheme().ink);
  for (let i = 0; i < shown; ++i) {
    const image = context.createImageData(columns, rows);
    for (let p = 0; p < rows * columns; ++p) {
      image.data.set([red, green, blue, pixels[i * rows * columns + p]], 4 * p);
    }
    context.putImageData(image, (i % perRow) * columns, Math.floor(i / perRow) * rows);
  }
}

/**
 * The channels of any CSS colour.
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 */
function rgbOf(context, colour) {
  context.fillStyle = colour;
  const hex = context.fillStyle; // a canvas gives opaque colours back as #rrggbb
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}
