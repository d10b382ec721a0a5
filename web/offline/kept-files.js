// How is a build of the site kept for when there is no network? Every file of it or none, each checked by its digest, so
// that files of two builds never meet.

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
    if (await this.#isComplete(this.#ownCache)) return;
    const obtained = await Promise.all(this.#build.files.map((file) => this.#obtain(file)));
    const pageLast = obtained.sort((a, b) => Number(a.url === this.#folder) - Number(b.url === this.#folder));
    try {
      const cache = await caches.open(this.#ownCache);
      for (const { url, response } of pageLast) await cache.put(url, response);
    } catch (error) {
      await caches.delete(this.#ownCache).catch(() => false);
      throw error;
    }
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
    const response = await intact(await fetch(url, request), file);
    if (!response) throw new Error(`${url} is not the file of this build.`);
    return { url, response: isolated(response) };
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
      if (this.#build.files.some((file) => file.path === path))
        return await caches.match(url, { cacheName: this.#ownCache });
      if (this.isLasting(url)) return await caches.match(url, { cacheName: this.#lastingCache });
      return await this.#findLeft(url);
    } catch {
      return undefined;
    }
  }

  /** The address as it is kept: the page is one, whatever it is asked to show. @param {string} address */
  #named(address) {
    const url = new URL(address);
    url.hash = '';
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

  /**
   * Keeps what the host answered for a lasting file. Never rejects.
   * @param {string} address
   * @param {Response} response of which the body is read
   */
  async keepLasting(address, response) {
    const file = this.#lastingFile(address);
    if (!file) return;
    try {
      const kept = await intact(response, file);
      if (kept) await (await caches.open(this.#lastingCache)).put(address, isolated(kept));
    } catch {
      // It is fetched again next time.
    }
  }
}
