// On what is a space drawn? On a canvas with as many pixels as the screen has, which passes for a chart of Chart.js where
// charts are taken along.

/**
 * @param {HTMLCanvasElement} canvas as large as its style makes it
 * @param {(context: CanvasRenderingContext2D, size: { width: number, height: number }) => void} drawOn
 */
export function spaceCanvas(canvas, drawOn) {
  Object.assign(canvas.style, { display: 'block', width: '100%', height: '100%' });

  /**
   * As much of a Chart.js chart as what takes charts along asks for; the parts that those are made of it has not.
   */
  const chart = {
    canvas,
    ctx: /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')),
    options: /** @type {{ devicePixelRatio?: number }} */ ({}),
    boxes: [],
    getSortedVisibleDatasetMetas: () => [],
    get width() {
      return canvas.clientWidth;
    },
    get height() {
      return canvas.clientHeight;
    },
    draw: () => drawOn(chart.ctx, chart),
  };

  /** The canvas has as many pixels as the screen. */
  function fit() {
    const ratio = chart.options.devicePixelRatio ?? devicePixelRatio;
    const [width, height] = [Math.round(chart.width * ratio), Math.round(chart.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    chart.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  return {
    chart: /** @type {any} */ (chart),
    redraw() {
      fit();
      chart.ctx.clearRect(0, 0, chart.width, chart.height);
      chart.draw();
    },
  };
}
