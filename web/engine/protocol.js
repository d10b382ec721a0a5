// What do the page and the engine's worker say to each other?
//
// The page sends requests with an id; the worker answers each one, once, with the same id. In between, the worker
// pushes every step's record as it is made, and pushes need no answer.

/** The settings of a run, under the names of run.json. @typedef {import('../state/config.js').Config} Config */

/**
 * One thing wrong with a configuration, in words for a person.
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
 * What the engine says of itself.
 * @typedef {object} About
 * @property {string} version
 * @property {string} kernels what it computes with: "WebAssembly SIMD"
 * @property {boolean} exact whether every run has a fingerprint
 * @property {number} threads it computes with
 * @property {string} why there are not more; empty where there are several
 */

/**
 * How far a run has come, in steps taken, and its fingerprint where it has ended and the engine is exact.
 * @typedef {{ taken: number, finished: boolean, fingerprint: string | null }} Progress
 */

/** @typedef {import('../keep/npz.js').LayerWeights} LayerWeights */

/**
 * The requests: what each one carries and what it is answered with.
 * @typedef {object} Requests
 * @property {{ build: import('./builds.js').Build, compiled: import('./modules.js').Compiled, result: About }} load comes
 *   once; all others wait for it
 * @property {{ result: null }} warmUp computes a little for nothing, so that the first run is as quick as the others
 * @property {{ config: Config, result: Fault[] }} validate
 * @property {{ config: Config, batch: Batch, start: Float32Array | null, result: null }} create makes the engine, freeing the
 *   one before; `start` holds the first weights where they are not the seed's: for each layer W row by row, then b
 * @property {{ most: number, result: Progress }} advance takes up to so many steps, until the run ends or is paused
 * @property {{ result: Progress }} step takes one step
 * @property {{ layers: number[], result: LayerWeights[] }} weights the present ones of layers of so many neurons
 * @property {{ steps: number, result: null }} extend lets the run take more steps in all
 * @property {{ labels: Uint8Array, per_class: number, classes: number[], data_seed: number | null, result: Int32Array }} sample
 *   which samples of a labelled set a run looks at
 * @property {{ result: null }} pause ends `advance` after the step it is in
 * @property {{ result: { heapBytesInUse: number, memoryBytes: number } }} memory what the engine holds, and what the browser has given it
 */

/** @typedef {keyof Requests} RequestKind */
/**
 * @template {RequestKind} K
 * @typedef {Omit<Requests[K], 'result'>} RequestBody
 */
/** @typedef {{ [K in RequestKind]: { id: number, kind: K } & RequestBody<K> }[RequestKind]} Request */

/** @typedef {{ name: string, message: string, stack?: string, faults?: Fault[] }} PlainError */

/** @typedef {{ kind: 'answer', id: number, result: unknown } | { kind: 'error', id: number, error: PlainError }} Answer */

/**
 * A step's record and the time the engine has computed on this run so far, in milliseconds.
 * @typedef {{ kind: 'step', record: Float64Array, computed: number }} StepPush
 */

/** What a worker posts first: its script has come, and listens. */
export const here = 'here';

/**
 * An error as an object that can be posted.
 * @param {unknown} thrown
 * @returns {PlainError}
 */
export function plainError(thrown) {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack } = thrown;
  return { name, message, stack, ...('faults' in thrown && { faults: /** @type {Fault[]} */ (thrown.faults) }) };
}

/**
 * The error that was posted, as an Error again.
 * @param {PlainError} plain
 * @returns {Error & { faults?: Fault[] }}
 */
export function revivedError({ name, message, stack, faults }) {
  const error = name === 'RangeError' ? new RangeError(message) : new Error(message);
  if (stack) error.stack = stack;
  return Object.assign(error, faults && { faults });
}
