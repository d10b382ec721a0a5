// In-memory replacement of the browser's Cache Storage, for tests in Node.

class MemoryCache {
  /** @type {Map<string, Response>} */
  entries = new Map();

  /** @param {string} url @param {Response} response */
  async put(url, response) {
    this.entries.set(url, response);
  }

  /** @param {string} url */
  async delete(url) {
    return this.entries.delete(url);
  }

  /** @param {string} url */
  async match(url) {
    return this.entries.get(url)?.clone();
  }
}

export class MemoryCaches {
  /** @type {Map<string, MemoryCache>} */
  all = new Map();

  async keys() {
    return [...this.all.keys()];
  }

  /** @param {string} name */
  async open(name) {
    const cache = this.all.get(name) ?? new MemoryCache();
    this.all.set(name, cache);
    return cache;
  }

  /** @param {string} name */
  async delete(name) {
    return this.all.delete(name);
  }

  /** @param {string} url @param {{ cacheName: string }} options */
  async match(url, { cacheName }) {
    return this.all.get(cacheName)?.match(url);
  }
}
