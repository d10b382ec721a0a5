// Which engine computes, does it give the same bits everywhere, and what is said of it?
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';

import { exactRuns, papersRun, pixelsOf } from '../golden/exact-runs.js';
import { goldenDefault, layerQuantities, tolerance } from '../golden/golden.js';
import { StepRecord } from '../../web/engine/record.js';
import { expect, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

const cores = Math.min(8, availableParallelism());
const threads = cores === 1 ? '1 thread' : `${cores} threads`;
const papers = papersRun();

/** @param {Page} page */
const isIsolated = (page) => page.evaluate(() => crossOriginIsolated);

/**
 * Every fingerprint as the page's engine gives it, computed by a build with so many threads.
 * @param {Page} page
 * @param {number} threadCount
 */
function fingerprintsOf(page, threadCount) {
  const runs = exactRuns().map((run) => ({ config: run.config, samples: run.samples, pixels: [...pixelsOf(run)] }));
  return page.evaluate(
    async ({ runs, threadCount }) => {
      const { client } = /** @type {any} */ (globalThis).skaLab;
      await client.use({ name: threadCount > 1 ? 'ska-threads' : 'ska', threads: threadCount, why: '' });
      const fingerprints = [];
      for (const { config, samples, pixels } of runs) {
        await client.create(config, { pixels: Uint8Array.from(pixels), samples });
        fingerprints.push((await client.advance()).fingerprint);
      }
      return fingerprints;
    },
    { runs, threadCount },
  );
}

test('in the browser every run has the fingerprint of every other host, with 1, 2, 3 and 8 threads', async ({
  lab,
  page,
}) => {
  test.slow();
  await lab.open();
  for (const threadCount of [1, 2, 3, 8]) {
    expect(await fingerprintsOf(page, threadCount)).toEqual(exactRuns().map(({ fingerprint }) => fingerprint));
  }
});

test('a finished run shows its fingerprint, and only then', async ({ lab, page }) => {
  await lab.open();
  const fingerprint = page.locator('#fingerprint');
  await expect(fingerprint).toBeHidden();
  await lab.runToEnd();
  await expect(fingerprint).toHaveText(papers.fingerprint);
  await lab.reset.click();
  await expect(fingerprint).toBeHidden();
});

test('the chip says which engine runs: all cores where the host sends the headers', async ({ lab, page }) => {
  await lab.open();
  expect(await isIsolated(page)).toBe(true);
  await expect(page.locator('#engine-title')).toHaveText(`Exact engine · ${threads}`);
  await expect(page.locator('#engine-detail')).toHaveText(/^WebAssembly SIMD: the same bits in every browser/);
});

test('the fast engine is within the golden tolerance, and claims no fingerprint', async ({ lab, page }) => {
  await lab.open();
  await page.getByLabel('Fast engine').check();
  await lab.runToEnd();
  await expect(page.locator('#engine-title')).toHaveText(`Fast engine · ${threads}`);
  await expect(page.locator('#proof')).toHaveText(
    /Fingerprint none for this run: the fast engine’s last bits may differ/,
  );
  const steps = (await lab.records()).map((values) => new StepRecord(Float64Array.from(values), 4));
  let exactly = 0;
  for (const quantity of layerQuantities) {
    const records = quantity === 'knowledge_norm' ? steps : steps.slice(1);
    goldenDefault(quantity).forEach((curve, layer) => {
      const within = tolerance(quantity, curve);
      curve.forEach((value, i) => {
        const difference = Math.abs(records[i].of(quantity)[layer] - value);
        exactly += difference === 0 ? 1 : 0;
        expect(difference, `${quantity}, layer ${layer + 1}, record ${i + 1}`).toBeLessThanOrEqual(within);
      });
    });
  }
  expect(exactly).toBeLessThan(100); // the zeros of the first records: or these would be the golden numbers themselves

  await page.getByLabel('Fast engine').uncheck();
  await expect(page.getByText('The charts still show the run before')).toBeVisible();
  await lab.runToEnd();
  await expect(page.locator('#fingerprint')).toHaveText(papers.fingerprint);
});

test('a paused run does not go on under the other engine', async ({ lab, page }) => {
  await lab.open();
  await lab.step.click();
  await lab.recorded(1);
  await lab.step.click();
  await lab.recorded(2);
  await page.getByLabel('Fast engine').check();
  await expect(page.getByText('The charts show a paused run with other settings.')).toBeVisible();
  await expect(lab.run).toHaveText('Run');
  await lab.step.click();
  await expect(lab.facts).toHaveText(/^Step 1 of 50/);
});

test('engines that were given up leave no workers behind', async ({ lab, page }) => {
  await lab.open();
  const count = () => page.workers().length;
  const before = count();
  await page.evaluate(async () => {
    const { client } = /** @type {any} */ (globalThis).skaLab;
    for (let i = 0; i < 5; ++i) {
      client.restart();
      await client.about;
    }
  });
  await expect.poll(count).toBe(before);
});

test('a browser without WebAssembly SIMD is told what it lacks', async ({ lab, page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await lab.open();
  await expect(lab.message).toHaveText(
    /^This browser cannot run the engine: it lacks WebAssembly SIMD, which Chrome and Edge have since version 91/,
  );
  await expect(lab.run).toBeDisabled();
});

// ---- hosts that send no headers ------------------------------------------------------------------

const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
});

