// Drives WebKitGTK's MiniBrowser with WebKitWebDriver by the W3C WebDriver protocol, on a virtual X server.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { miniBrowserPath } from '../../tools/setup/system-packages.mjs';

/** @typedef {import('./engines.js').Driver} Driver */

const elementKey = 'element-6066-11e4-a52e-4f735466cecf';
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

/**
 * @param {string} base base URL of the driver
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function command(base, method, path, body) {
  const response = await fetch(base + path, {
    method,
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}), headers: { 'Content-Type': 'application/json' } }),
  });
  const { value } = /** @type {{ value: any }} */ (await response.json());
  if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
  return value;
}

/** The W3C protocol runs the source text of a function; the outcome of its promise goes to a callback. */
const asynchronously = (/** @type {Function} */ work) => `
  const done = arguments[arguments.length - 1];
  Promise.resolve(arguments[0])
    .then(${work})
    .then((value) => done({ value }), (error) => done({ error: String(error) }));`;

/**
 * Replaces a field's text as a user does by selecting all and typing.
 * @param {HTMLInputElement} field
 * @param {string} text
 */
function replaceText(field, text) {
  field.focus();
  field.select();
  document.execCommand('insertText', false, text);
}

/**
 * Waits until a server answers.
 * @param {string} base
 */
async function answers(base) {
  const end = Date.now() + patience;
  while (!(await command(base, 'GET', '/status').catch(() => null))) {
    if (Date.now() > end) throw new Error('WebKitWebDriver does not answer.');
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

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
        const { sessionId } = await command(base, 'POST', '/session', {
          capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
        });
        return await driverOf(`${base}/session/${sessionId}`, () => program.kill());
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

/**
 * @param {string} session URL of the session
 * @param {() => void} end called at the end of the session
 * @returns {Promise<Driver>}
 */
async function driverOf(session, end) {
  await command(session, 'POST', '/timeouts', { script: 60_000, pageLoad: 60_000, implicit: 15_000 });
  /** @param {string} selector @returns {Promise<string>} */
  const find = async (selector) => {
    const using = selector.startsWith('//') ? 'xpath' : 'css selector';
    return (await command(session, 'POST', '/element', { using, value: selector }))[elementKey];
  };
  return {
    async goto(url) {
      await command(session, 'POST', '/url', { url });
    },
    async reload() {
      await command(session, 'POST', '/refresh');
    },
    async evaluate(work, argument) {
      const script = asynchronously(work);
      const outcome = await command(session, 'POST', '/execute/async', { script, args: [argument ?? null] });
      if (outcome?.error !== undefined) throw new Error(outcome.error);
      return outcome?.value;
    },
    async click(selector) {
      await command(session, 'POST', `/element/${await find(selector)}/click`);
    },
    // In one step: between WebDriver's `clear` and `value` the page would restore the last valid text, and "5" would
    // become "505".
    async fill(selector, text) {
      const args = [{ [elementKey]: await find(selector) }, text];
      await command(session, 'POST', '/execute/sync', { script: `(${replaceText}).apply(null, arguments);`, args });
    },
    async close() {
      await command(session, 'DELETE', '');
      end();
    },
  };
}
