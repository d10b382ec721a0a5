// Which samples does NumPy choose of every set? As numpy_samples.py found.
import { readFileSync } from 'node:fs';

/**
 * @returns {{ set: import('../../web/model/sets.js').SetName, seed: number, indices: number[][] }[]} the first ten
 *   indices of every class, for every set and seed
 */
export function numpySamples() {
  const text = readFileSync(new URL('numpy_samples.txt', import.meta.url), 'utf8');
  const lines = text.trimEnd().split('\n').map((line) => line.split(' '));
  const names = [...new Set(lines.map(([set, seed]) => `${set} ${seed}`))];
  const choices = names.map((name) => lines.filter(([set, seed]) => `${set} ${seed}` === name));
  return choices.map((rows) => ({
    set: /** @type {import('../../web/model/sets.js').SetName} */ (rows[0][0]),
    seed: Number(rows[0][1]),
    indices: rows.map((row) => row.slice(3).map(Number)),
  }));
}
