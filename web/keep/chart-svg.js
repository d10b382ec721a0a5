// What does a chart look like as a drawing that scales? The same strokes, written down as SVG.
import { currentTheme } from '../charts/theme.js';

/** @param {import('chart.js').Chart} chart @returns {Promise<Blob>} image/svg+xml */
export async function chartSvg(chart) {
  const { Context } = await import('svgcanvas');
  const { width, height } = chart;
  const context = new Context({ width, height, ctx: chart.ctx });
  context.fillStyle = currentTheme().surface;
  context.fillRect(0, 0, width, height);
  // The chart is laid out already; drawn once more, all of its parts draw to the other context.
  const parts = /** @type {{ ctx: unknown }[]} */ ([chart, .../** @type {any} */ (chart).boxes]);
  const own = chart.ctx;
  for (const part of parts) part.ctx = context;
  try {
    chart.draw();
  } finally {
    for (const part of parts) part.ctx = own;
  }
  return new Blob([context.getSerializedSvg(true)], { type: 'image/svg+xml' });
}
