// Worker of the second engine: forwards the requests of the page's Viewer to a Viewing and posts the answers.
import './trusted-scripts.js';
import { loadEngine } from './load.js';
import { here, plainError } from './protocol.js';
import { Viewing } from './viewing.js';

/**
 * @typedef {import('../model/look.js').Look} Look
 * @typedef {import('../model/look.js').SampleRow} SampleRow
 * @typedef {import('../model/types.js').Batch} Batch
 */

/**
 * Messages from the page. `load` is sent once, and all looks wait for it. `show` precedes the first look at a batch.
 * Neither is answered.
 * @typedef {{ kind: 'load', build: import('./builds.js').Build, compiled: import('./modules.js').Compiled }
 *   | { kind: 'show', batch: Batch, labels: Uint8Array }
 *   | { kind: 'look', id: number, view: import('./viewing.js').View }
 *   | { kind: 'row', id: number, sample: number }} ViewerMessage
 */

/** @type {(loading: ReturnType<typeof loadEngine>) => void} */
let begin = () => {};
/** @type {ReturnType<typeof loadEngine>} */
const loading = new Promise((resolve) => (begin = resolve));
const viewing = new Viewing(loading.then(({ ska, build }) => ({ ska, threads: build.threads })));

/** @param {SampleRow} row */
const rowBuffers = ({ layers }) => layers.flatMap(({ knowledge, decisions }) => [knowledge.buffer, decisions.buffer]);

/** @param {Look} look */
const lookBuffers = ({ layers, sample }) => [
  ...layers.map(({ weights }) => weights.buffer),
  ...(sample ? rowBuffers(sample) : []),
];

/**
 * @template T
 * @param {number} id
 * @param {() => Promise<T | null>} work
 * @param {(result: T) => ArrayBufferLike[]} buffers those to transfer instead of copying
 */
async function answer(id, work, buffers) {
  try {
    const result = await work();
    const transfer = /** @type {ArrayBuffer[]} */ (result ? buffers(result) : []);
    self.postMessage({ kind: 'answer', id, result }, { transfer });
  } catch (thrown) {
    self.postMessage({ kind: 'error', id, error: plainError(thrown) });
  }
}

self.addEventListener('message', (/** @type {MessageEvent<ViewerMessage>} */ { data: message }) => {
  if (message.kind === 'load') begin(loadEngine(message.build, message.compiled));
  else if (message.kind === 'show') viewing.show(message.batch, message.labels);
  else if (message.kind === 'look') answer(message.id, () => viewing.look(message.view), lookBuffers);
  else answer(message.id, () => viewing.sampleRow(message.sample), rowBuffers);
});

self.postMessage(here);
