// Starts Firefox, which is driven by WebDriver over Marionette, its own protocol on a TCP socket.
//
// Not WebDriver BiDi: in its sessions Firefox 153 observes workers with a debugger, and about 1 in 100 workers that
// start a worker of their own, as the engine with threads does, blocks forever. Without BiDi none of 3000 did.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { firefoxPath } from '../../tools/setup/system-packages.mjs';
import { waitFor } from './wait-for.js';
import { driverOf } from './webdriver.js';

/** Timeout for starting the program, in milliseconds. */
const patience = 60_000;
/** Polling interval, in milliseconds. */
const interval = 50;

/** Preferences of the profiles: Firefox chooses a free port. */
const preferences = 'user_pref("marionette.port", 0);\n';

/**
 * The port that Firefox listens on, once it does.
 * @param {string} profile
 */
const portOf = (profile) =>
  waitFor(() => Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')), {
    ...{ patience, interval },
    complaint: () => 'Firefox does not answer.',
  });

/**
 * Connects to Marionette. A message is its length in bytes, a colon, and JSON: `[0, id, command, parameters]`, answered
 * by `[1, id, error, result]`.
 * @param {number} port
 * @returns {Promise<{ send: import('./webdriver.js').Send, disconnect: () => void }>}
 */
async function connectTo(port) {
  const socket = connect(port, '127.0.0.1');
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let lastId = 0;
  let received = Buffer.alloc(0);
  /** @param {any} message the first one is a greeting, not an array */
  const receive = (message) => {
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message;
    const request = waiting.get(id);
    waiting.delete(id);
    if (error) request?.reject(new Error(`${error.error}: ${error.message}`));
    else request?.resolve(result?.value === undefined ? result : result.value);
  };
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.subarray(0, Math.max(0, colon)).toString());
      if (colon < 0 || received.length < end) return;
      receive(JSON.parse(received.subarray(colon + 1, end).toString()));
      received = received.subarray(end);
    }
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox has ended.'));
    waiting.clear();
  });
  await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(null));
    socket.once('error', reject);
  });
  return {
    send: (command, parameters = {}) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        const message = Buffer.from(JSON.stringify([0, lastId, `WebDriver:${command}`, parameters]));
        socket.write(`${message.length}:`);
        socket.write(message);
      }),
    disconnect: () => socket.destroy(),
  };
}

/**
 * Reloads as a user does. The protocol's command would bypass the service worker.
 * @param {import('./engines.js').Driver} driver
 */
async function reload(driver) {
  await driver.evaluate(() => {
    Object.assign(globalThis, { isBeforeReload: true });
    location.reload();
  });
  const isLoaded = () => !('isBeforeReload' in globalThis) && document.readyState === 'complete';
  await waitFor(() => driver.evaluate(isLoaded), {
    ...{ patience, interval },
    complaint: () => 'The page was not loaded again.',
  });
}

/** @returns {Promise<import('./engines.js').Engine>} */
export async function startFirefox() {
  const binary = firefoxPath();
  if (!binary) throw new Error('Firefox is not installed.');
  return {
    name: 'firefox',
    /** A process and a folder of its own for each profile. */
    async freshProfile() {
      const profile = mkdtempSync(join(tmpdir(), 'ska-firefox-'));
      writeFileSync(join(profile, 'user.js'), preferences);
      const options = ['--headless', '--marionette', '--no-remote', '--width=1440', '--height=900'];
      const program = spawn(binary, [...options, '--profile', profile], { stdio: 'ignore' });
      const ended = new Promise((resolve) => {
        program.once('exit', resolve);
        program.once('error', resolve);
      });
      const end = async () => {
        program.kill();
        await ended;
        rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      };
      try {
        const { send, disconnect } = await connectTo(await portOf(profile));
        await send('NewSession');
        const driver = await driverOf(send, () => {
          disconnect();
          return end();
        });
        return { ...driver, reload: () => reload(driver) };
      } catch (error) {
        await end();
        throw error;
      }
    },
    async close() {},
  };
}
