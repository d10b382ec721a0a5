// Caches a build of the site for offline use: either all files or none, so that files of two builds never mix. Each
// file's digest is checked when it is stored, and again when it is first used.

import { obtain, Unobtainable } from './obtain.js';

/**
 * @typedef {import('./build.js').Build} Build
 * @typedef {import('./build.js').KnownFile} KnownFile
 */

/** Header of a cached response: the digest of its content, for later builds, which do not know the files of this one. */
const digestHeader = 'SKA-Digest';

/** Headers that make the page cross-origin isolated. Other sites may still embed it. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/**
 * A copy of the response with the headers for isolation.
 * @param {Response} response
 */
export function isolated(response) {
  if (response.status === 0) return response; // an opaque response: its headers can be neither read nor set
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
  const { status, statusText } = response;
  const hasBody = ![101, 204, 205, 304].includes(status);
  return new Response(hasBody ? response.body : null, { status, statusText, headers });
}

/** @param {ArrayBuffer} bytes */
async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The response to cache, or null if its content is not the expected file.
 * @param {Response} response
 * @param {Pick<KnownFile, 'digests'>} file
 */
async function intact(response, { digests }) {
  if (response.status !== 200) return null;
  const bytes = await response.arrayBuffer();
  const digest = await digestOf(bytes);
  if (!digests.includes(digest)) return null;
  const headers = new Headers(response.headers);
  headers.set(digestHeader, digest);
  // These headers describe the transfer, not the content.
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) headers.delete(name);
  return new Response(bytes, { headers });
}

export class KeptFiles {
  #build;
  #folder;
  #prefix;
  /** @type {Promise<void> | null} */
  #keeping = null;
  /** Addresses of files whose digest was verified since the worker started. @type {Set<string>} */
  #intact = new Set();
  /** Addresses of files that were damaged and removed from the cache. @type {Set<string>} */
  #damaged = new Set();

  /**
   * @param {Build} build
   * @param {string} folder the site's address, ending in a slash; another folder of the host is another site
   */
  constructor(build, folder) {
    this.#build = build;
    this.#folder = folder;
    this.#prefix = `ska-lab ${folder} `;
  }

