// How is a build of the site kept for when there is no network? Every file of it or none, each checked by its digest, so
// that files of two builds never meet. A digest is checked again when a file is used.

import { obtain, Unobtainable } from './obtain.js';

/**
 * @typedef {object} KnownFile
 * @property {string} path relative to the site's folder; the page's own is empty
 * @property {string[]} digests SHA-256 in hexadecimal; of a gzip file also that of its content, for hosts that unpack
 */

/**
 * What the worker of a build is told of it.
 * @typedef {object} Build
 * @property {string} version differs when any file does
 * @property {KnownFile[]} files what the page may need at any time, kept all together
 * @property {KnownFile[]} lasting large files that no build changes, kept one by one when first asked for
 */

/** What the worker adds, so that the page is cross-origin isolated; and other sites may still embed it. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/**
 * The same answer with the headers that isolation takes.
 * @param {Response} response
 */
export function isolated(response) {
  if (response.status === 0) return response; // opaque: its headers cannot be seen or set
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
 * An answer to keep, or null where it is not the file.
 * @param {Response} response
 * @param {KnownFile} file
 */
async function intact(response, { digests }) {
  if (response.status !== 200) return null;
  const bytes = await response.arrayBuffer();
  if (!digests.includes(await digestOf(bytes))) return null;
  const headers = new Headers(response.headers);
  // These tell how the bytes travelled, and for whom.
  for (const name of ['Content-Encoding', 'Content-Length', 'Vary']) headers.delete(name);
  return new Response(bytes, { headers });
}

export class KeptFiles {
  #build;
  #folder;
  #prefix;
  /** @type {Promise<void> | null} */
  #keeping = null;
  /** Addresses of files that were found intact since the worker began. @type {Set<string>} */
  #intact = new Set();
  /** Addresses of files that were found damaged, and dropped. @type {Set<string>} */
  #damaged = new Set();

  /**
   * @param {Build} build
   * @param {string} folder the site's address, with a slash at its end; another folder of the host is another site
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

  /** Names of the caches that other builds of this site left. */
  async #otherCaches() {
    const names = await caches.keys();
    return names.filter(
      (name) => name.startsWith(this.#prefix) && ![this.#ownCache, this.#lastingCache].includes(name),
    );
  }

  /** @param {string} cacheName whether it is complete: the page is put into it last */
  async #isComplete(cacheName) {
    return Boolean(await caches.match(this.#folder, { cacheName }));
  }

  /** Whether a page of another build may be open that came from what is kept. */
  async othersKept() {
    try {
      const complete = await Promise.all((await this.#otherCaches()).map((name) => this.#isComplete(name)));
      return complete.includes(true);
    } catch {
      return false; // the browser keeps nothing for this site
    }
  }

  /**
   * Keeps every file of the build.
   * @throws {Error} when one cannot be had or kept; then none is
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

  /** Files of the build that were dropped since it was kept. */
  async #missing() {
    const cacheName = this.#ownCache;
    const kept = await Promise.all(
      this.#build.files.map(({ path }) => caches.match(this.#folder + path, { cacheName })),
    );
    return this.#build.files.filter((_, i) => !kept[i]);
  }

  /**
   * A file, from what an earlier build kept of it or else from the host.
   * @param {KnownFile} file
   */
  async #obtain(file) {
    const url = this.#folder + file.path;
    for (const cacheName of await this.#otherCaches()) {
      const kept = await caches.match(url, { cacheName });
      const response = kept && (await intact(kept, file));
      if (response) return { url, response };
    }
    // What the browser has of it, the host is asked about: it may be of another build.
    const request = /** @type {RequestInit} */ ({ cache: 'no-cache', priority: 'low' });
    const read = async (/** @type {Response} */ answer) => {
      const response = await intact(answer, file);
      if (!response) throw new Unobtainable(`${url} is not the file of this build.`, true);
      return response;
    };
    return { url, response: isolated(await obtain(url, url, read, undefined, request)) };
  }

  /** Removes what other builds left. */
  async forgetOthers() {
    await Promise.all((await this.#otherCaches()).map((name) => caches.delete(name)));
  }

  /**
   * What is kept for an address; undefined where the network is to answer. Never rejects.
   * @param {string} address within the folder
   * @returns {Promise<Response | undefined>}
   */
  async find(address) {
    try {
      const url = this.#named(address);
      const path = url.slice(this.#folder.length);
      const own = this.#build.files.find((file) => file.path === path);
      if (own) return await this.#checked(url, own, this.#ownCache);
      const lasting = this.#lastingFile(url);
      if (lasting) return await this.#checked(url, lasting, this.#lastingCache);
      return await this.#findLeft(url);
    } catch {
      return undefined;
    }
  }

  /**
   * What is kept of a file. Its first use since the worker began checks its digest: a damaged file is dropped.
   * @param {string} url
   * @param {KnownFile} file
   * @param {string} cacheName
   */
  async #checked(url, file, cacheName) {
    const kept = await caches.match(url, { cacheName });
    if (!kept || this.#intact.has(url)) return kept;
    const response = await intact(kept, file);
    if (response) {
      this.#intact.add(url);
      return response;
    }
    this.#damaged.add(url);
    await (await caches.open(cacheName)).delete(url);
    return undefined;
  }

  /** Whether what was kept for an address had to be dropped. @param {string} address */
  wasDamaged(address) {
    return this.#damaged.has(this.#named(address));
  }

  /** The address as it is kept: the page is one, whatever it is asked to show; so is a worker's numbered script. @param {string} address */
  #named(address) {
    const url = new URL(address);
    url.hash = '';
    if (/^\?\d+$/.test(url.search)) url.search = '';
    const path = url.origin + url.pathname;
    return path === this.#folder || path === `${this.#folder}index.html` ? this.#folder : url.href;
  }

  /** A file that only another build has, for a page of that build that is still open. @param {string} url */
  async #findLeft(url) {
    for (const cacheName of await this.#otherCaches()) {
      const kept = await caches.match(url, { cacheName });
      if (kept) return kept;
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

  /** Whether what the host answers for an address is to be kept. @param {string} address */
  wants(address) {
    return this.isLasting(address) || this.wasDamaged(address);
  }

  /**
   * Keeps what the host answered: a lasting file, or one of the build in place of one that was damaged. Never rejects.
   * @param {string} address
   * @param {Response} response of which the body is read
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
