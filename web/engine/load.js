// Instantiates a build of the engine in a worker, from its script and its compiled WebAssembly.
import { orStalled } from '../offline/obtain.js';
import { withoutThreads } from './builds.js';
import { compiled, lacksSimd, scriptOf } from './modules.js';
import { revivedError } from './protocol.js';

/**
 * @typedef {import('#ska').MainModule} MainModule
 * @typedef {import('./builds.js').Build} Build
 * @typedef {import('./modules.js').Compiled} Compiled
 */

/**
 * @param {Build} build
 * @param {WebAssembly.Module} module
 * @returns {Promise<MainModule>}
 */
async function instantiate({ name, threads }, module) {
  const { default: createSka } = await import(/* @vite-ignore */ scriptOf(name));
  return new Promise((resolve, reject) => {
    /** @param {WebAssembly.Imports} imports @param {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} receive */
    const instantiateWasm = (imports, receive) => {
      WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module), reject);
      return {}; // the exports are delivered asynchronously
    };
    createSka({ threads, instantiateWasm }).then(resolve, reject);
  });
}

/**
 * Loads a build's module. If threads fail to start, for example because the browser refuses them memory, loads the same
 * kernels without threads.
 * @param {Build} build
 * @param {Compiled} given its WebAssembly
 * @returns {Promise<{ ska: MainModule, build: Build }>} the build that was loaded
 * @throws {Error} with a message for the user
 */
export async function loadEngine(build, given) {
  try {
    if ('error' in given) throw revivedError(given.error);
    return { ska: await orStalled(instantiate(build, given.module), `${build.name}.js`), build };
  } catch (error) {
    if (build.threads > 1) {
      const alone = withoutThreads(build, 'more of them could not be started here');
      return loadEngine(alone, await compiled(alone.name));
    }
    const reason = error instanceof Error ? error.message : String(error);
    if (reason === lacksSimd) throw error;
    throw new Error(`The engine could not be started (${reason.replace(/\.$/, '')}).`, { cause: error });
  }
}
