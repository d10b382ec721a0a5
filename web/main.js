// The page: its parts, and what tells whom of what.
import { bluesReversed, coolwarmReversed } from './charts/colormaps.js';
import { createHeatmap } from './charts/heatmap.js';
import { createOutputs } from './charts/outputs.js';
import { onThemeChange } from './charts/theme.js';
import { loadPaperSubset } from './data/paper-subset.js';
import { chooseBuild, detectHost, smallBuild } from './engine/builds.js';
import { EngineClient } from './engine/client.js';
import { ensureIsolation } from './engine/isolation.js';
import { watchForUpdates } from './offline/updates.js';
import { defaultConfig } from './state/config.js';
import { Session } from './state/session.js';
import { createControls } from './ui/controls.js';
import { createDescriptions } from './ui/descriptions.js';
import { drawDigits } from './ui/digits.js';
import { createDrawLoop } from './ui/draw-loop.js';
import { createEngineChip } from './ui/engine-chip.js';
import { createNumbers } from './ui/numbers.js';
import { createStatus } from './ui/status.js';
import { offerUpdate } from './ui/update-offer.js';

/** @param {string} id */
const canvas = (id) => /** @type {HTMLCanvasElement} */ (document.getElementById(id));

if (!(await ensureIsolation())) await new Promise(() => {}); // the page is being reloaded

const host = await detectHost();
/** @param {boolean} fast */
const buildFor = (fast) => chooseBuild(host, fast);
const client = new EngineClient(buildFor(false));
/** A second engine, for settings typed while the first one computes. */
const judge = new EngineClient(smallBuild);
const session = new Session(client, defaultConfig, buildFor);

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
const controls = createControls(session, defaultConfig, (config) => judge.validate(config), host.relaxedSimd);
const chip = createEngineChip();
const status = createStatus(session);
const descriptions = createDescriptions(session);

function showEngine() {
  client.about.then(chip.show, () => chip.show(null)); // why there is none, the status says
}

const drawLoop = createDrawLoop([
  () => {
    status.show();
    controls.show();
    descriptions.show();
    showEngine();
  },
  ...[...Object.values(charts), numbers].map((part) => () => part.draw(session.recording)),
]);

// For the console, and for tests that read the page's numbers: the run and the charts that show it.
Object.assign(globalThis, { skaLab: { client, session, charts } });

session.subscribe(drawLoop.changed);
drawLoop.changed();

try {
  const [digits, { version }] = await Promise.all([loadPaperSubset(), client.about]);
  /** @type {HTMLElement} */ (document.getElementById('version')).textContent = version;
  drawDigits(canvas('digits'), digits);
  onThemeChange(() => {
    drawDigits(canvas('digits'), digits);
    for (const chart of Object.values(charts)) chart.restyle();
    drawLoop.changed();
  });
  session.dataLoaded({ pixels: digits.pixels, samples: digits.count });
  client.warmUp().catch(() => {}); // the first run will tell of what is wrong
} catch (error) {
  session.fail(error);
}

watchForUpdates(offerUpdate);
