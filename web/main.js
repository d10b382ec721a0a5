// The page: its parts, and what tells whom of what.
import { bluesReversed, coolwarmReversed } from './charts/colormaps.js';
import { createHeatmap } from './charts/heatmap.js';
import { createOutputs, mostLines } from './charts/outputs.js';
import { onThemeChange } from './charts/theme.js';
import { numberText } from './charts/format.js';
import { loadPaperSubset } from './data/paper-subset.js';
import { EngineClient } from './engine/client.js';
import { defaultConfig } from './state/config.js';
import { extremes } from './state/recording.js';
import { Session } from './state/session.js';
import { createControls } from './ui/controls.js';
import { drawDigits } from './ui/digits.js';
import { createDrawLoop } from './ui/draw-loop.js';
import { createNumbers } from './ui/numbers.js';
import { createStatus } from './ui/status.js';

/** @param {string} id */
const canvas = (id) => /** @type {HTMLCanvasElement} */ (document.getElementById(id));

const client = new EngineClient();
/** A second engine, for settings typed while the first one computes. */
const judge = new EngineClient();
const session = new Session(client, defaultConfig);

const charts = {
  entropy: createHeatmap(canvas('entropy'), {
    title: 'Layer-wise Entropy Heatmap',
    quantity: 'entropy',
    colormap: bluesReversed,
    range: (least) => [Math.min(least, 0), 0],
  }),
  cosine: createHeatmap(canvas('cosine'), {
    title: 'Layer-wise Cos(θ) Alignment Heatmap',
    quantity: 'cosine',
    colormap: coolwarmReversed,
    range: () => [-1, 1],
  }),
  outputs: createOutputs(canvas('outputs')),
};
const numbers = createNumbers();
const controls = createControls(session, defaultConfig, (config) => judge.validate(config));
const status = createStatus(session);

function showOutputsNote() {
  const { outputs } = session.recording;
  const note = outputs > mostLines ? `Shown are the first ${mostLines} of ${outputs}.` : '';
  /** @type {HTMLElement} */ (document.getElementById('outputs-note')).textContent = note;
}

/** Tells those who cannot see the charts what is in them. The table says it in full. */
function describeCharts() {
  const { recording, phase } = session;
  if (phase === 'running') return; // at the end, and at every pause
  const upTo = recording.records > 0 ? `, steps 1 to ${recording.records}` : ', nothing recorded yet';
  const least = Array.from({ length: recording.layers }, (_, layer) => {
    const found = extremes(recording.series('entropy', layer))?.least;
    return found ? `layer ${layer + 1} ${numberText(found.value)} at step ${found.record}` : '';
  });
  const outputs = recording.steps > 0 ? recording.at(recording.steps - 1).outputs : [];
  const lines = Array.from(outputs.slice(0, mostLines), (value, neuron) => `neuron ${neuron} ${numberText(value)}`);
  const labels = {
    entropy: `Heatmap of entropy by layer and step${upTo}. Least: ${least.join(', ')}.`,
    cosine: `Heatmap of cosine alignment by layer and step${upTo}. The table below gives its extremes.`,
    outputs: `Mean output of each neuron by step${upTo}. Last: ${lines.join(', ')}.`,
  };
  for (const [id, label] of Object.entries(labels)) {
    if (canvas(id).getAttribute('aria-label') !== label) canvas(id).setAttribute('aria-label', label);
  }
}

const drawLoop = createDrawLoop([
  () => {
    status.show();
    controls.show();
    showOutputsNote();
    describeCharts();
  },
  ...[...Object.values(charts), numbers].map((part) => () => part.draw(session.recording)),
]);

// For the console, and for tests that read the page's numbers: the run and the charts that show it.
Object.assign(globalThis, { skaLab: { client, session, charts } });

session.subscribe(drawLoop.changed);
drawLoop.changed();

try {
  const [digits, { version }] = await Promise.all([loadPaperSubset(), client.about()]);
  /** @type {HTMLElement} */ (document.getElementById('version')).textContent = version;
  drawDigits(canvas('digits'), digits);
  onThemeChange(() => {
    drawDigits(canvas('digits'), digits);
    for (const chart of Object.values(charts)) chart.restyle();
  });
  session.dataLoaded({ pixels: digits.pixels, samples: digits.count });
} catch (error) {
  session.fail(error);
}
