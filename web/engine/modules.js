// Locates the engine's builds and compiles their WebAssembly once per page, for all workers.
import { simd } from 'wasm-feature-detect';

import fastThreadsWasm from '../../build/wasm/module/ska-fast-threads.wasm?url';
import fastThreadsScript from '../../build/wasm/module/ska-fast-threads.mjs?url';
import fastWasm from '../../build/wasm/module/ska-fast.wasm?url';
import fastScript from '../../build/wasm/module/ska-fast.mjs?url';
import threadsWasm from '../../build/wasm/module/ska-threads.wasm?url';
import threadsScript from '../../build/wasm/module/ska-threads.mjs?url';
import exactWasm from '../../build/wasm/module/ska.wasm?url';
import exactScript from '../../build/wasm/module/ska.mjs?url';
import { obtain } from '../offline/obtain.js';
import { plainError } from './protocol.js';

/** @typedef {import('./builds.js').BuildName} BuildName */

/**
 * A build's WebAssembly, or the error that prevented loading it; can be posted to a worker.
 * @typedef {{ module: WebAssembly.Module } | { error: import('./protocol.js').PlainError }} Compiled
 */

/** @type {Record<BuildName, { script: string, wasm: string }>} */
const files = {
  ska: { script: exactScript, wasm: exactWasm },
  'ska-threads': { script: threadsScript, wasm: threadsWasm },
  'ska-fast': { script: fastScript, wasm: fastWasm },
  'ska-fast-threads': { script: fastThreadsScript, wasm: fastThreadsWasm },
};

export const lacksSimd =
  'This browser cannot run the engine: it lacks WebAssembly SIMD. The page needs Chrome or Edge 98, Firefox 114, Safari ' +
  '16.4, or newer.';

/** @param {string} path relative to the current script */
const absolute = (path) => new URL(path, import.meta.url);

/** The address of a build's script. @param {BuildName} name */
export const scriptOf = (name) => absolute(files[name].script).href;

/** @param {Response} response */
const compile = async (response) =>
  // Not every host sends the MIME type that streaming compilation requires.
  response.headers.get('Content-Type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());

/** @type {Map<BuildName, Promise<WebAssembly.Module>>} */
const modules = new Map();

/** @param {BuildName} name @returns {Promise<WebAssembly.Module>} */
async function fetchModule(name) {
  if (!(await simd())) throw new Error(lacksSimd);
  return obtain(`${name}.wasm`, absolute(files[name].wasm), compile);
}

/**
 * A build's WebAssembly. A failed load is retried on the next call. Never rejects.
 * @param {BuildName} name
 * @returns {Promise<Compiled>}
 */
export async function compiled(name) {
  let module = modules.get(name);
  if (!module) {
    module = fetchModule(name);
    modules.set(name, module);
  }
  try {
    return { module: await module };
  } catch (error) {
    if (modules.get(name) === module) modules.delete(name);
    return { error: plainError(error) };
  }
}
