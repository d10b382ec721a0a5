// The page: its parts, and where they stand.
import { useEffect, useMemo, useState } from 'preact/hooks';

import { kinds } from '../charts/all.js';
import { ChartCard } from './chart-card.jsx';
import { DigitsFigure } from './digits-figure.jsx';
import { Dock } from './dock.jsx';
import { createDrawLoop } from './draw-loop.js';
import { Honest } from './honest.jsx';
import { keyboard } from './keyboard.js';
import { KeysSheet } from './keys-sheet.jsx';
import { LandmarksTable } from './landmarks-table.jsx';
import { Masthead } from './masthead.jsx';
import { NumbersTable } from './numbers-table.jsx';
import { PhaseSection } from './phase-section.jsx';
import { RunsList } from './runs-list.jsx';
import { SettingsForm } from './settings-form.jsx';
import { SpaceSection } from './space-section.jsx';
import { StatusCard } from './status-card.jsx';
import { ViewSwitches } from './view-switches.jsx';

/**
 * @typedef {object} AppProps
 * @property {import('../state/lab.js').Lab} lab
 * @property {import('../engine/client.js').EngineClient} client
 * @property {boolean} canBeFast
 * @property {Record<string, import('../charts/kind.js').Drawn>} charts filled with the charts as they are drawn
 * @property {import('@preact/signals').Signal<import('../data/idx.js').Digits | null>} digits
 * @property {string} version
 */

/** A sentence about what was just done or could not be. @param {{ lab: AppProps['lab'] }} props */
function Notice({ lab }) {
  const text = lab.notice.value;
  return (
    <div class="notice" role="status">
      {text && (
        <p>
          {text}{' '}
          <button type="button" class="quiet" onClick={() => (lab.notice.value = '')}>
            Close
          </button>
        </p>
      )}
    </div>
  );
}

/** @param {AppProps} props */
export function App({ lab, client, canBeFast, charts, digits, version }) {
  const loop = useMemo(createDrawLoop, []);
  const [hasKeys, setHasKeys] = useState(false);
  useEffect(() => {
    const onKey = keyboard(lab, () => setHasKeys(true));
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [lab]);
  return (
    <>
      <Masthead lab={lab} share={() => lab.share()} showKeys={() => setHasKeys(true)} />
      <Notice lab={lab} />
      <main>
        <SettingsForm lab={lab} canBeFast={canBeFast}>
          <DigitsFigure lab={lab} digits={digits.value} />
        </SettingsForm>
        <div class="results">
          <StatusCard lab={lab} client={client} />
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
          <RunsList lab={lab} />
          <Honest />
        </div>
      </main>
      <footer>
        <p>
          SKA Lab <span id="version">{version}</span>. The engine is C++ compiled to WebAssembly; the same sources make
          the command <code>ska</code>. Digits: MNIST, Yann LeCun, Corinna Cortes and Christopher Burges, CC BY-SA 3.0.
        </p>
      </footer>
      <Dock lab={lab} />
      <KeysSheet isOpen={hasKeys} close={() => setHasKeys(false)} />
    </>
  );
}
