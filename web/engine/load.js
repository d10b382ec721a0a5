// Where are the builds of the module, and how is one of them made ready? Only what is asked for is fetched.
import { simd } from 'wasm-feature-detect';

import fastThreadsWasm from '../../build/wasm/module/ska-fast-threads.wasm?url';
import fastThreadsScript from '../../build/wasm/module/ska-fast-threads.mjs?url';
import fastWasm from '../../build/wasm/module/ska-fast.wasm?url';
import fastScript from '../../build/wasm/module/ska-fast.mjs?url';
import threadsWasm from '../../build/wasm/module/ska-threads.wasm?url';
import threadsScript from '../../build/wasm/module/ska-threads.mjs?url';
import exactWasm from '../../build/wasm/module/ska.wasm?url';
import exactScript from '../../build/wasm/module/ska.mjs?url';
import { withoutThreads } from './builds.js';

/**
 * @typedef {import('#ska').MainModule} MainModule
 * @typedef {import('./builds.js').Build} Build
 */

/** @type {Record<import('./builds.js').BuildName, { script: string, wasm: string }>} */
const files = {
  ska: { script: exactScript, wasm: exactWasm },
  'ska-threads': { script: threadsScript, wasm: threadsWasm },
  'ska-fast': { script: fastScript, wasm: fastWasm },
  'ska-fast-threads': { script: fastThreadsScript, wasm: fastThreadsWasm },
};

const lacksSimd =
  'This browser cannot run the engine: it lacks WebAssembly SIMD. The page needs Chrome or Edge 98, Firefox 114, Safari ' +
  '16.4, or newer.';

/** @param {string} path relative to the script that is running */
const absolute = (path) => new URL(path, import.meta.url).href;

/** @param {Build} build @returns {Promise<MainModule>} */
async function loadModule({ name, threads }) {
  const wasm = absolute(files[name].wasm);
  const { default: createSka } = await import(/* @vite-ignore */ absolute(files[name].script));
  return createSka({ threads, locateFile: () => wasm });
}

/**
 * The module of a build; or of the same without threads, where threads should work and do not: a browser may refuse
 * them the memory.
 * @param {Build} build
 * @returns {Promise<{ ska: MainModule, build: Build }>} the build that it is
 * @throws {Error} in words
 */
export async function loadEngine(build) {
  if (!(await simd())) throw new Error(lacksSimd);
  try {
    return { ska: await loadModule(build), build };
  } catch (error) {
    if (build.threads > 1) return loadEngine(withoutThreads(build, 'more of them could not be started here'));
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`The engine could not be started (${reason}).`, { cause: error });
  }
}
