// Draws a figure of paths through three quantities in a rotatable box, with start and end marked.
import { extent } from '../curves.js';
import { along, roundAxis } from '../space/axis.js';
import { spaceCanvas } from '../space/space-canvas.js';
import { drawSpace } from '../space/space-chart.js';
import { currentTheme } from '../theme.js';

/**
 * @typedef {import('./figure.js').SpaceFigure} SpaceFigure
 * @typedef {import('../space/projection.js').Pose} Pose
 */

/** Points of one path. More cannot be distinguished and slow down rotation. */
const mostPoints = 200;

/** @param {SpaceFigure} figure @returns {import('../space/paths.js').Space} */
function spaceOf({ axes: names, paths }) {
  const axes = names.map((name, axis) => {
    const ends = paths.map(({ points }) => extent(Float64Array.from(points, (point) => point[axis])));
    const [least, greatest] = [Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high))];
    return { name, ...roundAxis(least, greatest) };
  });
  return {
    axes,
    paths: paths.map(({ name, ink, faint, points }) => {
      const stride = Math.max(1, Math.ceil(points.length / mostPoints));
      const taken = points.filter((_, i) => i % stride === 0 || i === points.length - 1);
      return {
        layer: ink,
        run: faint ? 1 : 0,
        places: taken.map(
          (point) => /** @type {[number, number, number]} */ (axes.map((axis, i) => along(axis, point[i]))),
        ),
        least: -1,
        at: () => null,
        ends: name,
      };
    }),
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => Pose} pose called at every draw
 */
export function createSpaceFigure(canvas, pose) {
  let theme = currentTheme();
  /** @type {SpaceFigure | null} */
  let known = null;
  /** @type {import('../space/paths.js').Space} */
  let space = { axes: [], paths: [] };
  const { chart, redraw } = spaceCanvas(canvas, (context, size) => {
    drawSpace(context, size, { title: known?.title ?? '', space, pose: pose(), step: null, theme });
  });
  return {
    chart: /** @type {import('chart.js').Chart<any, any, any>} */ (chart),
    /** @param {SpaceFigure} figure */
    draw(figure) {
      if (figure !== known) space = spaceOf(figure);
      known = figure;
      redraw();
    },
    restyle() {
      theme = currentTheme();
    },
    destroy() {},
  };
}
