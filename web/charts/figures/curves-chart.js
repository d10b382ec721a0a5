// Draws a figure of curves as lines, with bands, rings and horizontal rules.
import { Chart } from '../chart-js.js';
import { lineColour, lineMarker } from '../colormaps.js';
import { numberText, shortText } from '../format.js';
import { landmarkRings } from '../landmark-rings.js';
import { axisTitle, currentTheme, fitTitle, sharedOptions } from '../theme.js';
import { figurePoints } from './figure-points.js';

/**
 * @typedef {import('./figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('./figure.js').Curve} Curve
 * @typedef {import('./figure-points.js').Point} Point
 */

const dashes = { dashed: [7, 4], dotted: [2, 3] };
/** Markers along a line distinguish it without colour. */
const markersPerLine = 5;
const bandOpacity = '33'; // alpha, two hexadecimal digits

/**
 * Marker radius at every point: nonzero at all points if the curve asks for dots, else at a few points, offset from the
 * neighbouring curves' markers.
 * @param {Curve} curve
 * @param {number} index index of the curve
 * @param {number} count number of curves
 * @param {number} points
 */
function radii({ dots }, index, count, points) {
  const spacing = Math.max(1, Math.round(points / markersPerLine));
  const offset = Math.floor((index * spacing) / count);
  return Array.from({ length: points }, (_, i) => (dots || points === 1 || i % spacing === offset ? 3.2 : 0));
}

/**
 * A Chart.js plugin that fills the area between the lower and upper curve of a band.
 * @param {() => { figure: CurvesFigure | null, dark: boolean }} look
 * @returns {import('chart.js').Plugin}
 */
const bands = (look) => ({
  id: 'bands',
  beforeDatasetsDraw({ ctx, scales }) {
    const { figure, dark } = look();
    const logarithmic = figure?.y.log ?? false;
    for (const { x, low, high, ink } of figure?.bands ?? []) {
      const below = figurePoints({ x, y: low }, logarithmic).filter(({ y }) => Number.isFinite(y));
      const above = figurePoints({ x, y: high }, logarithmic).filter(({ y }) => Number.isFinite(y));
      if (below.length < 2 || above.length < 2) continue;
      ctx.save();
      ctx.beginPath();
      [...below, ...above.reverse()].forEach((point, i) => {
        const [across, up] = [scales.x.getPixelForValue(point.x), scales.y.getPixelForValue(point.y)];
        if (i === 0) ctx.moveTo(across, up);
        else ctx.lineTo(across, up);
      });
      ctx.closePath();
      ctx.fillStyle = lineColour(ink, dark) + bandOpacity;
      ctx.fill();
      ctx.restore();
    }
  },
});

/**
 * A Chart.js plugin that draws thin horizontal lines with labels.
 * @param {() => { figure: CurvesFigure | null, theme: import('../theme.js').Theme }} look
 * @returns {import('chart.js').Plugin}
 */
const rules = (look) => ({
  id: 'rules',
  afterDatasetsDraw({ ctx, scales, chartArea: { left, right, top, bottom } }) {
    const { figure, theme } = look();
    ctx.save();
    ctx.font = `11px ${theme.font}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    /** Right end of the last label in each row of labels. @type {number[]} */
    const ends = [];
    for (const { name, along, at } of figure?.rules ?? []) {
      const place = scales[along].getPixelForValue(at);
      const isWithin = along === 'x' ? place >= left && place <= right : place >= top && place <= bottom;
      if (!isWithin) continue;
      ctx.beginPath();
      ctx.moveTo(along === 'x' ? place : left, along === 'x' ? top : place);
      ctx.lineTo(along === 'x' ? place : right, along === 'x' ? bottom : place);
      ctx.strokeStyle = theme.faint;
      ctx.lineWidth = 1;
      ctx.stroke();
      ctx.fillStyle = theme.faint;
      if (along === 'y') {
        ctx.fillText(name, left + 4, place - 4);
        continue;
      }
      const width = ctx.measureText(name).width;
      const start = place + 4 + width <= right ? place + 4 : place - 4 - width;
      const free = ends.findIndex((end) => end < start);
      const row = free < 0 ? ends.length : free;
      ends[row] = start + width + 4;
      ctx.fillText(name, start, top + 11 + 13 * row);
    }
    ctx.restore();
  },
});

/**
 * @param {HTMLCanvasElement} canvas
 * @param {CurvesFigure} first the first figure to draw; determines the axis types, which cannot change later
 */
export function createCurvesChart(canvas, first) {
  let theme = currentTheme();
  /** @type {CurvesFigure} */
  let figure = first;
  /** @type {Chart<'line', Point[], string>} */
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: options(),
    plugins: [
      bands(() => ({ figure, dark: theme.dark })),
      landmarkRings(() => ({ rings: figure.marks ?? [], theme })),
      rules(() => ({ figure, theme })),
    ],
  });

  /** @param {'x' | 'y'} which */
  function axis(which) {
    const { name, log, least, greatest } = figure[which];
    return {
      type: /** @type {'linear'} */ (log ? 'logarithmic' : 'linear'), // only Chart.js's types distinguish them
      min: least,
      max: greatest,
      title: axisTitle(theme, name),
      grid: { color: theme.grid },
      border: { display: false },
      ticks: {
        color: theme.faint,
        maxRotation: 0,
        maxTicksLimit: which === 'x' ? 8 : 9,
        callback: (/** @type {string | number} */ value) => shortText(Number(value)),
      },
    };
  }

  /** @returns {import('chart.js').ChartOptions<'line'>} */
  function options() {
    const shared = sharedOptions(theme);
    return {
      ...shared,
      parsing: false,
      normalized: false,
      layout: { padding: { right: 40 } }, // room for the menu in the corner
      interaction: { mode: 'nearest', axis: 'xy', intersect: false },
      onResize: (resized) => fitTitle(resized, figure.title),
      plugins: {
        ...shared.plugins,
        legend: {
          display: figure.curves.length > 1,
          position: 'bottom',
          labels: { color: theme.ink, usePointStyle: true, boxHeight: 7, font: { family: theme.font, size: 12 } },
        },
        tooltip: {
          ...shared.plugins.tooltip,
          callbacks: {
            title: ([item]) => item?.dataset.label ?? '',
            label: ({ parsed }) => `${figure.x.name} ${numberText(parsed.x ?? NaN)}: ${numberText(parsed.y ?? NaN)}`,
          },
        },
      },
      scales: { x: axis('x'), y: axis('y') },
    };
  }

  return {
    chart: /** @type {import('chart.js').Chart<any, any, any>} */ (chart),
    /** @param {CurvesFigure} wanted */
    draw(wanted) {
      figure = wanted;
      const { curves } = figure;
      chart.data.datasets = curves.map((curve, index) => {
        const points = figurePoints(curve, figure.y.log);
        const colour = lineColour(curve.ink, theme.dark);
        return {
          label: curve.name,
          data: points,
          borderColor: colour,
          backgroundColor: colour,
          borderWidth: 1.75,
          borderDash: curve.dash && dashes[curve.dash],
          pointStyle: lineMarker(curve.ink),
          pointRadius: radii(curve, index, curves.length, points.length),
          pointHitRadius: 6,
        };
      });
      const next = options();
      fitTitle({ options: next, width: chart.width }, figure.title);
      chart.options = next;
      chart.update('none');
    },
    restyle() {
      theme = currentTheme();
    },
    destroy: () => chart.destroy(),
  };
}
