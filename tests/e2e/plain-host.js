// How does the built site do on a plain static host, which sends no headers of its own?
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a modest host knows of files; .mjs is not among it. */
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
 * @property {string} url of the folder that the site is in
 * @property {string} root where its files are; another site from then on when it is set
 * @property {Record<string, string>} headers that it sends with every file, beside the file's type
 * @property {string[]} asked for, since the host began: names within the folder
 * @property {Record<string, number>} unfinished names of which it sends so many bytes and waits forever; 0: no answer at all
 * @property {Record<string, number>} cutOff names of which it announces the whole, sends so many bytes and hangs up
 * @property {() => Promise<void>} stop from then on it is out of reach
 */

/** What a host sends so that its pages are cross-origin isolated, as `npm start` does. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/**
 * The built site in a folder of a plain static host.
 * @param {Record<string, string | Buffer>} [replaced] files with another content
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
 * The same for as long as it is used.
 * @param {(url: string, host: PlainHost) => Promise<void>} use
 * @param {Record<string, string | Buffer>} [replaced] files with another content
 */
export async function onPlainHost(use, replaced = {}) {
  const host = await startPlainHost(replaced);
  try {
    await use(host.url, host);
  } finally {
    await host.stop();
  }
}
