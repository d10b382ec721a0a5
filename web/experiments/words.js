// Formats numbers, shares, counts and lists for findings.
import { numberText } from '../charts/format.js';

/** @param {number} value whole numbers are shown without decimals */
export const wholeText = (value) => (Number.isInteger(value) ? String(value).replace('-', '−') : numberText(value));

/**
 * A share in percent, with two significant digits; at least 100 % is rounded to whole percents.
 * @param {number} share 1 for all
 */
export function percentText(share) {
  if (!Number.isFinite(share)) return '–';
  const percent = 100 * share;
  return `${Math.abs(percent) < 100 ? Number(percent.toPrecision(2)) : Math.round(percent)} %`;
}

/** @param {number} count @param {string} one the singular; the plural adds an s */
export const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** “1”, “1 and 2”, “1, 2 and 3”. @param {(string | number)[]} entries at least one */
export const listText = (entries) =>
  entries.length === 1 ? String(entries[0]) : `${entries.slice(0, -1).join(', ')} and ${entries.at(-1)}`;

/** “layer 1”, “layers 1 and 2”. @param {number[]} layers at least one, counted from 1 */
export const layersText = (layers) => `layer${layers.length === 1 ? '' : 's'} ${listText(layers)}`;
