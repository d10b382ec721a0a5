// Exports a chart as a PNG image, with the page's background.
import { currentTheme } from '../charts/theme.js';

/** @param {import('chart.js').Chart} chart @returns {Promise<Blob>} image/png */
export function chartPng({ canvas }) {
  const picture = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
  const context = /** @type {CanvasRenderingContext2D} */ (picture.getContext('2d'));
  context.fillStyle = currentTheme().surface;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser could not make the picture.'))));
  });
}
