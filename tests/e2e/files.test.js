// Files that the page exports and imports.
import { readFileSync } from 'node:fs';

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

import { StepRecord } from '../../web/model/record.js';
import { readNpz } from '../../web/files/npz.js';
import { readRunCard } from '../../web/files/run-card.js';
import { expect, inFreshProfile, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * The file that an action downloads.
 * @param {Page} page
 * @param {() => Promise<unknown>} act
 */
async function given(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return {
    name: download.suggestedFilename(),
    path: await download.path(),
    bytes: readFileSync(await download.path()),
  };
}

/** A .npy file of 32-bit zeros. @param {number[]} shape */
function npyOfZeros(shape) {
  const header = strToU8(
    `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }\n`.replace(/(\d+, \d+),/, '$1'),
  );
  const file = new Uint8Array(10 + header.length + 4 * shape.reduce((product, length) => product * length, 1));
  file.set([0x93, ...strToU8('NUMPY'), 1, 0, header.length & 0xff, header.length >> 8]);
  file.set(header, 10);
  return file;
}

/** @param {Page} page @param {string} chart @param {string} item */
function fromMenu(page, chart, item) {
  return given(page, async () => {
    const card = page.locator(`[data-chart="${chart}"]`);
    await card.locator('.menu summary').click();
    await card.getByRole('button', { name: item }).click();
  });
}

test('the CSV files hold the records, number for number', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  const { name, bytes } = await given(page, () => page.getByRole('button', { name: 'CSV files' }).click());
  expect(name).toBe('ska-csv-701fa23f.zip');
  const files = unzipSync(bytes);
  const steps = (await lab.records()).map((values) => new StepRecord(Float64Array.from(values), 4));
  const rows = (/** @type {string} */ file) =>
    strFromU8(files[file])
      .trim()
      .split('\n')
      .map((line) => line.split(','));
  const entropy = rows('entropy_history.csv');
  expect(entropy[0].slice(0, 3)).toEqual(['', 'K=1', 'K=2']);
  for (let layer = 0; layer < 4; ++layer) {
    expect(entropy[layer + 1].slice(1).map(Number)).toEqual(steps.slice(1).map((step) => step.of('entropy')[layer]));
  }
  const outputs = rows('output_neuron_activation.csv');
  expect(outputs.slice(1).map((row) => row.slice(1).map(Number))).toEqual(steps.map((step) => [...step.outputs]));
  expect(JSON.parse(strFromU8(files['run.json'])).fingerprint).toBe('701fa23f76377a318aa8c49b6fb059ba');
});

test(
  'a run card holds the run, and opens again by button, in another browser',
  { tag: '@core' },
  async ({ lab, page }) => {
    await lab.open();
    await lab.set({ Layers: '16, 8', 'Steps K': '20' });
    await lab.runToEnd();
    const records = await lab.records();
    const { path, bytes } = await given(page, () => page.getByRole('button', { name: 'Run card' }).click());
    const { card, recording } = readRunCard(bytes.toString());
    expect(card?.samples).toBe(1000);
    expect(Array.from({ length: 20 }, (_, k) => [...(recording?.at(k).values ?? [])])).toEqual(records);

    await inFreshProfile(page, async (fresh) => {
      await fresh.getByLabel('Open a card or weights').setInputFiles(path);
      await expect(fresh.locator('#facts')).toHaveText(/^Step 20 of 20/);
      await expect(fresh.locator('#fingerprint')).toHaveText(card?.fingerprint ?? '');
    });
  },
);

test('files that are no card and no weights are refused in words', async ({ lab, page }) => {
  await lab.open();
  const open = (/** @type {string} */ name, /** @type {string | Buffer} */ content) =>
    page.getByLabel('Open a card or weights').setInputFiles({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(content),
    });
  const notice = page.locator('.notice');
  await open('note.txt', 'hello');
  await expect(notice).toContainText('note.txt is no run card that can be read.');
  await open('card.json', '{"format":"ska-run-card","version":1}');
  await expect(notice).toContainText('card.json is no run card that can be read.');
  await open('zip.npz', Buffer.from('PK\u0003\u0004 and nothing'));
  await expect(notice).toContainText(/\./);
  await lab.runToEnd(); // the page still works
});

