import { readFileSync } from 'node:fs';

import { unzipSync, strFromU8 } from 'fflate';

import { busyEngines, expect, test, untilStill } from './lab.js';

const golden = JSON.parse(readFileSync(new URL('../golden/experiments.json', import.meta.url), 'utf8'));

/**
 * Opens an experiment by its address, as a link does, and waits for its runs.
 * @param {import('@playwright/test').Page} page
 * @param {string} hash
 */
async function openAndRun(page, hash) {
  await page.goto(`./${hash}`);
  await expect(page.locator('.progress [role=status]')).toHaveText(/^(\d+) of \1 runs finished\.$/, {
    timeout: 50_000,
  });
}

/**
 * The runs recorded by the page.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<{ key: string, fingerprint: string, entropy: number[][] }[]>}
 */
const recorded = (page) =>
  page.evaluate(() => {
    const { conductor } = /** @type {any} */ (globalThis).skaExperiments;
    return conductor.parts.map((/** @type {any} */ { run, recording }) => ({
      key: run.key,
      fingerprint: recording.fingerprint,
      entropy: Array.from({ length: recording.layers }, (_, layer) => [...recording.series('entropy', layer)]),
    }));
  });

/**
 * Tolerance of spec.md: 1e-5 of a curve's largest magnitude, which is that of its minimum.
 * @param {number[][]} entropy
 * @param {any} wanted
 */
function expectGolden(entropy, wanted) {
  entropy.forEach((series, layer) => {
    const least = Math.min(...series);
    const allowed = 1e-5 * Math.abs(wanted.entropy_min[layer]);
    expect(Math.abs(least - wanted.entropy_min[layer])).toBeLessThanOrEqual(allowed);
    expect(series.indexOf(least) + 1).toBe(wanted.entropy_min_step[layer]);
    expect(Math.abs(series[series.length - 1] - wanted.entropy_last[layer])).toBeLessThanOrEqual(allowed);
  });
}

test('the list asks every question, and leads to the experiment and back to the lab', async ({ lab, page }) => {
  await lab.open();
  await page.getByRole('link', { name: 'Experiments' }).click();
  await expect(page.getByRole('heading', { name: 'Experiments' })).toBeVisible();
  await page.getByRole('link', { name: /^Time invariance/ }).click();
  await expect(page.getByRole('heading', { name: 'Time invariance' })).toBeVisible();
  await expect(page.locator('.progress [role=status]')).toHaveText('0 of 6 runs finished.'); // nothing starts by itself
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Experiments' })).toBeVisible();
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await expect(lab.run).toBeVisible();
  await lab.runToEnd();
  await expect(lab.message).toHaveText('Finished.');
});

test('time invariance: a link runs the six pairs, and the page has the golden numbers', async ({ page }) => {
  await openAndRun(page, '#v=1&experiment=time-invariance');
  const runs = await recorded(page);
  expect(runs).toHaveLength(6);
  for (const { key, entropy } of runs) {
    const [, rate, steps] = /** @type {string[]} */ (key.match(/^eta-(.+)-steps-(\d+)$/));
    expectGolden(entropy, golden[`time_invariance lr=${rate} steps=${steps}`]);
  }
  // The page shows them: the second run is the papers' default run, and its first minimum is at step 29.
  const row = page.locator('[data-table=minima] tbody tr').nth(1);
  await expect(row.locator('th')).toHaveText('η 0.01, K 50');
  await expect(row.locator('td').nth(1)).toHaveText('29');
  await expect(page.locator('.finding.holds')).toHaveCount(8);
  await expect(page.locator('.finding.fails')).toHaveCount(0);
});

test('gradient term: with and without ΔD, the page has the golden numbers', { tag: '@core' }, async ({ page }) => {
  await openAndRun(page, '#v=1&experiment=gradient-term');
  const runs = await recorded(page);
  const found = await page.evaluate(() =>
    /** @type {any} */ (globalThis).skaExperiments.conductor.parts.map(
      (/** @type {any} */ { run }) => run.settings.config.shift_term,
    ),
  );
  expect([...found].sort()).toEqual([false, true]);
  runs.forEach(({ entropy }, i) => expectGolden(entropy, found[i] ? golden.default : golden.no_shift_term));
});

test('per class: ten networks, and the page has the golden numbers', async ({ page }) => {
  await openAndRun(page, '#v=1&experiment=per-class');
  const runs = await recorded(page);
  const digits = await page.evaluate(() =>
    /** @type {any} */ (globalThis).skaExperiments.conductor.parts.map(
      (/** @type {any} */ { run }) => run.settings.data.classes[0],
    ),
  );
  expect([...digits].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  runs.forEach(({ entropy }, i) => expectGolden(entropy, golden[`digit ${digits[i]}`]));
});

test('runs are paused, go on, and are cancelled without a worker left behind', async ({ page }) => {
  await page.goto('./#experiments');
  await page.getByRole('link', { name: /^Time invariance/ }).click();
  // Workers of engines. Threads are workers too, but start at unpredictable times.
  const workers = () => page.workers().filter((worker) => /\/worker-[^/]+$/.test(worker.url())).length;
  await expect(page.getByRole('button', { name: /^Run all/ })).toBeEnabled();
  const ofTheLab = 2; // one computes, one validates settings
  await expect.poll(workers).toBe(ofTheLab);
  const advancing = await busyEngines(page);
  await page.getByRole('button', { name: /^Run all/ }).click();
  const progress = page.locator('.progress progress');
  await expect.poll(() => progress.getAttribute('value').then(Number)).toBeGreaterThan(0.02);
  expect(workers()).toBeGreaterThan(ofTheLab);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('.progress [role=status]')).toHaveText(/^Paused\./);
  await expect.poll(advancing).toBe(0); // current steps are done, and no engine was requested to advance
  const share = () => page.evaluate(() => /** @type {any} */ (globalThis).skaExperiments.conductor.share);
  const held = await share();
  await expect.poll(() => progress.getAttribute('value').then(Number)).toBe(held);
  await untilStill(page);
  expect(await share()).toBe(held);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => progress.getAttribute('value').then(Number)).toBeGreaterThan(held);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(workers).toBe(ofTheLab);
  await expect(page.getByRole('button', { name: /^Run all/ })).toBeEnabled();
});

