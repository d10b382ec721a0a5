import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { engineFiles } from './tools/setup/engine-files.mjs';

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Only a cross-origin isolated page has memory that threads can share.
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const plugins = () => [engineFiles(here('build/wasm/module'), isolation)];

export default defineConfig({
  root: here('web'),
  publicDir: here('public'),
  base: './', // relative: the site works from any folder of any host
  plugins: plugins(),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 600,
  },
  worker: { format: 'es', plugins },
  server: { fs: { allow: [here('.')] }, headers: isolation },
  preview: { headers: isolation },
});
