// Typed input: nothing invalid is silently ignored, and shortcuts work on any keyboard.
import { expect, test } from './lab.js';

test('a τ that cannot be read stays in its field, and is told of', async ({ lab, page }) => {
  await lab.open();
  const tau = page.locator('#tau');
  const fault = page.locator('#tau-error');
  for (const [text, words] of [
    ['0,25', 'τ is a finite number above 0, such as 0.5; “0,25” was given. Decimals are written with a point: 0.25.'],
    ['abc', 'τ is a finite number above 0, such as 0.5; “abc” was given.'],
    ['-1', 'τ is a finite number above 0, such as 0.5; “-1” was given.'],
    ['1e400', 'τ is a finite number above 0, such as 0.5; “1e400” was given.'],
    ['', 'τ is a finite number above 0, such as 0.5; nothing was given.'],
  ]) {
    await tau.fill(text);
    await tau.press('Tab');
    await expect(fault).toHaveText(words);
    await expect(tau).toHaveValue(text);
    await expect(tau).toHaveAttribute('aria-invalid', 'true');
    await expect(lab.run).toBeDisabled();
  }
  await tau.fill('0.25');
  await tau.press('Tab');
  await expect(fault).toBeEmpty();
  await expect(lab.field('Learning rate η')).toHaveValue('0.005');
  await tau.fill('x');
  await tau.press('Enter'); // requests a run, which must not start with a different τ
  await expect(tau).toBeFocused();
  await expect(lab.facts).toHaveText('Step 0 of 50');
  await lab.set({ 'Learning rate η': '0.02' });
  await expect(tau).toHaveValue('1');
  await expect(fault).toBeEmpty();
  await lab.set({ 'Learning rate η': '0,02' });
  await expect(page.locator('#learning_rate-error')).toHaveText(
    'η is a number, such as 0.01; “0,02” was given. Decimals are written with a point: 0.02.',
  );
});

test('a layer without its neurons, a step and a sample that are none are told of', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 6', 'Steps K': '6' });
  const layer = page.getByLabel('Neurons of layer 1');
  for (const text of ['', '1.5', '-3']) {
    await layer.fill(text);
    await expect(page.locator('#layers-error')).toHaveText('Layer 1 needs its neurons, a whole number from 1 to 4096.');
    await expect(layer).toHaveValue(text);
    await expect(lab.run).toBeDisabled();
  }
  await layer.fill('7');
  await expect(lab.field('Layers')).toHaveValue('7, 6');
  await expect(page.locator('#layers-error')).toBeEmpty();

  const runTo = page.locator('#run-to');
  for (const [text, given] of [
    ['', ''],
    ['2.5', '; 2.5 was given'],
    ['6', '; 6 was given'],
    ['0', '; 0 was given'],
  ]) {
    await runTo.fill(text);
    await page.getByRole('button', { name: 'Run to' }).click();
    await expect(page.locator('#run-to-error')).toHaveText(`The step to run to is a whole number from 1 to 5${given}.`);
    await expect(lab.facts).toHaveText(/^Step 0 of/);
  }
  await runTo.fill('3');
  await page.getByRole('button', { name: 'Run to' }).click();
  await expect(lab.facts).toHaveText(/^Step 4 of 6/);
  await expect(page.locator('#run-to-error')).toBeEmpty();

  await page.locator('.inside summary').click();
  const sample = page.locator('#sample');
  await sample.fill('1000');
  await expect(page.locator('#sample-error')).toHaveText(
    'A sample is a whole number from 0 to 999; 1000 was given. Sample 0 is shown.',
  );
  await sample.fill('12');
  await expect(page.locator('#sample-error')).toBeEmpty();
});

test('an experiment that cannot run shows which control is wrong', async ({ page }) => {
  await page.goto('./#experiments'); // opening a link to an experiment would run it
  await expect(page.getByRole('heading', { name: 'Experiments' })).toBeFocused();
  await page.evaluate(() => (location.hash = '#v=1&experiment=tensor-net&layers=8-4&steps=9&samples=2'));
  await page.locator('#control-learning_rate').fill('0,01');
  await page.getByRole('button', { name: /^Run/ }).click();
  await expect(page.locator('#control-learning_rate')).toBeFocused();
  await expect(page.locator('#control-learning_rate-error')).toContainText('“0,01” was given');
});

/**
 * @param {import('@playwright/test').Page} page
 * @param {object} init properties of the event
 * @param {string} [selector]
 */
const press = (page, init, selector = 'body') =>
  page.evaluate(
    ([from, options]) => {
      const event = new KeyboardEvent('keydown', {
        bubbles: true,
        cancelable: true,
        .../** @type {object} */ (options),
      });
      document.querySelector(/** @type {string} */ (from))?.dispatchEvent(event);
    },
    [selector, init],
  );

test('letter keys go by their place on keyboards without Latin letters', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '4' });
  await expect(lab.run).toBeEnabled();
  await press(page, { key: 'ы', code: 'KeyS' }); // Cyrillic
  await lab.recorded(1);
  await expect(lab.message).toHaveText(/^Paused\./);
  await press(page, { key: 'ρ', code: 'KeyR' }); // Greek
  await expect(lab.facts).toHaveText('Step 0 of 4');
  await press(page, { key: 'o', code: 'KeyS' }); // on Dvorak this key is an o, and S is elsewhere
  await press(page, { key: 'S', code: 'Semicolon', shiftKey: true });
  await lab.recorded(1);
  await expect(lab.facts).toHaveText(/^Step 1 of 4/);
});

test('letter keys can be turned off, for good', async ({ lab, page }) => {
  await lab.open();
  await page.keyboard.press('?');
  await page.getByLabel(/^Letters and \? are keys/).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '4' });
  await expect(lab.run).toBeEnabled();
  await page.locator('h1').click();
  for (const key of ['s', 't', '?']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(lab.step).not.toHaveAttribute('aria-keyshortcuts');
  await page.keyboard.press('Space');
  await expect(lab.message).toHaveText('Finished.');
  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByLabel(/^Letters and \? are keys/).check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await expect(lab.facts).toHaveText('Step 0 of 4');
});

test('Enter that ends a composition starts nothing', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '8, 4', 'Steps K': '4' });
  await expect(lab.run).toBeEnabled();
  for (const selector of ['#steps', '#tau']) {
    await press(page, { key: 'Enter', code: 'Enter', isComposing: true }, selector);
    await press(page, { key: 'Enter', code: 'Enter', keyCode: 229 }, selector);
  }
  await expect(lab.facts).toHaveText(/^Step 0 of/);
  await press(page, { key: 'Enter', code: 'Enter' }, '#steps');
  await expect(lab.message).toHaveText('Finished.');
});
