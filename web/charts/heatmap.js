// Draws a heatmap of one quantity: rows are layers, columns are steps.
import { bins, binWidth, stepTicks, strongest } from './bins.js';
import { Chart } from './chart-js.js';
import { colourBar, colourBarSpace } from './colour-bar.js';
import { layerScale, magnitudeScale, sharedScale } from './colour-scale.js';
import { colourAt, coolwarmReversed } from './colormaps.js';
import { asDrawn, extent } from './curves.js';
import { numberText, shortText } from './format.js';
import { landmarkRings, markedLandmarks } from './landmark-rings.js';
import { axisName, placeText, stepLength } from './scene.js';
import { defaultView } from '../model/view.js';
import { stepAxis } from './step-axis.js';
import { mostOutputSeries } from '../model/recording.js';
import { axisTitle, currentTheme, fitTitle, sharedOptions } from './theme.js';
import { unrecorded } from './unrecorded.js';

/**
 * @typedef {import('./curves.js').QuantitySpec} QuantitySpec
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {{ x: number, y: string, v: number, row: number, first: number, last: number }} Cell centre on the step
 *   axis, row name, value, row index, and the steps it covers
 */

/** The page stays responsive up to this many cells. */
const mostCells = 1600;
/** More rows cannot be distinguished. */
export const mostRows = mostOutputSeries;
/** More columns cannot be distinguished. */
const mostColumns = 400;

/** @param {Float64Array[]} curves @returns {[number, number]} */
function extentOfAll(curves) {
  const extents = curves.map(extent);
  const least = Math.min(...extents.map(([low]) => low));
  const greatest = Math.max(...extents.map(([, high]) => high));
  return least > greatest ? [0, 0] : [least, greatest];
}

/** @param {number} least @param {number} greatest @returns {[number, number]} */
const aroundZero = (least, greatest) => {
  const size = Math.max(Math.abs(least), Math.abs(greatest));
  return [-size, size];
};

/**
 * The cells of a scene, and their colour scale.
 * @param {Scene} scene
 * @param {QuantitySpec} spec
 */
