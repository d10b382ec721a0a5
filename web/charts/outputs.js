// How do the outputs evolve? One line per neuron of the last layer, its mean over all samples.
import { binWidth, stepTicks } from './bins.js';
import { Chart } from './chart-js.js';
import { lineColour, lineDash } from './colormaps.js';
import { numberText } from './format.js';
import { axisTitle, currentTheme, fitTitle, sharedOptions } from './theme.js';

/** @typedef {import('../state/recording.js').Recording} Recording */

/** More lines than this are a tangle, and slow. */
export const mostLines = 24;
/** More points along a line than this cannot be told apart. */
const mostPoints = 300;

const title = 'Output Decision Probability Evolution Across Steps (Single Pass)';

/** Beside the lines where there is room. @param {number} width of the chart, in pixels */
const legendPosition = (width) => (width < 620 ? 'bottom' : 'right');

/** @param {HTMLCanvasElement} canvas */
export function createOutputs(canvas) {
  let theme = currentTheme();
  let steps = 1;

  /** @type {Chart<'line', { x: number, y: number }[], string>} */
  const chart = new Chart(canvas, { type: 'line', data: { datasets: [] }, options: options() });

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
        fitTitle(resized, title);
      },
      plugins: {
        ...shared.plugins,
        legend: {
          position: legendPosition(canvas.parentElement?.clientWidth ?? 0),
          labels: { color: theme.ink, boxWidth: 14, boxHeight: 2, font: { family: theme.font, size: 12 } },
        },
        tooltip: {
          ...shared.plugins.tooltip,
          callbacks: {
            title: ([item]) => `Step ${item.parsed.x}`,
            label: (item) => `${item.dataset.label}: ${numberText(item.parsed.y ?? NaN)}`,
          },
        },
      },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: steps,
          title: axisTitle(theme, 'Step Index K'),
          grid: { color: theme.grid },
          border: { display: false },
          ticks: { color: theme.faint, maxRotation: 0, callback: (value) => String(value) },
          afterBuildTicks: (axis) => {
            const [one, ...round] = stepTicks(steps, axis.width / 60);
            axis.ticks = [0, ...(round.length > 0 ? round : [one])].map((value) => ({ value }));
          },
        },
        y: {
          min: 0,
          max: 1,
          title: axisTitle(theme, 'Mean Sigmoid Output'),
          grid: { color: theme.grid },
          border: { display: false },
          ticks: { color: theme.faint },
        },
      },
    };
  }

  return {
    chart,
    /** @param {Recording} recording */
    draw(recording) {
      const lines = Math.min(recording.outputs, mostLines);
      const stride = binWidth(recording.config.steps, mostPoints);
      const taken = Array.from({ length: recording.steps }, (_, k) => k).filter(
        (k) => k % stride === 0 || k === recording.steps - 1,
      );
      chart.data.datasets = Array.from({ length: lines }, (_, neuron) => ({
        label: `Neuron ${neuron}`,
        data: taken.map((k) => ({ x: k, y: recording.at(k).outputs[neuron] })),
        borderColor: lineColour(neuron, theme.dark),
        backgroundColor: lineColour(neuron, theme.dark),
        borderDash: lineDash(neuron),
        borderWidth: 2,
        pointRadius: recording.steps === 1 ? 2 : 0,
        pointHitRadius: 0,
      }));
      steps = Math.max(1, recording.config.steps - 1);
      if (chart.options.scales?.x) Object.assign(chart.options.scales.x, { max: steps });
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
