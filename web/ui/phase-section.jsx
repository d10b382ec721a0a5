// Section with the phase plots of one layer at a time.
import { kinds } from '../charts/all.js';
import { ChartCard } from './chart-card.jsx';

/** @param {Omit<Parameters<typeof ChartCard>[0], 'kind'>} props */
export function PhaseSection({ lab, loop, charts }) {
  lab.changes.value;
  const { layers } = lab.session.recording;
  const shown = Math.min(lab.view.value.layer, layers - 1);
  return (
    <section class="phase" aria-labelledby="phase-title">
      <div class="section-head">
        <h2 id="phase-title">Phase plots</h2>
        <label>
          Layer{' '}
          <select
            id="phase-layer"
            value={String(shown)}
            onChange={({ currentTarget }) => lab.look({ layer: Number(currentTarget.value) })}
          >
            {Array.from({ length: layers }, (_, layer) => (
              <option key={layer} value={String(layer)}>
                {layer + 1}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="phase-charts">
        {kinds
          .filter(({ group }) => group === 'phase')
          .map((kind) => (
            <ChartCard key={kind.id} lab={lab} kind={kind} loop={loop} charts={charts} />
          ))}
      </div>
    </section>
  );
}
