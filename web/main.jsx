// Entry point of the page: creates the engine and the state, and renders the page.
import './engine/trusted-scripts.js';
import { effect, signal } from '@preact/signals';
import { render } from 'preact';

import { kinds } from './charts/all.js';
import { Batches } from './data/batches.js';
import { chooseBuild, detectHost, smallBuild } from './engine/builds.js';
import { EngineClient } from './engine/client.js';
import { ensureIsolation, wasReloadedForIsolation } from './engine/isolation.js';
import { repairedText } from './link/link-text.js';
import { RunStore } from './storage/run-store.js';
import { advice, orStalled } from './offline/obtain.js';
import { watchForUpdates } from './offline/updates.js';
import { followAddress, openAddress } from './state/address.js';
import { Lab } from './state/lab.js';
import { followRoute, isOfExperiments, route } from './state/route.js';
import { Session } from './state/session.js';
import { defaultSettings } from './model/settings.js';
import { stored } from './state/stored.js';
import { followTheme } from './state/theme.js';
import { followTranslator } from './state/translated.js';
import { App } from './ui/app.jsx';
import { releaseOldVNodes } from './ui/release-old-vnodes.js';
import { offerUpdate } from './ui/update-offer.js';

if ('skaCannotStart' in globalThis) await new Promise(() => {}); // start.js has reported why

const isOwnReload = wasReloadedForIsolation();
if (!(await ensureIsolation())) await new Promise(() => {}); // the page is being reloaded

followTheme();
releaseOldVNodes();
const host = await detectHost();
/** @param {boolean} fast */
const buildFor = (fast) => chooseBuild(host, fast);
const client = new EngineClient(buildFor(false));
/** A second engine, which validates settings and selects samples while the first one computes. */
const judge = new EngineClient(smallBuild);
const batches = new Batches(
  (labels, data) => judge.sample(labels, data),
  (share) => (lab.download.value = share),
);
const session = new Session(client, defaultSettings, buildFor, (data) => batches.of(data));
const persistence = stored('persistence', ['new', 'asked']);
/** Asks the browser once to make storage persistent; some browsers prompt the user. */
function persist() {
  if (persistence.read() === 'asked') return;
  persistence.write('asked');
  navigator.storage?.persist?.().catch(() => {});
}
const lab = new Lab(session, new RunStore({ persist }), defaultSettings, async (config) => {
  await judge.use(smallBuild); // retries a lost engine
  return judge.validate(config);
});
lab.form.canBeFast = host.relaxedSimd;
/** @type {Record<string, import('./charts/kind.js').Drawn>} */
const charts = {};
const digits = signal(/** @type {import('./data/idx.js').Digits | null} */ (null));
const version = signal('');
const experimentsTrouble = signal('');

/**
 * The experiments' view, once loaded.
 * @type {import('@preact/signals').Signal<import('preact').FunctionComponent | null>}
 */
const experimentsView = signal(/** @type {import('preact').FunctionComponent | null} */ (null));

// For the console and for tests that read the page's numbers: the run and its charts.
Object.assign(globalThis, { skaLab: { client, session, charts, lab, batches } });

/** Steps per second of the run that starts automatically at the first visit: slow enough to watch. */
const firstSpeed = 10;
const query = new URLSearchParams(repairedText(location.search));
const only = query.get('embed') === '1' ? (query.get('chart') ?? 'entropy') : null;
const embeddable = kinds.map(({ id }) => id);
const visited = stored('visited', ['no', 'yes']);

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
/** Shows the version once the engine has reported it. */
const Page = () => (
  <App
    lab={lab}
    client={client}
    canBeFast={host.relaxedSimd}
    charts={charts}
    digits={digits}
    version={version.value}
    inside={buildFor(false)}
    samplesOf={(data) => batches.of(data)}
    only={only}
    Experiments={experimentsView.value}
    experimentsTrouble={experimentsTrouble.value}
    loadAgain={() => {
      session.loadAgain();
      lab.form.change({}); // they may not have been validated
      load();
    }}
  />
);
const isOfLab = !isOfExperiments(location.hash);
const isLinked = location.hash.length > 1 && isOfLab;
const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
const isReload = navigation?.type === 'reload' && !isOwnReload;
const link = isLinked ? openAddress(lab, location.hash) : null;
followTranslator(root);
render(<Page />, root);
document.getElementById('start')?.remove(); // the page reports errors itself from now on
followRoute();
if (only === null) followAddress(lab);
else if (!embeddable.includes(only)) {
  lab.notice.value = `There is no chart “${only.slice(0, 40)}” to embed: there are ${embeddable.join(', ')}.`;
}
lab.loadKept();
// A page restored from the back/forward cache has missed changes by other tabs.
addEventListener('pageshow', ({ persisted }) => persisted && lab.loadKept());

/** Starts what runs automatically: a link's run or, at the first visit, the papers' run at a watchable speed. */
async function begin() {
  if (link) {
    if (isReload) return; // the stored runs are loaded and the settings are in their fields
    await lab.run();
    const isStill = lab.session.phase === 'finished' && lab.session.matches(link.settings);
    if (link.step !== null && isStill && lab.cursor.value === null) lab.lookAt(link.step);
    return;
  }
  if (!isOfLab || only !== null || visited.read() === 'yes' || matchMedia('(prefers-reduced-motion: reduce)').matches)
    return;
  visited.write('yes');
  lab.speed.value = firstSpeed;
  await lab.run();
  // If the user has taken over meanwhile, the chosen speed stays.
  if (lab.session.phase === 'finished' && lab.speed.value === firstSpeed) lab.speed.value = 0;
}

/** Loads the experiments on first use, and runs the one that the link names. */
async function fetchExperiments() {
  const names = location.hash.length > '#experiments'.length;
  const script = 'experiments-part.js';
  const part = await orStalled(import('./experiments-part.jsx'), script).catch(() => null);
  if (!part) {
    experimentsTrouble.value = `The experiments could not be fetched: ${script} did not arrive. ${advice}`;
    return;
  }
  const { View, conductor, experimenting } = part.createExperiments({
    cores: host.cores,
    samplesOf: (data) => batches.of(data),
  });
  Object.assign(globalThis, { skaExperiments: { conductor, experimenting } });
  experimentsView.value = View;
  if (!isOfLab && names && !isReload) experimenting.run();
}
const stopWaiting = effect(() => {
  if (route.value.view !== 'experiments') return;
  queueMicrotask(() => stopWaiting());
  fetchExperiments();
});

/** Loads what the page requires: the engine and the papers' digits. */
async function load() {
  try {
    const [paperSubset, about] = await Promise.all([batches.paperSubset(), client.use(buildFor(false))]);
    version.value = about.version;
    digits.value = paperSubset;
    session.dataLoaded();
    client.warmUp().catch(() => {}); // the first run reports any failure
    begin();
  } catch (error) {
    session.fail(error);
  }
}
await load();
watchForUpdates(offerUpdate);
