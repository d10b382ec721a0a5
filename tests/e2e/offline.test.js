// The page works offline after one visit, updates only on request, and contacts only its host.
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeBuild, writeServiceWorker } from '../../tools/setup/offline-files.mjs';
import { papersRun } from '../golden/exact-runs.js';
import { expect, isIsolated, Lab, test } from './lab.js';
import { builtSite, onPlainHost } from './plain-host.js';

/** @typedef {import('@playwright/test').Page} Page */

test.use({ serviceWorkers: 'allow' });

const { files, version } = describeBuild(builtSite);
const mnist = 'data/t10k-labels-idx1-ubyte.gz';

/** Waits until the page's worker has cached a whole build. @param {Page} page @param {string} [of] its version */
async function kept(page, of = version) {
  const isKept = (/** @type {string} */ wanted) =>
    caches.keys().then(async (names) => {
      const name = names.find((each) => each.endsWith(wanted));
      return Boolean(name && (await caches.match(new URL('./', location.href).href, { cacheName: name })));
    });
  await expect.poll(() => page.evaluate(isKept, of)).toBe(true);
}

/** @param {import('./lab.js').Lab} lab */
async function shortRun(lab) {
  await lab.set({ Layers: '16, 10', 'Steps K': '5' });
  await lab.runToEnd();
  return lab.page.locator('#fingerprint').textContent();
}

/** Status of a response without a network; null if there is none. @param {Page} page @param {string} path */
const statusOf = (page, path) =>
  page.evaluate(
    (path) =>
      fetch(path).then(
        ({ status }) => status,
        () => null,
      ),
    path,
  );

/**
 * A second version of the site: another page and another script with a different name, without the first version's
 * files.
 * @param {(folder: string, version: string) => Promise<void>} use
 */
async function withNextVersion(use) {
  const folder = mkdtempSync(join(tmpdir(), 'ska-next-'));
  try {
    cpSync(builtSite, folder, { recursive: true, filter: (name) => !/(train|t10k)-images/.test(name) });
    const script = readdirSync(join(folder, 'assets')).find((name) => /^index-.*\.js$/.test(name)) ?? '';
    const next = 'index-next.js';
    renameSync(join(folder, 'assets', script), join(folder, 'assets', next));
    const text = readFileSync(join(folder, 'assets', next), 'utf8');
    writeFileSync(join(folder, 'assets', next), `${text}\nglobalThis.scriptVersion = 'next';\n`);
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const changed = page.replace(script, next).replace('<html', '<html data-version="next"');
    writeFileSync(join(folder, 'index.html'), changed);
    await writeServiceWorker(folder);
    await use(folder, describeBuild(folder).version);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The versions of page and script. @param {Page} page */
const versions = (page) =>
  page.evaluate(() => [
    document.documentElement.dataset.version ?? 'first',
    /** @type {any} */ (globalThis).scriptVersion ?? 'first',
  ]);

test(
  'after one visit the page loads and runs without a network, to the same bits',
  { tag: '@core' },
  async ({ lab, page, context }) => {
    await onPlainHost(async (url, host) => {
      await lab.open(url);
      await expect(lab.run).toBeEnabled();
      const fingerprint = await shortRun(lab);
      expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
      await kept(page);
      expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['', 'manifest.webmanifest', 'icon.svg']));
      const addresses = await page.evaluate(async () => {
        const [name] = await caches.keys();
        return (await (await caches.open(name)).keys()).map((request) => request.url);
      });
      expect(addresses.sort()).toEqual(files.map(({ path }) => url + path).sort());

      await host.stop();
      await context.setOffline(true);
      const answered = /** @type {string[]} */ ([]);
      page.on('response', (response) => answered.push(response.url()));
      await page.reload();
      await expect(lab.run).toBeEnabled();
      expect(answered).toContain(url);
      expect(await isIsolated(page)).toBe(true);
      expect(await shortRun(lab)).toBe(fingerprint);

      await page.getByLabel('Fast engine').check(); // an engine build that was not requested before
      await lab.runToEnd();
      await page.goto(`${url}index.html?embed=1#papers`);
      await expect(lab.run).toBeEnabled();

      await page.goto(`${url}#v=1&experiment=time-invariance&pairs=0.02x5`); // an experiment that was not opened before
      await expect(page.getByText('1 of 1 runs finished.')).toBeVisible();
    });
  },
);

test('so it does where the host sends the headers itself', async ({ lab, page, context }) => {
  await lab.open();
  await kept(page);
  await context.setOffline(true);
  await page.reload();
  await lab.runToEnd();
  await expect(page.locator('#fingerprint')).toHaveText(papersRun().fingerprint);
});

