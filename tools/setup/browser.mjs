// Opens the built page in headless Chromium for the tools, served by Vite's preview.
import { chromium } from '@playwright/test';
import { preview } from 'vite';

import config from '../../playwright.config.js';
import { projectDir } from './shell.mjs';

/**
 * Serves dist/, opens a browser, and closes both when `work` is done.
 * @param {(open: (options?: import('@playwright/test').BrowserContextOptions) => Promise<import('@playwright/test').Page>) => Promise<void>} work
 *   `open` returns a page that is ready to run
 */
export async function withPage(work) {
  const server = await preview({
    configFile: `${projectDir}/vite.config.js`,
    logLevel: 'error',
    preview: { port: 4319 },
  });
  const browser = await chromium.launch(config.use?.launchOptions);
  try {
    await work(async (options) => {
      const page = await (await browser.newContext(options)).newPage();
      // Otherwise the first visit would start a run by itself.
      await page.addInitScript(() => localStorage.setItem('ska-visited', 'yes'));
      await page.goto(server.resolvedUrls?.local[0] ?? '');
      await page.locator('#run:not(:disabled)').waitFor();
      return page;
    });
  } finally {
    await browser.close();
    await server.close();
  }
}
