// The page as a visitor uses it, in any browser: opens, drives and reads it.
import { startPlainHost } from '../e2e/plain-host.js';
import { waitFor } from './wait-for.js';

/** @typedef {import('./engines.js').Driver} Driver */

/** Timeout for anything on the page, in milliseconds; generous for busy machines. */
const patience = 45_000;
/** Polling interval, in milliseconds. */
const interval = 100;

/** An empty page of the host, from which a test can access the site's storage before the page does. */
const emptyPage = { 'empty.html': '<!doctype html><link rel="icon" href="data:,">' };

/** The built site on a host, together with an empty page. @param {Record<string, string>} [replaced] */
export const startHost = (replaced = {}) => startPlainHost({ ...emptyPage, ...replaced });

export class Visitor {
  /** @param {Driver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /**
   * Opens the page as for a returning visitor; a first visit would start a run.
   * @param {string} url
   * @param {string} [rest] rest of the address
   */
  async open(url, rest = '') {
    await this.driver.goto(`${url}empty.html`);
    await this.driver.evaluate(() => localStorage.setItem('ska-visited', 'yes'));
    await this.driver.goto(url + rest);
    await this.ready();
  }

  /** Waits until the page has loaded or has failed. */
  ready() {
    return this.until('the page is ready', () => {
      const { skaLab } = /** @type {any} */ (globalThis);
      return skaLab !== undefined && skaLab.session.phase !== 'loading';
    });
  }

  /**
   * Waits until a condition on the page holds, and returns its value.
   * @template A, R
   * @param {string} what for the message of a timeout
   * @param {(argument: A) => R} condition
   * @param {A} [argument]
   * @returns {Promise<Awaited<R>>}
   */
  until(what, condition, argument) {
    return waitFor(() => this.driver.evaluate(condition, argument), {
      ...{ patience, interval },
      complaint: async () => `Waited in vain until ${what}; the page says: ${await this.words()}`,
    });
  }

  /** Short summary of the page's messages, for error reports. */
  words() {
    return this.driver.evaluate(() =>
      ['#message', '#facts', '.notice'].map((each) => document.querySelector(each)?.textContent ?? '').join(' | '),
    );
  }

  /** @param {string} selector */
  text(selector) {
    return this.driver.evaluate((each) => document.querySelector(each)?.textContent ?? '', selector);
  }

  /** Waits until an element contains this text. @param {string} selector @param {string} text part of its text */
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
    // The button shows Pause while a run started by the page is in progress; wait for its end.
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

  /** Every record on the page; NaN for values not measured yet. @returns {Promise<number[][]>} */
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

  /** Waits until the service worker has cached a whole build. @param {string} [version] */
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
   * The file that an action downloads, read from what the page passes to the browser.
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

  /** Opens a file with the page's button. @param {string} name @param {Buffer} bytes */
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
