// Test fixture of the page: opens, drives and reads it. Any unexpected error fails the test.
import { availableParallelism } from 'node:os';

import { test as base, expect } from '@playwright/test';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('../../web/model/record.js').Quantity} Quantity
 */

/** Maximum number of threads that the page computes with, as a number and in the chip's words. */
export const cores = Math.min(8, availableParallelism());
export const threads = cores === 1 ? '1 thread' : `${cores} threads`;

/** @param {Page} page */
export const isIsolated = (page) => page.evaluate(() => crossOriginIsolated);

/**
 * Without a service worker, requests go to the host and can be routed. Call before opening the page.
 * @param {Page} page
 */
export const refuseServiceWorkers = (page) =>
  page.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('refused', 'SecurityError'));
  });

/**
 * Waits until ten frames are equal: scrolling has ended, and the canvas no longer changes.
 * @param {Page} page
 * @param {string} [canvas] its selector
 */
export const untilStill = (page, canvas) =>
  page.evaluate(async (canvas) => {
    const look = () => {
      const element = canvas ? /** @type {HTMLCanvasElement} */ (document.querySelector(canvas)) : null;
      return `${scrollY} ${element?.toDataURL()}`;
    };
    for (let alike = 0, before = look(); alike < 10; alike += 1) {
      await new Promise(requestAnimationFrame);
      const now = look();
      if (now !== before) alike = -1;
      before = now;
    }
  }, canvas);

/**
 * Waits until the engine has answered this and all earlier requests. A pending step has then been pushed, and a run
 * that starts by itself has started.
 * @param {Page} page
 */
export const untilAnswered = (page) =>
  page.evaluate(async () => {
    const { lab, client } = /** @type {any} */ (globalThis).skaLab;
    await lab.form.judgement;
    for (let i = 0; i < 2; ++i) await client.memory(); // effects of the first answer happen before the second
  });

/**
 * Counts the engines that are taking steps: those that were requested to and have not answered.
 * @param {Page} page
 * @returns {Promise<() => Promise<number>>} the current count
 */
export async function busyEngines(page) {
  await page.evaluate(() => {
    const busy = new Set();
    const { postMessage } = Worker.prototype;
    /** @this {Worker} @param {any[]} message */
    Worker.prototype.postMessage = function (...message) {
      const [{ kind, id }] = message;
      if (kind === 'advance') {
        busy.add(this);
        /** @param {MessageEvent} event */
        const answered = ({ data }) => {
          if (data.id !== id) return;
          busy.delete(this);
          this.removeEventListener('message', answered);
        };
        this.addEventListener('message', answered);
      }
      return postMessage.apply(this, /** @type {[any]} */ (message));
    };
    Object.assign(globalThis, { busyEngines: busy });
  });
  return () => page.evaluate(() => /** @type {any} */ (globalThis).busyEngines.size);
}

/**
 * Opens the page in an empty browser profile.
 * @param {Page} page
 * @param {(fresh: Page) => Promise<unknown>} use
 */
export async function inFreshProfile(page, use) {
  const context = await page.context().browser()?.newContext();
  if (!context) throw new Error('There is no browser.');
  const fresh = await context.newPage();
  await fresh.addInitScript(() => localStorage.setItem('ska-visited', 'yes'));
  await fresh.goto(page.url().split('#')[0]);
  await fresh.getByText('Ready.').waitFor();
  await use(fresh);
  await context.close();
}

