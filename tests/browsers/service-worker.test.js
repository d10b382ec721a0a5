// Every state of the service worker (first, updated, claiming, absent), in every browser.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { describeBuild, writeServiceWorker } from '../../tools/setup/offline-files.mjs';
import { builtSite, isolationHeaders } from '../e2e/plain-host.js';
import { engineName, withVisitor } from './engine.js';
import { startHost } from './visitor.js';

/** @typedef {import('./visitor.js').Visitor} Visitor */
/** @typedef {import('../e2e/plain-host.js').PlainHost} PlainHost */

/** WebKitGTK gives pages no shared memory, so the page has no reason to reload. */
const reloads = engineName === 'webkit' ? 0 : 1;

/**
 * A first visit to a separate host.
 * @param {{ isolated: boolean, replaced?: Record<string, string> }} options
 * @param {(visitor: Visitor, host: PlainHost) => Promise<void>} use
 */
async function visit({ isolated, replaced }, use) {
  const host = await startHost(replaced);
  if (isolated) host.headers = isolationHeaders;
  try {
    await withVisitor((visitor) => use(visitor, host));
  } finally {
    await host.stop();
  }
}

/** Number of requests for the page. @param {PlainHost} host */
const pages = (host) => host.asked.filter((name) => name === 'index.html').length;

const isControlled = () => navigator.serviceWorker.controller !== null;
const isActive = async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated';

/** No request of the page may wait for a worker that is not active. @param {Visitor} visitor */
async function shortRun(visitor) {
  expect(await visitor.text('#layers-error')).toBe('');
  await visitor.driver.fill('#layers', '16, 10');
  await visitor.driver.fill('#steps', '5');
  return visitor.runToEnd();
}

/** @param {Visitor} visitor */
const version = (visitor) => visitor.driver.evaluate(() => document.documentElement.dataset.version ?? 'first');

