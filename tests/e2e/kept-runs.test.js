// Runs stay in a list, survive a reload, and are laid over each other.
import { expect, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

const small = { Layers: '16, 8', 'Steps K': '20' };

/** @param {Page} page */
const items = (page) => page.locator('.runs .run');

test('a run is kept, can be named, and is found again after a reload', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  await expect(items(page)).toHaveCount(1);
  await items(page).getByRole('button', { name: 'Name' }).click();
  await page.getByLabel('Name of the run').fill('My <b>first</b> run');
  await page.keyboard.press('Enter');
  await expect(items(page)).toContainText('My <b>first</b> run');
  const records = await lab.records();
  const fingerprint = (await page.locator('#fingerprint').textContent()) ?? '';

  await page.goto('./');
  await lab.open();
  await expect(items(page)).toContainText('My <b>first</b> run');
  await expect(items(page)).toContainText(fingerprint.slice(0, 8));
  await items(page).getByRole('button', { name: 'Open' }).click();
  await expect(lab.facts).toHaveText(/^Step 20 of 20/);
  expect(await lab.records()).toEqual(records);
  await expect(page.locator('#fingerprint')).toHaveText(fingerprint);
  await expect(lab.field('Layers')).toHaveValue('16, 8');
});

test('an opened run goes on from where it was', async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  await page.goto('./');
  await lab.open();
  await items(page).getByRole('button', { name: 'Open' }).click();
  await lab.set({ 'Steps K': '30' });
  await lab.run.click();
  await expect(lab.facts).toHaveText(/^Step 30 of 30/);
  const continued = await lab.records();
  await expect(items(page)).toHaveCount(2); // the shorter run stays as it was
  await lab.reset.click();
  await lab.runToEnd();
  expect(await lab.records()).toEqual(continued);
  await expect(items(page)).toHaveCount(2); // and the same run again is no third one
  await page.getByRole('button', { name: 'Open 16-8, K 20' }).click();
  await expect(lab.facts).toHaveText(/^Step 20 of 20/);
  await expect(lab.message).toHaveText('Finished.');
  expect(await lab.records()).toEqual(continued.slice(0, 20));
});

test('no run is laid over itself', async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  await lab.set({ 'Weight seed': '1' });
  await lab.runToEnd();
  await items(page).nth(1).getByLabel('overlay').check();
  await lab.set({ 'Weight seed': '42' });
  await lab.runToEnd();
  const others = await page.evaluate(() => /** @type {any} */ (globalThis).skaLab.lab.scene.value.others.length);
  expect(others).toBe(0);
  await expect(page.getByRole('checkbox', { name: /^Overlay/, checked: true })).toHaveCount(0);
});

test('one run is laid over another on every chart, or taken from it', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.set({ 'Steps K': '50' });
  await lab.runToEnd();
  const papers = await lab.records();
  await lab.set({ 'Steps K': '25', 'Learning rate η': '0.02' });
  await lab.runToEnd();
  const other = await lab.records();
  await items(page).nth(1).getByLabel('overlay').check();
  await page.getByRole('radio', { name: 'Lines' }).check();
  const sets = () =>
    page.evaluate(() =>
      /** @type {any} */ (globalThis).skaLab.charts.entropy.chart.data.datasets.map((/** @type {any} */ set) => ({
        label: set.label,
        length: set.data.length,
        last: set.data.at(-1),
      })),
    );
  await expect.poll(async () => (await sets()).length).toBe(8);
  const [, , , , over] = await sets();
  expect(over.label).toMatch(/^Layer 1, 256-128-64-10, K 50/);
  const entropyOf = (/** @type {number[]} */ record) => record[2 + 4]; // after the step, the total and four norms
  expect([over.length, over.last]).toEqual([49, { x: 49, y: entropyOf(papers[49]) }]);

  // Over t = η·k, entropies are divided by η.
  await page.getByRole('radio', { name: 'Time t = ηk' }).check();
  await expect.poll(async () => (await sets())[4].last.x).toBeCloseTo(0.49, 12);
  expect((await sets())[4].last.y).toBeCloseTo(entropyOf(papers[49]) / 0.01, 6);
  expect((await sets())[0].last).toEqual({ x: 0.48, y: entropyOf(other[24]) / 0.02 });

  // The difference at t = 0.48: step 24 here, step 48 there.
  await page.getByRole('radio', { name: 'Difference' }).check();
  await expect.poll(async () => (await sets()).length).toBe(4);
  const difference = entropyOf(other[24]) / 0.02 - entropyOf(papers[48]) / 0.01;
  expect((await sets())[0].last.y).toBeCloseTo(difference, 6);

  await page.getByRole('radio', { name: 'Heatmaps' }).check();
  const cells = () =>
    page.evaluate(() => {
      const { chart } = /** @type {any} */ (globalThis).skaLab.charts.entropy;
      return chart.data.datasets[0].data.filter((/** @type {any} */ cell) => cell.row === 0).at(-1)?.v ?? null;
    });
  await expect.poll(cells).toBeCloseTo(difference, 6);
});

test('runs can be deleted, for good', async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  await items(page)
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(items(page)).toHaveCount(0);
  await page.goto('./');
  await lab.open();
  await expect(page.getByText('Every finished run is kept here')).toBeVisible();
});

test('where the browser stores nothing the page says so, and works', async ({ lab, page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('Blocked.', 'SecurityError');
    };
  });
  await lab.open();
  await expect(page.locator('.notice')).toContainText('This browser does not let the page store runs');
  await lab.set(small);
  await lab.runToEnd();
  await expect(items(page)).toHaveCount(1);
});
