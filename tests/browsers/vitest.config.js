// The page's tests in several browsers, one after the other: the machine has few cores and every run wants all of them.
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
    // WebKitGTK only: 40 repeats in a row without a failure have not been shown there yet.
    retry: engine === 'webkit' ? 1 : 0,
  },
});

export default defineConfig({
  test: { projects: [project('chromium'), project('firefox'), project('webkit')], maxWorkers: 1 },
});
