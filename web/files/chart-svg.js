// Exports a chart as an SVG image: the chart draws to a context that records SVG.
import { currentTheme } from '../charts/theme.js';
import { SvgContext, SvgPath } from './svg-context.js';

/**
 * Runs a drawing function and returns the result as SVG.
 * @param {number} width
 * @param {number} height
 * @param {CanvasRenderingContext2D} measure
 * @param {(context: SvgContext) => void} draw
 * @returns {Blob} image/svg+xml
 */
export function svgOf(width, height, measure, draw) {
  const context = new SvgContext(width, height, measure);
  Object.assign(context, { fillStyle: currentTheme().surface });
  context.fillRect(0, 0, width, height);
  draw(context);
  return new Blob([context.markup], { type: 'image/svg+xml' });
}

/**
 * Replaces the lines' cached paths while `draw` runs. Chart.js caches a Path2D, which cannot be read; the replacement
 * is an SvgPath.
 * @param {any} chart
 * @param {() => void} draw
 */
function withReadablePaths(chart, draw) {
  const lines = chart.getSortedVisibleDatasetMetas().flatMap((/** @type {any} */ { dataset }) => dataset ?? []);
  for (const line of lines) {
    line._path = new SvgPath();
    if (line.path(line._path)) line._path.closePath();
  }
  draw();
  for (const line of lines) delete line._path;
}

/**
 * Redirects a chart and all of its parts to another context while `draw` runs.
 * @param {any} chart with its layout computed
 * @param {unknown} context
 * @param {() => void} draw
 */
function drawnTo(chart, context, draw) {
  const own = chart.ctx;
  const controllers = chart.getSortedVisibleDatasetMetas().map((/** @type {any} */ { controller }) => controller);
  const give = (/** @type {unknown} */ to) => {
    for (const part of [chart, ...chart.boxes]) part.ctx = to;
    for (const controller of controllers) controller._ctx = to;
  };
  give(context);
  try {
    draw();
  } finally {
    give(own);
  }
}

/** @param {import('chart.js').Chart} chart @returns {Promise<Blob>} image/svg+xml */
export async function chartSvg(chart) {
  const { width, height, ctx } = chart;
  return svgOf(width, height, ctx, (context) =>
    drawnTo(chart, context, () => withReadablePaths(chart, () => chart.draw())),
  );
}
