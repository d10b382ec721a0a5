// Error messages and retries when the host sends files damaged, truncated, or not at all.
import { readFileSync } from 'node:fs';

import { papersRun } from '../golden/exact-runs.js';
import { expect, refuseServiceWorkers, test } from './lab.js';
import { builtSite, onPlainHost } from './plain-host.js';

/** @typedef {import('@playwright/test').Page} Page */

const labels = 'data/mnist-paper-labels-idx1-ubyte.gz';
const wholeLabels = 'data/t10k-labels-idx1-ubyte.gz';

/** Names of files that the page requests, as patterns that match any build. */
const workerScript = /^assets\/worker-.*\.js$/;

/** A clock for workers that a test can advance; Playwright's clock does not reach workers. */
const workerClock = `{
  const [now, set, clear] = [performance.now.bind(performance), setTimeout, clearTimeout];
  const timers = new Map();
  let skipped = 0;
  performance.now = () => now() + skipped;
  self.setTimeout = (act, delay = 0, ...given) => {
    const fire = () => {
      timers.delete(id);
      act(...given);
    };
    const id = set(fire, delay);
    timers.set(id, { fire, due: performance.now() + delay });
    return id;
  };
  self.clearTimeout = (id) => {
    timers.delete(id);
    clear(id);
  };
  self.fastForward = (milliseconds) => {
    skipped += milliseconds;
    for (const [id, { fire, due }] of [...timers]) {
      if (due > performance.now() || !timers.has(id)) continue;
      clear(id);
      fire();
    }
  };
}`;

/**
 * Advances the clocks of the page and its workers by 5 s at a time until `wait` passes.
 * @param {Page} page
 * @param {() => Promise<void>} wait
 */
async function inTime(page, wait) {
  await expect(async () => {
    await page.clock.fastForward(5000);
    for (const worker of page.workers()) {
      // Not awaited: a worker whose script never arrives never answers, and one that has ended rejects.
      worker.evaluate(() => /** @type {any} */ (globalThis).fastForward?.(5000)).catch(() => {});
    }
    await wait();
  }).toPass({ intervals: [100] });
}

/** The page's Try again button. @param {Page} page */
const tryAgain = (page) => page.getByRole('button', { name: 'Try again' });

test.beforeEach(async ({ page }) => {
  await refuseServiceWorkers(page);
  await page.clock.install();
  await page.route('**/assets/worker-*.js*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${workerClock}\n${await response.text()}` });
  });
});

for (const [what, spoil, sentence] of /** @type {const} */ ([
  [
    'cut off on its way',
    (/** @type {import('./plain-host.js').PlainHost} */ host) => (host.cutOff = { [labels]: 20 }),
    'broke off.',
  ],
  [
    'never answered',
    (/** @type {import('./plain-host.js').PlainHost} */ host) => (host.unfinished = { [labels]: 0 }),
    'stopped arriving: nothing came for 20 seconds.',
  ],
  [
    'never ended',
    (/** @type {import('./plain-host.js').PlainHost} */ host) => (host.unfinished = { [labels]: 20 }),
    'stopped arriving: nothing came for 20 seconds.',
  ],
])) {
  test(`digits whose file is ${what} are named, and loaded when tried again`, async ({ page, lab, complaints }) => {
    await onPlainHost(async (url, host) => {
      spoil(host);
      await page.goto(url);
      await inTime(page, () =>
        expect(lab.message).toHaveText(`The digits could not be loaded: ${labels} ${sentence}`, { timeout: 100 }),
      );
      await expect(lab.run).toBeDisabled();
      expect(host.asked.filter((name) => name === labels)).toHaveLength(2);
      Object.assign(host, { cutOff: {}, unfinished: {} });
      await tryAgain(page).click();
      await lab.runToEnd();
      await expect(page.locator('#fingerprint')).toHaveText(papersRun().fingerprint);
      await expect(tryAgain(page)).toHaveCount(0);
    });
    complaints.length = 0;
  });
}

test('a truncated file, whole as far as the host says, is damaged', async ({ page, lab }) => {
  const truncated = readFileSync(`${builtSite}/${labels}`).subarray(0, 20);
  await onPlainHost(
    async (url) => {
      await page.goto(url);
      await inTime(page, () =>
        expect(lab.message).toHaveText(
          `The digits could not be loaded: ${labels} is damaged: it is not the file it should be.`,
          { timeout: 100 },
        ),
      );
      await expect(tryAgain(page)).toBeVisible();
    },
    { [labels]: truncated },
  );
});

for (const [what, pattern, name] of /** @type {const} */ ([
  ['the worker’s script', workerScript, /^The engine could not be started|worker-.*\.js did not arrive/],
  ['the engine’s script', /ska(-threads)?\.js$/, /^The engine could not be started \(ska\.js did not arrive\./],
  ['the engine', /ska(-threads)?\.wasm$/, /^The engine could not be started \(ska\.wasm stopped arriving/],
])) {
  test(`where ${what} never arrives the page says so, and starts when it is tried again`, async ({ page, lab }) => {
    await onPlainHost(async (url, host) => {
      const answering = /** @type {string[]} */ ([]);
      let isSpoilt = true;
      await page.route(
        (address) => pattern.test(address.pathname.replace('/people/ada/', '')),
        async (route) => {
          answering.push(route.request().url());
          if (!isSpoilt) await route.fallback();
        },
      );
      await page.goto(url);
      await inTime(page, () => expect(lab.message).toHaveText(name, { timeout: 100 }));
      expect(answering.length).toBeGreaterThan(0);
      expect(host.asked).toContain(labels);
      isSpoilt = false;
      await tryAgain(page).click();
      await expect(page.locator('#layers-error')).toHaveText('');
      await lab.runToEnd();
    });
  });
}

test('the experiments’ script that cannot be had is told of where they would be, and loaded again', async ({
  page,
  complaints,
}) => {
  await onPlainHost(async (url) => {
    let isSpoilt = true;
    await page.route('**/assets/experiments-part-*.js', (route) => (isSpoilt ? route.abort() : route.continue()));
    await page.goto(`${url}#experiments`);
    await expect(
      page.getByText('The experiments could not be fetched: experiments-part.js did not arrive.'),
    ).toBeVisible();
    isSpoilt = false;
    await tryAgain(page).click();
    await expect(page.getByRole('heading', { name: 'Experiments' })).toBeVisible();
  });
  complaints.length = 0;
});

test('samples that could not be fetched are tried again in the gallery', async ({ page, lab, complaints }) => {
  await onPlainHost(async (url, host) => {
    await lab.open(url);
    host.cutOff = { [wholeLabels]: 20 };
    await page.getByText('Samples', { exact: true }).click();
    await page.getByLabel('Data set').selectOption('mnist-test');
    await page.getByRole('button', { name: 'All samples in use' }).click();
    await expect(page.getByText(`The digits could not be loaded: ${wholeLabels} broke off.`)).toBeVisible();
    host.cutOff = {};
    await tryAgain(page).click();
    await expect(page.getByRole('listbox', { name: 'Samples by class' })).toBeVisible();
  });
  complaints.length = 0;
});
