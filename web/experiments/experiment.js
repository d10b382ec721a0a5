// Types of an experiment: a question, a declared list of runs, and a function from their records to charts and
// findings.
//
// An experiment is a folder here with an experiment.js that exports one as `experiment`. The page and the command find
// the folders; there is no other registration. The file runs in the browser and in Node, so it must not import anything
// specific to either.

/** @typedef {import('../model/recording.js').Recording} Recording */
/** @typedef {import('../model/settings.js').Settings} Settings */
/** @typedef {import('../charts/figures/figure.js').CurvesFigure} CurvesFigure */
/** @typedef {import('../charts/figures/figure.js').SpaceFigure} SpaceFigure */

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

/**
 * @typedef {object} Table
 * @property {string} id
 * @property {string} title
 * @property {string} [note]
 * @property {string[]} columns
 * @property {(string | number)[][]} rows unrounded numbers; the view rounds them
 */

export {};
