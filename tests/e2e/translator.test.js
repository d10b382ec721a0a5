// The page under a translator that replaces every text node, as Chrome's does.
import { expect, test } from './lab.js';

/** Wraps each text node in an element of its own, including later ones, except where translation is disabled. */
function translate() {
  /** @param {Node} node */
  function replace(node) {
    const text = /** @type {Text} */ (node);
    const parent = text.parentElement;
    if (!parent || !text.data.trim() || parent.closest('[translate="no"], script, style, font, svg, select')) return;
    const outer = document.createElement('font');
    const inner = document.createElement('font');
    outer.style.verticalAlign = 'inherit';
    inner.textContent = `«${text.data}»`;
    outer.append(inner);
    parent.insertBefore(outer, text);
    text.remove();
  }
  /** @param {Node} root */
  function replaceAll(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    texts.forEach(replace);
  }
  replaceAll(document.body);
  new MutationObserver((records) => {
    for (const { addedNodes, target, type } of records) {
      if (type === 'characterData') replace(target);
      for (const node of addedNodes) {
        if (node instanceof Text) replace(node);
        else replaceAll(node);
      }
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}

test('what the page says stays up to date, and nothing breaks', async ({ lab, page }) => {
  await lab.open();
  await page.evaluate(translate);
  await expect(lab.message).toHaveText('«Ready. Press Run and watch the network learn.»');
  await page.locator('#layers').fill('8, 4');
  await page.locator('#steps').fill('5');
  await lab.run.click();
  await expect(lab.message).toHaveText('«Finished.»');
  await expect(lab.facts).toHaveText(/^«Step 5 of 5 · .*»$/);
  await expect(lab.run).toHaveText('«Run again»');
  await expect(page.locator('#fingerprint')).toHaveText(/^[0-9a-f]{32}$/);
  await expect(page.locator('output.where')).toHaveText('«Step 4, t = 0.04»');
  await page.locator('#timeline').fill('2');
  await expect(page.locator('output.where')).toHaveText('«Step 2, t = 0.02»');
  await page.locator('#steps').fill('x');
  await expect(page.locator('#steps-error')).toContainText('Steps is a whole number');
  await page.locator('#steps').fill('7');
  await expect(page.locator('#steps-error')).toBeEmpty();
  await expect(page.locator('#pending')).toContainText('instead of 5');
  await page.locator('.inside summary').click();
  await expect(page.getByText('At step 2: ')).toBeVisible();
  await page.getByRole('button', { name: '«Tour»' }).click();
  await expect(page.locator('#tour-title')).toHaveText('«One run, step by step»');
  await page.locator('.tour').getByRole('button', { name: '«Next»' }).click();
  await expect(page.locator('#tour-title')).toHaveText('«Learning by looking forward»');
  await expect(page.locator('.tour math')).not.toContainText('«');
  await page.locator('.tour-close').click();
  await page.locator('#reset').click();
  await expect(lab.facts).toHaveText('«Step 0 of 7»');
  await page.evaluate(() => (location.hash = '#experiments'));
  await expect(page.getByRole('heading', { name: '«Experiments»' })).toBeVisible();
  await page.evaluate(() => (location.hash = '#v=1&experiment=tensor-net&layers=8-4&steps=9&samples=2'));
  await page.locator('.progress button').first().click();
  await expect(page.locator('.progress [role=status]')).toHaveText(/^«(\d+) of \1 runs finished\.»$/);
  await page.evaluate(() => (location.hash = ''));
  await expect(lab.message).toHaveText(/^«/);
});
