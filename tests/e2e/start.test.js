// If the page cannot start, its HTML explains why; otherwise it starts.
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { oldestBrowsers } from '../../tools/setup/browsers.mjs';
import { expect, refuseServiceWorkers, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {import('@playwright/test').Page | import('@playwright/test').Frame} page */
const status = (page) => page.locator('#start-status');

/** Removes everything newer than ES2022, and newer browser APIs. Runs before any script of the page. */
const withoutNewFeatures = `
  for (const name of ['toReversed', 'toSorted', 'toSpliced', 'with']) {
    for (const type of [Array, Object.getPrototypeOf(Int8Array)]) delete type.prototype[name];
  }
  for (const name of ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'])
    delete Set.prototype[name];
  for (const name of ['isWellFormed', 'toWellFormed']) delete String.prototype[name];
  for (const name of ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find'])
    if (globalThis.Iterator) delete Iterator.prototype[name];
  for (const name of ['getOrInsert', 'getOrInsertComputed']) delete Map.prototype[name];
  for (const name of ['transfer', 'transferToFixedLength', 'resize']) delete ArrayBuffer.prototype[name];
  delete Array.fromAsync;
  delete Object.groupBy;
  delete Map.groupBy;
  delete Promise.withResolvers;
  delete Promise.try;
  delete RegExp.escape;
  delete Error.isError;
  delete Math.sumPrecise;
  if (globalThis.AbortSignal) { delete AbortSignal.any; delete AbortSignal.timeout; }
  if (globalThis.URL) { delete URL.canParse; delete URL.parse; }
  if (globalThis.Element) { delete Element.prototype.checkVisibility; delete Document.prototype.startViewTransition; }
  delete globalThis.scheduler;
`;

test('the browsers that are promised are the same in the page, its script, the engine and the build’s target', () => {
  const said = oldestBrowsers
    .filter((name) => !name.startsWith('edge'))
    .map((name) =>
      name.replace('chrome', 'Chrome or Edge ').replace('firefox', 'Firefox ').replace('safari', 'Safari '),
    );
  for (const file of ['web/index.html', 'public/start.js', 'web/engine/modules.js', 'README.md']) {
    const text = readFileSync(root + file, 'utf8')
      .replaceAll(/'\s*\+\s*'/g, '')
      .replaceAll(/\s+/g, ' ');
    expect(text, file).toContain(`${said.join(', ')}, or newer`);
  }
});

test('the page works in a browser that has nothing newer than ES2022', async ({ lab, page }) => {
  await refuseServiceWorkers(page);
  await page.addInitScript(withoutNewFeatures);
  for (const script of ['**/assets/worker-*.js', '**/assets/viewer-worker-*.js', '**/assets/engine-*/*.mjs']) {
    await page.route(script, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${withoutNewFeatures}\n${await response.text()}` });
    });
  }
  await lab.open();
  await expect(page.locator('#start')).toHaveCount(0);
  await lab.set({ Layers: '12, 6', 'Steps K': '6' });
  await page.getByLabel('Neurons of layer 1').fill('8');
  await page.getByRole('button', { name: 'Add a layer' }).click();
  await page.getByRole('button', { name: 'Remove layer 3' }).click();
  await expect(lab.field('Layers')).toHaveValue('8, 6');
  await lab.runToEnd();
  for (const form of ['Heatmaps', 'Lines', 'As in the papers']) await page.getByRole('radio', { name: form }).check();
  await page.locator('#gallery > summary').click();
  await page.locator('.inside summary').click();
  await expect(page.getByText('At step 5: Z and D as seen there')).toBeVisible();
  await page.getByText('The Lagrangian in space').click();
  await expect(page.locator('[data-chart="space"] canvas').first()).toBeVisible();
  await page.evaluate(
    () => (location.hash = '#v=1&experiment=time-invariance&pairs=0.02x4,0.01x8&layers=8-4&samples=2'),
  );
  await page.getByRole('button', { name: /^Run all/ }).click();
  await expect(page.locator('.progress [role=status]')).toHaveText('2 of 2 runs finished.');
});

test('without WebAssembly it says so', async ({ page, complaints }) => {
  await page.addInitScript(() => delete (/** @type {any} */ (globalThis).WebAssembly));
  await page.goto('./');
  await expect(status(page)).toHaveText(/^This browser has no WebAssembly, or it is switched off/);
  await expect(page.getByRole('heading', { name: 'SKA Lab' })).toBeVisible();
  complaints.length = 0;
});

test('a browser that is too old is told which are not', async ({ page, complaints }) => {
  await page.addInitScript(() => delete (/** @type {any} */ (Object).hasOwn));
  await page.goto('./');
  await expect(status(page)).toHaveText(/too old .* Chrome or Edge 98, Firefox 114, Safari 16\.4, or newer\.$/);
  complaints.length = 0;
});

test('a script that comes with the wrong type is named', async ({ page, complaints }) => {
  await page.route('**/assets/index-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'text/plain' } });
  });
  await page.goto('./');
  await expect(status(page)).toHaveText(
    /did not arrive, or its host does not serve it as JavaScript: .*assets\/index-/,
  );
  complaints.length = 0;
});

test('a script that is not there is named', async ({ page, complaints }) => {
  await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('./');
  await expect(status(page)).toHaveText(/did not arrive/);
  complaints.length = 0;
});

test('a script that throws as it starts is told of', async ({ page, complaints }) => {
  await page.route('**/assets/index-*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("It broke")' }),
  );
  await page.goto('./');
  await expect(status(page)).toHaveText('The page could not start: It broke.');
  complaints.length = 0;
});

test('where no script runs at all, the page’s own text says what it needs', async ({ page, complaints }) => {
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' };
    await route.fulfill({ response, headers });
  });
  await page.goto('./');
  const needs = page.getByText(/Nothing has started yet\. The page needs Chrome/);
  await expect(needs).toBeHidden();
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish())); // skips ten seconds
  await expect(needs).toBeVisible();
  complaints.length = 0;
});

test('without JavaScript it says so, and nothing of loading', async ({ page, baseURL }) => {
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: false });
  const other = await /** @type {import('@playwright/test').BrowserContext} */ (context).newPage();
  await other.goto(/** @type {string} */ (baseURL));
  await expect(other.locator('noscript p')).toBeVisible();
  await expect(status(other)).toBeHidden();
  await context?.close();
});

test('opened as a file it says that it needs a web server', async ({ page, complaints }) => {
  await page.goto(pathToFileURL(`${root}dist/index.html`).href);
  await expect(status(page)).toHaveText(/^Browsers do not start this page from a file\./);
  complaints.length = 0;
});

/** Element that explains the problem, by the iframe's sandbox attribute. */
const sandboxes = {
  'allow-scripts': ['#start-status', /without “allow-same-origin”/],
  '': ['noscript p', /needs JavaScript/],
};

for (const [sandbox, [selector, words]] of Object.entries(sandboxes)) {
  test(`embedded with sandbox="${sandbox}" it says what rules it out`, async ({ page, baseURL, complaints }) => {
    await page.route('**/frame.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe sandbox="${sandbox}" src="./?embed=1&chart=entropy" width="600" height="500"></iframe>`,
      }),
    );
    await page.goto(`${baseURL}frame.html`);
    const said = page.frameLocator('iframe').locator(/** @type {string} */ (selector));
    await expect(said).toHaveText(words);
    await expect(said).toBeVisible();
    complaints.length = 0;
  });
}

