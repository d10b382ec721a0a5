// Draws rings at a chart's landmarks: extremes, turning points and zero crossings.
import { landmarksOf } from '../model/landmarks.js';
import { comparesByDifference } from './scene.js';

/**
 * @typedef {import('../model/landmarks.js').Landmark} Landmark
 * @typedef {import('./curves.js').QuantitySpec} QuantitySpec
 * @typedef {import('./scene.js').Scene} Scene
 */

const radius = 5;

/**
 * The run's landmarks that the chart of a quantity marks.
 * @param {Scene} scene
 * @param {QuantitySpec} spec
 * @returns {Landmark[]} empty in difference mode, where the landmarks of the run do not apply
 */
export function markedLandmarks(scene, { quantity, marks = [] }) {
  if (!quantity || marks.length === 0 || comparesByDifference(scene)) return [];
  return landmarksOf(scene.recording).filter(
    (landmark) => landmark.quantity === quantity && landmark.record > 1 && marks.includes(landmark.kind),
  );
}

/**
 * A Chart.js plugin that draws the rings.
 * @param {() => { rings: { x: number, y: number }[], theme: import('./theme.js').Theme }} look called at every draw;
 *   rings are positioned by their values on the axes
 * @returns {import('chart.js').Plugin}
 */
export const landmarkRings = (look) => ({
  id: 'landmarkRings',
  afterDatasetsDraw({ ctx, scales }) {
    const { rings, theme } = look();
    ctx.save();
    for (const ring of rings) {
      const [x, y] = [scales.x.getPixelForValue(ring.x), scales.y.getPixelForValue(ring.y)];
      for (const [colour, width] of /** @type {[string, number][]} */ ([
        [theme.surface, 4],
        [theme.ink, 1.75],
      ])) {
        ctx.beginPath();
        ctx.arc(x, y, radius, 0, 2 * Math.PI);
        ctx.strokeStyle = colour;
        ctx.lineWidth = width;
        ctx.stroke();
      }
    }
    ctx.restore();
  },
});
