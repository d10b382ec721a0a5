import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('web'),
  publicDir: here('public'),
  base: './', // relative: the site works from any folder of any host
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // a worker or a .wasm file must stay a file
    chunkSizeWarningLimit: 600,
  },
  worker: { format: 'es' },
  server: { fs: { allow: [here('.')] } },
});
