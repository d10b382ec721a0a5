import { defineConfig } from '@playwright/test';

import { chromiumPath } from './tools/setup/system-packages.mjs';

const port = Number(process.env.SKA_TEST_PORT ?? 4318);
/** A subfolder, because the site must work from any folder. */
const folder = '/teaching/ska/';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '*.test.js',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 }, // generous, for busy machines
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://localhost:${port}${folder}`,
    viewport: { width: 1440, height: 900 },
    // Tests run without a service worker, which would fetch, check and store the whole site in the background. Tests of
    // the service worker enable it.
    serviceWorkers: 'block',
    locale: process.env.SKA_TEST_LOCALE ?? 'en-US',
    launchOptions: {
      executablePath: chromiumPath() ?? undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort --base ${folder}`,
    url: `http://localhost:${port}${folder}`,
    reuseExistingServer: false,
  },
});
