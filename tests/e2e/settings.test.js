// Settings by list, preset and switch; samples by class and seed.
import { expect, refuseServiceWorkers, test } from './lab.js';

test('layers can be resized, removed, added, and taken from a preset', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await page.getByLabel('Neurons of layer 2').fill('77');
  await expect(lab.field('Layers')).toHaveValue('256, 77, 64, 10');
  await page.getByRole('button', { name: 'Remove layer 3' }).click();
  await expect(lab.field('Layers')).toHaveValue('256, 77, 10');
  await page.getByRole('button', { name: 'Add a layer' }).click();
  await expect(lab.field('Layers')).toHaveValue('256, 77, 10, 10');
  await page.getByLabel('Presets of layers').selectOption({ label: 'Small: 64, 32, 10' });
  await expect(lab.field('Layers')).toHaveValue('64, 32, 10');
  await lab.set({ 'Steps K': '4' });
  await lab.runToEnd();
  expect((await lab.records())[0]).toHaveLength(2 + 7 * 3 + 10);
});

test('a new seed gives another run, the same seed the same', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '4' });
  await lab.runToEnd();
  const first = await lab.records();
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect(lab.field('Weight seed')).not.toHaveValue('42');
  await page.getByRole('button', { name: 'Same seed' }).click();
  await expect(lab.field('Weight seed')).toHaveValue('42');
  await page.getByRole('button', { name: 'New seed' }).click();
  await lab.runToEnd();
  expect(await lab.records()).not.toEqual(first);
});

test('the shift term can be left out', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '6' });
  await lab.runToEnd();
  const withIt = await lab.records();
  await page.getByLabel('Shift term ΔD in the gradient').uncheck();
  await lab.runToEnd();
  const without = await lab.records();
  expect(without[0]).toEqual(withIt[0]);
  expect(without[5]).not.toEqual(withIt[5]);
});

test('the variants of the rule can be chosen, and are in the address and the run’s name', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '6' });
  await lab.runToEnd();
  const plain = await lab.records();
  expect(page.url()).not.toContain('input=');
  await page.getByText('Variants', { exact: true }).click();
  await page.getByLabel('Layers learn from the current step’s D').check();
  await lab.runToEnd();
  const current = await lab.records();
  await page.getByLabel('ΔD undivided by ln 2').check();
  await lab.runToEnd();
  const both = await lab.records();
  expect([current[1], both[1]]).toEqual([plain[1], plain[1]]); // equal as long as ΔD is 0
  expect(current[5]).not.toEqual(plain[5]);
  expect(both[5]).not.toEqual(current[5]);
  await expect(page.getByText('Variants: current input, equation 31')).toBeVisible();
  await expect(page.getByText(/^8-4, K 6, .*, current input, equation 31$/).first()).toBeVisible();
  await expect(page).toHaveURL(/&input=current&gradient=31&/);
  await page.reload();
  await expect(page.getByLabel('ΔD undivided by ln 2')).toBeChecked();
  await page.getByRole('button', { name: 'The papers’ settings' }).click();
  await expect(page.getByLabel('Layers learn from the current step’s D')).not.toBeChecked();
});

test('a run may look at fewer samples, of some digits', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '4' });
  await page.getByText('Samples', { exact: true }).click();
  for (const digit of ['0', '2', '3', '5', '6', '7', '8', '9'])
    await page.getByRole('checkbox', { name: digit, exact: true }).uncheck();
  await page.getByLabel('Per class').fill('20');
  await lab.runToEnd();
  const picked = await page.evaluate(async () => {
    const { batches, session } = /** @type {any} */ (globalThis).skaLab;
    const { labels, samples, indices } = await batches.of(session.recording.data);
    return { samples, labels: [...new Set(labels)].sort(), first: indices.slice(0, 4) };
  });
  // The paper subset's labels begin 5 0 4 1 9 2 1 3 1 4.
  expect(picked).toEqual({ samples: 40, labels: [1, 4], first: [2, 3, 6, 8] });
  await page.getByLabel('Per class').fill('5422');
  await expect(page.locator('#per_class-error')).toHaveText(/^Samples per class are a whole number from 1 to 5421/);
  await expect(lab.run).toBeDisabled();
});

test('samples are drawn from all digits by a data seed, as NumPy draws them', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '3' });
  await page.getByText('Samples', { exact: true }).click();
  await page.getByLabel('Draw them from all 60 000 digits').check();
  await page.getByLabel('Per class').fill('5');
  await expect(page.getByLabel('Data seed')).toHaveValue('0');
  await lab.runToEnd();
  const first = await page.evaluate(async () => {
    const { batches, session } = /** @type {any} */ (globalThis).skaLab;
    return (await batches.of(session.recording.data)).indices.slice(0, 5);
  });
  expect(first).toEqual([13830, 52831, 48180, 18563, 7451]);
});

test('digits that cannot be fetched are told of, and the run can be tried again', async ({ lab, page, complaints }) => {
  await refuseServiceWorkers(page); // a test cannot replace their responses
  await page.route('**/train-images*', (route) => route.fulfill({ status: 503, body: '' }));
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '3' });
  await page.getByText('Samples', { exact: true }).click();
  await page.getByLabel('Draw them from all 60 000 digits').check();
  await lab.run.click();
  await expect(lab.message).toHaveText('The digits could not be loaded: data/train-images-idx3-ubyte.gz gave 503.');
  complaints.length = 0;
  await page.unroute('**/train-images*');
  await lab.runToEnd();
});
