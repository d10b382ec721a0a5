// Choosing other data sets; showing, marking and exporting the samples in use.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { numpySamples } from '../golden/numpy-samples.js';
import { expect, refuseServiceWorkers, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {string} name */
const unpacked = (name) => gunzipSync(readFileSync(new URL(`../../public/data/${name}.gz`, import.meta.url)));

/** The first samples of each class of Fashion-MNIST. @param {number} perClass */
function firstClothes(perClass) {
  const labels = unpacked('fashion-mnist-train-labels-idx1-ubyte').subarray(8);
  const seen = Array(10).fill(0);
  return [...labels.keys()]
    .filter((i) => ++seen[labels[i]] <= perClass)
    .map((index) => ({ index, label: labels[index] }));
}

/** @param {Page} page @param {string} set */
async function choose(page, set) {
  await page.getByText('Samples', { exact: true }).click();
  await page.getByLabel('Data set').selectOption(set);
}

const gallery = (/** @type {Page} */ page) => page.getByRole('listbox', { name: 'Samples by class' });
const readout = (/** @type {Page} */ page) => page.locator('#gallery-readout');

/**
 * Position of a sample on the canvas, by row and column of its class.
 * @param {Page} page
 * @param {number} label
 * @param {number} row
 * @param {number} column
 */
async function place(page, label, row, column) {
  const canvas = page.locator(`.gallery canvas[data-class="${label}"]`);
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('The class is not shown.');
  const size = box.width / 20;
  return { canvas, position: { x: (column + 0.5) * size, y: (row + 0.5) * size } };
}

/** The text of the file that a click downloads. @param {Page} page */
async function indicesFile(page) {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Indices (CSV)' }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test(
  'Fashion-MNIST is chosen, run, shared and shown by the names of its classes',
  { tag: '@core' },
  async ({ lab, page }) => {
    /** @type {string[]} */
    const fetched = [];
    page.on('request', (request) => {
      if (request.url().includes('/data/')) fetched.push(request.url().replace(/^.*\/data\//, ''));
    });
    await lab.open();
    await lab.set({ Layers: '8, 4', 'Steps K': '3' });
    await choose(page, 'fashion-mnist');
    await expect(page.getByText('9: Ankle boot')).toBeVisible();
    expect(fetched.filter((name) => name.startsWith('fashion'))).toEqual([]);
    await lab.runToEnd();
    expect(fetched.filter((name) => !name.startsWith('mnist-paper')).sort()).toEqual([
      'fashion-mnist-first-images-idx3-ubyte.gz',
      'fashion-mnist-first-indices-idx1-int.gz',
      'fashion-mnist-first-labels-idx1-ubyte.gz',
    ]);
    await expect(page).toHaveURL(/&set=fashion-mnist&per-class=100&/);
    await expect(page.locator('.run-name')).toHaveText(/, fashion-mnist$/);
    const fingerprint = await page.locator('#fingerprint').textContent();
    const [first] = firstClothes(1);
    await page.locator('.inside summary').click();
    await expect(page.getByText(`number ${first.index} of its set; an Ankle boot (class 9), which`)).toBeVisible();

    await page.reload();
    await expect(page.getByLabel('Data set')).toHaveValue('fashion-mnist');
    await lab.runToEnd();
    await expect(page.locator('#fingerprint')).toHaveText(String(fingerprint));
    await page.getByRole('button', { name: 'The papers’ settings' }).click();
    await expect(page.getByLabel('Data set')).toHaveValue('mnist');
    await expect(page).not.toHaveURL(/set=/);
  },
);

test('the gallery shows each sample as it is, and marks the one whose way is followed', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '3' });
  await choose(page, 'fashion-mnist');
  await lab.runToEnd();
  await page.getByRole('button', { name: 'All samples in use' }).click();
  await expect(gallery(page)).toBeVisible();
  const clothes = firstClothes(100);
  const dresses = clothes.flatMap(({ label }, position) => (label === 3 ? [position] : []));
  const wanted = dresses[2 * 20 + 5];
  const words = `Sample ${wanted}: number ${clothes[wanted].index} of its set, a Dress (class 3)`;

  const { canvas, position } = await place(page, 3, 2, 5);
  await canvas.hover({ position });
  await expect(readout(page)).toHaveText(words);
  await canvas.click({ position });
  await expect(readout(page)).toHaveText(`${words} (marked)`);
  const drawn = await canvas.evaluate((element) => {
    const context = /** @type {CanvasRenderingContext2D} */ (
      /** @type {HTMLCanvasElement} */ (element).getContext('2d')
    );
    const { data } = context.getImageData(5 * 28, 2 * 28, 28, 28);
    return Array.from({ length: 784 }, (_, i) => data[4 * i + 3]);
  });
  const { index } = clothes[wanted];
  expect(drawn).toEqual([
    ...unpacked('fashion-mnist-train-images-idx3-ubyte').subarray(16 + 784 * index, 800 + 784 * index),
  ]);

  await page.locator('.inside summary').click();
  await expect(page.getByRole('spinbutton', { name: 'Sample' })).toHaveValue(String(wanted));
  await expect(page.getByText(`number ${index} of its set; a Dress (class 3), which`)).toBeVisible();
  await expect(page.getByRole('img', { name: `Decisions D of layer 2 on sample ${wanted}` })).toBeVisible();
  await page.getByRole('spinbutton', { name: 'Sample' }).fill('0');
  await canvas.hover({ position });
  await expect(readout(page)).toHaveText(words); // the mark is gone
});

