import js from '@eslint/js';
import globals from 'globals';

import layers from './tools/lint/layers.mjs';

export default [
  { ignores: ['build/', 'dist/', 'node_modules/', '.toolchain/', 'public/data/', 'test-results/'] },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      'no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    files: ['web/**/*.{js,jsx}'],
    plugins: { ska: { rules: { layers } } },
    rules: { 'ska/layers': 'error' },
    languageOptions: { globals: { ...globals.browser }, parserOptions: { ecmaFeatures: { jsx: true } } },
  },
  {
    files: ['public/*.js'],
    languageOptions: { ecmaVersion: 5, sourceType: 'script', globals: globals.browser },
    rules: { 'no-var': 'off', 'prefer-const': 'off', 'object-shorthand': 'off' },
  },
  { files: ['web/headless/**/*.js'], languageOptions: { globals: { ...globals.node } } },
  { files: ['web/engine/worker.js'], languageOptions: { globals: { ...globals.worker } } },
  {
    files: ['tools/**/*.mjs', 'tests/**/*.{js,mjs}', '*.config.js'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      'tests/e2e/**/*.js',
      'tests/browsers/**/*.js',
      'tests/fixtures/**/*.mjs',
      'tools/bench/page.mjs',
      'tools/commands/screenshot.mjs',
    ],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    files: ['tests/e2e/**/*.js'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          property: 'waitForTimeout',
          message: 'Wait for a condition: how long something takes depends on the machine.',
        },
      ],
    },
  },
];
