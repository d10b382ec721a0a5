// The page as a visitor uses it, in whichever browser: opened, driven and read.
import { startPlainHost } from '../e2e/plain-host.js';

/** @typedef {import('./engines.js').Driver} Driver */

/** How long anything on the page may take on a busy machine, in milliseconds. */
const patience = 45_000;
/** How long to wait before it is looked at again, in milliseconds. */
const betweenLooks = 100;

/** An empty page of the host: from it a test can reach the site's storage before the page has. */
const emptyPage = { 'empty.html': '<!doctype html><link rel="icon" href="data:,">' };

/** The built site on a host, with an empty page beside it. @param {Record<string, string>} [replaced] */
export const startHost = (replaced = {}) => startPlainHost({ ...emptyPage, ...replaced });

export class Visitor {
  /** @param {Driver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /**
   * Opens the page, for somebody who has seen it before: or the first visit would play by itself.
   * @param {string} url
   * @param {string} [rest] of the address
   */
  async open(url, rest = '') {
    await this.driver.goto(`${url}empty.html`);
    await this.driver.evaluate(() => localStorage.setItem('ska-visited', 'yes'));
    await this.driver.goto(url + rest);
    await this.ready();
  }

  /** Waits until the page is loaded, or has failed to be. */
  ready() {
    return this.until('the page is ready', () => {
      const { skaLab } = /** @type {any} */ (globalThis);
      return skaLab !== undefined && skaLab.session.phase !== 'loading';
    });
  }

  /**
   * Waits until something on the page is true, and returns it.
   * @template A, R
   * @param {string} what for the message of a test that waits in vain
   * @param {(argument: A) => R} condition
   * @param {A} [argument]
   * @returns {Promise<Awaited<R>>}
   */
  async until(what, condition, argument) {
    const end = Date.now() + patience;
    for (;;) {
      // While a page is being loaded there is nothing to ask.
      const value = await this.driver.evaluate(condition, argument).catch((error) => (Date.now() > end ? error : null));
      if (value instanceof Error) throw value;
      if (value) return value;
      if (Date.now() > end) throw new Error(`Waited in vain until ${what}; the page says: ${await this.words()}`);
      await new Promise((resolve) => {
        setTimeout(resolve, betweenLooks);
      });
    }
  }

  /** What the page says of itself, in short. */
  words() {
    return this.driver.evaluate(() =>
      ['#message', '#facts', '.notice'].map((each) => document.querySelector(each)?.textContent ?? '').join(' | '),
    );
  }

  /** @param {string} selector */
  text(selector) {
    return this.driver.evaluate((each) => document.querySelector(each)?.textContent ?? '', selector);
  }

  /** Waits until an element says this. @param {string} selector @param {string} text a part of it */
  async says(selector, text) {
    await this.until(
      `${selector} says “${text}”`,
      ({ selector, text }) => document.querySelector(selector)?.textContent?.includes(text),
      { selector, text },
    );
  }

  /** Runs to the end, and returns the fingerprint. */
  async runToEnd() {
    await this.driver.evaluate(() => {
      const { session } = /** @type {any} */ (globalThis).skaLab;
      Object.assign(globalThis, { before: session.phase === 'finished' ? session.recording : null });
    });
    // A page that runs by itself says Pause: it is left to end first.
    await this.until('a run can be begun', () => {
      const button = /** @type {HTMLButtonElement | null} */ (document.querySelector('#run:not(:disabled)'));
      if (!button?.textContent?.startsWith('Run')) return false;
      button.click();
      return true;
    });
    await this.until('the run is finished', () => {
      const { skaLab, before } = /** @type {any} */ (globalThis);
      return skaLab.session.phase === 'finished' && skaLab.session.recording !== before;
    });
    return this.text('#fingerprint');
  }

  /** Every record on the page, NaN where nothing was measured yet. @returns {Promise<number[][]>} */
  async records() {
    const records = await this.driver.evaluate(() => {
      const { recording } = /** @type {any} */ (globalThis).skaLab.session;
      return Array.from({ length: recording.steps }, (_, k) =>
        // JSON has no NaN.
        Array.from(recording.at(k).values, (value) => (Number.isNaN(value) ? null : /** @type {number} */ (value))),
      );
    });
    return records.map((values) => values.map((value) => value ?? NaN));
  }

  /** Waits until the service worker has kept a whole build. @param {string} [version] */
  async kept(version = '') {
    await this.until(
      'the site is kept',
      async (version) => {
        const names = (await caches.keys()).filter((name) => name.endsWith(version));
        const pages = await Promise.all(
          names.map((cacheName) => caches.match(new URL('./', location.href).href, { cacheName })),
        );
        return pages.some(Boolean);
      },
      version,
    );
  }

  /**
   * The file that an act makes the page give out, read as the page hands it to the browser.
   * @param {() => Promise<unknown>} act
   * @returns {Promise<{ name: string, bytes: Buffer }>}
   */
  async given(act) {
    await this.driver.evaluate(() => {
      const given = /** @type {{ name: string, blob: Blob }[]} */ ([]);
      /** @type {Map<string, Blob>} */
      const blobs = new Map();
      const create = URL.createObjectURL;
      const click = HTMLAnchorElement.prototype.click;
      URL.createObjectURL = (blob) => {
        const url = create(blob);
        blobs.set(url, /** @type {Blob} */ (blob));
        return url;
      };
      HTMLAnchorElement.prototype.click = function takeDownload() {
        const blob = blobs.get(this.href);
        if (!blob) return click.call(this);
        given.push({ name: this.download, blob });
        Object.assign(URL, { createObjectURL: create });
        HTMLAnchorElement.prototype.click = click;
      };
      Object.assign(globalThis, { given });
    });
    await act();
    const file = await this.until('a file is given out', async () => {
      const [file] = /** @type {{ name: string, blob: Blob }[]} */ (/** @type {any} */ (globalThis).given);
      if (!file) return null;
      const bytes = new Uint8Array(await file.blob.arrayBuffer());
      let binary = '';
      for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
      return { name: file.name, base64: btoa(binary) };
    });
    return { name: file?.name ?? '', bytes: Buffer.from(file?.base64 ?? '', 'base64') };
  }

  /** Opens a file by the page's own button. @param {string} name @param {Buffer} bytes */
  async openFile(name, bytes) {
    await this.driver.evaluate(
      ({ name, base64 }) => {
        const content = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], name));
        const input = /** @type {HTMLInputElement} */ (document.querySelector('.run-files input[type=file]'));
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      },
      { name, base64: bytes.toString('base64') },
    );
  }

  /** Moves a slider. @param {string} selector @param {number} value */
  async slide(selector, value) {
    await this.driver.evaluate(
      ({ selector, value }) => {
        const input = /** @type {HTMLInputElement} */ (document.querySelector(selector));
        input.value = String(value);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      },
      { selector, value },
    );
  }
}
