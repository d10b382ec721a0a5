// Where is the Lagrangian in space? In a section that fetches it when it is first opened.
import { useState } from 'preact/hooks';

/** @typedef {typeof import('./space-figure.jsx').SpaceFigure} Figure */

/** @param {Parameters<Figure>[0]} props */
export function SpaceSection({ lab, loop, charts }) {
  const [loaded, setLoaded] = useState(/** @type {{ Figure: Figure } | null} */ (null));
  async function load() {
    try {
      const { SpaceFigure } = await import('./space-figure.jsx');
      setLoaded({ Figure: SpaceFigure });
    } catch {
      lab.notice.value = 'The Lagrangian in space could not be fetched. Close it and open it again to try once more.';
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
        {loaded ? <loaded.Figure lab={lab} loop={loop} charts={charts} /> : <p class="help">Being fetched…</p>}
      </details>
    </section>
  );
}
