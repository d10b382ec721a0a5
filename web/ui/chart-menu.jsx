// Menu that exports a chart as a picture, vector drawing, film or table.
import { useState } from 'preact/hooks';

import { chartFilm } from '../files/chart-film.js';
import { chartPng } from '../files/chart-png.js';
import { chartSvg } from '../files/chart-svg.js';
import { download } from '../files/download.js';
import { Menu } from './menu.jsx';
import { TableTwin } from './table-twin.jsx';

/**
 * @typedef {import('../charts/kind.js').Kind} Kind
 * @typedef {import('../charts/kind.js').Drawn} Drawn
 * @typedef {import('../state/lab.js').Lab} Lab
 */

/** @param {{ lab: Lab, kind: Kind, drawn: import('@preact/signals').Signal<{ chart: Drawn, times: number } | null> }} props */
export function ChartMenu({ lab, kind, drawn }) {
  const [hasTable, setHasTable] = useState(false);
  const name = `ska-${kind.id}`;
  const withChart = (/** @type {(chart: import('chart.js').Chart) => Promise<void>} */ work) => async () => {
    const chart = drawn.value?.chart.chart;
    if (!chart) return;
    try {
      await work(chart);
    } catch (error) {
      lab.notice.value = error instanceof Error ? error.message : String(error);
    }
  };
  const items = {
    'PNG picture': withChart(async (chart) => download(`${name}.png`, await chartPng(chart))),
    'SVG drawing': withChart(async (chart) => download(`${name}.svg`, await chartSvg(chart))),
    'WebM film of the run': withChart(async () => {
      lab.notice.value = 'Recording the film…';
      const film = await chartFilm(kind, lab.scene.value);
      download(`${name}.webm`, film);
      lab.notice.value = '';
    }),
    [hasTable ? 'Hide the table' : 'Show as a table']: () => setHasTable(!hasTable),
  };
  return (
    <>
      <Menu label={`Take along or read: ${kind.title(lab.scene.value)}`} items={items} />
      {hasTable && <TableTwin lab={lab} kind={kind} />}
    </>
  );
}
