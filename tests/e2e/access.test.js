// Accessibility: keyboard only, any width, both themes, and screen readers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The findings of axe.
 * @param {Page} page
 * @param {string[]} [lookedAt] rules that must have been applied; on an empty page they would not be
 */
async function findings(page, lookedAt = ['color-contrast', 'label', 'button-name', 'aria-valid-attr-value']) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const { violations, rules } = await page.evaluate(async () => {
    // All nodes are reported for violations only; for passes one node suffices.
    const { violations, passes } = await /** @type {any} */ (globalThis).axe.run(document, {
      resultTypes: ['violations'],
    });
    const where = (/** @type {any} */ { id, nodes }) =>
      `${id}: ${nodes.map((/** @type {any} */ { html }) => html.slice(0, 120)).join(' | ')}`;
    return { violations: violations.map(where), rules: passes.map((/** @type {any} */ { id }) => id) };
  });
  expect(rules).toEqual(expect.arrayContaining(lookedAt));
  return violations;
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [360, 820, 1440, 2560]) {
    // Two widths are among the core tests.
    const tag = [360, 1440].includes(width) ? '@core' : [];
    test(`axe finds nothing, ${colorScheme}, ${width} pixels wide`, { tag }, async ({ lab, page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await lab.open();
      expect(await findings(page)).toEqual([]);
      await lab.set({ Layers: '12, 6', 'Steps K': '6' });
      await lab.runToEnd();
      await lab.set({ 'Weight seed': '1' });
      await lab.runToEnd();
      await page.getByLabel('overlay').last().check();
      await page.locator('#timeline').fill('3');
      await page.locator('#gallery > summary').click();
      await page.getByRole('button', { name: 'Indices as a table' }).click();
      await page.locator('.inside summary').click();
      await expect(page.getByText('At step 3: Z and D as seen there')).toBeVisible();
      await page.locator('[data-chart="entropy"] .menu summary').click();
      await page.getByRole('button', { name: 'Show as a table' }).first().click();
      await page.locator('[data-chart="cosine"] .menu summary').click();
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);

      await page.getByText('The Lagrangian in space').click();
      await expect(page.locator('[data-chart="space"] canvas').first()).toBeVisible();
      await page.getByRole('button', { name: 'Tour' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  }
}

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [360, 1440]) {
    test(`axe finds nothing in the experiments, ${colorScheme}, ${width} pixels wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.goto('./#experiments');
      await expect(page.getByRole('heading', { name: 'Experiments' })).toBeFocused();
      const rules = ['color-contrast', 'link-name'];
      expect(await findings(page, rules)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      for (const hash of [
        '#v=1&experiment=time-invariance&pairs=0.02x8,0.01x16&layers=8-4&samples=2',
        '#v=1&experiment=entropy-state&layers=8-6-4&steps=9&samples=2&digits=0,1',
        '#v=1&experiment=tensor-net&layers=8-4&steps=9&samples=2&sign=minus',
      ]) {
        await page.evaluate((to) => (location.hash = to), hash);
        await page.getByRole('button', { name: /^Run (all|it)/ }).click();
        await expect(page.locator('.progress [role=status]')).toHaveText(/^(\d+) of \1 runs finished\.$/);
        await page.locator('[data-table] button.sort').first().click();
        await page.locator('.figure .menu summary').first().click();
        expect(await findings(page)).toEqual([]);
        await page.getByRole('button', { name: 'Show as a table' }).first().click();
        await expect(page.locator('.figure .twin').first()).toBeVisible();
        expect(await findings(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
    });
  }
}

test('from start to export by keyboard alone', async ({ lab, page }) => {
  await lab.open();
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: element } = document;
      return `${element?.tagName} ${element?.id} ${element?.textContent?.slice(0, 30)}`;
    });
  /** Presses Tab until the wanted element has the focus. @param {RegExp} wanted */
  async function tabTo(wanted) {
    for (let i = 0; i < 150; ++i) {
      if (wanted.test(await focused())) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The tab key does not reach ${wanted}.`);
  }
  await tabTo(/^INPUT layers/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('12, 6');
  await tabTo(/^INPUT steps/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('8');
  await page.keyboard.press('Enter');
  await expect(lab.message).toHaveText('Finished.');
  await tabTo(/^BUTTON {2}CSV files/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(download.suggestedFilename()).toMatch(/^ska-csv-[0-9a-f]{8}\.zip$/);
});

test('the keys do what their sheet says', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '12, 6', 'Steps K': '6' });
  await page.locator('h1').click();
  await page.keyboard.press('s');
  await lab.recorded(1);
  await expect(lab.message).toHaveText(/^Paused\./); // keys are ignored while the step is taken
  await page.keyboard.press('Space');
  await expect(lab.message).toHaveText('Finished.');
  await page.keyboard.press('h');
  await expect(page.getByRole('radio', { name: 'Heatmaps' })).toBeChecked();
  await page.keyboard.press('r');
  await expect(lab.facts).toHaveText('Step 0 of 6');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('s'); // inactive while the sheet is open
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(lab.facts).toHaveText('Step 0 of 6');
});

test('the theme follows the switch, and stays', async ({ lab, page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await lab.open();
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await paper()).toBe('rgb(250, 249, 246)');
  await page.getByLabel('Theme').selectOption('dark');
  expect(await paper()).toBe('rgb(18, 21, 25)');
  await expect.poll(() => lab.colour('entropy', 'Layer 1', 30)).toEqual([0x23, 0x29, 0x31]);
  await page.goto('./');
  await lab.open();
  expect(await paper()).toBe('rgb(18, 21, 25)');
  await page.getByLabel('Theme').selectOption('system');
  expect(await paper()).toBe('rgb(250, 249, 246)');
});