test('the gallery is used by keyboard alone, and its keys do nothing else', async ({ lab, page }) => {
  await lab.open();
  await page.locator('#gallery > summary').focus();
  await page.keyboard.press('Enter');
  await expect(readout(page)).toHaveText('Sample 0: number 0 of its set, a 5 (marked)');
  await gallery(page).focus();
  await page.keyboard.press('Home');
  await expect(readout(page)).toHaveText('Sample 1: number 1 of its set, a 0');
  const option = gallery(page).getByRole('option');
  await expect(option).toHaveAttribute('aria-selected', 'false');
  expect(await gallery(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
  await page.keyboard.press('ArrowRight');
  await expect(readout(page)).toHaveText('Sample 21: number 21 of its set, a 0');
  await page.keyboard.press(' ');
  await expect(readout(page)).toHaveText('Sample 21: number 21 of its set, a 0 (marked)');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await expect(lab.facts).toHaveText('Step 0 of 50'); // the space bar did not start a run
});

test('indices are taken along and read as a table, for thousands of samples in pages', async ({ lab, page }) => {
  await refuseServiceWorkers(page);
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '2' });
  await choose(page, 'mnist-test');
  await page.getByLabel('Draw them from all 10 000 digits').check();
  await page.getByLabel('Data seed').fill('99');
  await page.getByLabel('Per class').fill('892');
  await lab.runToEnd();
  await page.locator('#gallery > summary').click();
  await expect(page.getByText('1 to 100 of 892 of each class')).toBeVisible();
  expect(await page.locator('.gallery *').count()).toBeLessThan(200);
  const { name, text } = await indicesFile(page);
  expect(name).toBe('ska-samples-mnist-test.csv');
  const [head, ...lines] = text.trimEnd().split('\n');
  expect([head, lines.length]).toEqual(['position,index,label', 8920]);
  const [chosen] = numpySamples().filter(({ set, seed }) => set === 'mnist-test' && seed === 99);
  chosen.indices.forEach((indices, label) =>
    expect(lines.slice(892 * label, 892 * label + 10)).toEqual(
      indices.map((index, i) => `${892 * label + i},${index},${label}`),
    ),
  );

  await page.getByRole('button', { name: 'Indices as a table' }).click();
  const rows = page.locator('.gallery tbody tr');
  await expect(rows).toHaveCount(10);
  await expect(rows.first()).toContainText(chosen.indices[0].join(', '));
  await gallery(page).focus();
  await page.keyboard.press('PageDown');
  await expect(page.getByText('101 to 200 of 892 of each class')).toBeVisible();
  await expect(readout(page)).toHaveText(`Sample 100: number ${lines[100].split(',')[1]} of its set, a 0`);
});

test('a site without Fashion-MNIST says so, and goes on with MNIST', async ({ lab, page, complaints }) => {
  await refuseServiceWorkers(page); // a test cannot replace their responses
  await page.route('**/fashion-mnist*', (route) => route.fulfill({ status: 404, body: '' }));
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '2' });
  await choose(page, 'fashion-mnist-test');
  await lab.run.click();
  await expect(lab.message).toHaveText(
    /gave 404\. This site was built without Fashion-MNIST; MNIST’s digits are there\.$/,
  );
  complaints.length = 0;
  await page.getByLabel('Data set').selectOption('mnist');
  await lab.runToEnd();
});

test('more samples than a set has of a class are refused before they are run', async ({ lab, page }) => {
  await lab.open();
  await choose(page, 'mnist-test');
  await page.getByLabel('Per class').fill('893');
  await expect(page.locator('#per_class-error')).toHaveText(
    'Samples per class are a whole number from 1 to 892: the smallest class of MNIST, test digits has no more.',
  );
  await expect(lab.run).toBeDisabled();
});
