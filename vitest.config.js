import { defineConfig } from 'vitest/config';

/** @param {string} name @param {string} include */
const project = (name, include) => ({
  test: {
    name,
    include: [include],
    environment: 'node',
    // A default run takes seconds on a slow machine, and tests of the command start many.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  // One worker per core: Vitest's default leaves one core idle, which is half of a small machine.
  test: {
    maxWorkers: '100%',
    projects: [project('js', 'tests/js/**/*.test.js'), project('cli', 'tests/cli/**/*.test.js')],
  },
});
