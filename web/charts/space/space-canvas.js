// A high-resolution canvas for the space chart. It imitates a Chart.js chart where the export code expects one.

/**
 * @param {HTMLCanvasElement} canvas sized by its style
 * @param {(context: CanvasRenderingContext2D, size: { width: number, height: number }) => void} drawOn
 */
export function spaceCanvas(canvas, drawOn) {
  Object.assign(canvas.style, { display: 'block', width: '100%', height: '100%' });

  /** The members of a Chart.js chart that the export code reads. `boxes` and the metas stay empty. */
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

  /** Matches the canvas's pixels to the screen's. */
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