test('embedded in a sandbox that keeps the page’s origin, it runs', async ({ page, baseURL }) => {
  await page.route('**/frame.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' },
      body: '<iframe sandbox="allow-scripts allow-same-origin" src="./?embed=1&chart=entropy#v=1&layers=8-4&steps=5"></iframe>',
    }),
  );
  await page.goto(`${baseURL}frame.html`);
  await expect(page.frameLocator('iframe').locator('#message')).toHaveText('Finished.');
});

test('on a host that requires trusted types it runs', async ({ lab, page }) => {
  await refuseServiceWorkers(page);
  await page.route(/\/(ska\/(#.*)?|.*\.m?js)$/, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "require-trusted-types-for 'script'" };
    await route.fulfill({ response, headers });
  });
  await lab.open();
  await lab.set({ Layers: '12, 6', 'Steps K': '6' });
  await lab.runToEnd();
  await page.locator('.inside summary').click();
  await expect(page.getByText('At step 5: Z and D as seen there')).toBeVisible();
});

test('on a host whose headers forbid `eval` everywhere it runs', async ({ lab, page }) => {
  await refuseServiceWorkers(page);
  await page.route(/\/(ska\/(#.*)?|.*\.m?js)$/, async (route) => {
    const response = await route.fetch();
    const policy = "script-src 'self' 'wasm-unsafe-eval'";
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  await lab.open();
  await lab.set({ Layers: '12, 6', 'Steps K': '6' });
  await lab.runToEnd();
});

test('on a host that allows no policy of trusted types it says what refused', async ({ page, complaints }) => {
  await refuseServiceWorkers(page);
  await page.route(/\/ska\/$/, async (route) => {
    const response = await route.fetch();
    const policy = "require-trusted-types-for 'script'; trusted-types 'none'";
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  await page.goto('./');
  await expect(status(page)).toHaveText(/^The page could not start: .*Trusted/);
  complaints.length = 0;
});
