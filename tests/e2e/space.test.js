// Opening, rotating and exporting the Lagrangian in space.
import { readFile } from 'node:fs/promises';

import { expect, test, untilStill } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {import('./lab.js').Lab} lab takes a short run */
async function run(lab) {
  await lab.open();
  await lab.set({ Layers: '20, 10', 'Steps K': '12' });
  await lab.runToEnd();
}

/** @param {Page} page */
async function openSpace(page) {
  await page.getByRole('heading', { name: 'The Lagrangian in space' }).click();
  await page.waitForFunction(() => 'space' in /** @type {any} */ (globalThis).skaLab.charts);
  await page.locator('#space').scrollIntoViewIfNeeded();
  await expect.poll(() => inkOf(page)).toBeGreaterThan(0);
  await expect(page.locator('.space-figure')).toHaveCSS('position', 'relative'); // the style sheet sets its size
  await untilStill(page, 'canvas#space');
}

/** The image on the canvas. @param {Page} page */
const picture = (page) =>
  page.evaluate(() => /** @type {HTMLCanvasElement} */ (document.querySelector('canvas#space')).toDataURL());

/** Number of drawn pixels of the canvas. @param {Page} page */
const inkOf = (page) =>
  page.evaluate(() => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas#space'));
    if (canvas.width === 0 || canvas.height === 0) return 0;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) ink += 1;
    return ink;
  });

/** Positions of the dots of the current step. @param {Page} page @returns {Promise<{ x: number, y: number }[]>} */
const dots = (page) => page.evaluate(() => /** @type {any} */ (globalThis).skaLab.charts.space.marksAt().dots);

/** @param {Page} page @param {string} item label of a menu item @returns {Promise<Buffer>} */
async function takeAlong(page, item) {
  await page.locator('[data-chart=space] .menu summary').click();
  const downloading = page.waitForEvent('download');
  await page.locator('[data-chart=space]').getByRole('button', { name: item }).click();
  return readFile(await (await downloading).path());
}

test('nothing of it is fetched before it is opened', async ({ lab, page }) => {
  /** @type {string[]} */
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await run(lab);
  await page.getByRole('heading', { name: 'The Lagrangian in space' }).scrollIntoViewIfNeeded();
  expect(fetched.filter((url) => url.includes('space'))).toEqual([]);
  await openSpace(page);
  expect(
    fetched
      .filter((url) => url.includes('space'))
      .map((url) => url.replace(/.*\.(?=\w+$)/, ''))
      .sort(),
  ).toEqual(['css', 'js']);
  await expect(page.locator('#space')).toHaveAccessibleName(
    /^Lagrangian over ‖Z‖ and knowledge flow: layer 1, .* least Lagrangian .* at step \d+; layer 2, /,
  );
});

test('the mouse turns it, and it stays as it is when it is let go', async ({ lab, page }) => {
  await run(lab);
  await openSpace(page);
  const before = await picture(page);
  const { x, y, width, height } =
    /** @type {NonNullable<Awaited<ReturnType<import('@playwright/test').Locator['boundingBox']>>>} */ (
      await page.locator('#space').boundingBox()
    );
  await page.mouse.move(x + width / 2, y + height / 2);
  expect(await picture(page)).toBe(before);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 60, y + height / 2 + 20, { steps: 4 });
  await expect.poll(() => picture(page)).not.toBe(before);
  await page.mouse.up();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const turned = await picture(page);
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
  expect(await picture(page)).toBe(turned);
});

test('keys turn and zoom it and bring it back, and are no keys of the page', async ({ lab, page }) => {
  await run(lab);
  await page.keyboard.press('ArrowLeft');
  const step = () => page.evaluate(() => /** @type {any} */ (globalThis).skaLab.lab.step.value);
  expect(await step()).toBe(10);
  await openSpace(page);
  await page.locator('#space').focus();
  const before = await picture(page);
  for (const keys of [
    ['ArrowRight', 'ArrowLeft'],
    ['ArrowDown', 'ArrowUp'],
    ['+', '0'],
    ['-', '0'],
  ]) {
    await page.keyboard.press(keys[0]);
    await expect.poll(() => picture(page)).not.toBe(before);
    await page.keyboard.press(keys[1]);
    await expect.poll(() => picture(page)).toBe(before);
  }
  expect(await step()).toBe(10);
  await page.keyboard.press('Home'); // handled by the page, not the canvas
  expect(await step()).toBe(0);
});

test('a dot on every path follows the step', async ({ lab, page }) => {
  await run(lab);
  await openSpace(page);
  expect(await dots(page)).toEqual([]);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await dots(page)).length).toBe(2);
  const before = await dots(page);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => dots(page)).not.toEqual(before);
  await expect(page.locator('[data-chart=space] thead th').first()).toHaveText('Step 9');
  await page.getByRole('checkbox', { name: 'Layer 1' }).uncheck();
  await expect.poll(async () => (await dots(page)).length).toBe(1);
});

test('it is taken along as a picture, a drawing and a table', async ({ lab, page }) => {
  await run(lab);
  await openSpace(page);
  const png = await takeAlong(page, 'PNG picture');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const colours = await page.evaluate(async (base64) => {
    const bitmap = await createImageBitmap(
      new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], { type: 'image/png' }),
    );
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
      new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    );
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return [...new Set(new Uint32Array(data.buffer))].map((pixel) => (pixel >>> 0).toString(16));
  }, png.toString('base64'));
  expect(colours).toContain('ffffffff'); // the background, and the colours of both layers, as ABGR
  expect(colours).toContain('ffb4771f');
  expect(colours).toContain('ff005fcc');

  const svg = await takeAlong(page, 'SVG drawing');
  const drawing = await page.evaluate((text) => {
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    const words = [...documentElement.querySelectorAll('text')].map(({ textContent }) => textContent);
    return { root: documentElement.nodeName, paths: documentElement.querySelectorAll('path').length, words };
  }, svg.toString());
  expect(drawing.root).toBe('svg');
  expect(drawing.words).toEqual(expect.arrayContaining(['Lagrangian', '‖Z‖', 'Flow ‖ΔZ‖/η', 'Layer 1']));
  expect(drawing.paths).toBeGreaterThan(2 * 10); // at least one segment between records, for both layers
  expect(svg.toString()).not.toContain('NaN');

  await page.locator('[data-chart=space] .menu summary').click();
  await page.locator('[data-chart=space]').getByRole('button', { name: 'Show as a table' }).click();
  await expect(page.locator('[data-chart=space] .twin tbody tr')).toHaveCount(11);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`nothing of it sticks out of a narrow page, ${colorScheme}`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await run(lab);
    await openSpace(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const wide = await page.evaluate(() => {
      const section = /** @type {HTMLElement} */ (document.querySelector('section.space'));
      const right = section.getBoundingClientRect().right;
      return [...section.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > right).length;
    });
    expect(wide).toBe(0);
    // Dragging on it rotates it; dragging next to it scrolls the page.
    await expect(page.locator('#space')).toHaveCSS('touch-action', 'none');
    await expect(page.locator('section.space')).toHaveCSS('touch-action', 'auto');
  });
}
