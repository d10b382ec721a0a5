// Types of an experiment: a question, a declared list of runs, and a function from their records to charts and
// findings.
//
// An experiment is a folder here with an experiment.js that exports one as `experiment`. The page and the command find
// the folders; there is no other registration. The file runs in the browser and in Node, so it must not import anything
// specific to either.

/** @typedef {import('../state/recording.js').Recording} Recording */
/** @typedef {import('../state/settings.js').Settings} Settings */

/**
 * @typedef {object} Experiment
 * @property {number} order position in the list, from 1
 * @property {string} title
 * @property {string} question one sentence
 * @property {string} about what is run and how to read it, for readers who know neither paper
 * @property {Record<string, import('./controls.js').Control<any>>} controls by their names in links and on the command
 *   line
 * @property {(values: any) => DeclaredRun[]} runs the runs for these values of the controls, with distinct keys
 * @property {(outcome: import('./outcome.js').Outcome, values: any) => Report} report computed from the runs finished
 *   so far
 */

/**
 * @typedef {object} DeclaredRun
 * @property {string} key identifies the run within its experiment and names its folder: letters, digits, points and
 *   hyphens
 * @property {string} name shown to users
 * @property {Settings} settings
 */

/**
 * The result of an experiment. Parts that need unfinished runs are omitted or say so.
 * @typedef {object} Report
 * @property {Finding[]} findings
 * @property {Section[]} sections
 */

/**
 * A sentence computed from the numbers.
 * @typedef {object} Finding
 * @property {string} text
 * @property {'holds' | 'fails' | 'open' | 'fact'} verdict whether a claim holds by these numbers; open if runs are
 *   missing; a fact makes no claim
 * @property {string} [claim] in the words of the paper or of this project
 * @property {string} [source] of the claim
 * @property {number} [value] computed value
 * @property {number} [published]
 * @property {number} [allowed] maximum absolute difference
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
 * A line. `ink` is the index of its colour: within an experiment, the same ink means the same thing in all figures.
 * @typedef {object} Curve
 * @property {string} name
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y as many as x; non-finite values are omitted
 * @property {number} ink
 * @property {'dashed' | 'dotted'} [dash] solid by default
 * @property {boolean} [dots] a dot at every point, for values that must not be interpolated
 */

/**
 * Curves over a common axis.
 * @typedef {object} CurvesFigure
 * @property {'curves'} kind
 * @property {string} id unique in its experiment; used as a file name
 * @property {string} title
 * @property {string} [note]
 * @property {Axis} x
 * @property {Axis} y
 * @property {Curve[]} curves
 * @property {{ name: string, x: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>, ink: number }[]} [bands]
 * @property {{ name: string, x: number, y: number, ink: number }[]} [marks] ringed points
 * @property {{ name: string, along: 'x' | 'y', at: number }[]} [rules] a thin line across the figure at a value of an
 *   axis
 */

/**
 * Paths through three quantities, in a view that the user can rotate. Start and end are marked.
 * @typedef {object} SpaceFigure
 * @property {'space'} kind
 * @property {string} id
 * @property {string} title
 * @property {string} [note]
 * @property {[string, string, string]} axes horizontal, depth and vertical
 * @property {{ name: string, ink: number, faint?: boolean, points: [number, number, number][] }[]} paths one point per
 *   step
 */

/**
 * @typedef {object} Table
 * @property {string} id
 * @property {string} title
 * @property {string} [note]
 * @property {string[]} columns
 * @property {(string | number)[][]} rows unrounded numbers; the view rounds them
 */

export {};
