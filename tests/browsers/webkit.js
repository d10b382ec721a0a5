// Starts WebKitGTK's MiniBrowser with WebKitWebDriver, which is driven by WebDriver over HTTP, on a virtual X server.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { miniBrowserPath } from '../../tools/setup/system-packages.mjs';
import { waitFor } from './wait-for.js';
import { driverOf } from './webdriver.js';

/** Timeout for starting the programs, in milliseconds. */
const patience = 30_000;

/** A free TCP port. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts an X server, which chooses its own display.
 * @returns {Promise<{ display: string, stop: () => void }>}
 */
function startXvfb() {
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    xvfb.on('error', reject);
    xvfb.on('exit', (code) => reject(new Error(`Xvfb ended with code ${code}.`)));
    xvfb.stdio[3]?.once('data', (number) => resolve({ display: `:${String(number).trim()}`, stop: () => xvfb.kill() }));
  });
}

/** Method and path of each command, within its session. @type {Record<import('./webdriver.js').Command, [string, string]>} */
const endpoints = {
  NewSession: ['POST', '/session'],
  DeleteSession: ['DELETE', ''],
  SetTimeouts: ['POST', '/timeouts'],
  Navigate: ['POST', '/url'],
  Refresh: ['POST', '/refresh'],
  FindElement: ['POST', '/element'],
  ElementClick: ['POST', '/element/{id}/click'],
  ExecuteScript: ['POST', '/execute/sync'],
  ExecuteAsyncScript: ['POST', '/execute/async'],
};

/**
 * @param {string} base URL of the driver or of a session
 * @returns {import('./webdriver.js').Send}
 */
const sendTo =
  (base) =>
  async (command, parameters = {}) => {
    const [method, path] = endpoints[command];
    const response = await fetch(base + path.replace('{id}', String(parameters.id)), {
      method,
      ...(method === 'POST' && { body: JSON.stringify(parameters), headers: { 'Content-Type': 'application/json' } }),
    });
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (!response.ok) throw new Error(`${command}: ${value?.error}: ${value?.message}`);
    return value;
  };

/** Waits until a server answers. @param {string} base */
const answers = (base) =>
  waitFor(async () => (await fetch(`${base}/status`)).ok, {
    ...{ patience, interval: 50 },
    complaint: () => 'WebKitWebDriver does not answer.',
  });

/** @returns {Promise<import('./engines.js').Engine>} */
export async function startWebKit() {
  const binary = miniBrowserPath();
  if (!binary) throw new Error('MiniBrowser of WebKitGTK is not installed.');
  const home = mkdtempSync(join(tmpdir(), 'ska-webkit-'));
  const xvfb = await startXvfb();
  const env = {
    ...process.env,
    DISPLAY: xvfb.display,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
    LIBGL_ALWAYS_SOFTWARE: '1',
  };
  const options = { binary, args: ['--automation', '--geometry=1440x900'] };
  return {
    name: 'webkit',
    /** A driver has one session at a time, and nothing is stored between sessions. */
    async freshProfile() {
      const port = await freePort();
      const program = spawn('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], { stdio: 'ignore', env });
      const base = `http://127.0.0.1:${port}`;
      try {
        await answers(base);
        const { sessionId } = await sendTo(base)('NewSession', {
          capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
        });
        return await driverOf(sendTo(`${base}/session/${sessionId}`), () => void program.kill());
      } catch (error) {
        program.kill();
        throw error;
      }
    },
    async close() {
      xvfb.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