test('MNIST as a whole is kept once it was asked for, and its parts are not', async ({ lab, page }) => {
  await onPlainHost(async (url, host) => {
    await lab.open(url);
    await kept(page);
    expect(host.asked.filter((name) => name.startsWith('data/') && !name.includes('mnist-paper'))).toEqual([]);
    const part = await page.evaluate(
      (path) => fetch(path, { headers: { Range: 'bytes=0-9' } }).then((response) => response.status),
      mnist,
    );
    expect(part).toBe(200); // this host ignores Range
    const lasting = () =>
      page.evaluate(async () => {
        const name = (await caches.keys()).find((each) => each.endsWith('lasting'));
        return name ? (await (await caches.open(name)).keys()).map((request) => request.url) : [];
      });
    expect(await lasting()).toEqual([]);
    expect(await statusOf(page, mnist)).toBe(200);
    await expect.poll(lasting).toEqual([url + mnist]);
    await host.stop();
    expect(await statusOf(page, mnist)).toBe(200);
  });
});

test('a new version is offered, comes when accepted, and is never mixed with the old', async ({
  lab,
  page,
  context,
  complaints,
}) => {
  await withNextVersion(async (folder, nextVersion) => {
    await onPlainHost(async (url, host) => {
      await lab.open(url);
      await kept(page);
      host.root = folder;
      await page.reload();
      await expect(page.getByRole('status').filter({ hasText: 'A new version is here.' })).toBeVisible();
      expect(await versions(page)).toEqual(['first', 'first']);
      await shortRun(lab); // the old version is complete, although the host no longer has it
      await page.reload();
      await expect(page.locator('.update-offer')).toHaveCount(1);
      expect(await versions(page)).toEqual(['first', 'first']);

      const other = await context.newPage(); // gets the old version
      await other.goto(url);
      await expect(other.locator('#run')).toBeEnabled();
      const loaded = { here: 0, there: 0 };
      page.on('request', (request) => (loaded.here += Number(request.isNavigationRequest())));
      other.on('request', (request) => (loaded.there += Number(request.isNavigationRequest())));
      await page.bringToFront();
      await page.getByRole('button', { name: 'Reload' }).click();
      await page.waitForFunction(() => document.documentElement.dataset.version === 'next');
      await expect(lab.run).toBeEnabled();
      expect(await versions(page)).toEqual(['next', 'next']);
      await expect(page.locator('.update-offer')).toHaveCount(0);
      await host.stop();
      await context.setOffline(true);
      expect(await versions(other)).toEqual(['first', 'first']);
      expect(loaded).toEqual({ here: 1, there: 0 });
      const oldScript = files.find(({ path }) => /^assets\/index-.*\.js$/.test(path))?.path ?? '';
      expect(await statusOf(other, oldScript)).toBe(200);
      await other.close();

      await page.reload(); // no page of the old version is open any more
      await expect(lab.run).toBeEnabled();
      expect(await versions(page)).toEqual(['next', 'next']);
      await expect
        .poll(() => page.evaluate(async () => (await caches.keys()).map((name) => name.split(' ').at(-1))))
        .toEqual([nextVersion]);
      expect(await statusOf(page, oldScript)).toBe(null);
      await shortRun(lab);
    });
  });
  expect(complaints).toEqual(['Failed to load resource: net::ERR_FAILED']); // the old script is gone
  complaints.length = 0;
});

test('what another tab asks for and the host never ends does not hold a new version up', async ({
  lab,
  page,
  context,
}) => {
  /** @type {Record<string, Buffer>} */
  const replaced = {};
  await withNextVersion(async (folder) => {
    await onPlainHost(async (url, host) => {
      await lab.open(url);
      await kept(page);
      const other = new Lab(await context.newPage());
      await other.open(url);
      const images = 'data/train-images-idx3-ubyte.gz';
      host.unfinished = { [mnist]: 0, [images]: 1000 };
      const status = statusOf(other.page, mnist);
      await other.page.getByText('Samples', { exact: true }).click();
      await other.page.getByLabel('Draw them from all 60 000 digits').check();
      await other.page.getByLabel('Per class').fill('5');
      await other.set({ Layers: '10', 'Steps K': '3' });
      await other.run.click();
      await expect.poll(() => host.asked).toEqual(expect.arrayContaining([mnist, images]));

      host.root = folder;
      host.unfinished = { [mnist]: 0 };
      replaced[images] = readFileSync(join(builtSite, images)); // the other version's site has none
      await page.bringToFront();
      await page.reload();
      await page.getByRole('button', { name: 'Reload' }).click();
      await page.waitForFunction(() => document.documentElement.dataset.version === 'next', null, { timeout: 15_000 });
      expect(await status).toBe(null);
      await other.page.bringToFront();
      await expect(other.message).toHaveText('Finished.'); // its request succeeded at the second attempt
    }, replaced);
  });
});

