// The page's beginning: its engine, its state, and what is put where.
import { signal } from '@preact/signals';
import { render } from 'preact';

import { Batches } from './data/batches.js';
import { chooseBuild, detectHost, smallBuild } from './engine/builds.js';
import { EngineClient } from './engine/client.js';
import { ensureIsolation } from './engine/isolation.js';
import { RunStore } from './keep/run-store.js';
import { Lab } from './state/lab.js';
import { Session } from './state/session.js';
import { defaultSettings } from './state/settings.js';
import { followTheme } from './state/theme.js';
import { App } from './ui/app.jsx';

if (!(await ensureIsolation())) await new Promise(() => {}); // the page is being reloaded

followTheme();
const host = await detectHost();
/** @param {boolean} fast */
const buildFor = (fast) => chooseBuild(host, fast);
const client = new EngineClient(buildFor(false));
/** A second engine, for settings typed and samples chosen while the first one computes. */
const judge = new EngineClient(smallBuild);
const batches = new Batches(
  (labels, data) => judge.sample(labels, data),
  (share) => (lab.download.value = share),
);
const session = new Session(client, defaultSettings, buildFor, (data) => batches.of(data));
const lab = new Lab(session, new RunStore(), defaultSettings, (config) => judge.validate(config));
/** @type {Record<string, import('./charts/kind.js').Drawn>} */
const charts = {};
const digits = signal(/** @type {import('./data/idx.js').Digits | null} */ (null));
const version = signal('');

// For the console, and for tests that read the page's numbers: the run and the charts that show it.
Object.assign(globalThis, { skaLab: { client, session, charts, lab, batches } });

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
/** Draws the version when the engine has told it. */
const Page = () => (
  <App lab={lab} client={client} canBeFast={host.relaxedSimd} charts={charts} digits={digits} version={version.value} />
);
render(<Page />, root);
lab.loadKept();

try {
  const [paperSubset, about] = await Promise.all([batches.paperSubset(), client.about]);
  version.value = about.version;
  digits.value = paperSubset;
  session.dataLoaded();
  client.warmUp().catch(() => {}); // the first run will tell of what is wrong
} catch (error) {
  session.fail(error);
}
