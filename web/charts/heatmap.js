// How does one quantity evolve in every layer? Rows are layers, columns are steps.
import { bins, binWidth, stepTicks, strongest } from './bins.js';
import { Chart } from './chart-js.js';
import { colourBar, colourBarSpace } from './colour-bar.js';
import { colourAt } from './colormaps.js';
import { numberText } from './format.js';
import { axisTitle, currentTheme, fitTitle, sharedOptions } from './theme.js';
import { unrecorded } from './unrecorded.js';

/**
 * @typedef {import('../state/recording.js').Recording} Recording
 * @typedef {import('../engine/record.js').Quantity} Quantity
 * @typedef {{ x: number, y: string, v: number, first: number, last: number }} Cell
 *   its middle on the step axis, its row's name, its value, and the records it stands for, counted from 1
 */

/** More cells than this cannot be drawn while the page stays quick. */
const mostCells = 1600;
/** More columns than this cannot be told apart. */
const mostColumns = 400;

/**
 * @typedef {object} HeatmapKind
 * @property {string} title
 * @property {Quantity} quantity
 * @property {import('./colormaps.js').Colormap} colormap
 * @property {(least: number, greatest: number) => [number, number]} range the values at the ends of the colour map,
 *   from the least and the greatest recorded so far
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HeatmapKind} kind
 */
export function createHeatmap(canvas, kind) {
  let theme = currentTheme();
  /** @type {[number, number]} */
  let range = kind.range(0, 0);
  let columnWidth = 1;
  let planned = 1;
  let recorded = 0;
  let title = kind.title;

  /** @param {number} value */
  const colour = (value) =>
    colourAt(kind.colormap, range[0] === range[1] ? 1 : (value - range[0]) / (range[1] - range[0]));

  /** @type {Chart<'matrix', Cell[], string>} */
  const chart = new Chart(canvas, {
    type: 'matrix',
    data: {
      labels: [],
      datasets: [
        {
          data: [],
          // Larger than its place, so that no background shines through between neighbours.
          width: ({ chart }) => (chart.chartArea?.width ?? 0) / Math.max(1, planned / columnWidth) + 2,
          height: ({ chart }) => (chart.chartArea?.height ?? 0) / Math.max(1, chart.data.labels?.length ?? 1) + 1,
          backgroundColor: ({ raw }) => colour(/** @type {Cell} */ (raw)?.v ?? 0),
          borderWidth: 0,
        },
      ],
    },
    options: options(),
    plugins: [
      colourBar(kind.colormap, () => ({ range, theme })),
      unrecorded(() => ({ emptyFrom: recorded + 0.5, theme })),
    ],
  });

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
              return first === last ? `Step ${first}` : `Steps ${first}–${last}, strongest value`;
            },
            label: (item) => `${/** @type {Cell} */ (item.raw).y}: ${numberText(/** @type {Cell} */ (item.raw).v)}`,
          },
        },
      },
      scales: {
        x: {
          type: 'linear',
          offset: false, // the matrix controller would leave half a column free at both ends
          min: 0.5,
          max: planned + 0.5,
          title: axisTitle(theme, 'Step Index K'),
          grid: { display: false },
          border: { display: false },
          ticks: { color: theme.faint, maxRotation: 0, autoSkip: true, callback: (value) => String(value) },
          afterBuildTicks: (axis) => {
            axis.ticks = stepTicks(planned, axis.width / 45).map((value) => ({ value }));
          },
        },
        y: {
          type: 'category',
          offset: true,
          reverse: false, // Layer 1 on top, as in the notebook
          title: axisTitle(theme, 'Network Layers'),
          grid: { display: false },
          border: { display: false },
          ticks: {
            color: theme.ink,
            autoSkip: false, // sixteen names fit, in smaller letters
            font: ({ chart }) => ({ family: theme.font, size: (chart.data.labels?.length ?? 0) > 10 ? 10 : 12 }),
          },
        },
      },
    };
  }

  return {
    chart,
    /** @param {Recording} recording */
    draw(recording) {
      const series = Array.from({ length: recording.layers }, (_, layer) => recording.series(kind.quantity, layer));
      let least = Infinity;
      let greatest = -Infinity;
      for (const values of series) {
        for (const value of values) {
          if (value < least) least = value;
          if (value > greatest) greatest = value;
        }
      }
      range = recording.records > 0 ? kind.range(least, greatest) : kind.range(0, 0);
      planned = Math.max(1, recording.recordsPlanned);
      recorded = recording.records;
      columnWidth = binWidth(planned, Math.min(mostColumns, Math.floor(mostCells / recording.layers)));
      const columns = bins(recording.records, columnWidth);
      chart.data.labels = series.map((_, layer) => `Layer ${layer + 1}`);
      chart.data.datasets[0].data = series.flatMap((values, layer) =>
        columns.map((bin) => ({
          x: bin.first + (columnWidth + 1) / 2,
          y: `Layer ${layer + 1}`,
          v: strongest(values, bin),
          first: bin.first + 1,
          last: bin.end,
        })),
      );
      if (chart.options.scales?.x) Object.assign(chart.options.scales.x, { max: planned + 0.5 });
      title = recording.records > 0 ? `${kind.title} (Step\u00a0${recording.records})` : kind.title;
      fitTitle(chart, title);
      chart.update('none');
    },
    /** Takes the page's present inks; to be drawn anew after it. */
    restyle() {
      theme = currentTheme();
      chart.options = options();
    },
  };
}
