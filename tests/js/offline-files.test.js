import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { describeBuild, writeServiceWorker } from '../../tools/setup/offline-files.mjs';

let folder = '';

/** @param {string} name @param {string | Buffer} content */
function write(name, content) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

const sha256 = (/** @type {string | Buffer} */ content) => createHash('sha256').update(content).digest('hex');
const packed = gzipSync('digits');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ska-site-'));
  write('index.html', 'page');
  write('assets/engine-1/ska.js', 'script');
  for (const name of ['mnist-paper', 'train', 't10k', 'fashion-mnist-train', 'fashion-mnist-first'])
    write(`data/${name}-images-idx3-ubyte.gz`, packed);
  write('service-worker.js', 'of the build before');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('every file of the page is listed with its digest, and large ones by themselves', () => {
  const { version, files, lasting } = describeBuild(folder);
  const digests = [sha256(packed), sha256('digits')];
  expect(files).toEqual([
    { path: 'assets/engine-1/ska.js', digests: [sha256('script')] },
    { path: 'data/mnist-paper-images-idx3-ubyte.gz', digests },
    { path: '', digests: [sha256('page')] },
  ]);
  expect(lasting).toEqual([
    { path: 'data/fashion-mnist-first-images-idx3-ubyte.gz', digests },
    { path: 'data/fashion-mnist-train-images-idx3-ubyte.gz', digests },
    { path: 'data/t10k-images-idx3-ubyte.gz', digests },
    { path: 'data/train-images-idx3-ubyte.gz', digests },
  ]);
  expect(version).toMatch(/^[0-9a-f]{12}$/);
});

it('the version is that of the files: the same for the same, another for any other', () => {
  const { version } = describeBuild(folder);
  write('service-worker.js', 'another');
  expect(describeBuild(folder).version).toBe(version);
  write('assets/engine-1/ska.js', 'Script');
  const changed = describeBuild(folder).version;
  expect(changed).not.toBe(version);
  write('assets/engine-1/ska.js', 'script');
  expect(describeBuild(folder).version).toBe(version);
  write('more.txt', '');
  expect([version, changed]).not.toContain(describeBuild(folder).version);
});

it('the worker is one classic script that knows the build and listens', async () => {
  await writeServiceWorker(folder);
  const listening = /** @type {string[]} */ ([]);
  const self = {
    registration: { scope: 'https://example.org/' },
    addEventListener: (/** @type {string} */ type) => listening.push(type),
    skaBuild: null,
  };
  runInContext(readFileSync(join(folder, 'service-worker.js'), 'utf8'), createContext({ self, AbortController }));
  expect(JSON.parse(JSON.stringify(self.skaBuild))).toEqual(describeBuild(folder));
  expect(listening.sort()).toEqual(['activate', 'fetch', 'install', 'message']);
});
