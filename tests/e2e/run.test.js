// Run, Pause, Step and Reset, as a user uses them.
import { busyEngines, expect, test, untilAnswered } from './lab.js';

const small = { Layers: '33, 17, 5', 'Steps K': '40', 'Learning rate η': '0.03', 'Weight seed': '7' };

test(
  'a paused run stands still, and continues to the same numbers as one without a pause',
  { tag: '@core' },
  async ({ lab }) => {
    await lab.open();
    await lab.run.click();
    await expect(lab.run).toHaveText('Pause');
    await lab.recorded(5);
    await lab.run.click();
    await expect(lab.message).toHaveText('Paused.');
    const paused = await lab.records();
    expect(paused.length).toBeLessThan(50);
    await untilAnswered(lab.page);
    expect(await lab.records()).toEqual(paused);

    await expect(lab.run).toHaveText('Continue');
    await lab.runToEnd();
    const continued = await lab.records();
    await expect(lab.run).toHaveText('Run again');
    await lab.runToEnd();
    expect(await lab.records()).toEqual(continued); // bitwise equal
  },
);

test('Step takes one step at a time, and Run goes on from there', async ({ lab }) => {
  await lab.open();
  await lab.set(small);
  await lab.step.click();
  await expect(lab.facts).toHaveText(/^Step 1 of 40 · \d\.\d s of computing$/);
  await expect(lab.message).toHaveText(/^Paused\. The first step only looks/);
  await lab.step.click();
  await expect(lab.facts).toHaveText(/^Step 2 of 40 · total entropy 0 ·/);
  await lab.step.click();
  await expect(lab.facts).toHaveText(/^Step 3 of 40 · total entropy −/);
  await expect(lab.run).toHaveText('Continue');
  await lab.runToEnd();
  expect(await lab.records()).toHaveLength(40);
  await expect(lab.page.getByRole('progressbar')).toHaveJSProperty('value', 40);
});

test('Reset clears the page, in the middle of a run too, and the next run is whole', async ({ lab }) => {
  await lab.open();
  await lab.runToEnd();
  const whole = await lab.records();
  await lab.reset.click();
  await expect(lab.facts).toHaveText('Step 0 of 50');
  await expect(lab.reset).toBeDisabled();

  for (let i = 0; i < 3; ++i) {
    await lab.run.click();
    await lab.recorded(2);
    await lab.reset.click();
  }
  await lab.runToEnd();
  expect(await lab.records()).toEqual(whole);
});

test('Enter right after typing runs what was typed', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.set({ ...small, 'Steps K': '' });
  await lab.field('Steps K').pressSequentially('7');
  await page.keyboard.press('Enter');
  await expect(lab.message).toHaveText('Finished.');
  expect(await lab.records()).toHaveLength(7);
});

test('a run can be stepped through by keyboard', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ ...small, 'Steps K': '3' });
  await expect(lab.step).toBeEnabled();
  await lab.step.focus();
  for (const steps of [1, 2, 3]) {
    await page.keyboard.press('Enter');
    await lab.recorded(steps);
    await expect(lab.message).toHaveText(steps < 3 ? /^Paused/ : 'Finished.');
    await expect(steps < 3 ? lab.step : lab.run).toBeFocused();
  }
  await lab.reset.focus();
  await page.keyboard.press('Enter');
  await expect(lab.run).toBeFocused();

  await lab.set({ 'Steps K': '2000' });
  await expect(lab.run).toBeEnabled();
  await lab.run.focus();
  await page.keyboard.press('Enter');
  await lab.recorded(5);
  await page.keyboard.press('Enter');
  await expect(lab.message).toHaveText('Paused.');
  await expect(lab.run).toBeFocused();
});

test('a pause asked for at once is kept', async ({ lab }) => {
  await lab.open();
  await lab.set({ Layers: '2048, 512', 'Steps K': '30' });
  await expect(lab.run).toBeEnabled();
  await lab.run.dblclick();
  await expect(lab.message).toHaveText(/^Paused/, { timeout: 20_000 });
  expect((await lab.records()).length).toBeLessThan(10);
});

test('a run whose steps are long can be given up, and the next one starts', async ({ lab }) => {
  await lab.open();
  await lab.set({ Layers: '4096, 4096, 4096', 'Steps K': '30' });
  const advancing = await busyEngines(lab.page);
  await lab.run.click();
  await expect.poll(advancing).toBe(1);
  await lab.set({ Layers: '4' }); // validated although the engine is busy
  await lab.set({ 'Steps K': '5' });
  await lab.reset.click();
  await lab.runToEnd();
  expect(await lab.records()).toHaveLength(5);
});

test('the papers’ settings are one click away', async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await page.getByRole('button', { name: 'The papers’ settings' }).click();
  await expect(lab.field('Layers')).toHaveValue('256, 128, 64, 10');
  await expect(lab.field('Weight seed')).toHaveValue('42');
});

test('other settings are pending until they are run', async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  const pending = page.getByText('The charts still show the run before');
  await expect(pending).toBeHidden();
  await lab.set({ 'Weight seed': '8' });
  await expect(pending).toBeVisible();
  await expect(lab.run).toHaveText('Run');
  await expect(lab.facts).toHaveText(/^Step 40 of 40/);
  const before = await lab.records();
  await lab.runToEnd();
  await expect(pending).toBeHidden();
  expect(await lab.records()).not.toEqual(before);
});

test('τ follows from η and K as they are typed, or η from τ and K', async ({ lab, page }) => {
  await lab.open();
  const tau = page.getByLabel('Characteristic time');
  await expect(tau).toHaveValue('0.5');
  await lab.set({ 'Steps K': '25' });
  await expect(tau).toHaveValue('0.25');
  await page.getByLabel('keep when K changes').check();
  await lab.set({ 'Steps K': '100' });
  await expect(lab.field('Learning rate η')).toHaveValue('0.0025');
  await tau.fill('1');
  await tau.press('Enter');
  await expect(lab.field('Learning rate η')).toHaveValue('0.01');
});

test('runs do not pile up in the engine', async ({ lab }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  const held = await lab.heapBytesInUse();
  const runs = 20;
  for (let i = 0; i < runs; ++i) await lab.runToEnd();
  // The allocator's overhead may differ by a few bytes between runs. A leak is at least 8 bytes per run.
  expect(Math.abs((await lab.heapBytesInUse()) - held)).toBeLessThan(8 * runs);
});

test('thousands of steps are drawn in shared columns', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '3, 2', 'Steps K': '3000', 'Learning rate η': '0.001' });
  await lab.runToEnd();
  expect(await lab.records()).toHaveLength(3000);
  const cells = () =>
    page.evaluate(() => /** @type {any} */ (globalThis).skaLab.charts.entropy.chart.data.datasets[0].data.length);
  // 2999 records in at most 400 columns: 8 share one. The chart draws the last ones a frame after the run.
  await expect.poll(cells).toBe(2 * Math.ceil(2999 / 8));
  expect(await lab.hover('entropy', 100, 'Layer 2')).toEqual([
    'Steps 97–104, strongest value',
    expect.stringMatching(/^Layer 2: /),
  ]);
});

test('more outputs than can be told apart are cut short, and the page says so', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4, 30', 'Steps K': '3' });
  await lab.runToEnd();
  await expect(page.getByText('Shown are the first 24 of 30.')).toBeVisible();
});
