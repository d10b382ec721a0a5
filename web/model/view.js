// The view settings of the charts.

/**
 * The view settings of the charts.
 * @typedef {object} View
 * @property {'papers' | 'heatmap' | 'lines'} charts how quantities are drawn: each as in the papers, or all in one
 *   style
 * @property {number} layer of the phase plots, counted from 0
 * @property {'shared' | 'layer'} scale one scale for all layers, or each layer scaled by its own greatest magnitude
 * @property {boolean} log logarithmic scale of magnitudes, for quantities with one sign
 * @property {'step' | 'time'} axis k, or t = η·k with quantities proportional to η divided by it
 * @property {'overlay' | 'difference'} compare what is drawn of the other runs
 */

/** @type {Readonly<View>} */
export const defaultView = Object.freeze({
  charts: 'papers',
  layer: 0,
  scale: 'shared',
  log: false,
  axis: 'step',
  compare: 'overlay',
});
