// Section of the Lagrangian in space. Its code is loaded when it is first opened.
import { useState } from 'preact/hooks';

import { advice, orStalled } from '../offline/obtain.js';
import { Fetched } from './load-again.jsx';

/** @typedef {typeof import('./space-figure.jsx').SpaceFigure} Figure */

const script = 'space-figure.js';

/** @param {Parameters<Figure>[0]} props */
export function SpaceSection({ lab, loop, charts }) {
  const [loaded, setLoaded] = useState(/** @type {{ Figure: Figure } | null} */ (null));
  const [trouble, setTrouble] = useState('');
  async function load() {
    try {
      const { SpaceFigure } = await orStalled(import('./space-figure.jsx'), script);
      setLoaded({ Figure: SpaceFigure });
    } catch {
      setTrouble(`The Lagrangian in space could not be fetched: ${script} did not arrive. ${advice}`);
    }
  }
  return (
    <section class="space" aria-labelledby="space-title">
      <details
        id="space-details"
        onToggle={({ currentTarget }) => {
          if (currentTarget.open && !loaded) load();
        }}
      >
        <summary>
          <h2 id="space-title">The Lagrangian in space</h2>
          <small>All layers at once over ‖Z‖ and knowledge flow, to be turned by hand</small>
        </summary>
        {loaded ? (
          <loaded.Figure lab={lab} loop={loop} charts={charts} />
        ) : (
          <Fetched what="The figures" trouble={trouble} />
        )}
      </details>
    </section>
  );
}