test('a version that did not arrive whole is not offered, and the old one stays', async ({ lab, page }) => {
  await withNextVersion(async (folder) => {
    rmSync(join(folder, 'assets/index-next.js'));
    await onPlainHost(async (url, host) => {
      await lab.open(url);
      await kept(page);
      host.root = folder;
      const installed = page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        return new Promise((resolve) => {
          registration.addEventListener('updatefound', () => {
            const worker = registration.installing;
            worker?.addEventListener('statechange', () => resolve(worker.state));
          });
          registration.update().catch(() => {});
        });
      });
      expect(await installed).toBe('redundant');
      expect(host.asked).toContain('assets/index-next.js');
      await page.reload();
      await expect(lab.run).toBeEnabled();
      await expect(page.locator('.update-offer')).toHaveCount(0);
      expect(await versions(page)).toEqual(['first', 'first']);
    });
  });
});

test('where nothing can be kept the page works as ever, and is of the host’s version', async ({ lab, page }) => {
  await withNextVersion(async (folder) => {
    /** @param {string} root */
    const without = (root) => {
      const worker = readFileSync(`${root}/service-worker.js`, 'utf8');
      return `Object.defineProperty(self, 'caches', { get() { throw new DOMException('no', 'SecurityError'); } });${worker}`;
    };
    const replaced = { 'service-worker.js': without(builtSite) };
    await onPlainHost(async (url, host) => {
      await lab.open(url);
      await shortRun(lab);
      host.root = folder;
      replaced['service-worker.js'] = without(folder);
      await page.reload();
      await expect(lab.run).toBeEnabled();
      expect(await versions(page)).toEqual(['next', 'next']);
      await shortRun(lab);
      await expect(page.locator('.update-offer')).toHaveCount(0);
      expect(await isIsolated(page)).toBe(true);
    }, replaced);
  });
});

test('a whole visit asks nobody but the host, and keeps to the page’s policy', async ({ lab, page, context }) => {
  /** @type {string[]} */
  const asked = [];
  context.on('request', (request) => asked.push(request.url())); // including the service worker's
  await page.addInitScript(() => {
    const violations = /** @type {string[]} */ ([]);
    Object.assign(globalThis, { violations });
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(`${event.violatedDirective}: ${event.blockedURI}`),
    );
  });
  await lab.open();
  const violations = () => page.evaluate(() => /** @type {any} */ (globalThis).violations);
  await shortRun(lab);
  await lab.hover('entropy', 2, 'Layer 1');
  await page.emulateMedia({ colorScheme: 'dark' });
  await kept(page);
  await page.evaluate(() => document.fonts.ready);
  expect(await violations()).toEqual([]);
  const origin = new URL(page.url()).origin;
  // Nothing is cached before the page has its initial files.
  const first = (/** @type {string} */ name) => asked.findIndex((url) => url.endsWith(name));
  for (const name of ['images-idx3-ubyte.gz', 'labels-idx1-ubyte.gz', 'ska.wasm']) {
    expect(first(name)).toBeGreaterThan(0);
    expect(first('icon-maskable-512.png')).toBeGreaterThan(first(name));
  }
  expect(asked.filter((url) => new URL(url).origin !== origin)).toEqual([]);
});

test('a script that was put into the page does not run, nor reaches another host', async ({
  lab,
  page,
  complaints,
}) => {
  await lab.open();
  const outcome = await page.evaluate(async () => {
    const found = /** @type {string[]} */ ([]);
    document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true;';
    document.body.append(script);
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="data:," onerror="globalThis.injected = true"><p style="color: red">x</p>';
    document.body.append(holder);
    const reached = await fetch('https://example.org/').then(
      () => true,
      () => false,
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    return { injected: 'injected' in globalThis, reached, found: [...new Set(found)].sort() };
  });
  expect(outcome).toEqual({
    injected: false,
    reached: false,
    found: ['connect-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-attr'],
  });
  expect(complaints.every((text) => /Content Security Policy|Failed to load/.test(text))).toBe(true);
  complaints.length = 0;
});

test('other sites may embed the page, isolated ones too', async ({ lab, page, context }) => {
  await onPlainHost(async (url) => {
    await lab.open(url);
    await kept(page);
    const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    for (const headers of [{}, isolated]) {
      const outer = await context.newPage();
      const around = 'http://localhost:4999/around'; // another origin, but the same site, so it shares the worker
      const body = `<!doctype html><iframe src="${url}?embed=1"></iframe>`;
      await outer.route(around, (route) => route.fulfill({ contentType: 'text/html', headers, body }));
      await outer.goto(around);
      await expect(outer.frameLocator('iframe').locator('#run')).toBeEnabled();
      await outer.close();
    }
  });
});

test('the page can be installed', async ({ page, lab }) => {
  await lab.open();
  const session = await page.context().newCDPSession(page);
  const { errors, url } = await session.send('Page.getAppManifest');
  expect([errors, url]).toEqual([[], new URL('manifest.webmanifest', page.url()).href]);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});