describe(engineName, () => {
  it('first, on a host with the headers: it claims the page, which reloads and works offline', () =>
    visit({ isolated: true }, async (visitor, host) => {
      await visitor.open(host.url);
      await visitor.until('the worker is active', isActive);
      await visitor.until('the worker has claimed the page', isControlled);
      await visitor.kept();
      expect(pages(host)).toBe(1 + 1); // loaded once, and fetched once for the cache
      await visitor.driver.reload();
      await visitor.ready();
      const fingerprint = await shortRun(visitor);
      await host.stop();
      await visitor.driver.reload();
      await visitor.ready();
      expect(await shortRun(visitor)).toBe(fingerprint);
      expect(await visitor.driver.evaluate(() => crossOriginIsolated)).toBe(true);
    }));

  it('first, on a host with the headers: a reload that comes before anything is kept is answered', () =>
    visit({ isolated: true }, async (visitor, host) => {
      await visitor.open(host.url);
      await visitor.until('there is a worker', async () => Boolean(await navigator.serviceWorker.getRegistration()));
      await visitor.driver.reload();
      await visitor.ready();
      await shortRun(visitor);
    }));

  it('first, on a host with the headers: a page that is still loading is not claimed', () =>
    visit({ isolated: true }, async (visitor, host) => {
      host.unfinished['data/mnist-paper-labels-idx1-ubyte.gz'] = 0;
      await visitor.driver.goto(host.url);
      // As done by a page that is reloaded at once, or by another tab.
      await visitor.driver.evaluate(() => navigator.serviceWorker.register('service-worker.js').then(() => true));
      await visitor.until('the worker is active', isActive);
      expect(await visitor.driver.evaluate(isControlled)).toBe(false);
    }));

  it(`first, on a plain host: the page reloads ${reloads} times, and works offline`, () =>
    visit({ isolated: false }, async (visitor, host) => {
      await visitor.open(host.url);
      await visitor.until('the worker is active', isActive);
      await visitor.kept();
      expect(pages(host)).toBe(1 + reloads + 1); // once more for the cache
      expect(await visitor.driver.evaluate(() => crossOriginIsolated)).toBe(reloads === 1);
      const fingerprint = await shortRun(visitor);
      await host.stop();
      await visitor.driver.reload();
      await visitor.ready();
      expect(await visitor.driver.evaluate(() => crossOriginIsolated)).toBe(true);
      expect(await shortRun(visitor)).toBe(fingerprint);
      // Several engines at once, each with its own worker, all through the service worker.
      await visitor.driver.goto(`${host.url}?several#v=1&experiment=time-invariance&pairs=0.02x5,0.03x5,0.04x5`);
      await visitor.says('main', '3 of 3 runs finished.');
    }));

  it('absent: the page works, and reloads nothing', () =>
    visit(
      { isolated: false, replaced: { 'service-worker.js': 'throw new Error("not here");' } },
      async (visitor, host) => {
        await visitor.open(host.url);
        await shortRun(visitor);
        expect(pages(host)).toBe(1);
        expect(await visitor.driver.evaluate(isControlled)).toBe(false);
      },
    ));

  it('updated: a new version is offered, comes when accepted, and works offline', async () => {
    const next = mkdtempSync(join(tmpdir(), 'ska-next-'));
    try {
      cpSync(builtSite, next, { recursive: true, filter: (name) => !/(train|t10k)-images/.test(name) });
      const page = readFileSync(join(next, 'index.html'), 'utf8');
      writeFileSync(join(next, 'index.html'), page.replace('<html', '<html data-version="next"'));
      await writeServiceWorker(next);
      await visit({ isolated: true }, async (visitor, host) => {
        await visitor.open(host.url);
        await visitor.kept();
        host.root = next;
        await visitor.driver.reload();
        await visitor.says('.update-offer', 'A new version is here.');
        expect(await version(visitor)).toBe('first');
        await visitor.driver.click('.update-offer button');
        await visitor.until('the new version is shown', () => document.documentElement.dataset.version === 'next');
        await visitor.ready();
        await visitor.kept(describeBuild(next).version);
        await host.stop();
        await visitor.driver.reload();
        await visitor.ready();
        expect(await version(visitor)).toBe('next');
        await shortRun(visitor);
      });
    } finally {
      rmSync(next, { recursive: true });
    }
  });

  it('of another kind: a worker of former versions gives the page over', () => {
    const former = "self.addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));";
    return visit({ isolated: true, replaced: { 'isolation-worker.js': former } }, async (visitor, host) => {
      await visitor.driver.goto(`${host.url}empty.html`);
      await visitor.driver.evaluate(async () => {
        await navigator.serviceWorker.register('isolation-worker.js');
        await navigator.serviceWorker.ready;
      });
      await visitor.open(host.url);
      await visitor.until(
        'the page is controlled by its own worker',
        () => navigator.serviceWorker.controller?.scriptURL.endsWith('/service-worker.js') ?? false,
      );
      await visitor.kept();
      await host.stop();
      await visitor.driver.reload();
      await visitor.ready();
      await shortRun(visitor);
    });
  });

  describe('of which a kept file was damaged', () => {
    /** @param {Visitor} visitor @param {PlainHost} host */
    async function damage(visitor, host) {
      await visitor.open(host.url);
      await visitor.kept();
      await visitor.driver.evaluate(async () => {
        const [name] = (await caches.keys()).filter((each) => !each.endsWith('lasting'));
        const cache = await caches.open(name);
        const url = (await cache.keys()).map((each) => each.url).find((each) => each.includes('mnist-paper-labels'));
        await cache.put(String(url), new Response('damaged'));
      });
    }

    it('fetches it anew', () =>
      visit({ isolated: true }, async (visitor, host) => {
        await damage(visitor, host);
        await visitor.driver.reload();
        await visitor.ready();
        const fingerprint = await shortRun(visitor);
        await host.stop();
        await visitor.driver.reload();
        await visitor.ready();
        expect(await shortRun(visitor)).toBe(fingerprint);
      }));

    it('lets the page say so where there is no network', () =>
      visit({ isolated: true }, async (visitor, host) => {
        await damage(visitor, host);
        await host.stop();
        await visitor.driver.reload();
        await visitor.says(
          '#message',
          'The digits could not be loaded: data/mnist-paper-labels-idx1-ubyte.gz was damaged on this device and has been ' +
            'dropped. Connect to the network, then try again.',
        );
        await visitor.says('.status button', 'Try again');
      }));
  });
});
