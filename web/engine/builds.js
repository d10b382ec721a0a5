// Which build of the engine can this browser run, and why that one?
import { relaxedSimd, threads as sharedThreads } from 'wasm-feature-detect';

/**
 * What matters of the browser and the machine.
 * @typedef {object} Host
 * @property {boolean} relaxedSimd WebAssembly SIMD with relaxed instructions, fused multiply-add among them
 * @property {boolean} threads WebAssembly threads
 * @property {boolean} isolated whether the page is cross-origin isolated, without which threads share no memory
 * @property {boolean} shares whether the browser gives isolated pages memory to share
 * @property {number} cores
 */

/** @typedef {'ska' | 'ska-threads' | 'ska-fast' | 'ska-fast-threads'} BuildName */

/**
 * A build, and how many threads it computes with.
 * @typedef {object} Build
 * @property {BuildName} name
 * @property {number} threads
 * @property {string} why there are not more threads; empty where there are several
 */

/** More threads than this find too little to do in a step. */
const mostThreads = 8;

/** The one-threaded exact build, for judging settings and wherever little is computed. @type {Build} */
export const smallBuild = { name: 'ska', threads: 1, why: '' };

/**
 * Whether this browser gives isolated pages memory to share. WebKit does so on Apple's systems alone: its ports to others
 * (WebKitGTK, WPE) isolate a page and leave `SharedArrayBuffer` out, which no page can see before it is isolated.
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
 * @param {boolean} fast whether the last bits may differ from other machines'
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
