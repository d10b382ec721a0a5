// Choice of the engine build, bitwise equal results everywhere, and the texts about it.
import { exactRuns, papersRun, pixelsOf } from '../golden/exact-runs.js';
import { goldenDefault, layerQuantities, tolerance } from '../golden/golden.js';
import { StepRecord } from '../../web/model/record.js';
import { cores, expect, isIsolated, refuseServiceWorkers, test, threads } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * All fingerprints as the page's engine computes them, with a build for this number of threads.
 * @param {Page} page
 * @param {number} threadCount
 */
function fingerprintsOf(page, threadCount) {
  // Pixels are passed as text: Playwright serializes numbers one by one, which takes longer than the runs.
  const runs = exactRuns().map((run) => ({
    config: run.config,
    samples: run.samples,
    pixels: Buffer.from(pixelsOf(run)).toString('base64'),
  }));
  return page.evaluate(
    async ({ runs, threadCount }) => {
      const { client } = /** @type {any} */ (globalThis).skaLab;
      await client.use({ name: threadCount > 1 ? 'ska-threads' : 'ska', threads: threadCount, why: '' });
      const fingerprints = [];
      for (const { config, samples, pixels } of runs) {
        const bytes = Uint8Array.from(atob(pixels), (letter) => letter.charCodeAt(0));
        await client.create(config, { pixels: bytes, samples });
        fingerprints.push((await client.advance()).fingerprint);
      }
      return fingerprints;
    },
    { runs, threadCount },
  );
}

for (const threadCount of [1, 2, 3, 8]) {
  test(`the browser gives every run the same fingerprint as other hosts, threads: ${threadCount}`, async ({
    lab,
    page,
  }) => {
    test.slow();
    await lab.open();
    expect(await fingerprintsOf(page, threadCount)).toEqual(exactRuns().map(({ fingerprint }) => fingerprint));
  });
}

test(
  'a finished run shows its fingerprint, and only then, and the charts stay where they are',
  { tag: '@core' },
  async ({ lab, page }) => {
    await lab.open();
    const fingerprint = page.locator('#fingerprint');
    await expect(fingerprint).toBeHidden();
    await expect(page.locator('#engine-title')).toBeVisible();
    const chart = await page.locator('#entropy').boundingBox();
    await lab.runToEnd();
    await expect(fingerprint).toHaveText(papersRun().fingerprint);
    expect(await page.locator('#entropy').boundingBox()).toEqual(chart);
    await lab.reset.click();
    await expect(fingerprint).toBeHidden();
  },
);

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
  await expect(page.locator('#proof-title')).toHaveText(/^No fingerprint: the fast engine’s last bits may differ/);
  await expect(page.locator('#fingerprint')).toBeHidden();
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
  expect(exactly).toBeLessThan(100); // zeros of the first records only; equal records would be the golden ones

  await page.getByLabel('Fast engine').uncheck();
  await expect(page.getByText('The charts still show the run before')).toBeVisible();
  await lab.runToEnd();
  await expect(page.locator('#fingerprint')).toHaveText(papersRun().fingerprint);
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

/**
 * The engine files that the page requests from now on. Its service worker would cache all of them.
 * @param {Page} page
 */
function engineFiles(page) {
  /** @type {Set<string>} */
  const names = new Set();
  page.context().on('request', (request) => {
    const name = /\/(ska[\w-]*\.(js|wasm))$/.exec(request.url())?.[1];
    if (name && !request.serviceWorker()) names.add(name);
  });
  return () => [...names].sort();
}

test('only the builds that are needed are fetched', async ({ lab, page }) => {
  const fetched = engineFiles(page);
  await lab.open();
  const judge = ['ska.js', 'ska.wasm'];
  const exact = cores > 1 ? [...judge, 'ska-threads.js', 'ska-threads.wasm'] : judge;
  await expect.poll(fetched).toEqual([...exact].sort());
  await page.getByLabel('Fast engine').check();
  expect(fetched()).toHaveLength(exact.length); // only when a run needs it
  await lab.runToEnd();
  const fast = cores > 1 ? 'ska-fast-threads' : 'ska-fast';
  expect(fetched()).toEqual([...exact, `${fast}.js`, `${fast}.wasm`].sort());
});

test('engines that were given up leave no workers behind', async ({ lab, page }) => {
  await lab.open();
  const count = () => page.workers().length;
  const all = 2 + (cores - 1); // the engine, the settings validator, and the engine's other threads
  await expect.poll(count).toBe(all);
  await page.evaluate(async () => {
    const { client } = /** @type {any} */ (globalThis).skaLab;
    for (let i = 0; i < 5; ++i) {
      client.restart();
      await client.about;
    }
  });
  await expect.poll(count).toBe(all);
  await page.getByLabel('Fast engine').check();
  await lab.runToEnd();
  await expect.poll(count).toBe(all);
});

test('an engine that could not be loaded is told of, and tried again with the next run', async ({
  lab,
  page,
  complaints,
}) => {
  await refuseServiceWorkers(page);
  await lab.open();
  await page.route('**/ska-fast*', (route) => route.abort());
  await page.getByLabel('Fast engine').check();
  await lab.run.click();
  await expect(lab.message).toHaveText(/^The engine could not be started/);
  await expect(page.locator('#engine-title')).toBeHidden();
  complaints.length = 0;
  await page.unroute('**/ska-fast*');
  await lab.runToEnd();
  await expect(page.locator('#engine-title')).toHaveText(`Fast engine · ${threads}`);
});

test('where threads should work and do not, one computes', async ({ lab, page, complaints }) => {
  test.skip(cores === 1, 'there is one thread anyway');
  await page.route('**/ska-threads.wasm', (route) => route.abort());
  await lab.open();
  await expect(page.locator('#engine-title')).toHaveText('Exact engine · 1 thread');
  await expect(page.locator('#engine-detail')).toHaveText(/because more of them could not be started here\.$/);
  complaints.length = 0;
  await lab.runToEnd();
  await expect(page.locator('#fingerprint')).toHaveText(papersRun().fingerprint);
});

test('a browser without WebAssembly SIMD is told what it lacks, and fetches no engine', async ({ lab, page }) => {
  const fetched = engineFiles(page);
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await lab.open();
  await expect(lab.message).toHaveText(
    /^This browser cannot run the engine: it lacks WebAssembly SIMD. The page needs Chrome or Edge 98,/,
  );
  await expect(lab.run).toBeDisabled();
  await expect(page.locator('#engine-title')).toBeHidden();
  expect(fetched()).toEqual([]);
});

test('a browser without relaxed SIMD and without threads has no fast engine and one thread, and says why', async ({
  lab,
  page,
}) => {
  await page.addInitScript(() => {
    // On the page, which selects the build. The instructions of the probe module identify its feature: 253, 98 is plain
    // SIMD.
    const { validate } = WebAssembly;
    WebAssembly.validate = (bytes) => String(bytes).includes('253,98,') && validate(bytes);
  });
  await lab.open();
  await expect(page.getByLabel('Fast engine')).toBeDisabled();
  await expect(page.locator('#fast-help')).toHaveText(/^Not here: this browser lacks relaxed WebAssembly SIMD/);
  await expect(page.locator('#engine-title')).toHaveText('Exact engine · 1 thread');
  await expect(page.locator('#engine-detail')).toHaveText(/because this browser has no WebAssembly threads\.$/);
});
