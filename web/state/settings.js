// TEMPORARY until the branch keep lands.
/**
 * @typedef {{ per_class: number, classes: number[], data_seed: number | null }} Data
 * @typedef {{ config: import('../engine/protocol.js').Config, data: Data, fast: boolean }} Settings
 */
/** @type {Settings} */
export const defaultSettings = Object.freeze({
  config: Object.freeze({ layers: [256, 128, 64, 10], steps: 50, learning_rate: 0.01, seed: 42, shift_term: true }),
  data: Object.freeze({ per_class: 100, classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], data_seed: null }),
  fast: false,
});
/** @param {Settings} a @param {Settings} b */
export const sameSettings = (a, b) => JSON.stringify(norm(a)) === JSON.stringify(norm(b));
/** @param {Settings} s */
const norm = ({ config: c, data: d, fast }) => [
  c.layers,
  c.steps,
  c.learning_rate,
  c.seed,
  c.shift_term,
  d.per_class,
  d.classes,
  d.data_seed,
  fast,
];
