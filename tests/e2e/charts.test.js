// The charts show the recorded values.
import { expect, test } from './lab.js';

const grey = [221, 221, 221];
const darkest = [8, 48, 107];

test('the heatmaps’ colours and hover values are the records’', { tag: '@core' }, async ({ lab }) => {
  await lab.open();
  await lab.runToEnd();
  await expect.poll(() => lab.colour('entropy', 'Layer 2', 16)).toEqual(darkest); // the minimum of all layers
  expect(await lab.colour('entropy', 'Layer 2', 1)).toEqual([247, 251, 255]); // a value of 0
  await expect.poll(() => lab.colour('cosine', 'Layer 1', 1)).toEqual(grey); // a cosine of 0, far from any ring
  const [red, , blue] = await lab.colour('cosine', 'Layer 1', 15);
  expect(blue).toBeGreaterThan(red); // aligned values are blue

  expect(await lab.hover('entropy', 16, 'Layer 2')).toEqual(['Step 16', 'Layer 2: −8\u202f234.07']);
  expect(await lab.hover('entropy', 29, 'Layer 1')).toEqual(['Step 29', 'Layer 1: −6\u202f931.37']);
  expect(await lab.hover('cosine', 15, 'Layer 1')).toEqual(['Step 15', 'Layer 1: 0.9731']);
  const outputs = await lab.hover('outputs', 49, 0.5);
  expect(outputs[0]).toBe('Step 49');
  expect(outputs.slice(1)).toHaveLength(10);
  expect(outputs).toContain('Neuron 6: 0.9165');
});

test('layer 1 stands on top, and titles and axes are the notebook’s', async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  const read = () =>
    page.evaluate(() => {
      const { charts } = /** @type {any} */ (globalThis).skaLab;
      return Object.fromEntries(
        Object.entries(charts).map(([name, { chart }]) => [
          name,
          [
            [chart.options.plugins.title.text].flat().join(' '),
            chart.options.scales.x.title.text,
            chart.options.scales.y.title.text,
          ],
        ]),
      );
    });
  await expect.poll(read).toEqual({
    entropy: ['Layer-wise Entropy Heatmap (Step\u00a049)', 'Step Index K', 'Network Layers'],
    cosine: ['Layer-wise Cos(θ) Alignment Heatmap (Step\u00a049)', 'Step Index K', 'Network Layers'],
    outputs: [
      'Output Decision Probability Evolution Across Steps (Single Pass)',
      'Step Index K',
      'Mean Sigmoid Output',
    ],
  });
  const rows = await page.evaluate(() => {
    const { y } = /** @type {any} */ (globalThis).skaLab.charts.entropy.chart.scales;
    return [0, 1, 2, 3].map((row) => y.getPixelForValue(row));
  });
  expect(rows).toEqual([...rows].sort((a, b) => a - b));
  const legend = await page.evaluate(() =>
    /** @type {any} */ (globalThis).skaLab.charts.outputs.chart.legend.legendItems.map(
      (/** @type {any} */ item) => item.text,
    ),
  );
  expect(legend).toEqual(Array.from({ length: 10 }, (_, i) => `Neuron ${i}`));
});

test('the charts grow while the run goes on', async ({ lab, page }) => {
  await lab.open();
  await lab.run.click();
  await lab.recorded(12);
  await lab.run.click();
  await expect(lab.message).toHaveText('Paused.');
  const records = (await lab.records()).length - 1;
  await expect
    .poll(() =>
      page.evaluate(() => /** @type {any} */ (globalThis).skaLab.charts.entropy.chart.data.datasets[0].data.length),
    )
    .toBe(4 * records);
  const empty = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--empty').trim(),
  );
  expect(empty).toBe('#efede7');
  // A line of the hatching may cross the centre of one layer's cell, but not of all four.
  const colours = (/** @type {number} */ step) =>
    Promise.all([1, 2, 3, 4].map((layer) => lab.colour('entropy', `Layer ${layer}`, step)));
  expect(await colours(49)).toContainEqual([0xef, 0xed, 0xe7]); // not recorded yet
  expect(await colours(records)).not.toContainEqual([0xef, 0xed, 0xe7]);
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1440, 820, 390]) {
    test(`nothing sticks out of the page, ${colorScheme}, ${width} pixels wide`, async ({ lab, page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      await lab.open();
      await lab.set({ Layers: '20, 10', 'Steps K': '8' });
      await lab.runToEnd();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await expect(lab.run).toBeInViewport();
    });
  }
}

test('a finished chart’s title takes more lines when the page gets narrow', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '20, 10', 'Steps K': '8' });
  await lab.runToEnd();
  const lines = () =>
    page.evaluate(() =>
      Object.values(/** @type {any} */ (globalThis).skaLab.charts).map(
        ({ chart }) => [chart.options.plugins.title.text].flat().length,
      ),
    );
  await expect.poll(lines).toEqual([1, 1, 1]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(lines).toEqual([2, 2, 2]);
});

test('the charts follow the reader’s change of theme', async ({ lab, page }) => {
  await lab.open();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => lab.colour('entropy', 'Layer 1', 30)).toEqual([0x23, 0x29, 0x31]);
});
