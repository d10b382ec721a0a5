import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{js,cli}/**/*.test.js'],
    environment: 'node',
    // A default run in WebAssembly takes some seconds on a slow machine.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
