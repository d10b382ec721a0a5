// Serves the built site like a plain static host, which sends no headers of its own.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Content types that a simple host knows; .mjs is not among them. */
const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
});

export const builtSite = fileURLToPath(new URL('../../dist', import.meta.url));

/**
 * @typedef {object} PlainHost
 * @property {string} url URL of the site's folder
 * @property {string} root folder of its files; can be changed to serve another site
 * @property {Record<string, string>} headers sent with every file, besides the content type
 * @property {string[]} asked requested names within the folder, since the start
 * @property {Record<string, number>} unfinished names of files of which only this many bytes are sent, and the response
 *   stays open; 0 sends no response
 * @property {Record<string, number>} cutOff names of files that are announced in full, but the connection closes after
 *   this many bytes
 * @property {() => Promise<void>} stop takes the host offline
 */

/** Headers that make the host's pages cross-origin isolated, as `npm start` sends them. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/**
 * Serves the built site in a folder of a plain static host.
 * @param {Record<string, string | Buffer>} [replaced] files with different content
 * @returns {Promise<PlainHost>}
 */
export async function startPlainHost(replaced = {}) {
  const folder = '/people/ada/';
  /** @type {PlainHost} */
  const host = {
    url: '',
    root: builtSite,
    headers: {},
    asked: [],
    unfinished: {},
    cutOff: {},
    stop: async () => {},
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = path.slice(folder.length) || 'index.html';
    host.asked.push(name);
    if (name in host.unfinished) {
      if (host.unfinished[name] > 0) response.writeHead(200).write(Buffer.alloc(host.unfinished[name]));
      return;
    }
    const file = `${host.root}/${name}`;
    const isReplaced = name in replaced;
    if (!path.startsWith(folder) || !(isReplaced || (existsSync(file) && statSync(file).isFile()))) {
      response.writeHead(404).end();
      return;
    }
    const type = { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' };
    const body = Buffer.from(replaced[name] ?? readFileSync(file));
    response.writeHead(200, { ...type, ...host.headers, 'Content-Length': body.length });
    if (name in host.cutOff) response.write(body.subarray(0, host.cutOff[name]), () => response.destroy());
    else response.end(body);
  });
  await new Promise((resolve) => {
    server.listen(0, () => resolve(null));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  host.url = `http://localhost:${port}${folder}`;
  host.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return host;
}

/**
 * The same, stopped after use.
 * @param {(url: string, host: PlainHost) => Promise<void>} use
 * @param {Record<string, string | Buffer>} [replaced] files with different content
 */
export async function onPlainHost(use, replaced = {}) {
  const host = await startPlainHost(replaced);
  try {
    await use(host.url, host);
  } finally {
    await host.stop();
  }
}
