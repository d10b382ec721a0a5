// The browsers that the page is tested in, behind a small common interface.
import { startChromium } from './chromium.js';
import { startFirefox } from './firefox.js';
import { startWebKit } from './webkit.js';

/**
 * One tab of a browser, with storage of its own. Selectors are CSS, or XPath if they start with `//`.
 * @typedef {object} Driver
 * @property {(url: string) => Promise<void>} goto
 * @property {() => Promise<void>} reload
 * @property {<A, R>(work: (argument: A) => R, argument?: A) => Promise<Awaited<R>>} evaluate runs a function in the
 *   page; arguments and result must be JSON
 * @property {(selector: string) => Promise<void>} click
 * @property {(selector: string, text: string) => Promise<void>} fill replaces the text of a field
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Engine
 * @property {EngineName} name
 * @property {() => Promise<Driver>} freshProfile a tab with empty storage
 * @property {() => Promise<void>} close
 */

/** @typedef {keyof typeof starters} EngineName */

const starters = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };

/** @param {EngineName} name @returns {Promise<Engine>} */
export const startEngine = (name) => starters[name]();
