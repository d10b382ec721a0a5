// A figure of an experiment: canvas, text description, numbers, and export menu.
import { effect, signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { createCurvesChart } from '../../charts/figures/curves-chart.js';
import { figureNumbers, figureWords } from '../../charts/figures/figure-words.js';
import { createSpaceFigure } from '../../charts/figures/space-chart.js';
import { startPose } from '../../charts/space/projection.js';
import { chartPng } from '../../files/chart-png.js';
import { chartSvg } from '../../files/chart-svg.js';
import { download } from '../../files/download.js';
import { csvOf } from '../../files/table-csv.js';
import { theme } from '../../state/theme.js';
import { turning } from '../turning.js';
import { drawnWhenSeen } from '../when-seen.js';
import { DataTable } from './data-table.jsx';
import { Menu } from '../menu.jsx';

/**
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../../charts/figures/figure.js').SpaceFigure} SpaceFigure
 * @typedef {ReturnType<typeof import('../draw-loop.js').createDrawLoop>} DrawLoop
 * @typedef {{ chart: import('chart.js').Chart<any, any, any>, draw: (figure: any) => void, restyle: () => void, destroy: () => void }} Drawn
 */

/**
 * Draws a figure when it has changed and is visible.
 * @param {CurvesFigure | SpaceFigure} figure
 * @param {DrawLoop} loop
 * @param {import('@preact/signals').Signal<import('../../charts/space/projection.js').Pose>} pose
 */
function useFigure(figure, loop, pose) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const shown = useMemo(() => signal(figure), []);
  const drawn = useRef(/** @type {Drawn | null} */ (null));
  shown.value = figure;
  useEffect(() => {
    const element = /** @type {HTMLCanvasElement} */ (canvas.current);
    let drawnTheme = theme.peek();
    let logarithms = '';
    const seen = drawnWhenSeen(element, loop, () => {
      const now = shown.peek();
      const kinds = now.kind === 'curves' ? `${now.x.log} ${now.y.log}` : '';
      if (!drawn.current || kinds !== logarithms) {
        drawn.current?.destroy();
        drawn.current =
          now.kind === 'space' ? createSpaceFigure(element, () => pose.peek()) : createCurvesChart(element, now);
        logarithms = kinds;
      }
      if (drawnTheme !== theme.peek()) drawn.current.restyle();
      drawnTheme = theme.peek();
      drawn.current.draw(now);
      element.dataset.drawn = String(Number(element.dataset.drawn ?? 0) + 1); // for tests and measurements
    });
    const stop = effect(() => {
      shown.value;
      theme.value;
      pose.value;
      seen.changed();
    });
    return () => {
      stop();
      seen.stop();
      drawn.current?.destroy();
      drawn.current = null;
    };
  }, [loop]);
  return { canvas, drawn };
}

/**
 * @param {{ figure: CurvesFigure | SpaceFigure, experiment: string, loop: DrawLoop, tell: (sentence: string) => void }} props
 */
export function FigureCard({ figure, experiment, loop, tell }) {
  const pose = useMemo(() => signal(startPose), []);
  const { canvas, drawn } = useFigure(figure, loop, pose);
  const hands = useMemo(() => (figure.kind === 'space' ? turning(pose) : {}), [figure.kind]);
  const [hasTable, setHasTable] = useState(false);
  const name = `ska-${experiment}-${figure.id}`;
  const withChart = (/** @type {(chart: Drawn['chart']) => Promise<void>} */ work) => async () => {
    try {
      if (drawn.current) await work(drawn.current.chart);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
  };
  const items = {
    'PNG picture': withChart(async (chart) => download(`${name}.png`, await chartPng(chart))),
    'SVG drawing': withChart(async (chart) => download(`${name}.svg`, await chartSvg(chart))),
    'CSV numbers': () => download(`${name}.csv`, new Blob([csvOf(figureNumbers(figure))], { type: 'text/csv' })),
    [hasTable ? 'Hide the table' : 'Show as a table']: () => setHasTable(!hasTable),
  };
  return (
    <figure class={figure.kind === 'space' ? 'chart figure spatial' : 'chart figure'} data-figure={figure.id}>
      <Menu label={`Take along or read: ${figure.title}`} items={items} />
      <div class="plot">
        <canvas
          ref={canvas}
          role="img"
          aria-label={figureWords(figure)}
          tabIndex={figure.kind === 'space' ? 0 : undefined}
          {...hands}
        />
      </div>
      {(figure.note || figure.kind === 'space') && (
        <figcaption>
          {figure.note}{' '}
          {figure.kind === 'space' &&
            'An open ring is where a path starts, a dot where it ends. Drag to turn it, or use the arrow keys.'}
        </figcaption>
      )}
      {hasTable && <DataTable {...figureNumbers(figure)} title={figure.title} />}
    </figure>
  );
}
