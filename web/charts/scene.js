// What does a chart draw? One run, others to compare it with, and the reader's way of looking at them.

/** @typedef {import('../state/view.js').View} View */

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
