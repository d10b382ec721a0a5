// Drives Chromium and Firefox with Playwright: Chromium by its own protocol, Firefox by WebDriver BiDi.
import { chromium } from '@playwright/test';
import { firefox } from 'playwright-core-bidi';

import config from '../../playwright.config.js';
import { firefoxPath } from '../../tools/setup/system-packages.mjs';

/** @typedef {import('@playwright/test').Browser} Browser */

/**
 * @param {'chromium' | 'firefox'} name
 * @param {Browser} browser
 * @returns {import('./engines.js').Engine}
 */
const engineOf = (name, browser) => ({
  name,
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
});

export async function startChromium() {
  return engineOf('chromium', await chromium.launch(config.use?.launchOptions));
}

/** Playwright 1.64 and later use a command that Firefox ESR lacks. */
export async function startFirefox() {
  const executablePath = firefoxPath();
  if (!executablePath) throw new Error('Firefox is not installed.');
  const browser = await firefox.launch({ channel: 'moz-firefox', executablePath });
  return engineOf('firefox', /** @type {Browser} */ (/** @type {unknown} */ (browser)));
}
