// What is not recorded yet? The hatched part of a chart's area.

const hatchSpacing = 9;

/**
 * A Chart.js plugin that hatches, behind everything else, where a chart has no records. A plain light colour could be
 * taken for a value near 0.
 * @param {() => { emptyFrom: number, theme: import('./theme.js').Theme }} look read at every drawing; from `emptyFrom`
 *   on, along the step axis, nothing is recorded
 * @returns {import('chart.js').Plugin}
 */
export function unrecorded(look) {
  return {
    id: 'unrecorded',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      const { emptyFrom, theme } = look();
      const { top, right, bottom, height } = chartArea;
      const left = scales.x.getPixelForValue(emptyFrom);
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, top, right - left, height);
      ctx.clip();
      ctx.fillStyle = theme.empty;
      ctx.fillRect(left, top, right - left, height);
      ctx.beginPath();
      for (let x = left - height; x < right; x += hatchSpacing) {
        ctx.moveTo(x, bottom);
        ctx.lineTo(x + height, top);
      }
      ctx.strokeStyle = theme.hatch;
      ctx.lineWidth = 1;
      ctx.stroke();
      ctx.restore();
    },
  };
}
