// Draws a phase plot: a layer's path through the plane of two quantities, coloured by step.
import { valueAt } from './curves.js';
import { Chart } from './chart-js.js';
import { colourAt, viridis } from './colormaps.js';
import { numberText, shortText } from './format.js';
import { axisTitle, currentTheme, fitTitle, sharedOptions } from './theme.js';
import { landmarksOf } from '../model/landmarks.js';

/**
 * @typedef {import('../model/record.js').Quantity} Quantity
 * @typedef {import('../model/landmarks.js').Landmark} Landmark
 * @typedef {import('../model/recording.js').Recording} Recording
 * @typedef {import('./kind.js').Kind} Kind
 * @typedef {import('./scene.js').Scene} Scene
 */

/**
 * @typedef {object} PhaseSpec
 * @property {Quantity} y plotted against ‖Z‖
 * @property {string} yName
 * @property {string} title
 * @property {(landmark: Landmark) => boolean} isMarked which landmarks to mark on the path
 * @property {string} markName name of the marked landmarks
 */

/** Segments of the path; more cannot be distinguished. */
const mostPieces = 400;

/** The layer to show: the selected one, or the last if there are fewer. @param {Scene} scene */
const layerOf = ({ view, recording }) => Math.min(view.layer, recording.layers - 1);

/**
 * @param {Recording} recording
 * @param {PhaseSpec} spec
 * @param {number} layer
 * @param {number} record
 */
const placeOf = (recording, spec, layer, record) => ({
  x: valueAt(recording.series('knowledge_norm', layer), record - 1),
  y: valueAt(recording.series(spec.y, layer), record - 1),
});

/** @param {Recording} recording @param {PhaseSpec} spec @param {number} layer */
const marksOf = (recording, spec, layer) =>
  landmarksOf(recording).filter((landmark) => landmark.layer === layer && spec.isMarked(landmark));

/**
 * @param {HTMLCanvasElement} canvas
 * @param {PhaseSpec} spec
 * @returns {import('./kind.js').Drawn}
 */
