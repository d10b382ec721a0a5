// Does the page get memory that threads can share, on any host, without ever reloading in a loop?
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';

import { papersRun } from '../golden/exact-runs.js';
import { expect, isIsolated, test, threads } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

/** What a modest host knows of files; .mjs is not among it. */
const types = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
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
    await expect(page.locator('#fingerprint')).toHaveText(papersRun().fingerprint);

    await page.reload(); // a further visit
    await expect(page.locator('#engine-title')).toHaveText(`Exact engine · ${threads}`);
    await page.waitForTimeout(500);
    expect([loaded(), await isIsolated(page)]).toEqual([3, true]);
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
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
    await expect(page.locator('#fingerprint')).toHaveText(papersRun().fingerprint);
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

test('a page within another page leaves isolation to that one', async ({ page }) => {
  await onPlainHost(async (url) => {
    const loaded = loads(page);
    const body = `<!doctype html><iframe src="${url}"></iframe>`;
    await page.route(`${url}around`, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${url}around`);
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('#engine-title')).toHaveText('Exact engine · 1 thread');
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    expect(loaded()).toBe(1);
  });
});

test.describe('where a service worker never comes', () => {
  test.use({ serviceWorkers: 'block' });

  test('the page goes on without, after a moment', async ({ lab, page, complaints }) => {
    await onPlainHost(async (url) => {
      const loaded = loads(page);
      await page.goto(url);
      await expect(page.locator('#engine-title')).toHaveText('Exact engine · 1 thread');
      await lab.runToEnd();
      expect(loaded()).toBe(1);
    });
    expect(complaints).toEqual(['Service Worker registration blocked by Playwright']);
    complaints.length = 0;
  });
});
