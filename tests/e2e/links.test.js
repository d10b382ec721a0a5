// Links: the address contains the settings. A shared link opens the same run, and the page reports whether it is
// identical to the last bit.
import { expect, test, untilAnswered } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page any page of the browser; returns one in a fresh profile */
async function fresh(page) {
  const context = await page.context().browser()?.newContext();
  if (!context) throw new Error('There is no browser.');
  return context.newPage();
}

/** @param {Page} page reads the hash of a link to the shown run */
const shared = async (page) => {
  await page.getByRole('button', { name: 'Share' }).click();
  const notice = page.locator('.notice p');
  await expect(notice).toContainText(/clipboard|http/);
  return page.evaluate(async () => {
    const text = document.querySelector('.notice p')?.textContent ?? '';
    const url = text.startsWith('http') ? text.split(' ')[0] : await navigator.clipboard.readText();
    return new URL(url).hash;
  });
};

test('a shared link opens to the same run, verified to the last bit', { tag: '@core' }, async ({ lab, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open();
  await lab.set({ Layers: '32, 16, 8', 'Steps K': '30', 'Learning rate η': '0.02', 'Weight seed': '7' });
  await lab.runToEnd();
  await page.getByRole('radio', { name: 'Lines' }).check();
  await page.locator('#timeline').fill('12');
  const hash = await shared(page);
  expect(hash).toMatch(
    /^#v=1&layers=32-16-8&steps=30&eta=0\.02&seed=7&shift=on&.*charts=lines.*&step=12&fingerprint=[0-9a-f]{32}&contract=exact-1$/,
  );
  const records = await lab.records();

  const other = await fresh(page);
  await other.goto(page.url().split('#')[0] + hash);
  await expect(other.locator('.notice')).toContainText('Verified: this rerun gave the same bits');
  await expect(other.locator('output.where')).toHaveText('Step 12, t = 0.24');
  await expect(other.getByRole('radio', { name: 'Lines' })).toBeChecked();
  const again = await other.evaluate(() => {
    const { recording } = /** @type {any} */ (globalThis).skaLab.session;
    return Array.from({ length: recording.steps }, (_, k) => Array.from(recording.at(k).values));
  });
  expect(again).toEqual(records);
  await other.context().close();
});

test('a link whose fingerprint is another one is told apart', async ({ lab, page }) => {
  await lab.open(`./#v=1&layers=8-4&steps=5&fingerprint=${'0'.repeat(32)}`);
  await expect(page.locator('.notice')).toContainText('This rerun differs from the run that was shared');
});

test('the address follows the settings, and back and forward go through the runs', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '5' });
  await expect.poll(() => page.url()).toContain('layers=8-4&steps=5&');
  await lab.runToEnd();
  await lab.set({ 'Steps K': '7', 'Weight seed': '9' });
  await lab.runToEnd();
  await expect.poll(() => page.url()).toContain('steps=7&eta=0.01&seed=9&');
  await page.goBack();
  await expect(lab.field('Steps K')).toHaveValue('5');
  await expect(lab.field('Weight seed')).toHaveValue('42');
  await page.goForward();
  await expect(lab.field('Steps K')).toHaveValue('7');
});

/** Keeps a run short where the rest of the link is the test's subject. */
const small = '&layers=8-4&steps=5';

/** Links grouped by what is wrong with them, so that their tests run in parallel. */
const hostile = {
  layers: [
    '#v=1&steps=5&layers=',
    '#v=1&steps=5&layers=0-0',
    '#v=1&steps=5&layers=99999999999999999999',
    `#v=1&steps=5&layers=${Array(17).fill(4096).join('-')}`,
    '#v=1&steps=5&layers=%E0%A4%A',
  ],
  steps: [
    '#v=1&layers=8-4&steps=-1',
    '#v=1&layers=8-4&steps=1e9',
    '#v=1&layers=8-4&steps=NaN',
    '#v=1&layers=8-4&steps=5&steps=6',
    `#v=1&step=999999${small}`,
  ],
  'learning rate and seed': [
    `#v=1&eta=0${small}`,
    `#v=1&eta=Infinity${small}`,
    `#v=1&eta=1e-400${small}`,
    `#v=1&seed=4294967296${small}`,
  ],
  samples: [
    `#v=1&classes=0011${small}`,
    `#v=1&per-class=5422${small}`,
    `#v=1&data-seed=<script>alert(1)</script>${small}`,
  ],
  'what is shown': [
    `#v=1&charts=<img src=x onerror=alert(1)>&scale=javascript:alert(1)${small}`,
    `#v=1&hide=everything${small}`,
    `#v=1&fingerprint=zzzz${small}`,
  ],
  'form of the link': ['#v=2', `#v=1&__proto__=1&constructor=2${small}`, `#${'x'.repeat(5000)}`],
};

