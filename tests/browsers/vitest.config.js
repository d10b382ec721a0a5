// Runs the page's tests in several browsers, one after another, because each test run uses all cores.
import { defineConfig } from 'vitest/config';

/** @param {'chromium' | 'firefox' | 'webkit'} engine */
const project = (engine) => ({
  test: {
    name: engine,
    root: import.meta.dirname,
    include: ['*.test.js'],
    environment: /** @type {const} */ ('node'),
    provide: { engine },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    // Only WebKitGTK retries. There, 40 repeats in a row without a failure have not been demonstrated yet.
    retry: engine === 'webkit' ? 1 : 0,
  },
});

export default defineConfig({
  test: { projects: [project('chromium'), project('firefox'), project('webkit')], maxWorkers: 1 },
});
