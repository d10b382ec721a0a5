import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Only a cross-origin isolated page has memory that threads can share.
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** A digest of the engine's files. They refer to each other by name, so it is their folder that tells versions apart. */
function engineDigest() {
  const folder = here('build/wasm/module');
  const digest = createHash('sha256');
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (/\.(mjs|wasm)$/.test(name)) digest.update(readFileSync(`${folder}/${name}`));
  }
  return digest.digest('hex').slice(0, 8);
}

/** @type {import('vite').Rolldown.OutputOptions} */
const output = {
  assetFileNames: ({ names }) =>
    names.some((name) => /^ska.*\.(mjs|wasm)$/.test(name))
      ? `assets/engine-${engineDigest()}/[name][extname]`
      : 'assets/[name]-[hash][extname]',
};

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
    rolldownOptions: { output },
  },
  worker: { format: 'es', rolldownOptions: { output } },
  server: { fs: { allow: [here('.')] }, headers: isolation },
  preview: { headers: isolation },
});
