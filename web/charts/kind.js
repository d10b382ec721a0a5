// What is a chart to the page? Whatever answers to this.

/**
 * Where a step stands in a chart, in pixels of its canvas.
 * @typedef {object} Marks
 * @property {{ x: number, top: number, bottom: number }} [line]
 * @property {{ x: number, y: number, colour: string }[]} dots
 */

/**
 * A chart on its canvas.
 * @typedef {object} Drawn
 * @property {import('chart.js').Chart<any, any, any>} chart
 * @property {(scene: import('./scene.js').Scene) => void} draw
 * @property {() => void} restyle takes the page's present inks; to be drawn anew after it
 * @property {(step: number) => Marks} marksAt after it was drawn
 * @property {((x: number) => number) | null} stepAt the step at a place of its axis; null where it has no such axis
 * @property {() => void} destroy
 */

/**
 * The twin of a chart, for reading.
 * @typedef {object} Table
 * @property {string[]} head
 * @property {(string | number)[][]} rows
 */

/**
 * A kind of chart: a file in charts/kinds/, and the page has it.
 * @typedef {object} Kind
 * @property {string} id
 * @property {'curves' | 'phase' | 'space'} group where on the page it stands
 * @property {number} order within its group
 * @property {boolean} [wide] whether it takes a whole row
 * @property {(scene: import('./scene.js').Scene) => string} title
 * @property {string} caption what it shows, in plain words
 * @property {(scene: import('./scene.js').Scene) => string} note what it leaves out; empty where that is nothing
 * @property {(canvas: HTMLCanvasElement, view: import('../state/view.js').View) => Drawn} create
 * @property {(view: import('../state/view.js').View) => string} form changes when another chart has to be created for a view
 * @property {() => void} [watch] reads the signals that it is drawn from besides the scene
 * @property {(scene: import('./scene.js').Scene) => string} summary in words, for those who cannot see it
 * @property {(scene: import('./scene.js').Scene) => Table} table
 * @property {(scene: import('./scene.js').Scene, step: number) => { label: string, value: number }[]} readout
 *   its values at a step
 */

export {};
