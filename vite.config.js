import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { oldestBrowsers } from './tools/setup/browsers.mjs';
import { engineFiles } from './tools/setup/engine-files.mjs';
import { offlineFiles } from './tools/setup/offline-files.mjs';
import { policyForDevelopment } from './tools/setup/page-policy.mjs';

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Shared memory requires a cross-origin isolated page. With CORP cross-origin, other isolated sites may embed it.
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

const plugins = () => [engineFiles(here('build/wasm/module'), isolation)];

export default defineConfig({
  root: here('web'),
  publicDir: here('public'),
  base: './', // relative: the site works from any folder of any host
  plugins: [...plugins(), offlineFiles(), policyForDevelopment()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: oldestBrowsers,
    chunkSizeWarningLimit: 600,
    // Of the npm packages in the bundle. Those in the WebAssembly module are in public/engine-notices.txt.
    license: { fileName: 'page-notices.txt' },
  },
  worker: { format: 'es', plugins },
  server: { fs: { allow: [here('.')] }, headers: isolation },
  // The preview accepts any host name, for access from the local network. A static site has no secrets that DNS
  // rebinding could expose.
  preview: { headers: isolation, allowedHosts: true },
});