export class Lab {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.run = page.locator('#run');
    this.step = page.getByRole('button', { name: 'Step', exact: true });
    this.reset = page.getByRole('button', { name: 'Reset' });
    this.facts = page.locator('#facts');
    this.message = page.locator('#message');
  }

  async open(path = './') {
    await this.page.goto(path);
    await expect(this.message).not.toHaveText(/^Loading/);
    await this.page.waitForFunction(() => 'entropy' in /** @type {any} */ (globalThis).skaLab.charts);
  }

  /** @param {string} label label of a text field */
  field(label) {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  /** @param {Partial<Record<'Layers' | 'Steps K' | 'Learning rate η' | 'Weight seed', string>>} settings */
  async set(settings) {
    for (const [label, value] of Object.entries(settings)) await this.field(label).fill(value);
  }

  async runToEnd() {
    // A run that has ended already shows "Finished.", so wait for the end of a different recording.
    const ended = await this.page.evaluateHandle(() => {
      const { session } = /** @type {any} */ (globalThis).skaLab;
      return session.phase === 'finished' ? session.recording : null;
    });
    await this.run.click();
    await this.page.waitForFunction(
      (before) => {
        const { session } = /** @type {any} */ (globalThis).skaLab;
        return session.phase === 'finished' && session.recording !== before;
      },
      ended,
      { timeout: 45_000 },
    );
    await expect(this.message).toHaveText('Finished.');
  }

  /** @param {number} steps waits until this many are recorded */
  async recorded(steps) {
    await this.page.waitForFunction(
      (wanted) => /** @type {any} */ (globalThis).skaLab.session.recording.steps >= wanted,
      steps,
    );
  }

  /** Every record on the page, as the engine pushed it. @returns {Promise<number[][]>} */
  async records() {
    // As one string, because Playwright serializes numbers one by one, which is slow.
    const [steps, text] = await this.page.evaluate(() => {
      const { recording } = /** @type {any} */ (globalThis).skaLab.session;
      let bytes = '';
      for (let k = 0; k < recording.steps; ++k) {
        const { buffer, byteOffset, byteLength } = Float64Array.from(recording.at(k).values);
        for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) bytes += String.fromCharCode(byte);
      }
      return /** @type {const} */ ([recording.steps, btoa(bytes)]);
    });
    const { buffer } = Uint8Array.from(Buffer.from(text, 'base64'));
    const numbers = [...new Float64Array(buffer)];
    const length = numbers.length / steps;
    return Array.from({ length: steps }, (_, k) => numbers.slice(k * length, (k + 1) * length));
  }

  /**
   * The lines of a chart's tooltip for the cell or point at this position.
   * @param {'entropy' | 'cosine' | 'outputs'} name
   * @param {number} step position on its axis
   * @param {number | string} y position on its axis
   */
  async hover(name, step, y) {
    const position = await this.page.evaluate(
      ({ name, step, y }) => {
        const { chart } = /** @type {any} */ (globalThis).skaLab.charts[name];
        const row = typeof y === 'string' ? chart.data.labels.indexOf(y) : y;
        return { x: chart.scales.x.getPixelForValue(step), y: chart.scales.y.getPixelForValue(row) };
      },
      { name, step, y },
    );
    await this.page.locator(`#${name}`).hover({ position });
    await expect
      .poll(() =>
        this.page.evaluate((name) => /** @type {any} */ (globalThis).skaLab.charts[name].chart.tooltip.opacity, name),
      )
      .toBe(1);
    return this.page.evaluate((name) => {
      const { tooltip } = /** @type {any} */ (globalThis).skaLab.charts[name].chart;
      return [...tooltip.title, ...tooltip.body.flatMap((/** @type {any} */ part) => part.lines)];
    }, name);
  }

  /**
   * The displayed colour of a heatmap's cell: the pixel at its centre.
   * @param {'entropy' | 'cosine'} name
   * @param {string} layer
   * @param {number} step
   */
  colour(name, layer, step) {
    return this.page.evaluate(
      ({ name, layer, step }) => {
        const { chart } = /** @type {any} */ (globalThis).skaLab.charts[name];
        const ratio = chart.currentDevicePixelRatio;
        const x = chart.scales.x.getPixelForValue(step) * ratio;
        const y = chart.scales.y.getPixelForValue(chart.data.labels.indexOf(layer)) * ratio;
        return Array.from(chart.ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3));
      },
      { name, layer, step },
    );
  }

  /** Bytes allocated by the engine. @returns {Promise<number>} */
  heapBytesInUse() {
    return this.page.evaluate(
      async () => (await /** @type {any} */ (globalThis).skaLab.client.memory()).heapBytesInUse,
    );
  }
}

/** @type {import('@playwright/test').TestType<import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions & { lab: Lab, complaints: string[] }, {}>} */
export const test = base.extend({
  /** Console errors and warnings of the page. A test that provokes them empties the list. */
  complaints: async ({ page }, use) => {
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // The tests themselves read pixels and block service workers.
      if (/willReadFrequently|^Service Worker registration blocked by Playwright$/.test(message.text())) return;
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    await use(complaints);
    expect(complaints).toEqual([]);
  },
  lab: async ({ page, complaints }, use) => {
    expect(complaints).toEqual([]);
    // Otherwise the first visit would start a run. (An empty page has no storage.)
    await page.addInitScript(() => location.protocol.startsWith('http') && localStorage.setItem('ska-visited', 'yes'));
    await use(new Lab(page));
  },
});

export { expect };
