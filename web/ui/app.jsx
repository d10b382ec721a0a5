// The page and the layout of its parts.
import { useEffect, useMemo, useState } from 'preact/hooks';

import { kinds } from '../charts/all.js';
import { ChartCard } from './chart-card.jsx';
import { DigitsFigure } from './digits-figure.jsx';
import { Dock } from './dock.jsx';
import { route } from '../state/route.js';
import { createDrawLoop } from './draw-loop.js';
import { GallerySection } from './gallery-section.jsx';
import { Honest } from './honest.jsx';
import { keyboard } from './keyboard.js';
import { InsideSection } from './inside-section.jsx';
import { Fetched, LoadAgain } from './load-again.jsx';
import { KeysSheet } from './keys-sheet.jsx';
import { LandmarksTable } from './landmarks-table.jsx';
import { Masthead } from './masthead.jsx';
import { Notice } from './notice.jsx';
import { NumbersTable } from './numbers-table.jsx';
import { PhaseSection } from './phase-section.jsx';
import { RunFiles } from './run-files.jsx';
import { RunsList } from './runs-list.jsx';
import { SettingsForm } from './settings-form.jsx';
import { Snackbar } from './snackbar.jsx';
import { SpaceSection } from './space-section.jsx';
import { StatusCard } from './status-card.jsx';
import { Tour } from './tour.jsx';
import { ViewSwitches } from './view-switches.jsx';
import { message } from './words.js';

/**
 * @typedef {object} AppProps
 * @property {import('../state/lab.js').Lab} lab
 * @property {import('../engine/client.js').EngineClient} client
 * @property {boolean} canBeFast
 * @property {Record<string, import('../charts/kind.js').Drawn>} charts filled with the drawn charts, by id
 * @property {import('@preact/signals').Signal<import('../data/idx.js').Digits | null>} digits
 * @property {string} version
 * @property {import('../engine/builds.js').Build} inside the engine build for the view inside the network
 * @property {import('../state/file-actions.js').SamplesOf} samplesOf
 * @property {import('preact').FunctionComponent | null} Experiments null until loaded
 * @property {string} experimentsTrouble why they could not be loaded; empty if nothing is wrong
 * @property {() => void} loadAgain retries loading what the page cannot work without
 * @property {string | null} only the single chart to show when the page is embedded; null for the whole page
 */

/** One chart and its playback controls, for an iframe in another page. @param {AppProps & { only: string }} props */
function Embedded({ lab, charts, only, loadAgain }) {
  const loop = useMemo(createDrawLoop, []);
  lab.changes.value;
  const kind = kinds.find(({ id }) => id === only) ?? kinds[0];
  return (
    <>
      <Notice notice={lab.notice} />
      <main class="embedded">
        <ChartCard lab={lab} kind={kind} loop={loop} charts={charts} />
        <p class="help">
          <a href={location.pathname + location.hash} target="_blank" rel="noopener">
            Open in the SKA Lab
          </a>{' '}
          <span id="message" role="status">
            {message(lab.session)}
          </span>
          <LoadAgain session={lab.session} loadAgain={loadAgain} />
        </p>
      </main>
      <Dock lab={lab} />
    </>
  );
}

/** @param {AppProps} props */
export function App(props) {
  if (props.only !== null) return <Embedded {...props} only={props.only} />;
  return route.value.view === 'experiments' ? <Experimental {...props} /> : <Whole {...props} />;
}

/** @param {{ version: string }} props */
const Footer = ({ version }) => (
  <footer>
    <p>
      SKA Lab <span id="version">{version}</span>. The engine is C++ compiled to WebAssembly; the same sources make the
      command <code>ska</code>. Digits: MNIST, Yann LeCun, Corinna Cortes and Christopher Burges, CC BY-SA 3.0. Clothes:
      Fashion-MNIST, Han Xiao, Kashif Rasul and Roland Vollgraf, © 2017 Zalando SE, MIT licence. Third-party notices:{' '}
      <a href="./page-notices.txt">page</a>, <a href="./engine-notices.txt">engine</a>.
    </p>
  </footer>
);

/** @param {AppProps} props */
const Experimental = ({ lab, version, Experiments, experimentsTrouble }) => (
  <>
    <Masthead lab={lab} isLab={false} />
    <Notice notice={lab.notice} />
    {Experiments ? <Experiments /> : <Fetched what="The experiments" trouble={experimentsTrouble} />}
    <Footer version={version} />
    <Snackbar lab={lab} />
  </>
);

/** @param {AppProps} props */
function Whole({ lab, client, canBeFast, charts, digits, version, inside, samplesOf, loadAgain }) {
  const loop = useMemo(createDrawLoop, []);
  const [hasKeys, setHasKeys] = useState(false);
  const hides = (/** @type {import('../link/link.js').Hideable} */ part) => lab.hidden.value.includes(part);
  const [hasTour, setHasTour] = useState(false);
  const showTour = () => setHasTour(true);
  useEffect(() => {
    const onKey = keyboard(lab, () => setHasKeys(true), showTour);
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [lab]);
  return (
    <>
      <Masthead lab={lab} isLab showTour={showTour} share={() => lab.share()} showKeys={() => setHasKeys(true)} />
      <Notice notice={lab.notice} />
      <main class={hides('controls') ? 'bare' : undefined}>
        {!hides('controls') && (
          <SettingsForm lab={lab} canBeFast={canBeFast}>
            <DigitsFigure lab={lab} digits={digits.value} />
          </SettingsForm>
        )}
        <div class="results">
          <StatusCard lab={lab} client={client} loadAgain={loadAgain} />
          <ViewSwitches lab={lab} />
          <div class="charts">
            {kinds
              .filter(({ group }) => group === 'curves')
              .map((kind) => (
                <ChartCard key={kind.id} lab={lab} kind={kind} loop={loop} charts={charts} />
              ))}
          </div>
          <PhaseSection lab={lab} loop={loop} charts={charts} />
          <SpaceSection lab={lab} loop={loop} charts={charts} />
          <NumbersTable lab={lab} />
          <LandmarksTable lab={lab} />
          <GallerySection lab={lab} samplesOf={samplesOf} />
          <InsideSection lab={lab} build={inside} samplesOf={samplesOf} />
          {!hides('runs') && (
            <RunsList lab={lab} samplesOf={samplesOf}>
              <RunFiles lab={lab} samplesOf={samplesOf} />
            </RunsList>
          )}
          {!hides('honest') && <Honest />}
        </div>
      </main>
      <Footer version={version} />
      <Dock lab={lab} />
      <Snackbar lab={lab} />
      <Tour lab={lab} isOpen={hasTour} close={() => setHasTour(false)} />
      <KeysSheet isOpen={hasKeys} close={() => setHasKeys(false)} />
    </>
  );
}
