// The page's behaviour when something goes wrong.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { expect, test } from './lab.js';

test(
  'settings out of range are refused in the engine’s words, all at once, beside their fields',
  { tag: '@core' },
  async ({ lab, page }) => {
    await lab.open();
    await lab.set({ Layers: '0, 5000', 'Steps K': '10001', 'Learning rate η': '0', 'Weight seed': '-1' });
    await expect(page.locator('#layers-error')).toHaveText(
      'Layer 1 has 0 neurons; a layer has 1 to 4096. Layer 2 has 5000 neurons; a layer has 1 to 4096.',
    );
    await expect(page.locator('#steps-error')).toHaveText(
      'The number of steps must be a whole number from 1 to 10000; 10001 was given.',
    );
    await expect(page.locator('#learning_rate-error')).toHaveText(
      'The learning rate must be a finite number above 0; 0 was given.',
    );
    await expect(page.locator('#seed-error')).toHaveText(
      /^The weight seed must be a whole number from 0 to 4294967295/,
    );
    await expect(lab.field('Layers')).toHaveAttribute('aria-invalid', 'true');
    await expect(lab.run).toBeDisabled();
    await expect(lab.step).toBeDisabled();

    await lab.set({ Layers: 'many' });
    await expect(page.locator('#layers-error')).toHaveText(/such as 256, 128, 64, 10/);
    await lab.set({ Layers: '4', 'Steps K': '3', 'Learning rate η': '0.1', 'Weight seed': '1' });
    await expect(page.locator('#layers-error')).toHaveText('');
    await lab.runToEnd();
  },
);

test('nothing typed reaches the page as HTML', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '<img src=x onerror=alert(1)>', 'Weight seed': '<b>1</b>' });
  await expect(lab.run).toBeDisabled();
  await expect(page.locator('.field img, .field b')).toHaveCount(0);
});

test('a run whose numbers stop being finite says where, and another can follow', async ({ lab }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Learning rate η': '1e38' });
  await lab.run.click();
  await expect(lab.message).toHaveText(/^The run stopped at step \d+, layer \d: .* is no longer a finite number\./);
  await lab.set({ 'Learning rate η': '0.01', 'Steps K': '5' });
  await lab.runToEnd();
});

test('digits that cannot be loaded are told of, and nothing can be started', async ({ lab, page, complaints }) => {
  await page.route('**/mnist-paper-images*', (route) => route.fulfill({ status: 404, body: 'no such file' }));
  await lab.open();
  await expect(lab.message).toHaveText(
    'The digits could not be loaded: data/mnist-paper-images-idx3-ubyte.gz gave 404.',
  );
  await expect(lab.run).toBeDisabled();
  complaints.length = 0;
});

test('damaged digits are told of', async ({ lab, page }) => {
  await page.route('**/mnist-paper-images*', (route) => route.fulfill({ body: Buffer.from([0, 0, 8, 3, 0, 0]) }));
  await lab.open();
  await expect(lab.message).toHaveText('data/mnist-paper-images-idx3-ubyte.gz is not the IDX file it should be.');
});

test('an engine that cannot be started is told of', { tag: '@core' }, async ({ lab, page, complaints }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await lab.open();
  await expect(lab.message).toHaveText(/engine could not be started/);
  await expect(lab.run).toBeDisabled();
  complaints.length = 0;
});

test('it does not matter whether the host unpacks the digits itself or hands out the packed file', async ({
  lab,
  page,
}) => {
  for (const prepare of [(/** @type {Buffer} */ packed) => packed, gunzipSync]) {
    await page.route('**/data/*.gz', (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1);
      const packed = readFileSync(new URL(`../../public/data/${name}`, import.meta.url));
      return route.fulfill({ body: prepare(packed), contentType: 'application/octet-stream' });
    });
    await lab.open();
    await lab.set({ Layers: '10', 'Steps K': '3' });
    await lab.runToEnd();
    await page.unroute('**/data/*.gz');
  }
});

test('a run too large for memory is refused in words, and nothing that was kept is lost', async ({ lab, page }) => {
  test.slow();
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '5' });
  await lab.runToEnd();
  await expect(page.locator('.runs .run')).toHaveCount(1);
  await page.getByText('Samples', { exact: true }).click();
  await page.getByLabel('Draw them from all 60 000 digits').check();
  await page.getByLabel('Per class').fill('5000');
  await lab.set({ Layers: Array(16).fill(4096).join(', ') });
  await lab.run.click();
  await expect(lab.message).toHaveText(/^This run does not fit in memory: 50000 samples .* Fewer samples or smaller/);
  await expect(page.locator('.runs .run')).toHaveCount(1);
  await lab.set({ Layers: '8, 4' });
  await page.getByLabel('Per class').fill('5');
  await lab.runToEnd();
  await expect(page.locator('.runs .run')).toHaveCount(2);
});

test('a full storage is told of, the run stays for now, and those kept before are not lost', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '5' });
  await lab.runToEnd();
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('No space is left.', 'QuotaExceededError');
    };
  });
  await lab.set({ 'Weight seed': '1' });
  await lab.runToEnd();
  await expect(page.locator('.notice')).toContainText('storage is full or blocked');
  await expect(page.locator('.runs .run')).toHaveCount(2);
  await page.goto('./');
  await lab.open();
  await expect(page.locator('.runs .run')).toHaveCount(1);
});
