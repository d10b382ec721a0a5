// Draws the box around the paths: its far walls with their grid, and tick labels along three edges.
import { shortText } from '../format.js';
import { along } from './axis.js';
import { blend } from './blend.js';
import { freeSpace } from './free-space.js';
import { farSides } from './projection.js';

/**
 * @typedef {import('./axis.js').Axis} Axis
 * @typedef {import('./paths.js').Place} Place
 * @typedef {import('./projection.js').Spot} Spot
 * @typedef {import('../theme.js').Theme} Theme
 * @typedef {ReturnType<typeof import('./projection.js').projection>} Project
 * @typedef {{ axis: number, sides: Place }} Edge runs along an axis, at the given sides of the other two
 */

/** An edge that looks shorter than this, in pixels, is seen end-on and gets no tick labels. */
const shortestEdge = 36;
/** From this slope on an edge counts as upright: its name goes above it, not beside its tick labels. */
const upright = 0.9;
const tickLength = 5;
/** Distance between an edge and its tick labels, in pixels. */
const gap = 10;
const lineHeight = 14;

/** The place with one coordinate replaced. @param {Place} place @param {number} axis @param {number} value */
const moved = (place, axis, value) => /** @type {Place} */ (place.map((part, each) => (each === axis ? value : part)));

/** @param {CanvasRenderingContext2D} context @param {Spot[]} spots */
function trace(context, spots) {
  spots.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Axis[]} axes
 * @param {Project} project
 * @param {Place} far corner where the three far walls meet
 * @param {Theme} theme
 */
function drawWalls(context, axes, project, far, theme) {
  const walls = [0, 1, 2].map((wall) => [0, 1, 2].filter((axis) => axis !== wall));
  context.lineWidth = 1;
  context.strokeStyle = theme.grid;
  context.beginPath();
  for (const [a, b] of walls) {
    for (const [axis, other] of [
      [a, b],
      [b, a],
    ]) {
      for (const tick of axes[axis].ticks) {
        const place = moved(far, axis, along(axes[axis], tick));
        trace(
          context,
          [-1, 1].map((end) => project(...moved(place, other, end))),
        );
      }
    }
  }
  context.stroke();
  context.strokeStyle = blend(theme.faint, theme.surface, 0.45);
  context.beginPath();
  for (const [a, b] of walls) {
    const corners = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
      [-1, -1],
    ];
    trace(
      context,
      corners.map(([first, second]) => project(...moved(moved(far, a, first), b, second))),
    );
  }
  context.stroke();
}

/**
 * The edges with tick labels. They lie on the outline of the box, so nothing is drawn behind the labels.
 * @param {Project} project
 * @param {Place} far
 * @returns {Edge[]} in order of priority: labels of earlier edges win where labels overlap
 */
function numberedEdges(project, far) {
  const [left] = [moved(far, 0, -far[0]), moved(far, 1, -far[1])].sort(
    (one, other) => project(...one).x - project(...other).x,
  );
  return [
    { axis: 2, sides: left },
    { axis: 0, sides: moved(far, 1, -far[1]) },
    { axis: 1, sides: moved(far, 0, -far[0]) },
  ];
}

/** @param {number} outwards x component of the outward direction */
const alignOf = (outwards) => (outwards > 0.4 ? 'left' : outwards < -0.4 ? 'right' : 'center');

/**
 * Draws an edge's name and as many tick labels as fit.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width width of the picture
 * @param {Axis} axis
 * @param {Edge} edge
 * @param {Project} project
 * @param {Theme} theme
 * @param {ReturnType<typeof freeSpace>} free tracks the space already taken by labels
 */
function drawNumbers(context, width, axis, edge, project, theme, free) {
  const [from, to] = [-1, 1].map((end) => project(...moved(edge.sides, edge.axis, end)));
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < shortestEdge) return;
  const middle = project(0, 0, 0);
  const normal = { x: (from.y - to.y) / length, y: (to.x - from.x) / length };
  const side = normal.x * ((from.x + to.x) / 2 - middle.x) + normal.y * ((from.y + to.y) / 2 - middle.y) < 0 ? -1 : 1;
  const out = { x: side * normal.x, y: side * normal.y };

  const texts = axis.ticks.map(shortText);
  const widest = Math.max(0, ...texts.map((text) => context.measureText(text).width));
  const spaces = Math.max(1, axis.ticks.length - 1);
  const [dx, dy] = [Math.abs(to.x - from.x) / spaces, Math.abs(to.y - from.y) / spaces];
  const every = Math.max(1, Math.ceil(Math.min((widest + 8) / dx, lineHeight / dy)));

  context.strokeStyle = theme.faint;
  context.lineWidth = 1;
  context.fillStyle = theme.faint;
  context.textAlign = alignOf(out.x);
  context.textBaseline = 'middle';
  context.beginPath();
  const spots = axis.ticks.map((tick) => project(...moved(edge.sides, edge.axis, along(axis, tick))));
  for (const { x, y } of spots) {
    context.moveTo(x, y);
    context.lineTo(x + out.x * tickLength, y + out.y * tickLength);
  }
  context.stroke();
  spots.forEach(({ x, y }, i) => {
    if (i % every !== 0) return;
    const at = { x: x + out.x * gap, y: y + out.y * (gap + 2) };
    const long = context.measureText(texts[i]).width;
    const left = at.x - { left: 0, center: long / 2, right: long }[alignOf(out.x)];
    if (free.takes(left, at.y, long)) context.fillText(texts[i], at.x, at.y);
  });

  context.fillStyle = theme.ink;
  const half = context.measureText(axis.name).width / 2 + 4;
  if (Math.abs(out.x) > upright) {
    context.textAlign = 'center';
    const top = from.y < to.y ? from : to;
    context.fillText(axis.name, Math.max(half, Math.min(width - half, top.x)), top.y - lineHeight);
    return;
  }
  const beyond = gap + 8 + Math.abs(out.x) * widest + Math.abs(out.y) * lineHeight;
  const x = (from.x + to.x) / 2 + out.x * beyond;
  const y = (from.y + to.y) / 2 + out.y * beyond;
  const [before, after] = { left: [4, 2 * half], right: [2 * half, 4], center: [half, half] }[alignOf(out.x)];
  context.fillText(axis.name, Math.max(before, Math.min(width - after, x)), y);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} width width of the picture, in pixels
 * @param {Axis[]} axes across, deep, and high
 * @param {import('./projection.js').Pose} pose
 * @param {Project} project
 * @param {Theme} theme
 */
export function drawBox(context, width, axes, pose, project, theme) {
  const far = /** @type {Place} */ (farSides(pose));
  drawWalls(context, axes, project, far, theme);
  context.font = `12px ${theme.font}`;
  const free = freeSpace();
  for (const edge of numberedEdges(project, far)) {
    drawNumbers(context, width, axes[edge.axis], edge, project, theme, free);
  }
}
