// Builds the static site: engine, data, then Vite.
import { requireData } from './data.mjs';
import { buildWasm } from './cmake.mjs';
import { requireNodePackages } from './node-packages.mjs';
import { become, projectDir, run, say } from './shell.mjs';

const vite = `${projectDir}/node_modules/vite/bin/vite.js`;

/**
 * Prepares everything the page needs before Vite: npm packages, data, and the engine as WebAssembly.
 * @param {string[]} [alsoBuilt] additional targets of the WebAssembly build
 */
export function preparePage(alsoBuilt = []) {
  requireNodePackages();
  requireData();
  buildWasm(['ska_module', ...alsoBuilt]);
}

/**
 * Writes the site to dist/.
 * @param {string[]} [alsoBuilt] additional targets of the WebAssembly build
 */
export function buildSite(alsoBuilt) {
  preparePage(alsoBuilt);
  say('Building the page into dist/');
  run(process.execPath, [vite, 'build', '--logLevel', 'error']);
}

/**
 * Runs Vite with these arguments in the foreground.
 * @param {string[]} args
 */
export function becomeVite(...args) {
  become(process.execPath, [vite, ...args]);
}
