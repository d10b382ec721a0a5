// The tour shows its targets and leaves the page usable.
import { expect, test, untilStill } from './lab.js';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./lab.js').Lab} Lab
 */

/** @param {Page} page */
const parts = (page) => ({
  card: page.getByRole('dialog'),
  heading: page.getByRole('dialog').getByRole('heading'),
  count: page.locator('#tour-count'),
  status: page.getByRole('dialog').getByRole('status'),
  button: page.getByRole('button', { name: 'Tour', exact: true }),
  next: page.getByRole('dialog').getByRole('button', { name: 'Next' }),
  target: page.locator('[data-toured]'),
});

/** @param {Page} page reads the number of cards from the open tour */
const cardCount = async (page) => Number((await parts(page).count.textContent())?.split(' of ')[1]);

/** @param {Page} page reads the step that all charts show, and the view settings */
const seen = (page) =>
  page.evaluate(() => {
    const { lab } = /** @type {any} */ (globalThis).skaLab;
    return { cursor: lab.cursor.value, axis: lab.view.value.axis };
  });

/**
 * Visible share of the target, from 0 to 1: inside the window, and covered by neither the card nor the dock.
 * @param {Page} page
 */
const visibleShare = (page) =>
  page.evaluate(() => {
    const box = (/** @type {string} */ selector) =>
      /** @type {Element} */ (document.querySelector(selector)).getBoundingClientRect();
    const target = box('[data-toured]');
    const card = box('.tour');
    const isDock = document.querySelector('.dock')?.hasAttribute('data-toured');
    const bottom = isDock ? innerHeight : box('.dock').top;
    const common = (/** @type {number[]} */ [a, b], /** @type {number[]} */ [c, d]) =>
      Math.max(0, Math.min(b, d) - Math.max(a, c));
    const inSight = target.width * common([target.top, target.bottom], [0, bottom]);
    const under =
      common([target.left, target.right], [card.left, card.right]) *
      common([Math.max(0, target.top), Math.min(bottom, target.bottom)], [card.top, card.bottom]);
    return (inSight - under) / (target.width * target.height);
  });

/** @param {Lab} lab takes a short run for the tour */
async function runShortly(lab) {
  await lab.set({ Layers: '20, 12, 10', 'Steps K': '12', 'Learning rate η': '0.05' });
  await lab.runToEnd();
}

test('the tour opens by button and by key, and gives the focus back at Escape', async ({ lab, page }) => {
  await lab.open();
  const { card, heading, button } = parts(page);
  await button.click();
  await expect(card).toBeVisible();
  await expect(card).toHaveAccessibleName('One run, step by step');
  await expect(heading).toBeFocused();
  await expect(heading).toHaveAccessibleDescription(/^1 of \d+ A run takes K steps/);
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await expect(button).toBeFocused();

  await lab.run.focus();
  await page.keyboard.press('t');
  await expect(heading).toBeFocused();
  await page.getByRole('button', { name: 'Close the tour' }).click();
  await expect(card).toBeHidden();
  await expect(lab.run).toBeFocused();
  await expect(page.locator('[data-toured]')).toHaveCount(0);
});

test(
  'every card rings a part of the page that can be seen, and has its formula',
  { tag: '@core' },
  async ({ lab, page }) => {
    await lab.open();
    await runShortly(lab);
    const { card, heading, count, target, next } = parts(page);
    await page.keyboard.press('t');
    const cards = await cardCount(page);
    expect(cards).toBeGreaterThanOrEqual(10);
    const titles = new Set();
    for (let at = 1; at <= cards; ++at) {
      await expect(count).toHaveText(`${at} of ${cards}`);
      await expect(heading).toBeFocused();
      await expect(target).toHaveCount(1);
      await expect(target).toBeInViewport();
      await expect.poll(() => visibleShare(page)).toBeGreaterThan(0.99); // the window is large enough for every target
      const { namespace, text, sticksOut } = await card.locator('math').evaluate((math) => ({
        namespace: math.namespaceURI,
        text: math.textContent ?? '',
        sticksOut: math.scrollWidth > math.clientWidth,
      }));
      expect(namespace).toBe('http://www.w3.org/1998/Math/MathML');
      expect(text).toMatch(/[=≈]/);
      expect(sticksOut).toBe(false);
      titles.add(await heading.textContent());
      if (at < cards) await next.click();
    }
    expect(titles.size).toBe(cards);
    await card.getByRole('button', { name: 'Done' }).click();
    await expect(card).toBeHidden();
    await page.keyboard.press('t');
    await expect(count).toHaveText(`1 of ${cards}`);
  },
);

