// Draws a quantity as lines: one per row, and fainter ones for the overlaid runs.
import { binWidth, stepTicks } from './bins.js';
import { Chart } from './chart-js.js';
import { lineColour, lineDash, lineMarker } from './colormaps.js';
import { curvesOf, differences, greatestMagnitude, valueAt } from './curves.js';
import { numberText, shortText } from './format.js';
import { landmarkRings, markedLandmarks } from './landmark-rings.js';
import { axisName, comparesByDifference, placeText, stepLength } from './scene.js';
import { defaultView } from '../model/view.js';
import { stepAxis } from './step-axis.js';
import { axisTitle, currentTheme, fitTitle, sharedOptions } from './theme.js';

/**
 * @typedef {import('./curves.js').QuantitySpec} QuantitySpec
 * @typedef {import('./scene.js').Scene} Scene
 * @typedef {{ x: number, y: number }} Point
 * @typedef {{ name: string, run: number, row: number, points: Point[], unit: number, at: (step: number) => number }} Line
 *   `at` is its value at a step, which may be fractional; `unit` is the length of a step on the axis
 */

/** More lines are unreadable and slow. */
export const mostLines = 24;
/** More points along a line cannot be distinguished. */
const mostPoints = 300;
/** Markers along a line distinguish it without colour. */
const markersPerLine = 6;

/** To the right of the lines if the chart is wide enough. @param {number} width width of the chart, in pixels */
const legendPosition = (width) => (width < 620 ? 'bottom' : 'right');

/**
 * Every n-th point, and the last.
 * @param {Float64Array} series
 * @param {number} first step of the first value of the series
 * @param {number} unit
 * @param {(value: number) => number} shown
 */
function pointsOf(series, first, unit, shown) {
  const stride = binWidth(series.length, mostPoints);
  /** @type {Point[]} */
  const points = [];
  for (let i = 0; i < series.length; i += stride) points.push({ x: (first + i) * unit, y: shown(series[i]) });
  const last = series.length - 1;
  if (last > 0 && last % stride !== 0) points.push({ x: (first + last) * unit, y: shown(series[last]) });
  return points;
}

/**
 * The lines of a scene.
 * @param {Scene} scene
 * @param {QuantitySpec} spec
 * @returns {Line[]}
 */
function linesOf(scene, spec) {
  const { view, others } = scene;
  const differ = comparesByDifference(scene);
  const runs = differ
    ? others.map(({ name, recording }) => ({
        name: `less ${name}`,
        curves: differences(scene, spec, recording),
        unit: stepLength(scene),
      }))
    : [
        { name: '', curves: curvesOf(scene, spec), unit: stepLength(scene) },
        ...others.map(({ name, recording }) => ({
          name,
          curves: curvesOf(scene, spec, recording),
          unit: stepLength(scene, recording),
        })),
      ];
  return runs.flatMap(({ name, curves, unit }, i) =>
    curves.slice(0, Math.max(1, Math.floor(mostLines / runs.length))).map((series, row) => {
      const whole = view.scale === 'layer' ? greatestMagnitude(series) || 1 : 1;
      const magnitude = view.log && spec.oneSign && !differ;
      const shown = (/** @type {number} */ value) => (magnitude ? Math.abs(value) || NaN : value) / whole;
      return {
        name: name ? `${spec.rowName(row)}, ${name}` : spec.rowName(row),
        run: differ ? i + 1 : i,
        row,
        points: pointsOf(series, spec.first, unit, shown),
        unit,
        at: (/** @type {number} */ step) => shown(valueAt(series, step - spec.first)),
      };
    }),
  );
}

