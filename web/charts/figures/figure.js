// What the figures of an experiment show.

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

export {};
