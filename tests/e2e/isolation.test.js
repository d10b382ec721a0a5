// The page gets shared memory on any host, without a reload loop.
import { papersRun } from '../golden/exact-runs.js';
import { expect, isIsolated, refuseServiceWorkers, test, threads } from './lab.js';
import { onPlainHost } from './plain-host.js';

/** @typedef {import('@playwright/test').Page} Page */

test.use({ serviceWorkers: 'allow' });

/** Counts page loads from now on. @param {Page} page */
function loads(page) {
  let count = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) count += 1;
  });
  return () => count;
}

test(
  'on a host without the headers the page reloads once, and is isolated from then on',
  { tag: '@core' },
  async ({ lab, page }) => {
    await onPlainHost(async (url) => {
      const loaded = loads(page);
      await page.goto(url);
      await expect(page.locator('#engine-title')).toHaveText(`Exact engine · ${threads}`);
      expect([loaded(), await isIsolated(page)]).toEqual([2, true]);
      await lab.runToEnd();
      await expect(page.locator('#fingerprint')).toHaveText(papersRun().fingerprint);

      await page.reload(); // a second visit
      // The page decides on a reload before it loads an engine. Once the engine has a title, no reload follows.
      await expect(page.locator('#engine-title')).toHaveText(`Exact engine · ${threads}`);
      expect([loaded(), await isIsolated(page)]).toEqual([3, true]);
    });
  },
);

test('where service workers are refused, nothing reloads and one thread computes', async ({
  lab,
  page,
  complaints,
}) => {
  await refuseServiceWorkers(page);
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
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true)); // the reason for the reload
      await lab.runToEnd();
      expect(loaded()).toBe(2);
    },
    { 'service-worker.js': addsNothing },
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

test('a visitor who has the worker of former versions gets over to this one', async ({ lab, page }) => {
  const former = `self.addEventListener('fetch', (event) => event.respondWith(fetch(event.request).then((response) => {
    const headers = new Headers(response.headers);
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
    return new Response(response.body, { headers });
  })));`;
  const files = { 'isolation-worker.js': former, 'former.html': '<!doctype html><link rel="icon" href="data:,">' };
  await onPlainHost(async (url, host) => {
    await page.goto(`${url}former.html`);
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('isolation-worker.js');
      await navigator.serviceWorker.ready;
    });
    delete (/** @type {Record<string, string>} */ (files)['isolation-worker.js']); // removed from the host
    const loaded = loads(page);
    await lab.open(url);
    await expect(page.locator('#engine-title')).toHaveText(`Exact engine · ${threads}`);
    await expect
      .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL))
      .toBe(`${url}service-worker.js`);
    expect(loaded()).toBe(1);
    await expect(page.locator('.update-offer')).toHaveCount(0);
    // The new worker caches the site during this visit.
    await expect.poll(() => page.evaluate(async () => Boolean(await caches.match('./')))).toBe(true);
    await host.stop();
    await page.reload();
    await expect(page.locator('#engine-title')).toHaveText(`Exact engine · ${threads}`);
  }, files);
});

test.describe('where a service worker never comes', () => {
  test.use({ serviceWorkers: 'block' });

  test('the page goes on without, after a moment', async ({ lab, page }) => {
    await onPlainHost(async (url) => {
      const loaded = loads(page);
      await page.goto(url);
      await expect(page.locator('#engine-title')).toHaveText('Exact engine · 1 thread');
      await lab.runToEnd();
      expect(loaded()).toBe(1);
    });
  });
});
