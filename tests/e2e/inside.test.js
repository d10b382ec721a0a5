// The view inside the network shows the step of the cursor.
import { expect, test } from './lab.js';

test('the honest panel shows how samples become alike', async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  await page.locator('.inside summary').click();
  await expect(page.getByText('At step 49: Z and D as seen there')).toBeVisible();
  await page.getByText('find nearest neighbours too').click();
  const cell = (/** @type {number} */ layer, /** @type {number} */ column) =>
    page
      .locator('.inside tbody tr')
      .nth(layer - 1)
      .locator('td')
      .nth(column - 1);
  await expect(cell(1, 3)).toHaveText('63.7 %'); // same as in double precision
  await expect(cell(2, 3)).toHaveText('26.9 %');
  await expect(cell(5, 3)).toHaveText('88.0 %'); // raw pixels
  await expect(cell(4, 1)).toHaveText(/^3\.3\d\de−6$/);
  await expect(cell(4, 2)).toHaveText('100.0 %');

  await page.locator('#timeline').fill('0');
  await expect(page.getByText('At step 0: Z and D as seen there')).toBeVisible();
  await expect(cell(1, 3)).toHaveText('87.5 %');
});

test('a sample goes its way through the layers', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '16, 9', 'Steps K': '5' });
  await lab.runToEnd();
  await page.locator('.inside summary').click();
  await expect(page.getByText('a 5, which the network is not told')).toBeVisible();
  await page.getByRole('spinbutton', { name: 'Sample' }).fill('3');
  await expect(page.getByText('a 1, which the network is not told')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Decisions D of layer 2 on sample 3' })).toBeVisible();
  const different = await page.evaluate(() => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('.decisions'));
    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(0, 0, 4, 4);
    return new Set(Array.from({ length: 16 }, (_, i) => data.slice(4 * i, 4 * i + 3).join())).size;
  });
  expect(different).toBeGreaterThan(1);
});