/**
 * The built site in a folder of a plain static host.
 * @param {(url: string) => Promise<void>} use
 * @param {Record<string, string>} [replaced] files with another content
 */
async function onPlainHost(use, replaced = {}) {
  const folder = '/people/ada/';
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = path.slice(folder.length) || 'index.html';
    const file = new URL(`../../dist/${name}`, import.meta.url);
    if (!path.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' });
    response.end(replaced[name] ?? readFileSync(file));
  });
  await new Promise((resolve) => {
    server.listen(0, () => resolve(null));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  try {
    await use(`http://localhost:${port}${folder}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Counts how often the page is loaded from now on. @param {Page} page */
function loads(page) {
  let count = 0;
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) ++count;
  });
  return () => count;
}

test('on a host without the headers the page reloads once, and is isolated from then on', async ({ lab, page }) => {
  await onPlainHost(async (url) => {
    const loaded = loads(page);
    await page.goto(url);
    await expect(page.locator('#engine-title')).toHaveText(`Exact engine · ${threads}`);
    expect([loaded(), await isIsolated(page)]).toEqual([2, true]);
    await lab.runToEnd();
    await expect(page.locator('#fingerprint')).toHaveText(papers.fingerprint);

    await page.reload(); // a further visit
    await expect(page.locator('#engine-title')).toHaveText(`Exact engine · ${threads}`);
    await page.waitForTimeout(500);
    expect([loaded(), await isIsolated(page)]).toEqual([3, true]);
  });
});

test('where service workers are refused, nothing reloads and one thread computes', async ({
  lab,
  page,
  complaints,
}) => {
  await page.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new DOMException('refused', 'SecurityError'));
  });
  await onPlainHost(async (url) => {
    const loaded = loads(page);
    await page.goto(url);
    await expect(page.locator('#engine-title')).toHaveText('Exact engine · 1 thread');
    await expect(page.locator('#engine-detail')).toHaveText(/because the page is not cross-origin isolated here/);
    await lab.runToEnd();
    await expect(page.locator('#fingerprint')).toHaveText(papers.fingerprint);
    expect([loaded(), await isIsolated(page)]).toEqual([1, false]);
    expect(complaints).toEqual([]);
  });
});

test('where the reload does not help, or cannot be remembered, there is no second one', async ({ lab, page }) => {
  const addsNothing = "self.addEventListener('activate', (event) => event.waitUntil(clients.claim()));";
  await onPlainHost(
    async (url) => {
      const loaded = loads(page);
      await page.goto(url);
      await expect(page.locator('#engine-title')).toHaveText('Exact engine · 1 thread');
      await page.waitForTimeout(3000); // longer than the page would wait for a service worker
      expect(loaded()).toBe(2);
      await lab.runToEnd();
    },
    { 'isolation-worker.js': addsNothing },
  );
  await onPlainHost(async (url) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'sessionStorage', {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
    });
    const loaded = loads(page);
    await page.goto(url);
    await expect(page.locator('#engine-title')).toHaveText('Exact engine · 1 thread');
    expect(loaded()).toBe(1);
  });
});
