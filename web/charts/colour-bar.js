// Draws a colour bar with its scale at a chart's right edge.
import { colourAt } from './colormaps.js';

/** @typedef {import('./colormaps.js').Colormap} Colormap */

const barWidth = 12;
const gap = 14;
/** Space at the chart's right edge for the bar and its labels, in pixels. */
export const colourBarSpace = 82;

/**
 * A Chart.js plugin that draws the bar.
 * @param {() => { colormap: Colormap, scale: import('./colour-scale.js').ColourScale, theme: import('./theme.js').Theme
 *   }} look called at every draw
 * @returns {import('chart.js').Plugin}
 */
export function colourBar(look) {
  return {
    id: 'colourBar',
    afterDraw({ ctx, chartArea }) {
      const { colormap, scale, theme } = look();
      const left = chartArea.right + gap;
      const gradient = ctx.createLinearGradient(0, chartArea.bottom, 0, chartArea.top);
      for (let i = 0; i < colormap.length; ++i) {
        const position = i / (colormap.length - 1);
        gradient.addColorStop(position, colourAt(colormap, position));
      }
      ctx.save();
      ctx.fillStyle = gradient;
      ctx.fillRect(left, chartArea.top, barWidth, chartArea.height);
      ctx.strokeStyle = theme.grid;
      ctx.strokeRect(left, chartArea.top, barWidth, chartArea.height);
      ctx.fillStyle = theme.faint;
      ctx.font = `11px ${theme.font}`;
      ctx.textBaseline = 'middle';
      for (const { position, text } of scale.ticks) {
        ctx.fillText(text, left + barWidth + 5, chartArea.bottom - position * chartArea.height);
      }
      ctx.restore();
    },
  };
}
