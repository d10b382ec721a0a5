// How do the engine's builds get into the page? As files of their own, in one folder, and not bundled: the worker of
// every thread loads the script of its build once more, by its name.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Many hosts do not know what .mjs is, and browsers then refuse to run it: in the page the scripts end in .js. */
const namedForHosts = (/** @type {string} */ text) => text.replaceAll(/\b(ska[\w-]*)\.mjs\b/g, '$1.js');

/**
 * Lets the page import the address of an engine's file, as in `import script from '…/ska.mjs?url'`.
 * @param {string} source the folder that the builds are in
 * @param {Record<string, string>} headers what the dev server sends with every file
 * @returns {import('vite').Plugin}
 */
export function engineFiles(source, headers) {
  const present = () => (existsSync(source) ? readdirSync(source).filter((name) => /\.(mjs|wasm)$/.test(name)) : []);

  /** @param {string} name of a file that is present */
  function content(name) {
    const bytes = readFileSync(`${source}/${name}`);
    return name.endsWith('.mjs') ? namedForHosts(bytes.toString()) : bytes;
  }

  /** The files keep their names, so it is their folder's that tells versions apart. */
  function folder() {
    const digest = createHash('sha256');
    for (const name of present().sort()) digest.update(content(name));
    return `assets/engine-${digest.digest('hex').slice(0, 8)}`;
  }

  let serving = false;
  return {
    name: 'engine-files',
    enforce: 'pre', // before Vite makes assets of them itself

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
