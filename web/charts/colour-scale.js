// Maps values to positions on a colour map: linear, per layer, or logarithmic.
import { extent, greatestMagnitude } from './curves.js';
import { shortText } from './format.js';

/**
 * @typedef {object} ColourScale
 * @property {(value: number, row: number) => number} position from 0 (start of the colour map) to 1
 * @property {{ position: number, text: string }[]} ticks ticks of the colour bar
 */

const quarters = [0, 0.25, 0.5, 0.75, 1];
/** Number of powers of ten below the greatest magnitude that a logarithmic scale shows. */
const decades = 4;

/** @param {[number, number]} range */
const linear =
  ([low, high]) =>
  (/** @type {number} */ value) =>
    low === high ? 1 : (value - low) / (high - low);

/** @param {[number, number]} range @returns {ColourScale} */
export function sharedScale(range) {
  const [low, high] = range;
  // An empty range has one colour, that of the greatest value.
  const ticks = low === high ? [1] : quarters;
  return {
    position: linear(range),
    ticks: ticks.map((position) => ({ position, text: shortText(low + position * (high - low)) })),
  };
}

/**
 * Scales each layer by its own extremes.
 * @param {Float64Array[]} curves
 * @param {(least: number, greatest: number) => [number, number]} range
 * @returns {ColourScale}
 */
export function layerScale(curves, range) {
  const scales = curves.map((series) => {
    const [least, greatest] = extent(series);
    return linear(least > greatest ? range(0, 0) : range(least, greatest));
  });
  const ends = ['least', 'greatest'];
  return {
    position: (value, row) => scales[row](value),
    ticks: ends.map((text, position) => ({ position, text })),
  };
}

/**
 * Scales by magnitude, logarithmically.
 * @param {Float64Array[]} curves
 * @param {boolean} perLayer
 * @param {boolean} darkIsLow whether the largest magnitude maps to the start of the colour map
 * @returns {ColourScale}
 */
export function magnitudeScale(curves, perLayer, darkIsLow) {
  const own = curves.map(greatestMagnitude);
  const shared = Math.max(0, ...own);
  const strength = (/** @type {number} */ value, /** @type {number} */ greatest) =>
    value === 0 || greatest === 0 ? 0 : Math.max(0, 1 + Math.log10(Math.abs(value) / greatest) / decades);
  const placed = (/** @type {number} */ of) => (darkIsLow ? 1 - of : of);
  return {
    position: (value, row) => placed(strength(value, perLayer ? own[row] : shared)),
    ticks: Array.from({ length: decades + 1 }, (_, i) => {
      const share = 10 ** -(decades - i);
      const text = perLayer ? `${shortText(100 * share)} %` : shortText((darkIsLow ? -1 : 1) * shared * share);
      return { position: placed(i / decades), text };
    }),
  };
}
