// Starts Chromium, which is driven by Playwright.
import { chromium } from '@playwright/test';

import config from '../../playwright.config.js';

/** @returns {Promise<import('./engines.js').Engine>} */
export async function startChromium() {
  const browser = await chromium.launch(config.use?.launchOptions);
  return {
    name: 'chromium',
    async freshProfile() {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      return {
        async goto(url) {
          await page.goto(url);
        },
        async reload() {
          await page.reload();
        },
        evaluate: (work, argument) => page.evaluate(/** @type {any} */ (work), argument ?? null),
        click: (selector) => page.click(selector),
        fill: (selector, text) => page.fill(selector, text),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
