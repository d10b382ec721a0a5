// The browser of a test file: started before its first test, closed after its last.
import { afterAll, beforeAll, inject } from 'vitest';

import { startEngine } from './engines.js';
import { Visitor } from './visitor.js';

/** @typedef {import('./engines.js').EngineName} EngineName */

/** Name of the browser. @type {EngineName} */
export const engineName = inject(/** @type {never} */ ('engine'));

/** @type {import('./engines.js').Engine | undefined} */
let engine;
/** @type {import('./engines.js').Driver[]} */
const drivers = [];

beforeAll(async () => {
  engine = await startEngine(engineName);
});
afterAll(async () => {
  await Promise.all(drivers.map((driver) => driver.close()));
  await engine?.close();
});

/** A first-time visitor: nothing is stored. */
export async function newVisitor() {
  if (!engine) throw new Error('The browser has not been started.');
  const driver = await engine.freshProfile();
  drivers.push(driver);
  return new Visitor(driver);
}

/** Passes a visitor to `use`, and closes the tab. @param {(visitor: Visitor) => Promise<void>} use */
export async function withVisitor(use) {
  const visitor = await newVisitor();
  try {
    await use(visitor);
  } finally {
    drivers.splice(drivers.indexOf(visitor.driver), 1);
    await visitor.driver.close();
  }
}
