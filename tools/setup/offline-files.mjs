// Vite plugin that writes the service worker of a built site. It inserts the name and digest of every file, and a
// version derived from them, after all other files are written.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { build } from 'vite';

import { oldestBrowsers } from './browsers.mjs';

/**
 * @typedef {import('../../web/offline/build.js').Build} Build
 * @typedef {import('../../web/offline/build.js').KnownFile} KnownFile
 */

const source = fileURLToPath(new URL('../../web/offline/service-worker.js', import.meta.url));
const script = 'service-worker.js';

/**
 * Whole data sets are large and never change. The worker caches them, and all of Fashion-MNIST, only after a page has
 * requested them.
 */
const lasting = /^data\/(train|t10k|fashion-mnist-\w+)-/;

/** @param {Buffer} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string} folder @param {string} name @returns {KnownFile} */
function known(folder, name) {
  const bytes = readFileSync(`${folder}/${name}`);
  const digests = [sha256(bytes)];
  if (name.endsWith('.gz')) digests.push(sha256(gunzipSync(bytes)));
  return { path: name === 'index.html' ? '' : name, digests };
}

/**
 * The list of files that is inserted into the worker of a built site.
 * @param {string} folder folder of the site
 * @returns {Build}
 */
export function describeBuild(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1).replaceAll('\\', '/'))
    .filter((name) => name !== script)
    .sort();
  const files = names.filter((name) => !lasting.test(name)).map((name) => known(folder, name));
  return {
    version: sha256(Buffer.from(JSON.stringify(files))).slice(0, 12),
    files,
    lasting: names.filter((name) => lasting.test(name)).map((name) => known(folder, name)),
  };
}

/** The worker's modules bundled as one classic script, which every browser can run as a service worker. */
async function bundled() {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: oldestBrowsers,
      rollupOptions: { input: source, output: { format: 'iife' } },
    },
  });
  const [{ output }] = /** @type {import('vite').Rollup.RollupOutput[]} */ ([result].flat());
  return output[0].code;
}

/**
 * Writes the service worker into a built site, replacing an existing one.
 * @param {string} folder folder of the site
 */
export async function writeServiceWorker(folder) {
  const text = `self.skaBuild = ${JSON.stringify(describeBuild(folder))};\n${await bundled()}`;
  writeFileSync(`${folder}/${script}`, text);
}

/** Adds a service worker to a built site. @returns {import('vite').Plugin} */
export function offlineFiles() {
  let folder = '';
  return {
    name: 'offline-files',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    writeBundle: { order: 'post', handler: () => writeServiceWorker(folder) },
  };
}
