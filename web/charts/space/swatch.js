// Draws a short sample of a layer's path, for the legend.
import { drawPoint } from 'chart.js/helpers';

import { lineColour, lineDash, lineMarker } from '../colormaps.js';

/** In pixels; must match the style sheet. */
const width = 30;
const height = 14;
/** Pixel ratio that is sharp enough for any screen. */
const ratio = 3;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} layer index from 0
 * @param {boolean} dark whether the theme is dark
 */
export function drawSwatch(canvas, layer, dark) {
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.scale(ratio, ratio);
  context.strokeStyle = lineColour(layer, dark);
  context.fillStyle = lineColour(layer, dark);
  context.lineWidth = 2;
  context.setLineDash(lineDash(layer));
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.stroke();
  context.setLineDash([]);
  drawPoint(context, { pointStyle: lineMarker(layer), radius: 4.5, borderWidth: 1.5 }, width / 2, height / 2);
}
