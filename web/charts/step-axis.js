// Where does a step stand on a chart's step axis, and which step stands at a place of it?

/**
 * @param {import('chart.js').Chart<any, any, any>} chart whose x axis is that of steps, or of time
 * @param {() => number} unit how long a step is on it, read at every call
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
