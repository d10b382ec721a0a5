// Converts between steps and positions on a chart's step axis.

/**
 * @param {import('chart.js').Chart<any, any, any>} chart its x axis shows steps or time
 * @param {() => number} unit length of a step on the axis, read at every call
 * @returns {Required<Pick<import('./kind.js').Drawn, 'marksAt'>> & { stepAt: (x: number) => number }}
 */
export const stepAxis = (chart, unit) => ({
  marksAt(step) {
    const { left, right, top, bottom } = chart.chartArea;
    const x = chart.scales.x.getPixelForValue(step * unit());
    return x < left || x > right ? { dots: [] } : { line: { x, top, bottom }, dots: [] };
  },
  stepAt: (x) => Math.round((chart.scales.x.getValueForPixel(x) ?? 0) / unit()),
});
