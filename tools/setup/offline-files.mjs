// What does the service worker know of the site that it belongs to? The name and digest of every file, and a version made
// of them, written into its script when all the others have been.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { build } from 'vite';

import { oldestBrowsers } from './browsers.mjs';

/**
 * @typedef {import('../../web/offline/kept-files.js').Build} Build
 * @typedef {import('../../web/offline/kept-files.js').KnownFile} KnownFile
 */

const source = fileURLToPath(new URL('../../web/offline/service-worker.js', import.meta.url));
const script = 'service-worker.js';

/** Whole data sets are large and stay what they are; the worker keeps them, and all of Fashion-MNIST, when a page has asked. */
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
 * What the worker is told of a built site.
 * @param {string} folder that the site is in
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

/** The worker's modules as one classic script, which every browser can run as a service worker. */
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
 * Writes the service worker into a built site, in place of the one it may have.
 * @param {string} folder that the site is in
 */
export async function writeServiceWorker(folder) {
  const text = `self.skaBuild = ${JSON.stringify(describeBuild(folder))};\n${await bundled()}`;
  writeFileSync(`${folder}/${script}`, text);
}

/** Gives a built site its service worker. @returns {import('vite').Plugin} */
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