test('arrows turn the cards and leave the step cursor alone', async ({ lab, page }) => {
  await lab.open();
  await runShortly(lab);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  expect((await seen(page)).cursor).toBe(1);
  const { count, next } = parts(page);
  await page.keyboard.press('t');
  const cards = await cardCount(page);
  for (const [key, at] of /** @type {const} */ ([
    ['ArrowRight', 2],
    ['Shift+ArrowRight', 3],
    ['ArrowLeft', 2],
    ['Home', 1],
    ['ArrowLeft', 1],
    ['End', cards],
    ['ArrowRight', cards],
    ['Home', 1],
  ])) {
    await page.keyboard.press(key);
    await expect(count).toHaveText(`${at} of ${cards}`);
    expect((await seen(page)).cursor).toBe(1);
  }
  await next.focus();
  await page.keyboard.press('ArrowRight');
  await expect(count).toHaveText(`2 of ${cards}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  expect((await seen(page)).cursor).toBe(2);
});

test('a card that is turned to in haste has its target in sight, wherever the page was scrolling to', async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.runToEnd();
  await page.locator('.landmarks').scrollIntoViewIfNeeded();
  await page.keyboard.press('t');
  for (let i = 0; i < 4; ++i) await page.keyboard.press('ArrowRight');
  await expect(parts(page).heading).toHaveText('Entropy');
  await expect(page.locator('[data-chart="entropy"] canvas')).toBeInViewport({ ratio: 0.9 });
  await untilStill(page);
  await expect(page.locator('[data-chart="entropy"] canvas')).toBeInViewport({ ratio: 0.9 });
});

test('cards show the landmarks of the run, and put back what they changed', async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  const { heading, status } = parts(page);
  await page.keyboard.press('t');
  /** @param {string} title */
  const turnTo = async (title) => {
    while ((await heading.textContent()) !== title) await page.keyboard.press('ArrowRight');
  };
  await turnTo('Entropy');
  await expect(status).toHaveText(
    'The cursor has moved to step 16, the deepest entropy of this run: −8\u202f234.07 in layer 2.',
  );
  expect((await seen(page)).cursor).toBe(16);
  await turnTo('Cosine');
  await expect(status).toHaveText(/step 4, .*: 0\.9997 in layer 2\.$/);
  await turnTo('Knowledge flow');
  await expect(status).toHaveText(/step 17, .* in layer 2\.$/);
  await turnTo('Tensor net');
  await expect(status).toHaveText(/step 24: layer 3 is the first to cross zero, at 23\.79\.$/);
  await turnTo('Time is η·k');
  await expect(status).toHaveText(/^The axis of the charts is now t/);
  expect(await seen(page)).toEqual({ cursor: null, axis: 'time' });
  await page.keyboard.press('Escape');
  expect(await seen(page)).toEqual({ cursor: null, axis: 'step' });
});

test('what the reader changed meanwhile stays', async ({ lab, page }) => {
  await lab.open();
  await runShortly(lab);
  const { heading } = parts(page);
  await page.keyboard.press('t');
  while ((await heading.textContent()) !== 'Entropy') await page.keyboard.press('ArrowRight');
  await page.locator('#timeline').fill('3');
  await page.keyboard.press('Escape');
  expect((await seen(page)).cursor).toBe(3);
});

test('the run can be started and made longer from the cards', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '20, 12, 10', 'Steps K': '12', 'Learning rate η': '0.05' });
  const { card, heading, status } = parts(page);
  await parts(page).button.click();
  while ((await heading.textContent()) !== 'Entropy') await page.keyboard.press('ArrowRight');
  await expect(status).toHaveText('The charts are empty until there is a run.');
  await card.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(heading).toBeFocused();
  await expect(lab.message).toHaveText('Finished.');
  await expect(status).toHaveText(/^The cursor has moved to step \d+, the deepest entropy of this run/);

  while (!(await heading.textContent())?.startsWith('The passing')) await page.keyboard.press('ArrowRight');
  const before = await lab.records();
  await card.getByRole('button', { name: 'Go on to τ = 1.2' }).click();
  await lab.recorded(24);
  await expect(lab.message).toHaveText('Finished.');
  expect((await lab.records()).slice(0, 12)).toEqual(before);
  await expect(card.getByRole('button', { name: 'Go on to τ = 2.4' })).toBeVisible();
});

test('opening the tour moves nothing on the page', async ({ lab, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lab.open();
  const layout = () =>
    page.evaluate(() =>
      Array.from(document.querySelectorAll('main, .chart, #controls, .honest, footer'), (element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return [left, top + scrollY, width, height].map(Math.round);
      }),
    );
  const before = await layout();
  await page.keyboard.press('t');
  await expect(parts(page).card).toBeVisible();
  await expect(parts(page).target).toBeInViewport();
  expect(await layout()).toEqual(before);
});

for (const width of [360, 390, 820, 1024, 2560]) {
  test(`card and target share a window ${width} pixels wide`, async ({ lab, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
    await page.setViewportSize({ width, height: 844 });
    await lab.open();
    await runShortly(lab);
    const { card, count, target } = parts(page);
    await page.keyboard.press('t');
    const cards = await cardCount(page);
    for (let at = 1; at <= cards; ++at) {
      await expect(count).toHaveText(`${at} of ${cards}`);
      await expect(card).toBeInViewport({ ratio: 1 });
      await expect(target).toBeInViewport();
      // At least the plot of a chart; settings and text may extend below.
      const plot = target.locator('.plot');
      const height = await ((await plot.count()) ? plot : target).evaluate((element) => element.clientHeight);
      const least = Math.min(200, height);
      await expect
        .poll(
          async () =>
            (await visibleShare(page)) * (await target.evaluate((element) => element.getBoundingClientRect().height)),
        )
        .toBeGreaterThanOrEqual(least - 1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(
        await card.evaluate((element) =>
          Array.from(element.querySelectorAll('*')).every((part) => part.scrollWidth <= element.clientWidth),
        ),
      ).toBe(true);
      const [dockTop, cardBottom] = await page.evaluate(() =>
        ['.dock', '.tour'].map((selector, i) => {
          const box = /** @type {Element} */ (document.querySelector(selector)).getBoundingClientRect();
          return i === 0 ? box.top : box.bottom;
        }),
      );
      expect(cardBottom).toBeLessThanOrEqual(dockTop);
      await page.keyboard.press('ArrowRight');
    }
  });
}

/** Style sheets that simulate math fonts of other widths. */
const mathFonts = [
  'math { font-family: "DejaVu Math TeX Gyre" !important }', // if installed, the widest of Debian's
  'math { font-size: 1.53rem !important }', // 1.5 times as wide as the default
];

for (const width of [1440, 320]) {
  test(`no formula leaves its card, whatever the math font, ${width} pixels wide`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await lab.open();
    const { card, count } = parts(page);
    const formula = card.locator('.formula');
    await page.keyboard.press('t');
    const cards = await cardCount(page);
    for (const css of mathFonts) {
      await page.evaluate((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        document.adoptedStyleSheets = [sheet];
      }, css);
      for (let at = 1; at <= cards; ++at) {
        await expect(count).toHaveText(`${at} of ${cards}`);
        // Once measured, a formula that scrolls is a tab stop, and one that fits is not.
        await expect
          .poll(() => formula.evaluate((box) => box.scrollWidth > box.clientWidth === (box.tabIndex === 0)))
          .toBe(true);
        const isInside = await formula.evaluate((box) => {
          const text = /** @type {HTMLElement} */ (box.parentElement);
          const [inner, outer] = [box.getBoundingClientRect(), text.getBoundingClientRect()];
          return inner.left >= outer.left && inner.right <= outer.right && text.scrollWidth <= text.clientWidth;
        });
        expect(isInside).toBe(true);
        if (await formula.evaluate((box) => box.scrollWidth > box.clientWidth)) {
          await formula.focus();
          await page.keyboard.press('ArrowRight');
          await expect.poll(() => formula.evaluate((box) => box.scrollLeft)).toBeGreaterThan(0);
          await expect(count).toHaveText(`${at} of ${cards}`);
        }
        if (at < cards) await card.getByRole('button', { name: 'Next' }).click();
      }
      await card.getByRole('heading').press('Home');
    }
  });
}