function picture(scene, spec) {
  const { view } = scene;
  const { curves: all, name, other } = asDrawn(scene, spec);
  const curves = all.slice(0, mostRows);
  const range = other ? aroundZero : spec.range;
  const colormap = other ? coolwarmReversed : spec.colormap;
  const perLayer = view.scale === 'layer';
  const darkIsLow = spec.range(-1, 1)[1] === 0;
  const scale =
    view.log && spec.oneSign && !other
      ? magnitudeScale(curves, perLayer, darkIsLow)
      : perLayer
        ? layerScale(curves, range)
        : sharedScale(range(...extentOfAll(curves)));
  return { curves, colormap, scale, title: other ? name : `${spec.title}${name.slice(spec.name.length)}` };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {QuantitySpec} spec
 * @returns {import('./kind.js').Drawn}
 */
export function createHeatmap(canvas, spec) {
  let theme = currentTheme();
  let view = defaultView;
  let look = { colormap: spec.colormap, scale: sharedScale(spec.range(0, 0)) };
  let columnWidth = 1;
  let planned = 1;
  let recorded = 0;
  let unit = 1;
  let title = spec.title;
  /** Positions of the run's landmarks. @type {{ x: number, y: number }[]} */
  let rings = [];

  /** @type {Chart<'matrix', Cell[], string>} */
  const chart = new Chart(canvas, {
    type: 'matrix',
    data: {
      labels: [],
      datasets: [
        {
          data: [],
          // Slightly larger than the cell's grid area, so that no background shows between neighbours.
          width: ({ chart }) => (chart.chartArea?.width ?? 0) / Math.max(1, planned / columnWidth) + 2,
          height: ({ chart }) => (chart.chartArea?.height ?? 0) / Math.max(1, chart.data.labels?.length ?? 1) + 1,
          backgroundColor: ({ raw }) => {
            const { v = 0, row = 0 } = /** @type {Partial<Cell>} */ (raw ?? {});
            return Number.isNaN(v) ? theme.empty : colourAt(look.colormap, look.scale.position(v, row));
          },
          borderWidth: 0,
        },
      ],
    },
    options: options(),
    plugins: [
      landmarkRings(() => ({ rings, theme })),
      colourBar(() => ({ ...look, theme })),
      unrecorded(() => ({ emptyFrom: (spec.first + recorded - 0.5) * unit, theme })),
    ],
  });

  /** The ends of the step axis. */
  function span() {
    return { min: (spec.first - 0.5) * unit, max: (spec.first + planned - 0.5) * unit };
  }

  /** @returns {import('chart.js').ChartOptions<'matrix'>} */
  function options() {
    const shared = sharedOptions(theme);
    return {
      ...shared,
      layout: { padding: { right: colourBarSpace } },
      onResize: (resized) => fitTitle(resized, title),
      plugins: {
        ...shared.plugins,
        legend: { display: false },
        tooltip: {
          ...shared.plugins.tooltip,
          displayColors: false,
          callbacks: {
            title: ([item]) => {
              const { first, last } = /** @type {Cell} */ (item.raw);
              if (first === last)
                return view.axis === 'time' ? placeText(view, shortText(first * unit)) : `Step ${first}`;
              return `Steps ${first}–${last}, strongest value`;
            },
            label: (item) => `${/** @type {Cell} */ (item.raw).y}: ${numberText(/** @type {Cell} */ (item.raw).v)}`,
          },
        },
      },
      scales: {
        x: {
          type: 'linear',
          offset: false, // the matrix controller would leave half a column free at both ends
          ...span(),
          title: axisTitle(theme, axisName(view)),
          grid: { display: false },
          border: { display: false },
          ticks: { color: theme.faint, maxRotation: 0, autoSkip: true, callback: (value) => shortText(Number(value)) },
          afterBuildTicks: (axis) => {
            if (view.axis === 'step') axis.ticks = stepTicks(planned, axis.width / 45).map((value) => ({ value }));
          },
        },
        y: {
          type: 'category',
          offset: true,
          reverse: false, // Layer 1 on top, as in the notebook
          title: axisTitle(theme, spec.rowsName),
          grid: { display: false },
          border: { display: false },
          ticks: {
            color: theme.ink,
            autoSkip: false, // 16 names fit in this smaller font
            font: ({ chart }) => ({ family: theme.font, size: (chart.data.labels?.length ?? 0) > 10 ? 10 : 12 }),
          },
        },
      },
    };
  }

  return {
    chart,
    draw(scene) {
      const { recording } = scene;
      const { curves, colormap, scale, title: name } = picture(scene, spec);
      ({ view } = scene);
      look = { colormap, scale };
      unit = stepLength(scene);
      planned = Math.max(1, recording.config.steps - spec.first);
      recorded = curves[0].length;
      columnWidth = binWidth(planned, Math.min(mostColumns, Math.floor(mostCells / curves.length)));
      const columns = bins(recorded, columnWidth);
      rings = markedLandmarks(scene, spec).map(({ record, layer }) => ({ x: record * unit, y: layer }));
      chart.data.labels = curves.map((_, row) => spec.rowName(row));
      chart.data.datasets[0].data = curves.flatMap((values, row) =>
        columns.map((bin) => ({
          x: (spec.first + bin.first + (columnWidth - 1) / 2) * unit,
          y: spec.rowName(row),
          v: strongest(values, bin),
          row,
          first: spec.first + bin.first,
          last: spec.first + bin.end - 1,
        })),
      );
      const { x } = chart.options.scales ?? {};
      if (x) Object.assign(x, span(), { title: axisTitle(theme, axisName(view)) });
      title = recording.records > 0 ? `${name} (Step\u00a0${recording.records})` : name;
      fitTitle(chart, title);
      chart.update('none');
    },
    restyle() {
      theme = currentTheme();
      chart.options = options();
    },
    ...stepAxis(chart, () => unit),
    destroy: () => chart.destroy(),
  };
}