function createPhase(canvas, spec) {
  let theme = currentTheme();
  let title = spec.title;
  /** @type {(step: number) => { x: number, y: number, colour: string } | null} */
  let placeAt = () => null;

  /** @type {Chart<'scatter', { x: number, y: number, record?: number }[], string>} */
  const chart = new Chart(canvas, { type: 'scatter', data: { datasets: [] }, options: options() });

  /** @returns {import('chart.js').ChartOptions<'scatter'>} */
  function options() {
    const shared = sharedOptions(theme);
    const axis = (/** @type {string} */ name) => ({
      title: axisTitle(theme, name),
      grid: { color: theme.grid },
      border: { display: false },
      ticks: {
        color: theme.faint,
        maxRotation: 0,
        callback: (/** @type {string | number} */ v) => shortText(Number(v)),
      },
    });
    return {
      ...shared,
      parsing: false,
      onResize: (resized) => fitTitle(resized, title),
      plugins: {
        ...shared.plugins,
        legend: { display: false },
        tooltip: {
          ...shared.plugins.tooltip,
          displayColors: false,
          callbacks: {
            label: ({ dataset, raw }) => {
              const { x, y, record } = /** @type {{ x: number, y: number, record?: number }} */ (raw);
              const where = record === undefined ? '' : `step ${shortText(record)}: `;
              return `${dataset.label}, ${where}‖Z‖ ${numberText(x)}, ${spec.yName} ${numberText(y)}`;
            },
          },
        },
      },
      scales: { x: { type: 'linear', ...axis('‖Z‖') }, y: { type: 'linear', ...axis(spec.yName) } },
    };
  }

  return {
    chart,
    draw(scene) {
      const { recording, others } = scene;
      const layer = layerOf(scene);
      const span = Math.max(1, recording.recordsPlanned - 1);
      // The range of the colour map that contrasts with the page.
      const [from, length] = theme.dark ? [0.25, 0.75] : [0, 0.9];
      const colour = (/** @type {number} */ record) => colourAt(viridis, from + (length * (record - 1)) / span);
      const stride = Math.ceil(Math.max(1, recording.records) / mostPieces);
      const path = (/** @type {Recording} */ of) => {
        const count = layer < of.layers ? Math.ceil(of.records / stride) : 0;
        return Array.from({ length: count }, (_, i) => {
          const record = i * stride + 1;
          return { ...placeOf(of, spec, layer, record), record };
        });
      };
      const points = path(recording);
      const marks = marksOf(recording, spec, layer).map(({ record }) => ({
        ...placeOf(recording, spec, layer, record),
        record,
      }));
      chart.data.datasets = [
        {
          label: spec.markName,
          data: marks,
          pointStyle: 'circle',
          pointRadius: 7,
          borderWidth: 2.5,
          borderColor: theme.ink,
          backgroundColor: 'transparent',
        },
        {
          label: `Layer ${layer + 1}`,
          data: points,
          showLine: true,
          borderWidth: 2,
          borderColor: colour(1),
          segment: { borderColor: ({ p0DataIndex }) => colour(points[p0DataIndex]?.record ?? 1) },
          pointRadius: 2,
          pointBackgroundColor: points.map(({ record }) => colour(record)),
          pointBorderColor: 'transparent',
        },
        ...others.map(({ name, recording: other }) => ({
          label: name,
          data: path(other),
          showLine: true,
          borderWidth: 1.5,
          borderDash: [5, 4],
          borderColor: theme.faint,
          backgroundColor: theme.faint,
          pointRadius: 0,
        })),
      ];
      placeAt = (step) =>
        step < 1 || step > recording.records
          ? null
          : { ...placeOf(recording, spec, layer, step), colour: colour(step) };
      title = `${spec.title}, layer ${layer + 1}`;
      fitTitle(chart, title);
      chart.update('none');
    },
    restyle() {
      theme = currentTheme();
      chart.options = options();
    },
    marksAt(step) {
      const place = placeAt(step);
      if (!place) return { dots: [] };
      const { x, y } = chart.scales;
      return { dots: [{ x: x.getPixelForValue(place.x), y: y.getPixelForValue(place.y), colour: place.colour }] };
    },
    stepAt: null,
    destroy: () => chart.destroy(),
  };
}

/**
 * @param {PhaseSpec} spec
 * @param {{ id: string, order: number, caption: string }} kind
 * @returns {Kind}
 */
export const phaseKind = (spec, kind) => ({
  ...kind,
  group: 'phase',
  title: (scene) => `${spec.title}, layer ${layerOf(scene) + 1}`,
  form: () => 'phase',
  note: () => '',
  create: (canvas) => createPhase(canvas, spec),
  summary(scene) {
    const layer = layerOf(scene);
    const marks = marksOf(scene.recording, spec, layer).map(({ record, value }) => {
      const { x } = placeOf(scene.recording, spec, layer, record);
      return `${spec.markName} at step ${shortText(record)}, ‖Z‖ ${numberText(x)}, value ${numberText(value)}`;
    });
    return `${spec.title}, layer ${layer + 1}: ${marks.join('; ') || 'nothing to mark yet'}.`;
  },
  table(scene) {
    const { recording } = scene;
    const layer = layerOf(scene);
    const knowledge = recording.series('knowledge_norm', layer);
    const other = recording.series(spec.y, layer);
    return { head: ['Step', '‖Z‖', spec.yName], rows: Array.from(knowledge, (value, i) => [i + 1, value, other[i]]) };
  },
  readout(scene, step) {
    const { x, y } = placeOf(scene.recording, spec, layerOf(scene), step);
    return [
      { label: '‖Z‖', value: x },
      { label: spec.yName, value: y },
    ];
  },
});
