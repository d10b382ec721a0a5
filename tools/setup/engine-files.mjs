// Vite plugin that adds the engine's builds to the page as separate, unbundled files in one folder. They are not
// bundled because the worker of every thread loads its build's script again by name.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Many hosts serve .mjs with a wrong type, and browsers then refuse to run it. In the page, the scripts end in .js. */
const namedForHosts = (/** @type {string} */ text) => text.replaceAll(/\b(ska[\w-]*)\.mjs\b/g, '$1.js');

/**
 * Lets the page import the URL of an engine file, as in `import script from '…/ska.mjs?url'`.
 * @param {string} source folder of the builds
 * @param {Record<string, string>} headers sent with every file by the dev server
 * @returns {import('vite').Plugin}
 */
export function engineFiles(source, headers) {
  const present = () => (existsSync(source) ? readdirSync(source).filter((name) => /\.(mjs|wasm)$/.test(name)) : []);

  /** @param {string} name name of an existing file */
  function content(name) {
    const bytes = readFileSync(`${source}/${name}`);
    return name.endsWith('.mjs') ? namedForHosts(bytes.toString()) : bytes;
  }

  /** File names stay the same, so the folder's name contains the digest for cache busting. */
  function folder() {
    const digest = createHash('sha256');
    for (const name of present().sort()) digest.update(content(name));
    return `assets/engine-${digest.digest('hex').slice(0, 8)}`;
  }

  let serving = false;
  return {
    name: 'engine-files',
    enforce: 'pre', // before Vite's own asset handling

    configureServer(server) {
      serving = true;
      server.middlewares.use('/@engine', (request, response, next) => {
        const asked = request.url?.split('?')[0];
        const name = present().find((each) => `/${namedForHosts(each)}` === asked);
        if (!name) return next();
        const type = name.endsWith('.mjs') ? 'text/javascript' : 'application/wasm';
        response.writeHead(200, { ...headers, 'Content-Type': type, 'Cache-Control': 'no-store' });
        response.end(content(name));
      });
    },

    load(id) {
      const name = present().find((each) => id === `${source}/${each}?url`);
      if (!name) return null;
      if (serving) return `export default ${JSON.stringify(`/@engine/${namedForHosts(name)}`)}`;
      const fileName = `${folder()}/${namedForHosts(name)}`;
      return `export default import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'asset', fileName, source: content(name) })}`;
    },
  };
}
