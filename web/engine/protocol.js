// The messages between the page and the engine's worker.
//
// The page sends requests with an id. The worker answers each request exactly once, with the same id. In between, the
// worker pushes every step's record as it is computed; pushes need no answer.

/**
 * @typedef {import('../model/types.js').Config} Config
 * @typedef {import('../model/types.js').Fault} Fault
 * @typedef {import('../model/types.js').Batch} Batch
 * @typedef {import('../model/types.js').About} About
 * @typedef {import('../model/types.js').LayerWeights} LayerWeights
 */

/**
 * The progress of a run: steps taken and, if it has finished on an exact engine, its fingerprint.
 * @typedef {{ taken: number, finished: boolean, fingerprint: string | null }} Progress
 */

/**
 * The requests: the fields of each one and its result.
 * @typedef {object} Requests
 * @property {{ build: import('./builds.js').Build, compiled: import('./modules.js').Compiled, result: About }} load
 *   sent once; all other requests wait for it
 * @property {{ result: null }} warmUp runs a small warm-up, so that the first run is as fast as later ones
 * @property {{ config: Config, result: Fault[] }} validate
 * @property {{ config: Config, batch: Batch, start: Float32Array | null, result: null }} create creates the engine and
 *   frees the previous one; `start` holds the initial weights unless they come from the seed: for each layer W row by
 *   row, then b
 * @property {{ most: number, result: Progress }} advance takes up to this many steps, until the run finishes or is
 *   paused
 * @property {{ result: Progress }} step takes one step
 * @property {{ layers: number[], result: LayerWeights[] }} weights the current weights; `layers` holds the neurons of
 *   each layer
 * @property {{ steps: number, result: null }} extend raises the total number of steps of the run
 * @property {{ labels: Uint8Array, per_class: number, classes: number[], data_seed: number | null, result: Int32Array }} sample
 *   selects samples of a labelled set
 * @property {{ result: null }} pause ends `advance` after the current step
 * @property {{ result: { heapBytesInUse: number, memoryBytes: number } }} memory the engine's heap use and the memory
 *   allocated by the browser
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
 * A step's record, and the compute time of the run so far in milliseconds.
 * @typedef {{ kind: 'step', record: Float64Array, computed: number }} StepPush
 */

/** The first message of a worker: its script is loaded and listens. */
export const here = 'here';

/**
 * Converts an error to an object that can be posted.
 * @param {unknown} thrown
 * @returns {PlainError}
 */
export function plainError(thrown) {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack } = thrown;
  return { name, message, stack, ...('faults' in thrown && { faults: /** @type {Fault[]} */ (thrown.faults) }) };
}

/**
 * Converts a posted error back to an Error.
 * @param {PlainError} plain
 * @returns {Error & { faults?: Fault[] }}
 */
export function revivedError({ name, message, stack, faults }) {
  const error = name === 'RangeError' ? new RangeError(message) : new Error(message);
  if (stack) error.stack = stack;
  return Object.assign(error, faults && { faults });
}
