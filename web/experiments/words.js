// How are numbers, shares, counts and lists said in a finding?
import { numberText } from '../charts/format.js';

/** @param {number} value a whole number without decimals */
export const wholeText = (value) => (Number.isInteger(value) ? String(value).replace('-', '−') : numberText(value));

/**
 * A share in percent, to two digits.
 * @param {number} share 1 for all
 */
export function percentText(share) {
  if (!Number.isFinite(share)) return '–';
  const percent = 100 * share;
  return `${Math.abs(percent) < 100 ? Number(percent.toPrecision(2)) : Math.round(percent)} %`;
}

/** @param {number} count @param {string} one what is counted, of which more have an s */
export const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** “1”, “1 and 2”, “1, 2 and 3”. @param {(string | number)[]} entries at least one */
export const listText = (entries) =>
  entries.length === 1 ? String(entries[0]) : `${entries.slice(0, -1).join(', ')} and ${entries.at(-1)}`;

/** “layer 1”, “layers 1 and 2”. @param {number[]} layers at least one, counted from 1 */
export const layersText = (layers) => `layer${layers.length === 1 ? '' : 's'} ${listText(layers)}`;
