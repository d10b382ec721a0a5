import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { isolated, KeptFiles } from '../../web/offline/kept-files.js';
import { MemoryCaches } from './memory-caches.js';

const folder = 'https://example.org/people/ada/';

/** @type {MemoryCaches} */
let caches;
/** Files on the host. @type {Record<string, string | Uint8Array<ArrayBuffer>>} */
let host;
/** @type {string[]} */
let asked;

beforeEach(() => {
  caches = new MemoryCaches();
  host = {};
  asked = [];
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('fetch', async (/** @type {string} */ url) => {
    const path = url.slice(folder.length);
    asked.push(path);
    const headers = { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip', Vary: 'Origin' };
    return path in host ? new Response(host[path], { headers }) : new Response('', { status: 404 });
  });
});
afterEach(() => vi.unstubAllGlobals());

/** @param {string | Uint8Array} content */
const sha256 = (content) => createHash('sha256').update(content).digest('hex');

/** @param {Record<string, string | Uint8Array<ArrayBuffer>>} contents @param {string} version @param {Record<string, string>} [lasting] */
function keptFiles(contents, version, lasting = {}) {
  const known = (/** @type {Record<string, string | Uint8Array<ArrayBuffer>>} */ named) =>
    Object.entries(named).map(([path, content]) => ({ path, digests: [sha256(content)] }));
  return new KeptFiles({ version, files: known(contents), lasting: known(lasting) }, folder);
}

/** @param {KeptFiles} files @param {string} path */
const found = async (files, path) => (await files.find(folder + path))?.text();

const first = { '': 'page 1', 'a-1.js': 'script 1', 'same.js': 'of both' };
const second = { '': 'page 2', 'a-2.js': 'script 2', 'same.js': 'of both' };

describe('the files of a build', () => {
  it('are found once they are kept, the page whatever it is asked to show', async () => {
    host = first;
    const files = keptFiles(first, 'one');
    expect(await found(files, '')).toBeUndefined();
    await files.keep();
    expect(await found(files, 'a-1.js')).toBe('script 1');
    for (const path of ['', 'index.html', '?embed=1', 'index.html?embed=1#run']) {
      expect(await found(files, path)).toBe('page 1');
    }
    expect(await found(files, 'a-1.js?other')).toBeUndefined();
    expect(await found(files, 'other.html')).toBeUndefined();
    const headers = Object.fromEntries((await files.find(folder))?.headers ?? []);
    expect(headers).toEqual({
      'content-type': 'text/plain',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'cross-origin',
      'ska-digest': sha256('page 1'),
    });
  });

  it('are asked for once, however often they are to be kept', async () => {
    host = first;
    const files = keptFiles(first, 'one');
    await Promise.all([files.keep(), files.keep()]);
    await files.keep();
    expect(asked.sort()).toEqual(Object.keys(first));
  });

  it.each([
    ['is missing', { '': 'page 1', 'a-1.js': 'script 1' }],
    ['is of another build', { ...first, '': 'page 2' }],
    ['was cut off', { ...first, 'a-1.js': 'scri' }],
  ])('are not kept when one %s', async (_, there) => {
    host = there;
    const files = keptFiles(first, 'one');
    await expect(files.keep()).rejects.toThrow(/is not the file of this build\.$|gave 404\.$/);
    expect(await caches.keys()).toEqual([]);
    host = first;
    await files.keep(); // a later attempt succeeds
    expect(await found(files, '')).toBe('page 1');
  });

  it('are not kept when there is no room for one, and the page is the last that is put', async () => {
    host = first;
    const open = caches.open.bind(caches);
    vi.spyOn(caches, 'open').mockImplementation(async (name) => {
      const cache = await open(name);
      const put = cache.put.bind(cache);
      cache.put = async (url, response) => {
        if (url === folder) {
          expect([...cache.entries.keys()].sort()).toEqual([`${folder}a-1.js`, `${folder}same.js`]);
          throw new DOMException('full', 'QuotaExceededError');
        }
        await put(url, response);
      };
      return cache;
    });
    await expect(keptFiles(first, 'one').keep()).rejects.toThrow('full');
    expect(await caches.keys()).toEqual([]);
  });

  it('may have been unpacked by the host', async () => {
    const packed = new Uint8Array(gzipSync('digits'));
    const build = {
      version: 'one',
      files: [
        { path: '', digests: [sha256('page')] },
        { path: 'd.gz', digests: [sha256(packed), sha256('digits')] },
      ],
      lasting: [],
    };
    for (const content of [packed, 'digits']) {
      host = { '': 'page', 'd.gz': content };
      caches.all.clear();
      await new KeptFiles(build, folder).keep();
      expect(caches.all.size).toBe(1);
    }
  });
});

describe('a kept file that was damaged', () => {
  const url = `${folder}a-1.js`;
  /** A worker of the build, started after one of its cached files was damaged. */
  async function afterDamage() {
    host = first;
    await keptFiles(first, 'one').keep();
    await (await caches.open(`ska-lab ${folder} one`)).put(url, new Response('scri'));
    return keptFiles(first, 'one');
  }

  it('is dropped, and what the host answers is kept in its place', async () => {
    const files = await afterDamage();
    expect(await found(files, 'a-1.js')).toBeUndefined();
    expect([files.wasDamaged(url), files.wants(url)]).toEqual([true, true]);
    expect([await found(files, ''), await found(files, 'same.js')]).toEqual(['page 1', 'of both']);
    await files.keepAnswer(url, new Response('another site'));
    expect(await found(files, 'a-1.js')).toBeUndefined();
    await files.keepAnswer(url, new Response('script 1'));
    expect(await found(files, 'a-1.js')).toBe('script 1');
    expect([files.wasDamaged(url), files.wants(url)]).toEqual([false, false]);
  });

  it('is kept anew, and it alone, when the build is to be kept the next time', async () => {
    expect(await found(await afterDamage(), 'a-1.js')).toBeUndefined();
    asked = [];
    const files = keptFiles(first, 'one');
    await files.keep();
    expect(asked).toEqual(['a-1.js']);
    expect(await found(files, 'a-1.js')).toBe('script 1');
  });

  it('may be the page, under any address', async () => {
    host = first;
    await keptFiles(first, 'one').keep();
    await (await caches.open(`ska-lab ${folder} one`)).put(folder, new Response('pa'));
    const files = keptFiles(first, 'one');
    expect(await found(files, 'index.html?embed=1')).toBeUndefined();
    expect(files.wasDamaged(`${folder}index.html?embed=1#run`)).toBe(true);
  });

  it('may be a lasting one', async () => {
    const lasting = { 'train.gz': 'digits' };
    await (await caches.open(`ska-lab ${folder} lasting`)).put(`${folder}train.gz`, new Response('dig'));
    const files = keptFiles(first, 'one', lasting);
    expect(await found(files, 'train.gz')).toBeUndefined();
    await files.keepAnswer(`${folder}train.gz`, new Response('digits'));
    expect(await found(files, 'train.gz')).toBe('digits');
  });

  it('may be one of another build, and is then dropped as well', async () => {
    await afterDamage();
    const damaged = new Response('scri', { headers: { 'SKA-Digest': sha256('script 1') } });
    await (await caches.open(`ska-lab ${folder} one`)).put(url, damaged);
    const next = keptFiles(second, 'two');
    expect(await found(next, 'a-1.js')).toBeUndefined();
    expect(next.wasDamaged(url)).toBe(true);
    await next.keepAnswer(url, new Response('script 1')); // it is not a file of this build
    expect(await found(next, 'a-1.js')).toBeUndefined();
  });

  it('is looked for once in a worker’s life', async () => {
    host = first;
    const files = keptFiles(first, 'one');
    await files.keep();
    const digest = vi.spyOn(crypto.subtle, 'digest');
    for (let use = 0; use < 3; ++use) expect(await found(files, 'a-1.js')).toBe('script 1');
    expect(digest).toHaveBeenCalledOnce();
    digest.mockRestore();
  });
});

it('workers’ scripts that are under way at the same time have a number, and are one file', async () => {
  host = first;
  const files = keptFiles(first, 'one');
  await files.keep();
  expect(await found(files, 'a-1.js?2')).toBe('script 1');
  expect(await found(files, 'a-1.js?two')).toBeUndefined();
});

describe('two builds', () => {
  it('share what is the same, and mix nothing', async () => {
    host = first;
    const old = keptFiles(first, 'one');
    await old.keep();
    asked = [];
    host = { '': 'page 2', 'a-2.js': 'script 2' };
    const next = keptFiles(second, 'two');
    expect(await next.othersKept()).toBe(true);
    await next.keep();
    expect(asked.sort()).toEqual(['', 'a-2.js']);
    expect([await found(old, ''), await found(old, 'a-1.js')]).toEqual(['page 1', 'script 1']);
    expect([await found(next, ''), await found(next, 'a-2.js')]).toEqual(['page 2', 'script 2']);
    expect(await found(next, 'a-1.js')).toBe('script 1'); // for a page of the old version that is still open
    await next.forgetOthers();
    expect(await found(next, 'a-1.js')).toBeUndefined();
    expect([await found(next, ''), await next.othersKept()]).toEqual(['page 2', false]);
  });

  it('of which the old one is not whole need not wait for each other', async () => {
    await (await caches.open(`ska-lab ${folder} one`)).put(`${folder}a-1.js`, new Response('script 1'));
    expect(await keptFiles(second, 'two').othersKept()).toBe(false);
  });

  it('in two folders of a host know nothing of each other', async () => {
    host = first;
    await keptFiles(first, 'one').keep();
    const elsewhere = new KeptFiles({ version: 'two', files: [], lasting: [] }, `${folder}copy/`);
    expect(await elsewhere.othersKept()).toBe(false);
    await elsewhere.forgetOthers();
    expect(await caches.keys()).toEqual([`ska-lab ${folder} one`]);
  });
});

describe('lasting files', () => {
  const url = `${folder}train.gz`;
  const files = () => keptFiles(first, 'one', { 'train.gz': 'digits' });

  it('are kept when they came, over all builds', async () => {
    expect(files().isLasting(url)).toBe(true);
    await files().keepAnswer(url, new Response('digits'));
    const next = keptFiles(second, 'two', { 'train.gz': 'digits' });
    expect(await next.othersKept()).toBe(false);
    await next.forgetOthers();
    expect(await found(next, 'train.gz')).toBe('digits');
  });

  it.each([
    ['something else came', 'another site', 200],
    ['nothing came', 'digits', 404],
    ['a part came', 'digits', 206],
  ])('are not kept when %s', async (_, body, status) => {
    await files().keepAnswer(url, new Response(body, { status }));
    expect(await caches.keys()).toEqual([]);
  });
});

it('where the browser keeps nothing, nothing is found and nothing throws but keep', async () => {
  vi.stubGlobal('caches', {
    keys: () => Promise.reject(new DOMException('blocked', 'SecurityError')),
    match: () => Promise.reject(new DOMException('blocked', 'SecurityError')),
    open: () => Promise.reject(new DOMException('blocked', 'SecurityError')),
  });
  const files = keptFiles(first, 'one', { 'train.gz': 'digits' });
  expect(await files.othersKept()).toBe(false);
  for (const path of ['', 'a-1.js', 'train.gz', 'other']) expect(await found(files, path)).toBeUndefined();
  await files.keepAnswer(`${folder}train.gz`, new Response('digits'));
  await expect(files.keep()).rejects.toThrow('blocked');
});

describe('isolation of an answer', () => {
  it.each([200, 206, 304, 404])('adds the headers to one of %d, and changes nothing else', async (status) => {
    const body = status === 304 ? null : 'what was asked for';
    const headers = { 'Content-Type': 'text/plain', 'Content-Range': 'bytes 0-17/99' };
    const response = isolated(new Response(body, { status, headers, statusText: 'so' }));
    expect([response.status, response.statusText, await response.text()]).toEqual([status, 'so', body ?? '']);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-range': 'bytes 0-17/99',
      'content-type': 'text/plain',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it('hands on what it cannot look into', () => {
    const opaque = Response.error(); // status 0 too
    expect(isolated(opaque)).toBe(opaque);
  });
});
