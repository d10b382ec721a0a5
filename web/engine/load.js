// Where are the builds of the module, and how is one of them made ready? Only what is asked for is fetched.
import fastThreadsWasm from '../../build/wasm/module/ska-fast-threads.wasm?url';
import fastThreadsScript from '../../build/wasm/module/ska-fast-threads.mjs?url';
import fastWasm from '../../build/wasm/module/ska-fast.wasm?url';
import fastScript from '../../build/wasm/module/ska-fast.mjs?url';
import threadsWasm from '../../build/wasm/module/ska-threads.wasm?url';
import threadsScript from '../../build/wasm/module/ska-threads.mjs?url';
import exactWasm from '../../build/wasm/module/ska.wasm?url';
import exactScript from '../../build/wasm/module/ska.mjs?url';

/**
 * @typedef {import('#ska').MainModule} MainModule
 * @typedef {import('./builds.js').Build} Build
 */

// As files of one folder, and not bundled: the workers of the threads load the same script once more, by its name.
/** @type {Record<import('./builds.js').BuildName, { script: string, wasm: string }>} */
const files = {
  ska: { script: exactScript, wasm: exactWasm },
  'ska-threads': { script: threadsScript, wasm: threadsWasm },
  'ska-fast': { script: fastScript, wasm: fastWasm },
  'ska-fast-threads': { script: fastThreadsScript, wasm: fastThreadsWasm },
};

/** @param {string} path relative to the script that is running */
const absolute = (path) => new URL(path, import.meta.url).href;

/**
 * @param {Build} build
 * @returns {Promise<MainModule>}
 * @throws {Error} in words
 */
export async function loadModule({ name, threads }) {
  const script = absolute(files[name].script);
  const wasm = absolute(files[name].wasm);
  try {
    const { default: createSka } = await import(/* @vite-ignore */ script);
    return await createSka({ threads, locateFile: () => wasm });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`The engine could not be started (${reason}).`, { cause: error });
  }
}
