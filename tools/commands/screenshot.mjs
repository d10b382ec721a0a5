// npm run screenshot: takes the screenshots for the documentation.
import { main, projectDir, say } from '../setup/shell.mjs';
import { buildSite } from '../setup/site.mjs';
import { needs, requireSystemPackages } from '../setup/system-packages.mjs';

const folder = `${projectDir}/docs/pictures`;

/** @param {import('@playwright/test').Page} page */
async function run(page) {
  await page.locator('#run').click();
  await page.waitForFunction(() => /** @type {any} */ (globalThis).skaLab.session.phase === 'finished');
}

await main(async () => {
  buildSite();
  requireSystemPackages([needs.chromium]);
  const { withPage } = await import('../setup/browser.mjs');
  await withPage(async (open) => {
    const page = await open({ viewport: { width: 1440, height: 1080 } });
    await run(page);
    await page.locator('#timeline').fill('16');
    await page.waitForTimeout(500); // let the last drawings finish
    await page.screenshot({ path: `${folder}/page.png` });

    const other = await open({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
    await run(other);
    await other.getByRole('textbox', { name: 'Steps K', exact: true }).fill('25');
    await other.getByRole('textbox', { name: 'Learning rate η', exact: true }).fill('0.02');
    await other.locator('#run:not(:disabled)').waitFor();
    await run(other);
    await other.getByLabel('overlay').last().check();
    await other.getByRole('radio', { name: 'Lines' }).check();
    await other.getByRole('radio', { name: 'Time t = ηk' }).check();
    await other.locator('.switches').scrollIntoViewIfNeeded();
    await other.evaluate(() => document.querySelector('.switches')?.scrollIntoView());
    await other.waitForTimeout(1500);
    await other.screenshot({ path: `${folder}/compare.png` });

    const third = await open({ viewport: { width: 1440, height: 1080 } });
    await third.evaluate(() => {
      location.hash = '#v=1&experiment=time-invariance';
    });
    await third.getByRole('button', { name: 'Run all 6' }).click();
    await third.getByText('6 of 6 runs finished.').waitFor();
    await third.evaluate(() => document.querySelector('.part')?.scrollIntoView());
    await third.waitForTimeout(1500);
    await third.screenshot({ path: `${folder}/experiment.png` });
  });
  say('The pictures are page.png, compare.png and experiment.png in docs/pictures');
});
