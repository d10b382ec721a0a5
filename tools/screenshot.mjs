// npm run screenshot: takes the picture in the README anew.
import { main, projectDir, say } from './setup/shell.mjs';
import { buildSite } from './setup/site.mjs';
import { needs, requireSystemPackages } from './setup/system-packages.mjs';

const path = `${projectDir}/public/screenshot.png`;

await main(async () => {
  buildSite();
  requireSystemPackages([needs.chromium]);
  const { withPage } = await import('./setup/browser.mjs');
  await withPage(async (open) => {
    const page = await open({ viewport: { width: 1440, height: 1080 } });
    await page.locator('#run').click();
    await page.getByText('Finished.').waitFor();
    await page.waitForTimeout(500); // the last drawings
    await page.screenshot({ path });
  });
  say('The picture is public/screenshot.png');
});
