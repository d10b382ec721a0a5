// Draws the paths of all layers through ‖Z‖, knowledge flow and Lagrangian in a rotatable box.
import { drawPoint } from 'chart.js/helpers';

import { lineColour, lineDash, lineMarker } from '../colormaps.js';
import { currentTheme } from '../theme.js';
import { blend } from './blend.js';
import { drawBox } from './box.js';
import { dashesOf } from './dashes.js';
import { freeSpace } from './free-space.js';
import { spaceOf } from './paths.js';
import { farSides, frameIn, projection } from './projection.js';
import { spaceCanvas } from './space-canvas.js';

/**
 * @typedef {import('../theme.js').Theme} Theme
 * @typedef {import('./paths.js').Path} Path
 * @typedef {import('./paths.js').Space} Space
 * @typedef {import('./projection.js').Pose} Pose
 * @typedef {import('./projection.js').Spot} Spot
 * @typedef {{ near: number, draw: (context: CanvasRenderingContext2D) => void }} Part a part of the picture, with its
 *   depth
 */

/**
 * What to draw.
 * @typedef {object} Look
 * @property {string} title
 * @property {Space} space
 * @property {Pose} pose
 * @property {number | null} step step marked with a dot on every path
 * @property {Theme} theme
 */

export const title = 'Lagrangian over ‖Z‖ and knowledge flow';

const titleHeight = 18;
/** The title leaves this width for the chart's menu, in pixels. */
const menuWidth = 44;
/** Room for tick labels and names around the box, in pixels. */
const margin = { side: 44, top: 12, bottom: 20 };
/** Markers along a path distinguish it without colour. */
const markersPerPath = 6;
const otherDash = [5, 4];
const ringRadius = 7;
/** Depth offset that puts a mark in front of its own path. */
const before = 0.05;

/** @param {Path} path @param {Theme} theme */
function colourOf({ layer, run }, theme) {
  const colour = lineColour(layer, theme.dark);
  return run === 0 ? colour : blend(colour, theme.surface, 0.4);
}

/**
 * The segments of a path; nearer segments are thicker.
 * @param {Path} path
 * @param {Spot[]} spots
 * @param {Theme} theme
 * @returns {Part[]}
 */
function pieces(path, spots, theme) {
  const colour = colourOf(path, theme);
  const dash = path.run === 0 ? lineDash(path.layer) : otherDash;
  const width = path.run === 0 ? 2 : 1.25;
  let start = 0;
  return spots.slice(1).map((to, i) => {
    const from = spots[i];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy);
    const drawn = dashesOf(start, length, dash);
    start += length;
    return {
      near: (from.near + to.near) / 2,
      draw(context) {
        context.strokeStyle = colour;
        context.lineWidth = width * from.size ** 2;
        context.beginPath();
        for (const [first, last] of drawn) {
          context.moveTo(from.x + first * dx, from.y + first * dy);
          context.lineTo(from.x + last * dx, from.y + last * dy);
        }
        context.stroke();
      },
    };
  });
}

/**
 * The markers along a path, offset from those of other layers.
 * @param {Path} path
 * @param {Spot[]} spots
 * @param {number} layers
 * @param {Theme} theme
 * @returns {Part[]}
 */
function markers(path, spots, layers, theme) {
  if (path.run > 0) return [];
  const colour = colourOf(path, theme);
  const spacing = Math.max(1, Math.round(spots.length / markersPerPath));
  const first = Math.floor(((path.layer % layers) * spacing) / layers);
  return spots
    .filter((_, i) => spots.length === 1 || i % spacing === first)
    .map(({ x, y, near, size }) => ({
      near: near + before,
      draw(context) {
        context.fillStyle = colour;
        context.strokeStyle = colour;
        const options = { pointStyle: lineMarker(path.layer), radius: 4 * size, borderWidth: 1.5 };
        context.lineWidth = options.borderWidth;
        drawPoint(context, options, x, y);
      },
    }));
}