test('runs go on while the reader looks elsewhere, or stop there, as was chosen', async ({ page }) => {
  const phase = () => page.evaluate(() => /** @type {any} */ (globalThis).skaExperiments.conductor.phase);
  for (const stays of [true, false]) {
    await page.goto('./#experiments');
    await page.getByRole('link', { name: /^Time invariance/ }).click();
    await page.getByRole('checkbox', { name: 'Keep running when I look elsewhere' }).setChecked(stays);
    await page.getByRole('button', { name: /^Run all/ }).click();
    await expect.poll(phase).toBe('running');
    await page.getByRole('link', { name: 'All experiments' }).click();
    await expect.poll(phase).toBe(stays ? 'running' : 'idle');
    await page.reload();
  }
});

test('a run that fails is shown with its reason, and the others stand', async ({ page }) => {
  // With this learning rate the numbers overflow.
  await page.goto('./#v=1&experiment=time-invariance&pairs=1e38x40,0.01x5&layers=8-4');
  await expect(page.locator('.progress [role=status]')).toHaveText(/1 of 2 runs finished, 1 failed\./, {
    timeout: 50_000,
  });
  await expect(page.locator('.progress .error')).toHaveText(/^η 1e\+?38, K 40 failed: .*finite/);
});

test('controls that make no sense say what is allowed, and links too', async ({ page }) => {
  await page.goto('./#v=1&experiment=time-invariance&seed=<b>&shoe=3');
  await expect(page.locator('.notice p')).toContainText('Weight seed must be a whole number');
  await expect(page.locator('.notice p')).toContainText('no control “shoe”');
  await expect(page.getByRole('textbox', { name: 'Weight seed' })).toHaveValue('42');
  await page.getByRole('textbox', { name: 'Layers' }).fill('10-x');
  await expect(page.locator('#control-layers-error')).toContainText('such as 256-128-64-10');
  await page.goto('./#v=1&experiment=nothing');
  await expect(page.locator('.notice p')).toContainText('There is no experiment “nothing”');
  await expect(page.getByRole('heading', { name: 'Experiments' })).toBeVisible();
});

test('the address holds the controls, and everything goes out in one zip', async ({ page }) => {
  await openAndRun(page, '#v=1&experiment=time-invariance&pairs=0.02x5,0.01x10&layers=10');
  await page.getByRole('textbox', { name: 'Weight seed' }).fill('7');
  await expect.poll(() => new URL(page.url()).hash).toContain('seed=7');
  await page.getByRole('button', { name: /^Run all/ }).click();
  await expect(page.locator('.progress [role=status]')).toHaveText('2 of 2 runs finished.');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Take all along' }).click(),
  ]);
  const files = unzipSync(readFileSync(await download.path()));
  expect(JSON.parse(strFromU8(files['experiment.json']))).toMatchObject({
    experiment: 'time-invariance',
    controls: { pairs: '0.02x5,0.01x10', layers: '10', seed: '7' },
  });
  expect(strFromU8(files['runs/eta-0.01-steps-10/entropy_history.csv'])).toMatch(/^,K=1,K=2/);
  expect(Object.keys(files)).toContain('tables/minima.csv');
});

test('a figure goes out as picture, drawing and numbers', async ({ page }) => {
  await openAndRun(page, '#v=1&experiment=time-invariance&pairs=0.02x5,0.01x10&layers=10');
  const figure = page.locator('[data-figure=entropy-over-rate-layer-1]');
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('canvas')).toHaveAttribute('data-drawn', /\d/);
  for (const [item, start] of /** @type {const} */ ([
    ['PNG picture', '\x89PNG'],
    ['SVG drawing', '<svg'],
    ['CSV numbers', 'Curve,'],
  ])) {
    await figure.locator('summary').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      figure.getByRole('button', { name: item }).click(),
    ]);
    expect(readFileSync(await download.path(), 'latin1').slice(0, 200)).toContain(start);
  }
});

test('a link’s fault stays told while its runs are made; and they are given up in the lab where that is wished', async ({
  lab,
  page,
}) => {
  await page.goto('./#v=1&experiment=time-invariance&pairs=0.0001x5000,0.00005x10000&seed=x');
  await expect(page.getByText('Weight seed must be a whole number')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByLabel('Keep running when I look elsewhere').uncheck();
  await page.getByRole('link', { name: 'Lab', exact: true }).click();
  await expect(lab.run).toBeVisible();
  const state = () =>
    page.evaluate(() => {
      const { phase, engines } = /** @type {any} */ (globalThis).skaExperiments.conductor;
      return { phase, engines };
    });
  await expect.poll(state).toEqual({ phase: 'idle', engines: 0 });
  await page.goBack();
  await expect(page.getByText(/^What is left is about as much work as 300 of the lab’s default runs\.$/)).toBeVisible();
});
