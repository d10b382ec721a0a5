// What does a chart draw? One run, others to compare it with, and the reader's way of looking at them.

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

/**
 * A run that is laid over another.
 * @typedef {object} Other
 * @property {string} name
 * @property {import('../state/recording.js').Recording} recording
 */

/**
 * @typedef {object} Scene
 * @property {import('../state/recording.js').Recording} recording
 * @property {Other[]} others
 * @property {View} view
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

/**
 * How long one step is on the axis.
 * @param {Scene} scene
 * @param {import('../state/recording.js').Recording} [other] one of the scene's, where it is not the run itself
 */
export const stepLength = ({ view, recording }, other = recording) =>
  view.axis === 'time' ? other.config.learning_rate : 1;

/** Whether the runs laid over are taken from the one shown. @param {Scene} scene */
export const comparesByDifference = ({ view, others }) => view.compare === 'difference' && others.length > 0;

/** @param {View} view */
export const axisName = (view) => (view.axis === 'time' ? 'Time t = η·k' : 'Step Index K');

/**
 * A place on the axis in words.
 * @param {View} view
 * @param {string} place already written
 */
export const placeText = (view, place) => (view.axis === 'time' ? `t = ${place}` : `Step ${place}`);
