// Hatches the part of a chart that has no records yet.

const hatchSpacing = 9;

/**
 * A Chart.js plugin that hatches the area without records, behind everything else. A plain light colour could be
 * mistaken for a value near 0.
 * @param {() => { emptyFrom: number, theme: import('./theme.js').Theme }} look called at every draw; the area from
 *   `emptyFrom` on along the step axis has no records
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
