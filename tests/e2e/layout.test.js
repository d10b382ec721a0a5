// Layout of the page at other widths, font sizes and colours.
import { expect, test } from './lab.js';

test('a fresh page does not scroll sideways, drawn or not', async ({ lab, page }) => {
  await page.addInitScript(() => {
    // No chart ever becomes visible, so none is drawn.
    globalThis.IntersectionObserver = /** @type {any} */ (
      class {
        observe() {}
        disconnect() {}
        unobserve() {}
      }
    );
  });
  await page.goto('./');
  await expect(lab.message).toHaveText(/^Ready\./);
  for (const width of [320, 360, 820, 1181, 1250, 1309, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} pixels`).toBe(width);
  }
});

for (const width of [320, 820, 1000, 1440]) {
  test(`with letters of twice the size nothing in the dock covers another, ${width} pixels wide`, async ({
    lab,
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await lab.open();
    await lab.set({ Layers: '8, 4', 'Steps K': '5' });
    await lab.runToEnd();
    await page.locator('#timeline').fill('2'); // the dock is fullest with the cursor set
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    const overlaps = await page.evaluate(() => {
      const parts = [...document.querySelectorAll('.dock button, .dock input, .dock select, .dock output')];
      const boxes = parts.map((part) => ({ name: part.id || part.textContent, box: part.getBoundingClientRect() }));
      return boxes.flatMap((a, i) =>
        boxes.slice(i + 1).flatMap((b) => {
          const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          return across > 1 && down > 1 ? [`${a.name} and ${b.name}`] : [];
        }),
      );
    });
    expect(overlaps).toEqual([]);
    // The end of the page can be scrolled out from under the dock.
    const isFree = () =>
      page.evaluate(() => {
        scrollTo(0, document.documentElement.scrollHeight);
        const [end, dock] = ['footer', '.dock'].map((part) => document.querySelector(part)?.getBoundingClientRect());
        return end !== undefined && dock !== undefined && end.bottom <= dock.top;
      });
    await expect.poll(isFree).toBe(true);
  });
}

test('with colours of the system, what is chosen and how far it is can still be seen', async ({ lab, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '5' });
  await lab.runToEnd();
  const look = (/** @type {string} */ selector) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { backgroundColor, borderBottomWidth, outlineStyle, color } = getComputedStyle(element);
        return { backgroundColor, borderBottomWidth, outlineStyle, color };
      });
  for (const group of ['.choice-row', '.digits-choice']) {
    if (group === '.digits-choice') {
      await page.getByText('Samples', { exact: true }).click();
      await page.getByRole('checkbox', { name: '9', exact: true }).uncheck();
    }
    const on = await look(`${group} input:checked + span`);
    const off = await look(`${group} input:not(:checked) + span`);
    expect(on.backgroundColor).not.toBe(off.backgroundColor);
    expect(on.backgroundColor).not.toBe(on.color);
  }
  const [current, other] = [await look('.views a[aria-current]'), await look('.views a:not([aria-current])')];
  expect(current.borderBottomWidth).not.toBe(other.borderBottomWidth);
  expect((await look('.run.shown')).outlineStyle).toBe('solid');
  const progress = page.locator('#progress');
  const full = await progress.screenshot();
  await lab.reset.click();
  await expect(progress).toHaveJSProperty('value', 0);
  expect((await progress.screenshot()).equals(full)).toBe(false);
});

for (const eta of ['1e-305', '1e-310', '5e-324', '1e300']) {
  test(`η ${eta} over time is drawn, and the page goes on`, async ({ lab, page }) => {
    await lab.open(`./#v=1&layers=8-4&steps=20&eta=${eta}&charts=lines&axis=time`);
    await expect(lab.message).toHaveText(/^Finished\.|no longer a finite/);
    for (const form of ['Heatmaps', 'As in the papers', 'Lines']) {
      await page.getByRole('radio', { name: form }).check();
      for (const values of ['Log', 'Linear']) await page.getByRole('radio', { name: values, exact: true }).check();
    }
    const ticks = () =>
      page.evaluate(() => /** @type {any} */ (globalThis).skaLab.charts.entropy.chart.scales.x.ticks.length);
    await expect.poll(ticks).toBeGreaterThan(0);
    expect(await ticks()).toBeLessThan(100);
    await page.getByRole('radio', { name: 'Step k' }).check();
    await lab.set({ 'Learning rate η': '0.01' });
    await lab.runToEnd();
  });
}
