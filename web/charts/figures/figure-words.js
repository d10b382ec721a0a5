// A figure as text for screen readers, and as a table of numbers for export.
import { numberText } from '../format.js';

/**
 * @typedef {import('./figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('./figure.js').SpaceFigure} SpaceFigure
 */

/** The text describes at most this many curves. */
const mostTold = 12;

/** @param {CurvesFigure['curves'][number]} curve @param {string} xName */
function curveWords({ name, x, y }, xName) {
  let least = -1;
  let greatest = -1;
  for (let i = 0; i < y.length; ++i) {
    if (!Number.isFinite(y[i])) continue;
    if (least < 0 || y[i] < y[least]) least = i;
    if (greatest < 0 || y[i] > y[greatest]) greatest = i;
  }
  if (least < 0) return `${name} has no numbers`;
  const at = (/** @type {number} */ i) => `${numberText(y[i])} at ${xName} ${numberText(x[i])}`;
  return `${name} from ${at(least)} to ${at(greatest)}`;
}

/** @param {CurvesFigure | SpaceFigure} figure */
export function figureWords(figure) {
  if (figure.kind === 'space') {
    const { title, axes, paths } = figure;
    const told = paths.slice(0, mostTold).map(({ name, points }) => {
      const end = points.at(-1);
      return end ? `${name} ends at ${end.map(numberText).join(', ')}` : `${name} has no points`;
    });
    return `${title}: paths through ${axes.join(', ')}. ${told.join('; ')}.`;
  }
  const { title, x, curves } = figure;
  if (curves.length === 0) return `${title}: no curves yet.`;
  const more = curves.length > mostTold ? `; and ${curves.length - mostTold} more curves` : '';
  return `${title}: ${curves
    .slice(0, mostTold)
    .map((curve) => curveWords(curve, x.name))
    .join('; ')}${more}.`;
}

/**
 * A figure's numbers, one row per point.
 * @param {CurvesFigure | SpaceFigure} figure
 * @returns {{ columns: string[], rows: (string | number)[][] }}
 */
export function figureNumbers(figure) {
  if (figure.kind === 'space') {
    return {
      columns: ['Path', 'Point', ...figure.axes],
      rows: figure.paths.flatMap(({ name, points }) => points.map((point, i) => [name, i + 1, ...point])),
    };
  }
  const { x, y, curves, bands = [] } = figure;
  const both = [
    ...curves,
    ...bands.flatMap((band) => [
      { name: `${band.name}, least`, x: band.x, y: band.low },
      { name: `${band.name}, greatest`, x: band.x, y: band.high },
    ]),
  ];
  return {
    columns: ['Curve', x.name, y.name],
    rows: both.flatMap((curve) => Array.from(curve.y, (value, i) => [curve.name, curve.x[i], value])),
  };
}
