// Turns a quantity into a kind of chart: a heatmap or lines, with its summary and table.
import { asDrawn, extent } from './curves.js';
import { numberText } from './format.js';
import { createHeatmap, mostRows } from './heatmap.js';
import { createLines, mostLines } from './lines.js';

/**
 * @typedef {import('./curves.js').QuantitySpec} QuantitySpec
 * @typedef {import('./kind.js').Kind} Kind
 * @typedef {import('../model/record.js').Quantity} Quantity
 */

/**
 * A quantity that every layer has.
 * @param {Quantity} quantity
 * @param {Omit<QuantitySpec, 'curves' | 'quantity' | 'rowName' | 'first' | 'rowsName'>} rest
 * @returns {QuantitySpec}
 */
export const layerSpec = (quantity, rest) => ({
  quantity,
  curves: (recording) => Array.from({ length: recording.layers }, (_, layer) => recording.series(quantity, layer)),
  rowName: (row) => `Layer ${row + 1}`,
  rowsName: 'Network Layers',
  first: 1,
  ...rest,
});

/**
 * @param {QuantitySpec} spec
 * @param {{ id: string, order: number, caption: string, wide?: boolean, papers?: 'heatmap' | 'lines' }} kind `papers`
 *   describes how the papers draw it
 * @returns {Kind}
 */
export function quantityKind(spec, { papers = 'heatmap', ...kind }) {
  const formOf = (/** @type {import('../model/view.js').View} */ { charts }) => (charts === 'papers' ? papers : charts);
  return {
    ...kind,
    group: 'curves',
    title: ({ view }) => (formOf(view) === 'lines' ? spec.linesTitle : spec.title),
    form: (view) => `${formOf(view)} ${view.log && spec.oneSign}`,
    create: (canvas, view) =>
      formOf(view) === 'lines' ? createLines(canvas, spec, view) : createHeatmap(canvas, spec),
    note({ recording, view, others }) {
      const isLines = formOf(view) === 'lines';
      const rows = spec.rows?.(recording) ?? spec.curves(recording).length;
      const most = isLines ? Math.floor(mostLines / (view.compare === 'overlay' ? 1 + others.length : 1)) : mostRows;
      const cut = rows > most ? `Shown are the first ${most} of ${rows}.` : '';
      if (others.length === 0) return cut;
      const names = others.map(({ name }) => name).join('; ');
      if (isLines && view.compare === 'overlay') return `${cut} Dashed: ${names}.`.trim();
      const left = others.length > 1 && view.compare === 'difference' && !isLines;
      return left ? `${cut} Only the first of the runs laid over is taken from it.`.trim() : cut;
    },
    summary(scene) {
      const { curves, name } = asDrawn(scene, spec);
      const steps = curves[0].length;
      if (steps === 0) return `${name} by step: nothing recorded yet.`;
      const parts = curves.slice(0, mostLines).map((series, row) => {
        const [least, greatest] = extent(series);
        const at = (/** @type {number} */ value) =>
          `${numberText(value)} at step ${spec.first + series.indexOf(value)}`;
        return `${spec.rowName(row)} from ${at(least)} to ${at(greatest)}`;
      });
      return `${name}, steps ${spec.first} to ${spec.first + steps - 1}: ${parts.join('; ')}.`;
    },
    table(scene) {
      const { curves, name } = asDrawn(scene, spec);
      return {
        head: [`${name}: step`, ...curves.map((_, row) => spec.rowName(row))],
        rows: Array.from(curves[0], (_, i) => [spec.first + i, ...curves.map((series) => series[i])]),
      };
    },
    readout: (scene, step) =>
      asDrawn(scene, spec).curves.map((series, row) => ({
        label: spec.rowName(row),
        value: series[step - spec.first],
      })),
  };
}
