// Printing: every chart, in the light theme's colours, and nothing covers the text.
import { expect, test } from './lab.js';

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`every chart is drawn for print, in inks for paper, ${colorScheme}`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme });
    await lab.open();
    await lab.set({ Layers: '8, 4', 'Steps K': '5' });
    await lab.runToEnd();
    await page.evaluate(() => {
      addEventListener('beforeprint', () => {
        // This is the last listener, so the canvases now show what is printed.
        const blank = [...document.querySelectorAll('.chart canvas')].filter((canvas) => {
          const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
          const context = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d');
          return !context?.getImageData(0, 0, width, height).data.some((value) => value > 0);
        });
        const dark = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
        const colours = Object.values(/** @type {any} */ (globalThis).skaLab.charts).map(
          ({ chart }) => chart.options.color,
        );
        Object.assign(globalThis, { printed: { blank: blank.map(({ id }) => id), ink: dark, colours } });
      });
    });
    await page.pdf();
    const printed = await page.evaluate(() => /** @type {any} */ (globalThis).printed);
    expect(printed.blank).toEqual([]);
    expect(printed.ink).toBe('#1d2024');
    expect(printed.colours.length).toBeGreaterThan(10);
    for (const colour of printed.colours) if (colour !== undefined) expect(colour).toBe('#1d2024');
    const after = colorScheme === 'dark' ? 'rgb(18, 21, 25)' : 'rgb(250, 249, 246)';
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(after);
    await page.emulateMedia({ media: 'print', colorScheme });
    for (const selector of ['.dock', '.tools', '.menu']) await expect(page.locator(selector).first()).toBeHidden();
  });
}
