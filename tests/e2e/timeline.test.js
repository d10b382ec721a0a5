// The timeline: one step cursor for all charts, by mouse, keys and replay, during and after a run.
import { expect, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page */
const step = (page) => page.evaluate(() => /** @type {any} */ (globalThis).skaLab.lab.step.value);

/** @param {Page} page @param {string} chart */
const readout = (page, chart) => page.locator(`[data-chart="${chart}"] .readout`);

test(
  'dragging the timeline moves the cursor, and all charts read their values there',
  { tag: '@core' },
  async ({ lab, page }) => {
    await lab.open();
    await lab.runToEnd();
    await page.locator('#timeline').fill('16');
    await expect(readout(page, 'entropy')).toHaveText(/^Step 16.*Layer 2 −8\u202f234\.07/);
    await expect(readout(page, 'outputs')).toHaveText(/^Step 16Neuron 0 0\.\d+/);
    await expect(page.locator('output.where')).toHaveText('Step 16, t = 0.16');
    const line = page.locator('[data-chart="entropy"] .marks line');
    const before = Number(await line.getAttribute('x1'));
    await page.locator('#timeline').fill('30');
    await expect.poll(async () => Number(await line.getAttribute('x1'))).toBeGreaterThan(before + 50);

    // The line is where the chart has the step.
    const expected = await page.evaluate(() =>
      /** @type {any} */ (globalThis).skaLab.charts.entropy.chart.scales.x.getPixelForValue(30),
    );
    expect(Number(await line.getAttribute('x1'))).toBeCloseTo(expected, 3);
  },
);

test('pointing into a chart moves the cursor too', async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  const x = (/** @type {number} */ k) =>
    page.evaluate((k) => /** @type {any} */ (globalThis).skaLab.charts.cosine.chart.scales.x.getPixelForValue(k), k);
  await page.locator('#cosine').click({ position: { x: await x(12), y: 120 } });
  expect(await step(page)).toBe(12);
  const box = await page.locator('#cosine').boundingBox();
  if (!box) throw new Error('The chart is not there.');
  await page.mouse.move(box.x + (await x(12)), box.y + 120);
  await page.mouse.down();
  await page.mouse.move(box.x + (await x(20)), box.y + 110, { steps: 4 });
  await page.mouse.up();
  expect(await step(page)).toBe(20);
});

test('the arrow keys move it by one or ten, Home and End to the ends', async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  await page.locator('body').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  expect(await step(page)).toBe(11);
  await page.keyboard.press('ArrowLeft');
  expect(await step(page)).toBe(10);
  await page.keyboard.press('End');
  expect(await step(page)).toBe(49);
  await expect(page.getByRole('button', { name: 'Follow the run' })).toBeHidden();
});

test('the cursor stays where it is while the run goes on, and follows again when asked', async ({ lab, page }) => {
  await lab.open();
  await page.getByLabel('Speed').selectOption('25');
  await lab.run.click();
  await lab.recorded(12);
  await page.locator('#timeline').fill('5');
  await lab.recorded(20);
  expect(await step(page)).toBe(5);
  await page.getByRole('button', { name: 'Follow the run' }).click();
  await expect.poll(() => step(page)).toBeGreaterThan(18);
  await page.getByLabel('Speed').selectOption('0');
  await expect(lab.message).toHaveText('Finished.');
  expect(await step(page)).toBe(49);
});

test('a replay goes through what is recorded and stops at its end', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '12, 4', 'Steps K': '12' });
  await lab.runToEnd();
  await page.getByRole('button', { name: 'Replay what is recorded' }).click();
  await expect(page.getByRole('button', { name: 'Stop the replay' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Replay what is recorded' })).toBeVisible();
  expect(await step(page)).toBe(11);
});

test('a run keeps to the speed that is chosen, and to another one when that is changed', async ({ lab, page }) => {
  await lab.open();
  await page.getByLabel('Speed').selectOption('5');
  const start = Date.now();
  await lab.run.click();
  await lab.recorded(5);
  expect(Date.now() - start).toBeGreaterThan(600); // four pauses of 200 ms, minus some time for the first steps
  await page.getByLabel('Speed').selectOption('0');
  await expect(lab.message).toHaveText('Finished.');
  expect(await lab.records()).toHaveLength(50);
});

test('a run goes to a step, on from there, and past its end, always the same run', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ 'Steps K': '30' });
  await page.getByLabel('to step').fill('10');
  await page.getByRole('button', { name: 'Run to' }).click();
  await expect(lab.message).toHaveText(/^Paused/);
  expect(await lab.records()).toHaveLength(11);
  await lab.run.click();
  await expect(lab.message).toHaveText('Finished.');
  await lab.set({ 'Steps K': '50' });
  await expect(page.getByText('Continue goes on with this run, to 50 steps instead of 30.')).toBeVisible();
  await expect(lab.run).toHaveText('Continue');
  await lab.run.click();
  await expect(lab.facts).toHaveText(/^Step 50 of 50/);
  await expect(page.locator('#fingerprint')).toHaveText(/^[0-9a-f]{32}$/);
  const extended = await lab.records();
  const fingerprint = await page.locator('#fingerprint').textContent();
  await lab.reset.click();
  await lab.runToEnd();
  expect(await lab.records()).toEqual(extended);
  await expect(page.locator('#fingerprint')).toHaveText(fingerprint ?? '');
});
