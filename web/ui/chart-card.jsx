// A chart on the page: canvas, step cursor, values at the cursor, text description, table, and export menu.
import { effect, signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { numberText } from '../charts/format.js';
import { ChartMenu } from './chart-menu.jsx';
import { drawnWhenSeen } from './when-seen.js';

/**
 * @typedef {import('../charts/kind.js').Kind} Kind
 * @typedef {import('../charts/kind.js').Drawn} Drawn
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {ReturnType<typeof import('./draw-loop.js').createDrawLoop>} DrawLoop
 */

/** More values next to a cursor do not help. */
const mostReadouts = 10;

/**
 * A canvas with a chart that is redrawn when its scene has changed and it is visible.
 * @param {Kind} kind
 * @param {Lab} lab
 * @param {DrawLoop} loop
 * @param {Record<string, Drawn>} charts the chart is registered here by id
 */
export function useDrawn(kind, lab, loop, charts) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const drawn = useMemo(() => signal(/** @type {{ chart: Drawn, times: number } | null} */ (null)), []);
  useEffect(() => {
    const element = /** @type {HTMLCanvasElement} */ (canvas.current);
    let form = '';
    let theme = lab.theme.peek();
    function draw() {
      const scene = lab.scene.peek();
      if (kind.form(scene.view) !== form) {
        drawn.peek()?.chart.destroy();
        form = kind.form(scene.view);
        charts[kind.id] = kind.create(element, scene.view);
      }
      charts[kind.id].draw(scene);
      if (!drawn.peek()) performance.mark(`ska-chart-${kind.id}`); // for performance measurements
      drawn.value = { chart: charts[kind.id], times: (drawn.peek()?.times ?? 0) + 1 };
    }
    const seen = drawnWhenSeen(element, loop, draw);
    const stop = effect(() => {
      lab.scene.value;
      lab.theme.value;
      kind.watch?.();
      if (lab.theme.value !== theme) {
        theme = lab.theme.value;
        drawn.peek()?.chart.restyle();
      }
      seen.changed();
    });
    return () => {
      stop();
      seen.stop();
      drawn.peek()?.chart.destroy();
      delete charts[kind.id];
    };
  }, [kind, lab, loop]);
  return { canvas, drawn };
}

/** @param {{ lab: Lab, drawn: import('@preact/signals').Signal<{ chart: Drawn, times: number } | null> }} props */
function Marks({ lab, drawn }) {
  const chart = drawn.value?.chart;
  const step = lab.step.value;
  if (!chart || step < 0 || lab.cursor.value === null) return null;
  const { line, dots } = chart.marksAt(step);
  return (
    <svg class="marks" aria-hidden="true">
      {line && <line x1={line.x} x2={line.x} y1={line.top} y2={line.bottom} />}
      {dots.map(({ x, y, colour }, i) => (
        <circle key={i} cx={x} cy={y} r="6" fill={colour} />
      ))}
    </svg>
  );
}

/** @param {{ lab: Lab, kind: Kind }} props */
function Readout({ lab, kind }) {
  const step = lab.step.value;
  if (step < 0) return <p class="readout" />;
  const values = kind.readout(lab.scene.value, step).filter(({ value }) => Number.isFinite(value));
  return (
    <p class="readout">
      <b>Step {step}</b>
      {values.length === 0 && <span>nothing to compare with yet</span>}
      {values.slice(0, mostReadouts).map(({ label, value }) => (
        <span key={label}>
          {label} <b translate={false}>{numberText(value)}</b>
        </span>
      ))}
      {values.length > mostReadouts && <span>and {values.length - mostReadouts} more</span>}
    </p>
  );
}

/** @param {{ lab: Lab, kind: Kind, loop: DrawLoop, charts: Record<string, Drawn> }} props */
export function ChartCard({ lab, kind, loop, charts }) {
  const { canvas, drawn } = useDrawn(kind, lab, loop, charts);
  const isRunning = lab.session.phase === 'running';
  const summary = useRef('');
  lab.changes.value;
  // Update the description at pauses and at the end only. During a run it would be noise for screen readers.
  if (!isRunning || !summary.current) summary.current = kind.summary(lab.scene.value);
  const lookAt = (/** @type {PointerEvent} */ event) => {
    const stepAt = drawn.value?.chart.stepAt;
    if (stepAt && event.buttons === 1) lab.lookAt(stepAt(event.offsetX));
  };
  return (
    <figure class={kind.wide ? 'chart wide' : 'chart'} data-chart={kind.id}>
      <ChartMenu lab={lab} kind={kind} drawn={drawn} />
      <div class="plot" onPointerDown={lookAt} onPointerMove={lookAt}>
        <canvas id={kind.id} role="img" aria-label={summary.current} ref={canvas} />
        <Marks lab={lab} drawn={drawn} />
      </div>
      <Readout lab={lab} kind={kind} />
      <figcaption>
        {kind.caption} {kind.note(lab.scene.value)}
      </figcaption>
    </figure>
  );
}
