// The interface that every kind of chart implements.

/**
 * Position of a step in a chart, in pixels of its canvas.
 * @typedef {object} Marks
 * @property {{ x: number, top: number, bottom: number }} [line]
 * @property {{ x: number, y: number, colour: string }[]} dots
 */

/**
 * A chart on its canvas.
 * @typedef {object} Drawn
 * @property {import('chart.js').Chart<any, any, any>} chart
 * @property {(scene: import('./scene.js').Scene) => void} draw
 * @property {() => void} restyle applies the current theme; redraw afterwards
 * @property {(step: number) => Marks} marksAt valid after drawing
 * @property {((x: number) => number) | null} stepAt step at an axis position; null if the chart has no step axis
 * @property {() => void} destroy
 */

/**
 * A chart's data as a table.
 * @typedef {object} Table
 * @property {string[]} head
 * @property {(string | number)[][]} rows
 */

/**
 * A kind of chart. A file in charts/kinds/ adds it to the page.
 * @typedef {object} Kind
 * @property {string} id
 * @property {'curves' | 'phase' | 'space'} group section of the page
 * @property {number} order position within its group
 * @property {boolean} [wide] whether it takes a whole row
 * @property {(scene: import('./scene.js').Scene) => string} title
 * @property {string} caption what it shows, in plain words
 * @property {(scene: import('./scene.js').Scene) => string} note what it leaves out; empty if nothing
 * @property {(canvas: HTMLCanvasElement, view: import('../model/view.js').View) => Drawn} create
 * @property {(view: import('../model/view.js').View) => string} form key; the chart is recreated when it changes
 * @property {() => void} [watch] reads the signals, besides the scene, that the drawing depends on
 * @property {(scene: import('./scene.js').Scene) => string} summary text for screen readers
 * @property {(scene: import('./scene.js').Scene) => Table} table
 * @property {(scene: import('./scene.js').Scene, step: number) => { label: string, value: number }[]} readout values at
 *   one step
 */

export {};
