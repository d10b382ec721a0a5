// The scene that a chart draws: one run, the runs to compare it with, and the view settings.

/** @typedef {import('../model/view.js').View} View */

/**
 * An overlaid run.
 * @typedef {object} Other
 * @property {string} name
 * @property {import('../model/recording.js').Recording} recording
 */

/**
 * @typedef {object} Scene
 * @property {import('../model/recording.js').Recording} recording
 * @property {Other[]} others
 * @property {View} view
 */

/**
 * The length of one step on the axis.
 * @param {Scene} scene
 * @param {import('../model/recording.js').Recording} [other] one of the scene's recordings; by default the run's own
 */
export const stepLength = ({ view, recording }, other = recording) =>
  view.axis === 'time' ? other.config.learning_rate : 1;

/** Whether charts show differences between the run and an overlaid run. @param {Scene} scene */
export const comparesByDifference = ({ view, others }) => view.compare === 'difference' && others.length > 0;

/** @param {View} view */
export const axisName = (view) => (view.axis === 'time' ? 'Time t = η·k' : 'Step Index K');

/**
 * A position on the axis, in words.
 * @param {View} view
 * @param {string} place already formatted
 */
export const placeText = (view, place) => (view.axis === 'time' ? `t = ${place}` : `Step ${place}`);
