// Download sizes of the site stay within the budget.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { expect, refuseServiceWorkers, test } from './lab.js';
import { builtSite } from './plain-host.js';

/** In kB of 1000 bytes. Raising one needs a reason in the commit. */
const budget = { engine: 62, glue: 20, firstVisit: 480, site: 3000 };

/** @param {string} name name of a file of the site */
const gzipped = (name) => gzipSync(readFileSync(join(builtSite, name)), { level: 9 }).length / 1000;

/** @returns {string[]} names of all files of the site */
const allFiles = () =>
  readdirSync(builtSite, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(builtSite.length + 1));

test('the engine and its glue stay within their budget', () => {
  const size = (/** @type {RegExp} */ pattern) => gzipped(allFiles().find((name) => pattern.test(name)) ?? '');
  expect(size(/engine-\w+[/\\]ska\.wasm$/)).toBeLessThanOrEqual(budget.engine);
  expect(size(/engine-\w+[/\\]ska\.js$/)).toBeLessThanOrEqual(budget.glue);
});

test('the site without its data stays within its budget', () => {
  const files = allFiles().filter((name) => !/^data[/\\]/.test(name));
  const bytes = files.reduce((sum, name) => sum + statSync(join(builtSite, name)).size, 0);
  expect(files).toContain('index.html');
  expect(bytes / 1000).toBeLessThanOrEqual(budget.site);
});

test('a first visit stays within its budget', { tag: '@core' }, async ({ lab, page, baseURL }) => {
  /** @type {Set<string>} */
  const fetched = new Set();
  // Otherwise the service worker would fetch the whole site once the page is idle.
  await refuseServiceWorkers(page);
  page.on('response', (response) => {
    const url = response.url().split(/[?#]/)[0];
    if (baseURL && url.startsWith(baseURL)) fetched.add(url.slice(baseURL.length) || 'index.html');
  });
  await lab.open();
  await expect(lab.run).toBeEnabled();
  // The engine's files are fetched by workers; without them this test would measure nothing.
  expect([...fetched]).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/ska-threads\.wasm$/),
      expect.stringMatching(/^data\/mnist-paper-images/),
    ]),
  );
  const kilobytes = [...fetched].reduce((sum, name) => sum + gzipped(name), 0);
  expect(kilobytes).toBeLessThanOrEqual(budget.firstVisit);
  expect(kilobytes).toBeGreaterThan(budget.firstVisit / 2);
});
