// Types that several parts of the page share.

/** The settings of a run, under the names of run.json. @typedef {import('./config.js').Config} Config */

/**
 * One fault of a configuration, with a message for the user.
 * @typedef {object} Fault
 * @property {string} field
 * @property {string} message
 */

/**
 * The samples of a run.
 * @typedef {object} Batch
 * @property {Uint8Array} pixels (samples, features), one byte each
 * @property {number} samples
 */

/**
 * The engine's version and properties.
 * @typedef {object} About
 * @property {string} version
 * @property {string} kernels description of its kernels: "WebAssembly SIMD"
 * @property {boolean} exact whether every run has a fingerprint
 * @property {number} threads number of threads
 * @property {string} why the reason for a single thread; empty if there are several
 */

/**
 * A layer's weights.
 * @typedef {object} LayerWeights
 * @property {Float32Array} weights W (inputs, neurons), row-major
 * @property {Float32Array} biases b (neurons)
 * @property {number} inputs
 * @property {number} neurons
 */

export {};