/** @param {Scene} scene @param {QuantitySpec} spec */
function axisText(scene, spec) {
  const { view } = scene;
  const differ = comparesByDifference(scene);
  const divided = view.axis === 'time' && spec.growsWithRate ? ' / η' : '';
  const magnitude = view.log && spec.oneSign && !differ ? 'Magnitude of ' : '';
  const relative = view.scale === 'layer' ? ', relative to its greatest' : '';
  return `${magnitude}${spec.name}${divided}${differ ? ', difference' : ''}${relative}`;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {QuantitySpec} spec
 * @param {import('../model/view.js').View} startView
 * @returns {import('./kind.js').Drawn}
 */
export function createLines(canvas, spec, startView = defaultView) {
  let theme = currentTheme();
  let view = startView;
  let last = 1;
  let unit = 1;
  let yName = spec.name;
  let name = spec.linesTitle;
  /** Positions of the run's landmarks. @type {Point[]} */
  let rings = [];
  /** @type {Line[]} */
  let drawnLines = [];
  /** Number of lines of the first run, which are the ones in the legend. */
  let named = 1;
  const logarithmic = startView.log && spec.oneSign;

  /** @type {Chart<'line', Point[], string>} */
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: options(),
    plugins: [landmarkRings(() => ({ rings, theme }))],
  });

  /** @returns {import('chart.js').ChartOptions<'line'>} */
  function options() {
    const shared = sharedOptions(theme);
    return {
      ...shared,
      parsing: false,
      normalized: true,
      interaction: { mode: 'index', intersect: false },
      onResize: (resized, { width }) => {
        const legend = resized.options.plugins?.legend;
        if (legend) legend.position = legendPosition(width);
        fitTitle(resized, name);
      },
      plugins: {
        ...shared.plugins,
        legend: {
          position: legendPosition(canvas.parentElement?.clientWidth ?? 0),
          labels: {
            color: theme.ink,
            usePointStyle: true,
            boxHeight: 7,
            filter: ({ datasetIndex = 0 }) => datasetIndex < named, // one name per row, shared by all runs
            font: { family: theme.font, size: 12 },
          },
        },
        tooltip: {
          ...shared.plugins.tooltip,
          callbacks: {
            title: ([item]) =>
              placeText(view, view.axis === 'time' ? shortText(item.parsed.x ?? NaN) : String(item.parsed.x)),
            // Runs of other lengths have their points elsewhere, so all lines are read at the same axis position.
            label: ({ chart: { tooltip }, dataset, datasetIndex }) => {
              const line = drawnLines[datasetIndex];
              const place = tooltip?.dataPoints?.[0]?.parsed.x ?? NaN;
              return `${dataset.label}: ${numberText(line.at(place / line.unit))}`;
            },
          },
        },
      },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: last,
          title: axisTitle(theme, axisName(view)),
          grid: { color: theme.grid },
          border: { display: false },
          ticks: { color: theme.faint, maxRotation: 0, callback: (value) => shortText(Number(value)) },
          afterBuildTicks: (axis) => {
            if (view.axis === 'time') return;
            const [one, ...round] = stepTicks(last, axis.width / 60);
            axis.ticks = [0, ...(round.length > 0 ? round : [one])].map((value) => ({ value }));
          },
        },
        y: {
          ...(logarithmic ? { type: 'logarithmic' } : { type: 'linear' }),
          ...bounds(),
          title: axisTitle(theme, yName),
          grid: { color: theme.grid },
          border: { display: false },
          ticks: { color: theme.faint, callback: (value) => shortText(Number(value)), maxTicksLimit: 12 },
        },
      },
    };
  }

  /** The ends of the value axis, if they are fixed. */
  function bounds() {
    const fixed = spec.bounds && view.compare !== 'difference' && view.scale === 'shared';
    return fixed ? { min: spec.bounds?.[0], max: spec.bounds?.[1] } : { min: undefined, max: undefined };
  }

  return {
    chart,
    draw(scene) {
      ({ view } = scene);
      unit = stepLength(scene);
      const lines = linesOf(scene, spec);
      rings = markedLandmarks(scene, spec).flatMap(({ record, layer }) => {
        const line = lines.find(({ run, row }) => run === 0 && row === layer);
        return line ? [{ x: record * unit, y: line.at(record) }] : [];
      });
      drawnLines = lines;
      named = lines.filter(({ run }) => run === lines[0].run).length;
      chart.data.datasets = lines.map(({ name: label, run, row, points }) => ({
        label,
        data: points,
        borderColor: lineColour(row, theme.dark),
        backgroundColor: lineColour(row, theme.dark),
        borderDash: run === 0 ? lineDash(row) : [6, 3 + run],
        borderWidth: run === 0 ? 2 : 1.25,
        pointStyle: lineMarker(row),
        pointRadius: points.map((_, i) => {
          const spacing = Math.max(1, Math.round(points.length / markersPerLine));
          return points.length === 1 || i % spacing === Math.floor((row * spacing) / lines.length) ? 3.5 : 0;
        }),
        pointHitRadius: 0,
      }));
      const ends = [scene, ...scene.others].map(
        ({ recording }) => (recording.config.steps - 1) * stepLength(scene, recording),
      );
      last = Math.max(unit, ...(view.compare === 'difference' ? ends.slice(0, 1) : ends));
      yName = axisText(scene, spec);
      const { x, y } = chart.options.scales ?? {};
      if (x) Object.assign(x, { max: last, title: axisTitle(theme, axisName(view)) });
      if (y) Object.assign(y, { ...bounds(), title: axisTitle(theme, yName) });
      name = spec.linesTitle;
      fitTitle(chart, name);
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