  get #ownCache() {
    return this.#prefix + this.#build.version;
  }

  get #lastingCache() {
    return `${this.#prefix}lasting`;
  }

  /** Names of the caches of this site's other builds. */
  async #otherCaches() {
    const names = await caches.keys();
    return names.filter(
      (name) => name.startsWith(this.#prefix) && ![this.#ownCache, this.#lastingCache].includes(name),
    );
  }

  /** @param {string} cacheName tests whether it is complete: the page is stored last */
  async #isComplete(cacheName) {
    return Boolean(await caches.match(this.#folder, { cacheName }));
  }

  /** Whether a page that came from another build's cache may be open. */
  async othersKept() {
    try {
      const complete = await Promise.all((await this.#otherCaches()).map((name) => this.#isComplete(name)));
      return complete.includes(true);
    } catch {
      return false; // the browser provides no cache for this site
    }
  }

  /**
   * Caches every file of the build.
   * @throws {Error} if a file cannot be loaded or stored; the cache is then deleted unless it was complete before
   */
  keep() {
    this.#keeping ??= this.#keepAll().finally(() => {
      this.#keeping = null;
    });
    return this.#keeping;
  }

  async #keepAll() {
    const wasComplete = await this.#isComplete(this.#ownCache);
    const missing = wasComplete ? await this.#missing() : this.#build.files;
    if (missing.length === 0) return;
    const obtained = await Promise.all(missing.map((file) => this.#obtain(file)));
    const pageLast = obtained.sort((a, b) => Number(a.url === this.#folder) - Number(b.url === this.#folder));
    try {
      const cache = await caches.open(this.#ownCache);
      for (const { url, response } of pageLast) await cache.put(url, response);
    } catch (error) {
      if (!wasComplete) await caches.delete(this.#ownCache).catch(() => false);
      throw error;
    }
  }

  /** Files of the build that were removed since it was cached. */
  async #missing() {
    const cacheName = this.#ownCache;
    const kept = await Promise.all(
      this.#build.files.map(({ path }) => caches.match(this.#folder + path, { cacheName })),
    );
    return this.#build.files.filter((_, i) => !kept[i]);
  }

  /**
   * A file, from another build's cache if the digest matches, or else from the host.
   * @param {KnownFile} file
   */
  async #obtain(file) {
    const url = this.#folder + file.path;
    for (const cacheName of await this.#otherCaches()) {
      const kept = await caches.match(url, { cacheName });
      const response = kept && (await intact(kept, file));
      if (response) return { url, response };
    }
    // `no-cache` revalidates the HTTP cache's copy with the host: it may belong to another build.
    const request = /** @type {RequestInit} */ ({ cache: 'no-cache', priority: 'low' });
    const read = async (/** @type {Response} */ answer) => {
      const response = await intact(answer, file);
      if (!response) throw new Unobtainable(`${url} is not the file of this build.`, true);
      return response;
    };
    return { url, response: isolated(await obtain(url, url, read, undefined, request)) };
  }

  /** Deletes the caches of other builds. */
  async forgetOthers() {
    await Promise.all((await this.#otherCaches()).map((name) => caches.delete(name)));
  }

  /**
   * The cached response for an address; undefined to use the network. Never rejects.
   * @param {string} address within the folder
   * @returns {Promise<Response | undefined>}
   */
  async find(address) {
    try {
      const url = this.#named(address);
      const path = url.slice(this.#folder.length);
      const own = this.#build.files.find((file) => file.path === path);
      if (own) return await this.#checked(url, this.#ownCache, own.digests);
      const lasting = this.#lastingFile(url);
      if (lasting) return await this.#checked(url, this.#lastingCache, lasting.digests);
      return await this.#findLeft(url);
    } catch {
      return undefined;
    }
  }

  /**
   * The cached response of a file. Its digest is checked on the first use since the worker started; a damaged file is
   * removed.
   * @param {string} url
   * @param {string} cacheName
   * @param {string[]} [digests] of its content; if the build does not know the file, the digest stored with it
   */
  async #checked(url, cacheName, digests) {
    const kept = await caches.match(url, { cacheName });
    if (!kept || this.#intact.has(url)) return kept;
    const stored = kept.headers.get(digestHeader);
    if (!digests && !stored) return kept; // cached by a version that stored no digests
    const response = await intact(kept, { digests: digests ?? [String(stored)] });
    if (response) {
      this.#intact.add(url);
      return response;
    }
    this.#damaged.add(url);
    await (await caches.open(cacheName)).delete(url);
    return undefined;
  }

  /** Whether the cached file of an address was damaged and removed. @param {string} address */
  wasDamaged(address) {
    return this.#damaged.has(this.#named(address));
  }

  /**
   * The cache key of an address. The page has one key, whatever its query or hash; a worker's script has one key
   * without its number.
   * @param {string} address
   */
  #named(address) {
    const url = new URL(address);
    url.hash = '';
    if (/^\?\d+$/.test(url.search)) url.search = '';
    const path = url.origin + url.pathname;
    return path === this.#folder || path === `${this.#folder}index.html` ? this.#folder : url.href;
  }

  /** A file of another build, for a page of that build that is still open. @param {string} url */
  async #findLeft(url) {
    for (const cacheName of await this.#otherCaches()) {
      const response = await this.#checked(url, cacheName);
      if (response) return response;
    }
    return undefined;
  }

  /** @param {string} address */
  #lastingFile(address) {
    return this.#build.lasting.find(({ path }) => address === this.#folder + path);
  }

  /** @param {string} address */
  isLasting(address) {
    return this.#lastingFile(address) !== undefined;
  }

  /** Whether the host's response for an address should be cached. @param {string} address */
  wants(address) {
    return this.isLasting(address) || this.wasDamaged(address);
  }

  /**
   * Caches the host's response if it is a lasting file or replaces a damaged file of the build. Never rejects.
   * @param {string} address
   * @param {Response} response its body is consumed
   */
  async keepAnswer(address, response) {
    const url = this.#named(address);
    const lasting = this.#lastingFile(url);
    const own = this.#damaged.has(url) && this.#build.files.find(({ path }) => url === this.#folder + path);
    const file = lasting || own;
    if (!file) return;
    try {
      const kept = await intact(response, file);
      if (!kept) return;
      await (await caches.open(lasting ? this.#lastingCache : this.#ownCache)).put(url, isolated(kept));
      this.#damaged.delete(url);
    } catch {
      // It is fetched again next time.
    }
  }
}