/**
 * @param {Spot} spot
 * @param {{ radius: number, ink: string, fill?: string }} look
 * @returns {Part}
 */
const ring = ({ x, y, near }, { radius, ink, fill }) => ({
  near: near + 2 * before,
  draw(context) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.closePath();
    if (fill) {
      context.fillStyle = fill;
      context.fill();
    }
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.stroke();
  },
});

/**
 * Draws the path's shadow on the floor, or on the ceiling when seen from below. It shows where in the box the path is.
 * @param {CanvasRenderingContext2D} context
 * @param {Path} path
 * @param {ReturnType<typeof projection>} project
 * @param {number} floor
 * @param {Theme} theme
 */
function drawShadow(context, path, project, floor, theme) {
  context.strokeStyle = blend(colourOf(path, theme), theme.surface, 0.65);
  context.lineWidth = 1.5;
  context.beginPath();
  path.places.forEach(([across, deep], i) => {
    const { x, y } = project(across, deep, floor);
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  context.stroke();
}

/**
 * A vertical line from a dot down to its shadow.
 * @param {Spot} from
 * @param {Spot} to
 * @param {Theme} theme
 * @returns {Part}
 */
const plumb = (from, to, theme) => ({
  near: Math.min(from.near, to.near),
  draw(context) {
    context.strokeStyle = theme.faint;
    context.lineWidth = 1;
    context.beginPath();
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    for (const [first, last] of dashesOf(0, Math.hypot(dx, dy), [2, 4])) {
      context.moveTo(from.x + first * dx, from.y + first * dy);
      context.lineTo(from.x + last * dx, from.y + last * dy);
    }
    context.stroke();
  },
});

/**
 * Draws names next to the minima, nearest first, where they fit.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {{ text: string, spot: Spot }[]} names
 * @param {{ x: number, y: number }[]} dots dots that names must not cover
 * @param {Theme} theme
 */
function drawNames(context, width, names, dots, theme) {
  context.font = `600 12px ${theme.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const free = freeSpace();
  for (const { x, y } of [...names.map(({ spot }) => spot), ...dots]) free.takes(x - ringRadius, y, 2 * ringRadius);
  for (const { text, spot } of [...names].sort((a, b) => b.spot.near - a.spot.near)) {
    const long = context.measureText(text).width;
    const sides = [
      { x: spot.x + 12, y: spot.y },
      { x: spot.x - long / 2, y: spot.y - 18 },
      { x: spot.x - 12 - long, y: spot.y },
      { x: spot.x - long / 2, y: spot.y + 18 },
    ];
    const place = sides.find(({ x, y }) => x >= 0 && x + long <= width && free.takes(x, y, long));
    if (!place) continue;
    context.strokeStyle = theme.surface;
    context.lineWidth = 4;
    context.strokeText(text, place.x, place.y);
    context.fillStyle = theme.ink;
    context.fillText(text, place.x, place.y);
  }
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} width in pixels */
function linesOf(context, text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    const isRoom = line !== undefined && context.measureText(`${line} ${word}`).width <= width;
    if (isRoom) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {string} text
 * @param {Theme} theme
 * @returns {number} height of the title
 */
function drawTitle(context, width, text, theme) {
  context.font = `bold 14px ${theme.font}`;
  context.fillStyle = theme.ink;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  const lines = linesOf(context, text, width - menuWidth);
  lines.forEach((line, i) => context.fillText(line, 0, 4 + i * titleHeight));
  return lines.length * titleHeight;
}

/**
 * Draws a text that explains why there is no path.
 * @param {CanvasRenderingContext2D} context
 * @param {{ width: number, height: number }} size
 * @param {boolean} isShown whether any layer is shown
 * @param {Theme} theme
 */
function drawNothing(context, { width, height }, isShown, theme) {
  context.font = `14px ${theme.font}`;
  context.fillStyle = theme.faint;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(isShown ? 'Nothing recorded yet' : 'No layer is shown', width / 2, height / 2);
}

/**
 * Draws the whole chart in any 2-D context: a canvas, or the recorder of the vector export.
 * @param {CanvasRenderingContext2D} context
 * @param {{ width: number, height: number }} size in pixels
 * @param {Look} look
 * @returns {import('../kind.js').Marks['dots']} positions of the step's dots
 */
export function drawSpace(context, { width, height }, { title: text, space, pose, step, theme }) {
  const top = margin.top + drawTitle(context, width, text, theme);
  const project = projection(pose, frameIn(width, height, { ...margin, top }));
  drawBox(context, width, space.axes, pose, project, theme);

  const floor = farSides(pose)[2];
  const layers = 1 + Math.max(0, ...space.paths.map(({ layer }) => layer));
  /** @type {Part[]} */
  const parts = [];
  /** @type {{ text: string, spot: Spot }[]} */
  const names = [];
  /** @type {import('../kind.js').Marks['dots']} */
  const dots = [];
  for (const path of space.paths) {
    const spots = path.places.map((place) => project(...place));
    parts.push(...pieces(path, spots, theme), ...markers(path, spots, layers, theme));
    if (path.run > 0) continue;
    if (path.ends && spots.length > 0) {
      const [start, end] = [spots[0], spots[spots.length - 1]];
      const colour = colourOf(path, theme);
      parts.push(ring(start, { radius: 4.5, ink: colour, fill: theme.surface }));
      parts.push(ring(end, { radius: 5.5, ink: theme.ink, fill: colour }));
      names.push({ text: path.ends, spot: end });
    }
    drawShadow(context, path, project, floor, theme);
    if (path.least >= 0) {
      const spot = spots[path.least];
      parts.push(ring(spot, { radius: ringRadius, ink: theme.ink }));
      names.push({ text: `Layer ${path.layer + 1}`, spot });
    }
    const place = step === null ? null : path.at(step);
    if (!place) continue;
    const spot = project(...place);
    const colour = colourOf(path, theme);
    dots.push({ x: spot.x, y: spot.y, colour });
    const below = project(place[0], place[1], floor);
    parts.push(plumb(spot, below, theme), ring(spot, { radius: 6, ink: theme.ink, fill: colour }));
  }
  context.lineCap = 'round';
  for (const part of parts.sort((a, b) => a.near - b.near)) part.draw(context);
  context.lineCap = 'butt';
  drawNames(context, width, names, dots, theme);
  if (parts.length === 0) drawNothing(context, { width, height }, space.paths.length > 0, theme);
  return dots;
}

/**
 * @param {HTMLCanvasElement} canvas sized by its style
 * @param {{ pose: () => Pose, hidden: () => ReadonlySet<number>, step: () => number | null }} reader the current view
 *   settings, read at every draw
 * @returns {import('../kind.js').Drawn}
 */
export function createSpace(canvas, reader) {
  let theme = currentTheme();
  /** @type {import('../scene.js').Scene | null} */
  let known = null;
  /** @type {ReadonlySet<number> | null} */
  let knownHidden = null;
  /** @type {Space} */
  let space = { axes: [], paths: [] };
  /** @type {import('../kind.js').Marks['dots']} */
  let dots = [];
  const { chart, redraw } = spaceCanvas(canvas, (context, size) => {
    dots = drawSpace(context, size, { title, space, pose: reader.pose(), step: reader.step(), theme });
  });

  return {
    chart,
    draw(scene) {
      const hidden = reader.hidden();
      if (scene !== known || hidden !== knownHidden) {
        space = spaceOf(scene, hidden);
        [known, knownHidden] = [scene, hidden];
      }
      redraw();
    },
    restyle() {
      theme = currentTheme();
    },
    marksAt: () => ({ dots }), // the canvas itself already shows the current step's dots
    stepAt: null,
    destroy() {},
  };
}
