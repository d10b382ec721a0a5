// What is an experiment? A question, a declared list of runs, and a function from their records to charts and findings.
//
// An experiment is a folder here with an experiment.js that exports one as `experiment`. Nothing else knows of it: the
// page and the command find the folder. The file runs in the browser and in Node, so it imports nothing of either.

/** @typedef {import('../state/recording.js').Recording} Recording */
/** @typedef {import('../state/settings.js').Settings} Settings */

/**
 * @typedef {object} Experiment
 * @property {number} order among the others, from 1
 * @property {string} title
 * @property {string} question what it asks, in a sentence
 * @property {string} about what is run and how to read it, for a person who knows neither paper
 * @property {Record<string, import('./controls.js').Control<any>>} controls under their names in links and on the command line
 * @property {(values: any) => DeclaredRun[]} runs what has to be run for these values of the controls, keys all different
 * @property {(outcome: import('./outcome.js').Outcome, values: any) => Report} report from the runs that have finished so far
 */

/**
 * @typedef {object} DeclaredRun
 * @property {string} key names the run within its experiment; letters, digits, points, hyphens: it becomes a folder's name
 * @property {string} name for people
 * @property {Settings} settings
 */

/**
 * What an experiment found. What needs runs that have not finished is left out, or says so.
 * @typedef {object} Report
 * @property {Finding[]} findings
 * @property {Section[]} sections
 */

/**
 * A sentence computed from the numbers.
 * @typedef {object} Finding
 * @property {string} text
 * @property {'holds' | 'fails' | 'open' | 'fact'} verdict whether a claim holds by these numbers; open where runs are
 *   missing; a fact claims nothing
 * @property {string} [claim] in the words of the paper, or of these pages
 * @property {string} [source] where it is claimed
 * @property {number} [value] computed here
 * @property {number} [published]
 * @property {number} [allowed] how far the one may be from the other
 */

/**
 * Charts and tables that belong together.
 * @typedef {object} Section
 * @property {string} title
 * @property {string} [text]
 * @property {(CurvesFigure | SpaceFigure)[]} [figures]
 * @property {Table[]} [tables]
 */

/** @typedef {{ name: string, log?: boolean, least?: number, greatest?: number }} Axis */

/**
 * A line. `ink` counts the line colours: the same ink is the same thing in all figures of an experiment.
 * @typedef {object} Curve
 * @property {string} name
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y as many; what is not finite is left out
 * @property {number} ink
 * @property {'dashed' | 'dotted'} [dash] solid where there is none
 * @property {boolean} [dots] a dot at every point, for values that lie between nothing
 */

/**
 * Curves over a common axis.
 * @typedef {object} CurvesFigure
 * @property {'curves'} kind
 * @property {string} id unique in its experiment; it becomes a file's name
 * @property {string} title
 * @property {string} [note]
 * @property {Axis} x
 * @property {Axis} y
 * @property {Curve[]} curves
 * @property {{ name: string, x: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>, ink: number }[]} [bands]
 * @property {{ name: string, x: number, y: number, ink: number }[]} [marks] ringed points
 * @property {{ name: string, along: 'x' | 'y', at: number }[]} [rules] a thin line across at a value of an axis
 */

/**
 * Paths through three quantities, to be turned by hand. Start and end are marked.
 * @typedef {object} SpaceFigure
 * @property {'space'} kind
 * @property {string} id
 * @property {string} title
 * @property {string} [note]
 * @property {[string, string, string]} axes across, deep and high
 * @property {{ name: string, ink: number, faint?: boolean, points: [number, number, number][] }[]} paths point by step
 */

/**
 * @typedef {object} Table
 * @property {string} id
 * @property {string} title
 * @property {string} [note]
 * @property {string[]} columns
 * @property {(string | number)[][]} rows numbers as they are: whoever shows them rounds them
 */

export {};
