// How does the reader look at the charts?

/**
 * How a reader looks at the charts.
 * @typedef {object} View
 * @property {'papers' | 'heatmap' | 'lines'} charts how quantities are drawn: each as in the papers, or all alike
 * @property {number} layer which one the phase plots show, counted from 0
 * @property {'shared' | 'layer'} scale one scale for all layers, or each layer by its own greatest magnitude
 * @property {boolean} log magnitudes on a logarithmic scale, where a quantity has one sign
 * @property {'step' | 'time'} axis k, or t = η·k with what grows with η divided by it
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
