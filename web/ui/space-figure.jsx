// Rotatable chart of the Lagrangian in space, with a table of its layers and their values.
import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import '../style/space.css';
import { shortText } from '../charts/format.js';
import { startPose, zoomed } from '../charts/space/projection.js';
import { spaceKind } from '../charts/space/space-kind.js';
import { drawSwatch } from '../charts/space/swatch.js';
import { useDrawn } from './chart-card.jsx';
import { ChartMenu } from './chart-menu.jsx';
import { turning, zoomStep } from './turning.js';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../charts/space/projection.js').Pose} Pose
 * @typedef {ReturnType<typeof createReader>} Reader
 */

/** Preset orientations, and what each one shows. */
const views = [
  { label: 'Askew', seen: 'all three', pose: startPose },
  { label: 'Above', seen: '‖Z‖ and flow', pose: { turn: 0, tilt: 90, zoom: 1.25, depth: 0 } },
  { label: 'Front', seen: '‖Z‖ and Lagrangian', pose: { turn: 0, tilt: 0, zoom: 1.25, depth: 0 } },
  { label: 'Side', seen: 'flow and Lagrangian', pose: { turn: -90, tilt: 0, zoom: 1.25, depth: 0 } },
];

/** Number of value columns per layer in the table. */
const columns = 3;

/** The reader's view settings of the space. @param {Lab} lab */
function createReader(lab) {
  const pose = signal(/** @type {Pose} */ (startPose));
  /** Hidden layers. */
  const hidden = signal(/** @type {ReadonlySet<number>} */ (new Set()));
  const kind = spaceKind({
    pose: () => pose.value,
    hidden: () => hidden.value,
    step: () => (lab.cursor.value === null ? null : lab.step.value),
  });
  return { pose, hidden, kind, hands: turning(pose) };
}

/** @param {{ pose: Reader['pose'] }} props */
function Views({ pose }) {
  const closer = (/** @type {number} */ factor) => () => (pose.value = zoomed(pose.value, factor));
  return (
    <div class="row" role="group" aria-label="Where to look from">
      {views.map(({ label, seen, pose: other }) => (
        <button key={label} type="button" class="small" title={`Shows ${seen}`} onClick={() => (pose.value = other)}>
          {label}
        </button>
      ))}
      <button type="button" class="icon" aria-label="Nearer" onClick={closer(zoomStep)}>
        +
      </button>
      <button type="button" class="icon" aria-label="Farther" onClick={closer(1 / zoomStep)}>
        −
      </button>
    </div>
  );
}

/** @param {{ layer: number, dark: boolean }} props */
function Swatch({ layer, dark }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => drawSwatch(/** @type {HTMLCanvasElement} */ (canvas.current), layer, dark), [layer, dark]);
  return <canvas class="swatch" aria-hidden="true" ref={canvas} />;
}

/** The layers: visibility, line style, and values. @param {{ lab: Lab, reader: Reader }} props */
function Layers({ lab, reader: { hidden, kind } }) {
  lab.changes.value;
  const step = lab.step.value;
  const { layers } = lab.session.recording;
  const values = kind.readout(lab.scene.value, step).map(({ value }) => value);
  /** @param {number} layer */
  function toggle(layer) {
    const others = new Set(hidden.value);
    if (!others.delete(layer)) others.add(layer);
    hidden.value = others;
  }
  return (
    <div class="scroll space-layers" tabIndex={0} role="group" aria-label="Layers, scrolls">
      <table>
        <thead>
          <tr>
            <th scope="col">{step < 0 ? 'Shown' : `Step ${step}`}</th>
            <th scope="col">‖Z‖</th>
            <th scope="col">Flow</th>
            <th scope="col">Lagrangian</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: layers }, (_, layer) => (
            <tr key={layer}>
              <th scope="row">
                <label class="check">
                  <input type="checkbox" checked={!hidden.value.has(layer)} onChange={() => toggle(layer)} />
                  <Swatch layer={layer} dark={lab.theme.value === 'dark'} />
                  Layer {layer + 1}
                </label>
              </th>
              {values.slice(columns * layer, columns * (layer + 1)).map((value, i) => (
                <td key={i}>{Number.isFinite(value) ? shortText(value) : '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** @param {Pick<Parameters<typeof import('./chart-card.jsx').ChartCard>[0], 'lab' | 'loop' | 'charts'>} props */
export function SpaceFigure({ lab, loop, charts }) {
  const reader = useMemo(() => createReader(lab), [lab]);
  const { kind, hands, hidden } = reader;
  const { canvas, drawn } = useDrawn(kind, lab, loop, charts);
  const summary = useRef('');
  lab.changes.value;
  hidden.value;
  // As in the other charts: update the text at pauses and at the end only.
  if (lab.session.phase !== 'running' || !summary.current) summary.current = kind.summary(lab.scene.value);
  return (
    <figure class="space-figure" data-chart={kind.id}>
      <ChartMenu lab={lab} kind={kind} drawn={drawn} />
      <div class="space-parts">
        <div class="plot">
          <canvas
            id={kind.id}
            role="img"
            aria-label={summary.current}
            aria-describedby="space-hint"
            tabIndex={0}
            ref={canvas}
            {...hands}
          />
        </div>
        <div class="space-side">
          <Layers lab={lab} reader={reader} />
          <Views pose={reader.pose} />
          <p id="space-hint" class="help">
            Drag to turn; with two fingers, zoom. By keys, once it has the focus: arrows turn, + and − zoom, 0 goes
            back.
          </p>
        </div>
      </div>
      <figcaption>
        {kind.caption} {kind.note(lab.scene.value)}
      </figcaption>
    </figure>
  );
}