test('weights that unpack to much are read beside the page, with progress, and can be cancelled', async ({
  lab,
  page,
}) => {
  await lab.open();
  // 400 MB of zeros, compressed to half a megabyte, with the header of weights that a network may have.
  const large = npyOfZeros([100_000, 1000]);
  const zip = Buffer.from(zipSync({ 'W1.npy': large, 'b1.npy': npyOfZeros([1000]) }, { level: 1 }));
  await page
    .getByLabel('Open a card or weights')
    .setInputFiles({ name: 'zeros.npz', mimeType: 'application/zip', buffer: zip });
  await expect(page.locator('.snackbar')).toContainText('Reading zeros.npz…');
  const progress = page.getByRole('progressbar', { name: 'Reading zeros.npz' });
  await expect
    .poll(() => progress.evaluate((element) => /** @type {HTMLProgressElement} */ (element).value))
    .toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.snackbar')).toBeHidden();
  await expect(page.locator('.notice')).toHaveText('');
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
});

test('a card of an unknown contract is shown, and its fingerprint is not', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
  const fingerprint = (await page.locator('#fingerprint').textContent()) ?? '';
  const { bytes } = await given(page, () => page.getByRole('button', { name: 'Run card' }).click());
  const later = { ...JSON.parse(bytes.toString()), contract: 'exact-2' };
  await page.getByLabel('Open a card or weights').setInputFiles({
    ...{ name: 'later.json', mimeType: 'application/json' },
    buffer: Buffer.from(JSON.stringify(later)),
  });
  await expect(page.locator('.notice')).toContainText('is of a contract that is not known here, “exact-2”');
  await expect(lab.facts).toHaveText(/^Step 3 of 3/);
  await expect(page.locator('#fingerprint')).not.toContainText(fingerprint);
  // It is exported unchanged.
  const again = await given(page, () => page.getByRole('button', { name: 'Run card' }).click());
  expect(JSON.parse(again.bytes.toString())).toEqual(later);
});

test('weights go out for NumPy, and a run can begin with them', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '16, 8', 'Steps K': '10' });
  await lab.runToEnd();
  const { path, bytes } = await given(page, () => page.getByRole('button', { name: 'Weights (.npz)' }).click());
  const { layers } = readNpz(new Uint8Array(bytes));
  expect(layers.map(({ inputs, neurons }) => [inputs, neurons])).toEqual([
    [784, 16],
    [16, 8],
  ]);
  const norm = Math.hypot(...layers[0].weights);
  const recorded = new StepRecord(Float64Array.from((await lab.records())[9]), 2).of('weight_norm')[0];
  expect(norm).toBeCloseTo(recorded, 5);

  const fromSeed = await lab.records();
  await page.getByLabel('Open a card or weights').setInputFiles(path);
  await expect(page.locator('.note')).toContainText('Runs begin with the weights of');
  await lab.runToEnd();
  const begun = await lab.records();
  expect(begun).not.toEqual(fromSeed);
  // The first forward pass of the new run uses the final weights of the old one.
  expect(begun[0].slice(2, 4)).not.toEqual(fromSeed[0].slice(2, 4));
  await page.getByRole('button', { name: 'The papers’ settings' }).click(); // these use the seed's weights too
  await expect(page.locator('.note')).toHaveCount(0);
  await page.getByLabel('Open a card or weights').setInputFiles(path);
  await lab.set({ 'Steps K': '10' });
  await page.getByRole('button', { name: 'Use the seed’s' }).click();
  await lab.runToEnd();
  expect(await lab.records()).toEqual(fromSeed);
});

