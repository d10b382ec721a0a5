// npm run build: writes the static site to dist/.
import { main, say } from '../setup/shell.mjs';
import { buildSite } from '../setup/site.mjs';

await main(() => {
  buildSite();
  say('The site is in dist/: copy it to any folder of any static host');
});
