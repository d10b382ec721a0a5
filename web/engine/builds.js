// Chooses the build of the engine and its number of threads for this browser, with the reason.
import { relaxedSimd, threads as sharedThreads } from 'wasm-feature-detect';

/**
 * The relevant properties of the browser and the machine.
 * @typedef {object} Host
 * @property {boolean} relaxedSimd WebAssembly SIMD with relaxed instructions, including fused multiply-add
 * @property {boolean} threads WebAssembly threads
 * @property {boolean} isolated whether the page is cross-origin isolated; without isolation, threads cannot share
 *   memory
 * @property {boolean} shares whether the browser provides shared memory to isolated pages
 * @property {number} cores
 */

/** @typedef {'ska' | 'ska-threads' | 'ska-fast' | 'ska-fast-threads'} BuildName */

/**
 * A build and its number of threads.
 * @typedef {object} Build
 * @property {BuildName} name
 * @property {number} threads
 * @property {string} why the reason for a single thread; empty if there are several
 */

/** With more threads than this, each has too little work per step. */
const mostThreads = 8;

/** The single-threaded exact build, for validating settings and for small computations. @type {Build} */
export const smallBuild = { name: 'ska', threads: 1, why: '' };

/**
 * Whether this browser provides shared memory to isolated pages. Among WebKit's ports only those for Apple's systems
 * do. WebKitGTK and WPE isolate a page but omit `SharedArrayBuffer`, and a page cannot detect this before it is
 * isolated.
 * @param {{ vendor?: string, platform?: string }} [navigator]
 */
export const sharesMemory = ({ vendor = '', platform = '' } = {}) =>
  !vendor.startsWith('Apple') || !/Linux|BSD/.test(platform);

/** @returns {Promise<Host>} */
export async function detectHost() {
  const [hasRelaxedSimd, hasThreads] = await Promise.all([relaxedSimd(), sharedThreads()]);
  return {
    relaxedSimd: hasRelaxedSimd,
    threads: hasThreads,
    isolated: globalThis.crossOriginIsolated === true,
    shares: sharesMemory(globalThis.navigator),
    cores: globalThis.navigator?.hardwareConcurrency || 1,
  };
}

/** @param {Host} host */
function whyOneThread({ threads, isolated, shares, cores }) {
  if (!isolated && shares)
    return 'the page is not cross-origin isolated here, so the browser gives it no memory to share';
  if (!threads) return 'this browser has no WebAssembly threads';
  return cores > 1 ? '' : 'this machine has one core';
}

/**
 * The build to run with.
 * @param {Host} host
 * @param {boolean} fast whether the last bits may differ between machines
 * @returns {Build}
 */
export function chooseBuild(host, fast) {
  const name = fast && host.relaxedSimd ? 'ska-fast-threads' : 'ska-threads';
  const threads = Math.min(host.cores, mostThreads);
  const why = whyOneThread(host);
  return why ? withoutThreads({ name, threads, why }, why) : { name, threads, why };
}

/**
 * The same kernels without threads.
 * @param {Build} build
 * @param {string} why
 * @returns {Build}
 */
export function withoutThreads({ name }, why) {
  return { name: name.startsWith('ska-fast') ? 'ska-fast' : 'ska', threads: 1, why };
}

/** @param {Build} a @param {Build} b */
export const sameBuild = (a, b) => a.name === b.name && a.threads === b.threads;
