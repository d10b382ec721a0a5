// The page as its tests use it: opened, driven and read; and any error it did not expect is a failure.
import { availableParallelism } from 'node:os';

import { test as base, expect } from '@playwright/test';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('../../web/engine/record.js').Quantity} Quantity
 */

/** The threads that the page computes with where it can, as a number and in the chip's words. */
export const cores = Math.min(8, availableParallelism());
export const threads = cores === 1 ? '1 thread' : `${cores} threads`;

/** @param {Page} page */
export const isIsolated = (page) => page.evaluate(() => crossOriginIsolated);

/** What the page asks for then comes from the host, and can be routed. Called before it is opened. @param {Page} page */
export const refuseServiceWorkers = (page) =>
  page.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('refused', 'SecurityError'));
  });

/**
 * Waits until ten frames of the page are alike: it scrolls no more, and a canvas shows the same.
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
 * Waits until the engine has answered, and with it whatever was asked of it before: a step that it was still to take would
 * have been pushed first, and a run that was to begin by itself would have begun.
 * @param {Page} page
 */
export const untilAnswered = (page) =>
  page.evaluate(async () => {
    const { lab, client } = /** @type {any} */ (globalThis).skaLab;
    await lab.form.judgement;
    for (let i = 0; i < 2; ++i) await client.memory(); // what the first answer lets happen is before the second
  });

/**
 * Counts engines that are taking steps: those that were asked to, and have not answered.
 * @param {Page} page
 * @returns {Promise<() => Promise<number>>} how many there are
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
 * The page again in a browser profile that has nothing of it.
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

  /** @param {string} label of a text field */
  field(label) {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  /** @param {Partial<Record<'Layers' | 'Steps K' | 'Learning rate η' | 'Weight seed', string>>} settings */
  async set(settings) {
    for (const [label, value] of Object.entries(settings)) await this.field(label).fill(value);
  }

  async runToEnd() {
    // A run that has ended already says "Finished." too: what is waited for is the end of another one.
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

  /** @param {number} steps waits until as many are recorded */
  async recorded(steps) {
    await this.page.waitForFunction(
      (wanted) => /** @type {any} */ (globalThis).skaLab.session.recording.steps >= wanted,
      steps,
    );
  }

  /** Every record on the page, as the engine pushed it. @returns {Promise<number[][]>} */
  async records() {
    // As one text: Playwright takes numbers over one by one, which is slow.
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
   * What a chart says of the cell or point under the mouse: the lines of its tooltip.
   * @param {'entropy' | 'cosine' | 'outputs'} name
   * @param {number} step on its axis
   * @param {number | string} y on its axis
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
   * The colour a heatmap really shows for a step of a layer: the pixel in the middle of its cell.
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

  /** Bytes the engine holds. @returns {Promise<number>} */
  heapBytesInUse() {
    return this.page.evaluate(
      async () => (await /** @type {any} */ (globalThis).skaLab.client.memory()).heapBytesInUse,
    );
  }
}

/** @type {import('@playwright/test').TestType<import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions & { lab: Lab, complaints: string[] }, {}>} */
export const test = base.extend({
  /** What the page complained of. A test that provokes complaints empties it. */
  complaints: async ({ page }, use) => {
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // Reading pixels and blocking service workers is what these tests do, not the page.
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
    // Or the first visit would play by itself. (An empty page has no storage.)
    await page.addInitScript(() => location.protocol.startsWith('http') && localStorage.setItem('ska-visited', 'yes'));
    await use(new Lab(page));
  },
});

export { expect };
