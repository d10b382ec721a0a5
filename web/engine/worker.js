// The engine's worker: holds one engine object and pushes every step to the page.
import './trusted-scripts.js';
import { listen } from './listen.js';
import { loadEngine } from './load.js';
import { here, plainError } from './protocol.js';
import { warmUp } from './warm-up.js';

/**
 * @typedef {import('./protocol.js').Request} Request
 * @typedef {import('./protocol.js').RequestKind} RequestKind
 */

/** Compute time before pending messages are handled, in milliseconds. */
const slice = 12;
/** @type {(engine: ReturnType<typeof loadEngine>) => void} */
let begin = () => {};
/** @type {ReturnType<typeof loadEngine>} */
const loading = new Promise((resolve) => (begin = resolve));

/** @type {import('#ska').Engine | null} */
let engine = null;
let computed = 0;
let pauseRequested = false;
/** Settles when no `advance` is in progress. */
let advancing = Promise.resolve();

/**
 * @param {Float64Array} record
 * @param {number} sinceStart of the slice, in milliseconds
 */
function push(record, sinceStart) {
  self.postMessage({ kind: 'step', record, computed: computed + sinceStart }, { transfer: [record.buffer] });
}

function requireEngine() {
  if (!engine) throw new Error('There is no run yet: create one first.');
  return engine;
}

/**
 * Takes up to `most` steps, and stops at the end of the time slice.
 * @param {number} most
 */
function computeSlice(most) {
  const start = performance.now();
  requireEngine().advance(most, (record) => {
    const sinceStart = performance.now() - start;
    push(record, sinceStart);
    return sinceStart < slice;
  });
  computed += performance.now() - start;
}

/**
 * @param {import('#ska').Engine} run
 * @param {number} most
 */
async function advanceUntilPaused(run, most) {
  const end = run.stepsDone + most;
  while (run.isReady && !pauseRequested && run.stepsDone < end) {
    computeSlice(end - run.stepsDone);
    await listen();
  }
}

/** @returns {import('./protocol.js').Progress} */
function progress() {
  const run = requireEngine();
  const fingerprint = run.isReady ? undefined : run.fingerprint();
  return {
    taken: run.stepsDone,
    finished: !run.isReady,
    fingerprint: fingerprint === undefined ? null : String(fingerprint),
  };
}

/** @type {{ [K in RequestKind]: (request: Extract<Request, { kind: K }>) => unknown }} */
const handlers = {
  async load({ build, compiled }) {
    begin(loadEngine(build, compiled));
    const {
      ska,
      build: { threads, why },
    } = await loading;
    return { version: ska.version(), kernels: ska.kernels(), exact: ska.isExact(), threads, why };
  },
  async warmUp() {
    const { ska, build } = await loading;
    warmUp(ska, build.threads);
    return null;
  },
  async validate({ config }) {
    const { ska } = await loading;
    return ska.validate(config);
  },
  async create({ config, batch, start }) {
    const { ska, build } = await loading;
    pauseRequested = true;
    await advancing;
    engine?.delete();
    engine = null;
    computed = 0;
    engine = start
      ? new ska.Engine(config, batch.pixels, batch.samples, build.threads, start)
      : new ska.Engine(config, batch.pixels, batch.samples, build.threads);
    return null;
  },
  async advance({ most }) {
    await advancing;
    pauseRequested = false;
    const loop = advanceUntilPaused(requireEngine(), most);
    advancing = loop.catch(() => {}); // the requester gets the error
    await loop;
    return progress();
  },
  step() {
    computeSlice(1);
    return progress();
  },
  weights({ layers }) {
    const run = requireEngine();
    return layers.map((neurons, l) => {
      const weights = run.weights(l);
      return { weights, biases: run.biases(l), inputs: weights.length / neurons, neurons };
    });
  },
  extend({ steps }) {
    requireEngine().extend(steps);
    return null;
  },
  async sample({ labels, per_class, classes, data_seed }) {
    const { ska } = await loading;
    return ska.sampleIndices(labels, { per_class, classes, data_seed });
  },
  pause() {
    pauseRequested = true;
    return null;
  },
  async memory() {
    const { ska } = await loading;
    return { heapBytesInUse: ska.heapBytesInUse(), memoryBytes: ska.memoryBytes() };
  },
};

self.addEventListener('message', async (/** @type {MessageEvent<Request>} */ { data: request }) => {
  const { id } = request;
  try {
    const handler = /** @type {(request: Request) => unknown} */ (handlers[request.kind]);
    self.postMessage({ kind: 'answer', id, result: await handler(request) });
  } catch (thrown) {
    self.postMessage({ kind: 'error', id, error: plainError(thrown) });
  }
});

self.postMessage(here);
