// Which number is which colour? A bar at a chart's right edge says it.
import { colourAt } from './colormaps.js';
import { shortText } from './format.js';

/** @typedef {import('./colormaps.js').Colormap} Colormap */

const barWidth = 12;
const gap = 14;
/** What a chart keeps free at its right for the bar and its numbers. */
export const colourBarSpace = 82;

/**
 * A Chart.js plugin that draws the bar.
 * @param {Colormap} colormap
 * @param {() => { range: [number, number], theme: import('./theme.js').Theme }} look read at every drawing
 * @returns {import('chart.js').Plugin}
 */
export function colourBar(colormap, look) {
  return {
    id: 'colourBar',
    afterDraw({ ctx, chartArea }) {
      const { range, theme } = look();
      const [low, high] = range;
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
      // A range without extent has one colour, the greatest value's.
      const ticks = low === high ? [1] : [0, 0.25, 0.5, 0.75, 1];
      for (const position of ticks) {
        const y = chartArea.bottom - position * chartArea.height;
        ctx.fillText(shortText(low + position * (high - low)), left + barWidth + 5, y);
      }
      ctx.restore();
    },
  };
}