test('a card of a run from given weights goes on once these are opened, and not before', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '6, 3', 'Steps K': '4' });
  await lab.runToEnd();
  const weights = await given(page, () => page.getByRole('button', { name: 'Weights (.npz)' }).click());
  await page.getByLabel('Open a card or weights').setInputFiles(weights.path);
  await expect(page.locator('.note')).toContainText('Runs begin with the weights of');
  await lab.runToEnd();
  const card = await given(page, () => page.getByRole('button', { name: 'Run card' }).click());
  await lab.set({ 'Steps K': '6' });
  await lab.run.click();
  await expect(lab.facts).toHaveText(/^Step 6 of 6/);
  const records = await lab.records();

  await page.evaluate(async () => {
    const { lab } = /** @type {any} */ (globalThis).skaLab;
    for (const { id } of lab.kept.value) await lab.forget(id);
  });
  await page.goto('./');
  await lab.open();
  await page.getByLabel('Open a card or weights').setInputFiles(card.path);
  await expect(lab.facts).toHaveText(/^Step 4 of 4/);
  await lab.set({ 'Steps K': '6' });
  await lab.run.click();
  await expect(lab.message).toHaveText(/^This run began with weights that its card does not hold\./);
  // The card takes effect before the weights, although its file may be read later.
  await page.getByLabel('Open a card or weights').setInputFiles(card.path);
  await page.getByLabel('Open a card or weights').setInputFiles(weights.path);
  await expect(page.locator('.notice')).toHaveText(/^The next runs begin with the weights of/);
  await expect(page.locator('.note')).toContainText('Runs begin with the weights of');
  await lab.set({ 'Steps K': '6' });
  await lab.run.click();
  await expect(lab.facts).toHaveText(/^Step 6 of 6/);
  expect(await lab.records()).toEqual(records);
});

test('a chart goes out as a picture that is not blank', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  const { name, bytes } = await fromMenu(page, 'entropy', 'PNG picture');
  expect(name).toBe('ska-entropy.png');
  const colours = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add(`${data[i]} ${data[i + 1]} ${data[i + 2]} ${data[i + 3]}`);
    return [seen.size, seen.has('8 48 107 255'), data[3]];
  }, bytes.toString('base64'));
  expect(colours[0]).toBeGreaterThan(40);
  expect(colours.slice(1)).toEqual([true, 255]); // the minimum's blue is present, and the background is opaque
});

for (const chart of ['entropy', 'outputs', 'phase-entropy']) {
  test(`${chart} goes out as a drawing that a browser reads`, async ({ lab, page }) => {
    await lab.open();
    await lab.runToEnd();
    await page.locator(`#${chart}`).scrollIntoViewIfNeeded();
    await page.waitForFunction(
      ([chart, cells]) => {
        const datasets = /** @type {any} */ (globalThis).skaLab.charts[chart]?.chart.data.datasets ?? [];
        return datasets.length > 0 && datasets[0].data.length >= cells;
      },
      /** @type {[string, number]} */ ([chart, chart === 'entropy' ? 4 * 49 : 1]), // charts draw after the run ends
    );
    const { bytes } = await fromMenu(page, chart, 'SVG drawing');
    const parsed = await page.evaluate((text) => {
      const drawing = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        root: drawing.documentElement.localName,
        faults: drawing.querySelectorAll('parsererror').length,
        shapes: drawing.querySelectorAll('path, rect').length,
        longest: Math.max(
          ...Array.from(
            drawing.querySelectorAll('path'),
            (path) => path.getAttribute('d')?.match(/[MLC]/g)?.length ?? 0,
          ),
        ),
        texts: Array.from(drawing.querySelectorAll('text'), (text) => text.textContent),
      };
    }, bytes.toString());
    expect([parsed.root, parsed.faults]).toEqual(['svg', 0]);
    expect(parsed.shapes).toBeGreaterThan(chart === 'entropy' ? 190 : 10); // 4 layers, 49 columns
    expect(parsed.texts.length).toBeGreaterThan(5);
    if (chart === 'outputs') expect(parsed.longest).toBeGreaterThanOrEqual(50); // a line connects all steps
    await expect(page.locator(`#${chart}`)).toBeVisible();
  });
}

test('a run goes out as a film', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '16, 8', 'Steps K': '2' }); // the shortest possible run
  await lab.runToEnd();
  const { name, bytes } = await fromMenu(page, 'entropy', 'WebM film');
  expect(name).toBe('ska-entropy.webm');
  expect([...bytes.subarray(0, 4)]).toEqual([0x1a, 0x45, 0xdf, 0xa3]); // EBML header, as in WebM
  expect(bytes.length).toBeGreaterThan(3000);
});

test('every chart has its numbers as a table', async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  const card = page.locator('[data-chart="entropy"]');
  await card.locator('.menu summary').click();
  await card.getByRole('button', { name: 'Show as a table' }).click();
  await expect(card.locator('tbody tr')).toHaveCount(49);
  await expect(card.locator('tbody tr').nth(15)).toHaveText(/^16.*−8\u202f234\.07/);
});