for (const [what, hashes] of Object.entries(hostile)) {
  test(`hostile links are answered in words, and the page works on: ${what}`, async ({ lab, page }) => {
    test.slow();
    page.on('dialog', () => {
      throw new Error('A link has run its own script.');
    });
    for (const hash of hashes) {
      await page.goto('about:blank');
      await lab.open(`./${hash}`);
      await expect(page.locator('.notice'), hash).toContainText(/\w.*\./);
      expect(await page.locator('.notice').innerHTML(), hash).not.toMatch(/<(script|img)/);
      await expect(lab.message, hash).toHaveText('Finished.'); // defaults replace the invalid values
    }
  });
}

test('a teacher can hide controls by link', async ({ lab, page }) => {
  await lab.open('./#v=1&layers=8-4&steps=5&hide=controls,runs,honest');
  await expect(lab.message).toHaveText('Finished.');
  await expect(page.locator('#controls')).toHaveCount(0);
  await expect(page.locator('.runs')).toHaveCount(0);
  await expect(page.locator('.honest')).toHaveCount(0);
  await expect(lab.run).toBeVisible();
});

test('an embedded page shows one chart and the way to play it', { tag: '@core' }, async ({ page, lab }) => {
  await page.goto('./?embed=1&chart=cosine#v=1&layers=8-4&steps=5');
  await expect(lab.message).toHaveText('Finished.');
  await expect(page.locator('canvas')).toHaveCount(1);
  await expect(page.locator('#cosine')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open in the SKA Lab' })).toHaveAttribute('href', /#v=1&layers=8-4/);
  await lab.reset.click();
  await lab.run.click();
  await expect(lab.message).toHaveText('Finished.');
});

test('an embedded chart that does not exist is no error', async ({ page, lab }) => {
  await page.goto('./?embed=1&chart=<b>nothing</b>#v=1&layers=8-4&steps=5');
  await expect(lab.message).toHaveText('Finished.');
  await expect(page.locator('canvas')).toHaveCount(1);
});

test('the first visit plays the papers’ run by itself, once, at a pace to watch', async ({ page, baseURL }) => {
  const other = await fresh(page);
  await other.goto(baseURL ?? '');
  // Use the count that ended the wait; the run may already be further.
  const steps = await other.waitForFunction(() => {
    const { steps = 0 } = /** @type {any} */ (globalThis).skaLab?.session.recording ?? {};
    return steps > 3 && steps;
  });
  await expect(other.getByLabel('Speed')).toHaveValue('10');
  expect(await steps.jsonValue()).toBeLessThan(30);
  await other.getByLabel('Speed').selectOption('0');
  await expect(other.locator('#message')).toHaveText('Finished.');
  await other.goto('about:blank');
  await other.goto(baseURL ?? '');
  await expect(other.locator('#message')).toHaveText(/^Ready\./);
  await untilAnswered(other);
  await expect(other.locator('#message')).toHaveText(/^Ready\./);
  await other.context().close();
});

test('who wants less motion is shown none at the first visit', async ({ page, baseURL }) => {
  const other = await fresh(page);
  await other.emulateMedia({ reducedMotion: 'reduce' });
  await other.goto(baseURL ?? '');
  await expect(other.locator('#message')).toHaveText(/^Ready\./);
  await untilAnswered(other);
  await expect(other.locator('#message')).toHaveText(/^Ready\./);
  await other.context().close();
});

test('links that were changed on their way open what they meant, with one sentence', async ({ lab, page }) => {
  await page.goto('about:blank');
  await lab.open(`./#v=1&layers=8-4&steps=5&eta=0.02&fingerprint=${'0'.repeat(32)}.`.replaceAll('&', '&amp;'));
  await expect(lab.field('Layers')).toHaveValue('8, 4');
  await expect(page.locator('.notice')).toHaveText(
    /^The link was changed on its way here; it was read as it was meant\. This rerun differs from the run that was shared/,
  );
  await page.goto('about:blank');
  await lab.open(`./#v=1&layers=8-4&steps=5&eta=0,02&seed=x&per-class=0&fingerprint=${'0'.repeat(32)}`);
  await expect(lab.message).toHaveText('Finished.');
  await expect(page.locator('.notice')).not.toContainText('differs');
  await page.goto('about:blank');
  await page.goto('./?embed=1&amp;chart=cosine#v=1&amp;layers=8-4&amp;steps=5');
  await expect(page.locator('#cosine')).toBeVisible();
  await page.goto('about:blank');
  await page.goto('./#v=1&amp;experiment=tensor-net&amp;layers=8-4&amp;steps=9&amp;samples=2');
  await expect(page.locator('#control-layers')).toHaveValue('8-4');
});
