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
    // A browser under automation hangs now and then: WebKitGTK's, in one of about twenty loads on a busy machine.
    retry: 1,
  },
});

export default defineConfig({
  test: { projects: [project('chromium'), project('firefox'), project('webkit')], maxWorkers: 1 },
});
